"""What whoever scans a permit's QR code learns: whether it holds, never who is on it or where."""

from datetime import datetime, timedelta
from typing import Final

from campaign import permit_life
from campaign.permit_life import headline
from campaign.permits import State
from service.core import denials
from service.core.codes import plain_code
from service.core.letters import Draft, reply
from service.core.unit_of_work import Speaker, UnitOfWork
from service.hot_work.in_hand import glance
from storage import invitations, permits
from talk.texts import CHINESE, Say, render

TRIES: Final = "verify"
TRIES_AN_HOUR: Final = 20
"""Wrong tokens from one address: nobody finds one by guessing, and nobody is kept busy by it."""


def verify(uow: UnitOfWork, me: Speaker, token: str) -> None:
    """Tell whoever scanned a code whether the permit holds at this moment, joined or not."""
    who = me.identity
    hour_ago = uow.wall - timedelta(hours=1)
    if not token.strip():
        said = Say("verify-help")
    elif invitations.failed_tries(uow.conn, TRIES, who.address, hour_ago) >= TRIES_AN_HOUR:
        said = Say("verify-pause")
    else:
        row = permits.by_token(uow.conn, plain_code(token))
        if row is None:
            invitations.add_try(uow.conn, TRIES, who.address, uow.wall)
            denials.count(uow, denials.GUESSED, who.person)
            said = Say("verify-unknown")
        else:
            permit = glance(uow, row)
            said = answer(headline(permit.life), row.code, permit.terms.until)
    reply(uow, who.address, who.language, Draft((said,)), who.person)


def answer(state: str, code: str, until: datetime) -> Say:
    """Say whether a permit holds. `state`: its headline; `until` is its end, in the reader's zone.

    What is not known to hold does not.
    """
    match state:
        case permit_life.GAS:
            return Say("verify-gas", code=code)
        case permit_life.BARRED:
            return Say("verify-barred", code=code)
        case State.APPROVED:
            return Say("verify-approved", code=code, until=until)
        case State.STARTED:
            return Say("verify-started", code=code, until=until)
        case State.SUSPENDED:
            return Say("verify-suspended", code=code)
        case State.FINISHED | State.FIRE_WATCH:
            return Say("verify-finished", code=code)
        case State.CLOSED:
            return Say("verify-closed", code=code)
        case State.EXPIRED:
            return Say("verify-expired", code=code, until=until)
        case State.CANCELLED:
            return Say("verify-cancelled", code=code)
        case _:
            return Say("verify-not-approved", code=code)


def verification_address(link: str | None, token: str, code: str) -> str:
    """Return what the QR code says: a link that opens the bot with the token, or without one how to ask the bot."""
    return link or render(Say("verify-how", code=code, token=token), CHINESE)
