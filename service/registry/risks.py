"""有无: an enterprise says that it has a risk, or has not, against the registry; its department decides."""

from campaign.roles import PRINCIPAL
from service.core.letters import Draft, answer, tell
from service.core.permissions import Act, allows
from service.core.refusal import RefusedError, not_allowed
from service.core.unit_of_work import Speaker, UnitOfWork
from service.duties import planning
from service.registry import actions
from storage import people, proposals, registry
from storage.proposals import Proposal
from storage.registry import Enterprise
from talk.texts import Phrase, Say


def card(uow: UnitOfWork, proposal: Proposal, enterprise: Enterprise) -> Draft:
    """Return the card of what an enterprise says of a risk against the registry, for staff to adopt or dismiss."""
    name = uow.pack.tag(proposal.tag).name
    asked = (
        Say("risk-add-card", place=enterprise.name, district=enterprise.district, tag=name)
        if proposal.present
        else Say("risk-remove-card", place=enterprise.name, district=enterprise.district, tag=name)
    )
    taps = (
        actions.ADOPT.tap(Say("option-adopt"), proposal.id),
        actions.DISMISS.tap(Say("option-dismiss"), proposal.id),
    )
    return Draft((asked,), taps)


def decide(uow: UnitOfWork, me: Speaker, number: int, *, accept: bool) -> None:
    """Change the registry as was proposed, from now on, or leave it, as staff decide."""
    proposal = proposals.get(uow.conn, number)
    enterprise = None if proposal is None else registry.enterprise(uow.conn, proposal.enterprise)
    if proposal is None or enterprise is None or not allows(uow, me, Act.DECIDE_TAG, enterprise):
        raise not_allowed()
    if proposal.state != "open":
        raise RefusedError(Say("decide-done-before"))
    proposals.decide(uow.conn, number, "accepted" if accept else "refused", me.person, uow.now)
    subject = f"enterprise/{enterprise.code}"
    uow.note("tag-decided", subject, proposal=number, accepted=accept)
    name: Phrase = uow.pack.tag(proposal.tag).name
    if not accept:
        answer(uow, me, Say("risk-refused", place=enterprise.name, tag=name))
        return
    _change(uow, enterprise, proposal.tag, present=proposal.present)
    told = Say("risk-added", tag=name) if proposal.present else Say("risk-removed", tag=name)
    for principal in people.holders(uow.conn, PRINCIPAL, enterprise.code):
        tell(
            uow,
            principal,
            Draft((told,), of=enterprise.code),
            kind="risk",
            dedupe=f"{uow.cause}/risk-decided/{principal}",
        )
    answer(uow, me, Say("risk-accepted", place=enterprise.name, tag=name))


def _change(uow: UnitOfWork, enterprise: Enterprise, tag: str, *, present: bool) -> None:
    # The lock: no tick plans duties between the change and the new plan.
    since = planning.joined(uow)
    if present and tag not in enterprise.tags:
        registry.tag(uow.conn, [(enterprise.code, tag)], since)
    elif not present:
        registry.untag(uow.conn, [(enterprise.code, tag)])
    planning.replan(uow)
