"""有无: an answer says whether a risk exists in the enterprise, which the registry may know otherwise."""

from service.core.duty_talk import OwnedDuty
from service.core.unit_of_work import Speaker, UnitOfWork
from storage import proposals, registry


def compare(uow: UnitOfWork, me: Speaker, owned: OwnedDuty, *, present: bool) -> None:
    """A confirmed answer says whether a risk exists: where the registry says otherwise, staff decide."""
    presence, code = owned.rule.presence, owned.duty.enterprise
    enterprise = None if code is None else registry.enterprise(uow.conn, code)
    if presence is None or enterprise is None:
        return
    tag = presence.tag
    proposals.withdraw(uow.conn, enterprise.code, tag, present=not present)
    if present == (tag in enterprise.tags):
        return
    number = proposals.propose(uow.conn, enterprise.code, tag, present=present, person=me.person, at=uow.now)
    if number is None:
        return
    subject = f"enterprise/{enterprise.code}"
    uow.note("tag-proposed", subject, proposal=number, tag=tag, present=present)
