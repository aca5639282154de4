"""A spot check was entered: each named inspector is asked to sign it, unless they have when the letter leaves."""

from collections.abc import Sequence
from typing import Final

from campaign.checks import RECORDED, Signed
from service.checks import cards, signatures
from service.core.letters import Draft, tell
from service.core.second_looks import SecondLook
from service.core.unit_of_work import Speaker, UnitOfWork
from storage import checks, registry
from storage.checks import Check, Signature
from storage.outbox import Claimed
from storage.registry import Enterprise

KIND: Final = "check-sign"
"""The kind of these letters."""


def ask(uow: UnitOfWork, me: Speaker, check: Check, enterprise: Enterprise) -> None:
    """A check was entered: who entered it signs with the same tap, where they checked; the others are asked to."""
    bureau = signatures.bureau(uow, check.place)
    for one in signatures.of(uow, check):
        readers = sorted(bureau.members(one.name))
        if me.person in readers:
            sign(uow, check, one, Signed.OWN, me.person)
            continue
        draft = cards.to_sign(uow, check, enterprise)
        for person in readers:
            dedupe = f"check/{check.id}/sign/{person}"
            tell(uow, person, draft, kind=KIND, dedupe=dedupe, about=(check.id,))


def sign(uow: UnitOfWork, check: Check, one: Signature, how: Signed, person: int) -> None:
    """Keep that an inspector signed now, in which way and on whose phone."""
    checks.change_signature(
        uow.conn,
        check.id,
        one.inspector,
        signed_at=uow.now,
        how=how,
        signed_by=person,
        objection=None,
        code=None,
        code_until=None,
    )
    uow.note("check-signed", f"check/{check.id}", inspector=one.inspector, how=how)


def look_again(uow: UnitOfWork, letters: Sequence[Claimed]) -> dict[int, Draft | None]:
    """Return what is asked still: nothing of who has signed meanwhile or is no inspector of that name any more, nor of
    what was taken back.
    """
    return {letter.id: _still(uow, letter.about[0], letter.person) for letter in letters}


def _still(uow: UnitOfWork, number: int, person: int | None) -> Draft | None:
    check = checks.get(uow.conn, number)
    enterprise = None if check is None else registry.enterprise(uow.conn, check.enterprise)
    if check is None or enterprise is None or person is None or check.state != RECORDED:
        return None
    wanted = signatures.bureau(uow, check.place).own(person, signatures.of(uow, check))
    return None if wanted is None else cards.to_sign(uow, check, enterprise)


SECOND_LOOK: Final = SecondLook(frozenset({KIND}), look_again, patient=True)
