"""Each named inspector of a spot check signs it, or says what is wrong with it; by a one-time code who has no bot."""

from datetime import date, timedelta
from typing import Final

from campaign.checks import RECORDED, Signed
from campaign.talks.checks import ObjectBrief
from service.checks import actions, asking, cards, signatures
from service.checks.results import locked
from service.core.codes import plain_code
from service.core.letters import Draft, answer, send, tell
from service.core.permissions import Act, Area, Needed
from service.core.refusal import RefusedError
from service.core.unit_of_work import Speaker, UnitOfWork
from service.talks import flow
from storage import checks, invitations
from storage.checks import Check, Signature
from storage.conversations import Conversation
from storage.registry import Enterprise
from talk.texts import Say

PURPOSE: Final = "check-code"
GOOD_FOR: Final = timedelta(minutes=30)
"""How long a one-time code is good, in real time: the inspector stands beside."""
TRIES: Final = 5
"""Wrong codes in an hour, after which no more are heard."""


def to_object(uow: UnitOfWork, talk: Conversation, brief: ObjectBrief) -> Needed | None:
    """Return what somebody needs who objects to a check."""
    del talk
    check = checks.get(uow.conn, brief.check)
    return None if check is None else Needed(Area.of_column(uow.pack, check.place), (Act.SIGN_CHECK,))


def sign(uow: UnitOfWork, me: Speaker, number: int) -> None:
    """签名 on the own phone, as late as it may be."""
    check, enterprise, one = _own(uow, me, number)
    asking.sign(uow, check, one, Signed.OWN, me.person)
    _signed(uow, me, check, enterprise)


def _own(uow: UnitOfWork, me: Speaker, number: int) -> tuple[Check, Enterprise, Signature]:
    check, enterprise = locked(uow, me, number, Act.SIGN_CHECK, RECORDED)
    one = signatures.bureau(uow, check.place).own(me.person, signatures.of(uow, check))
    if one is None:
        raise RefusedError.with_card(cards.card(uow, me.person, check, enterprise))
    return check, enterprise, one


def _signed(uow: UnitOfWork, me: Speaker, check: Check, enterprise: Enterprise) -> None:
    shown = cards.card(uow, me.person, check, enterprise)
    send(uow, me, Draft((Say("check-signed"), *shown.lines), shown.taps))
    left = sum(one.signed_at is None for one in signatures.of(uow, check))
    if left == 0 and check.recorded_by not in (None, me.person):
        draft = Draft(
            (Say("check-all-signed", name=enterprise.name),), (actions.SHOW.tap(Say("option-look"), check.id),)
        )
        tell(uow, check.recorded_by or 0, draft, kind="check-signed", dedupe=f"check/{check.id}/all-signed")


# Objections


def begin_object(uow: UnitOfWork, me: Speaker, number: int) -> None:
    """有异议: somebody was named who did not check, or saw it otherwise."""
    check, enterprise, one = _own(uow, me, number)
    flow.begin(
        uow,
        me,
        ObjectBrief(check=number, inspector=one.inspector, name=enterprise.name, day=check.day or date.min),
    )


def objected(uow: UnitOfWork, me: Speaker, talk: Conversation, brief: ObjectBrief, objection: str) -> None:
    """An objection is kept and shown; whoever entered the check is told, and takes it back where it is right."""
    check, enterprise, one = _own(uow, me, brief.check)
    checks.change_signature(uow.conn, check.id, one.inspector, objection=objection)
    uow.note("check-objected", f"check/{check.id}", inspector=one.inspector)
    answer(uow, me, Say("check-objected"))
    told = Say("check-objection", name=enterprise.name, who=one.name, objection=objection)
    if check.recorded_by is not None:
        draft = Draft((told,), (actions.SHOW.tap(Say("option-look"), check.id),))
        tell(uow, check.recorded_by, draft, kind="check-signed", dedupe=f"check/{check.id}/objected/{talk.id}")


# By code


def give_code(uow: UnitOfWork, me: Speaker, number: int, inspector: int) -> None:
    """A one-time code, to be handed to an inspector without the bot. Whoever entered the check does not get it: they
    could sign with it themselves.
    """
    check, enterprise = locked(uow, me, number, Act.RECORD_ACTION, RECORDED)
    one = _without_bot(uow, check, inspector)
    if one is None:
        raise RefusedError.with_card(cards.card(uow, me.person, check, enterprise))
    if me.person == check.recorded_by:
        raise RefusedError(Say("check-code-by-another", name=one.name))
    code = uow.fresh.code()
    checks.change_signature(
        uow.conn,
        check.id,
        inspector,
        code=uow.hashed(PURPOSE, plain_code(code)),
        code_by=me.person,
        code_until=uow.wall + GOOD_FOR,
    )
    uow.note("check-code-given", f"check/{check.id}", inspector=inspector)
    minutes = int(GOOD_FOR.total_seconds() // 60)
    answer(uow, me, Say("check-code", name=one.name, code=code, minutes=minutes, enterprise=enterprise.name))


def _without_bot(uow: UnitOfWork, check: Check, inspector: int) -> Signature | None:
    wanted = signatures.bureau(uow, check.place).without_bot(signatures.of(uow, check))
    return next((one for one in wanted if one.inspector == inspector), None)


def show_by_code(uow: UnitOfWork, me: Speaker, code: str) -> None:
    """The inspector of a code reads what is to be signed, on a colleague's phone."""
    check, enterprise, one = _of_code(uow, me, code)
    draft = cards.to_sign(uow, check, enterprise, by_code=plain_code(code), name=one.name)
    send(uow, me, draft)


def sign_by_code(uow: UnitOfWork, me: Speaker, code: str) -> None:
    """The inspector of a code signs, on a colleague's phone."""
    check, enterprise, one = _of_code(uow, me, code)
    asking.sign(uow, check, one, Signed.CODE, me.person)
    _signed(uow, me, check, enterprise)


def _of_code(uow: UnitOfWork, me: Speaker, code: str) -> tuple[Check, Enterprise, Signature]:
    hour_ago = uow.wall - timedelta(hours=1)
    if invitations.failed_tries(uow.conn, PURPOSE, me.identity.address, hour_ago) >= TRIES:
        raise RefusedError(Say("check-code-pause"))
    typed = plain_code(code)
    found = checks.by_code(uow.conn, uow.hashes(PURPOSE, typed), uow.wall) if typed else None
    one = None
    if found is not None:
        check, enterprise = locked(uow, me, found[0], Act.SIGN_CHECK, RECORDED)
        one = _without_bot(uow, check, found[1])
        # Who handed it over does not sign with it.
        if one is not None and one.code_by != me.person:
            return check, enterprise, one
    if typed:
        invitations.add_try(uow.conn, PURPOSE, me.identity.address, uow.wall)
    raise RefusedError(Say("check-code-wrong" if typed else "check-code-hint"))
