"""A spot check was entered: each named inspector is asked to sign it."""

from campaign.checks import Signed
from service.checks import cards, signatures
from service.core.letters import tell
from service.core.unit_of_work import Speaker, UnitOfWork
from storage import checks
from storage.checks import Check, Signature
from storage.registry import Enterprise


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
            tell(uow, person, draft, kind="check-sign", dedupe=dedupe, about=(check.id,))


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
