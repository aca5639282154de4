"""有无: an enterprise says that it has a risk, or has not, against the registry; its department decides."""

from service import reminders
from service.letters import Draft, Tap, answer, tell
from service.mine import Mine
from service.permissions import Act, Target, may
from service.work import Speaker, Work
from storage import audit, clock, people, proposals, registry
from storage.proposals import Proposal
from storage.registry import Enterprise
from talk.texts import Phrase, Say


def said(work: Work, me: Speaker, mine: Mine, *, present: bool) -> None:
    """A confirmed answer says whether a risk exists: where the registry says otherwise, staff decide."""
    presence, code = mine.rule.presence, mine.duty.enterprise
    enterprise = None if code is None else registry.enterprise(work.conn, code)
    if presence is None or enterprise is None:
        return
    tag = presence.tag
    proposals.withdraw(work.conn, enterprise.code, tag, present=not present)
    if present == (tag in enterprise.tags):
        return
    number = proposals.propose(work.conn, enterprise.code, tag, present=present, person=me.person, at=work.now)
    if number is None:
        return
    subject = f"enterprise/{enterprise.code}"
    audit.note(work.conn, work.now, "tag-proposed", me.person, subject, proposal=number, tag=tag, present=present)


def card(work: Work, proposal: Proposal, enterprise: Enterprise) -> Draft:
    """What an enterprise says of a risk against the registry, to be adopted or dismissed by staff."""
    name = work.pack.tag(proposal.tag).name
    asked = (
        Say("risk-add-card", place=enterprise.name, district=enterprise.district, tag=name)
        if proposal.present
        else Say("risk-remove-card", place=enterprise.name, district=enterprise.district, tag=name)
    )
    number = proposal.id
    taps = (Tap(Say("option-adopt"), f"a:adopt:{number}"), Tap(Say("option-dismiss"), f"a:dismiss:{number}"))
    return Draft((asked,), taps)


def decide(work: Work, me: Speaker, number: int, *, accept: bool) -> None:
    """Staff change the registry as proposed, from now on, or leave it."""
    proposal = proposals.get(work.conn, number)
    enterprise = None if proposal is None else registry.enterprise(work.conn, proposal.enterprise)
    if proposal is None or enterprise is None or not may(work, me.person, Act.DECIDE_TAG, _target(enterprise)):
        answer(work, me, Say("not-allowed"))
        return
    if proposal.state != "open":
        answer(work, me, Say("decide-done-before"))
        return
    proposals.decide(work.conn, number, "accepted" if accept else "refused", me.person, work.now)
    subject = f"enterprise/{enterprise.code}"
    audit.note(work.conn, work.now, "tag-decided", me.person, subject, proposal=number, accepted=accept)
    name: Phrase = work.pack.tag(proposal.tag).name
    if not accept:
        answer(work, me, Say("risk-refused", place=enterprise.name, tag=name))
        return
    _change(work, enterprise, proposal.tag, present=proposal.present)
    told = Say("risk-added", tag=name) if proposal.present else Say("risk-removed", tag=name)
    for principal in people.holders(work.conn, "principal", enterprise.code):
        tell(work, principal, Draft((told,)), kind="risk", dedupe=f"{work.cause}/risk-decided/{principal}")
    answer(work, me, Say("risk-accepted", place=enterprise.name, tag=name))


def _change(work: Work, enterprise: Enterprise, tag: str, *, present: bool) -> None:
    # The lock: no tick plans duties between the change and the new plan.
    since = clock.read(work.conn, lock=True).ticked_until
    if present and tag not in enterprise.tags:
        registry.tag(work.conn, [(enterprise.code, tag)], since)
    elif not present:
        registry.untag(work.conn, [(enterprise.code, tag)])
    reminders.replan(work)


def _target(enterprise: Enterprise) -> Target:
    """Whose matter it is: the city's for the units that it supervises itself."""
    return Target(None if enterprise.municipal else enterprise.district, enterprise.code)
