"""有无: an answer says whether a risk exists in the enterprise, which the registry may know otherwise."""

from collections.abc import Mapping

from campaign.forms import ChoicesAsk
from campaign.talks.duties import Filled, Reported
from service.core.duty_talk import OwnedDuty
from service.core.unit_of_work import Speaker, UnitOfWork
from storage import proposals, registry
from storage.registry import Enterprise
from talk.questions import Picked


def compare(uow: UnitOfWork, me: Speaker, owned: OwnedDuty, said: Mapping[str, bool]) -> None:
    """A confirmed answer says which risks, by their tags, exist: where the registry says otherwise, staff decide."""
    code = owned.duty.enterprise
    enterprise = None if code is None else registry.enterprise(uow.conn, code)
    if enterprise is None:
        return
    for tag, present in said.items():
        _propose(uow, me, enterprise, tag, present=present)


def told(uow: UnitOfWork, owned: OwnedDuty, result: Reported) -> dict[str, bool]:
    """Return which risks an answer says exist, or do not, by their tags."""
    found = {} if owned.rule.presence is None else {owned.rule.presence.tag: result.present}
    form = uow.pack.form_of(owned.rule)
    if form is not None and isinstance(result, Filled):
        for field in form.fields:
            picked = result.values.get(field.key)
            if isinstance(field, ChoicesAsk) and field.tags and isinstance(picked, Picked):
                found |= {option.id: option.id in picked.ids for option in field.options}
    return found


def _propose(uow: UnitOfWork, me: Speaker, enterprise: Enterprise, tag: str, *, present: bool) -> None:
    proposals.withdraw(uow.conn, enterprise.code, tag, present=not present)
    if present == (tag in enterprise.tags):
        return
    number = proposals.propose(uow.conn, enterprise.code, tag, present=present, person=me.person, at=uow.now)
    if number is None:
        return
    subject = f"enterprise/{enterprise.code}"
    uow.note("tag-proposed", subject, proposal=number, tag=tag, present=present)
