"""Each day the operators get the anchor of the audit log: their chat keeps what the database may lose."""

from datetime import timedelta
from typing import Final

from campaign.roles import OPERATOR
from service.core.letters import Draft, signature, tell
from service.core.unit_of_work import UnitOfWork
from storage import audit_chain, outbox, people
from talk.texts import Say

KIND: Final = "anchor"
MORNING: Final = timedelta(hours=8)
"""Since midnight: nobody is woken by it."""
A_DAY: Final = timedelta(days=1)
"""One that cannot leave for so long does not: the next one has come."""


def tell_of_the_day(uow: UnitOfWork) -> int:
    """Tell the operators how far the log has come, once in each day of real time; return how many were told now."""
    today = uow.wall.astimezone(uow.context.zone)
    operators = people.holders(uow.conn, OPERATOR, uow.pack.city)
    letters = {f"{KIND}/{today.date()}/{person}": person for person in operators}
    untold = [dedupe for dedupe in letters if not outbox.is_known(uow.conn, dedupe)]
    anchor = audit_chain.anchor(uow.conn, uow.wall) if untold else None
    if anchor is None:
        return 0
    draft = Draft((signature(uow.pack.city_bureau), Say("anchor-of-the-day", at=today, seq=anchor.seq), anchor.line()))
    morning = today.replace(hour=0, minute=0, second=0, microsecond=0) + MORNING
    at = max(uow.wall, morning)
    return sum(
        tell(uow, letters[dedupe], draft, kind=KIND, dedupe=dedupe, not_before=at, valid=A_DAY) for dedupe in untold
    )
