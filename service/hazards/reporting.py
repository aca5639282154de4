"""The duty to report a hazard (三(一)1): owed with its finding, complete with its plan or its rectification."""

from campaign.hazards import Event
from campaign.notation import Within
from campaign.obligations import Obligation
from campaign.validity import in_force
from service.core.unit_of_work import Speaker, UnitOfWork
from service.duties import closing, planning
from storage import duties, hazards
from storage.conversations import Conversation
from storage.duties import Duty
from storage.hazards import Hazard
from storage.registry import Enterprise


def duty_of(uow: UnitOfWork, hazard: Hazard) -> Duty | None:
    """The duty to report a hazard, locked; None for what a department found, or an import brought."""
    period = f"hazard/{hazard.id}"
    found = (duties.of_period(uow.conn, rule.id, hazard.enterprise, period) for rule in _rules(uow))
    return next((duty for duty in found if duty is not None), None)


def _rule(uow: UnitOfWork) -> Obligation | None:
    return next((rule for rule in _rules(uow) if in_force(rule.valid, uow.now.date())), None)


def _rules(uow: UnitOfWork) -> list[Obligation]:
    return [rule for rule in uow.pack.obligations if rule.trigger == "hazard-found"]


def open_duty(uow: UnitOfWork, enterprise: Enterprise, number: int, *, answered: bool) -> None:
    """An enterprise found a hazard, and owes its report where the pack says so; `answered`: it is complete at once."""
    rule = _rule(uow)
    variant = None if rule is None else rule.variant_for(enterprise)
    if rule is None or variant is None:
        return
    opens = planning.owed_at(uow, uow.now)
    due = variant.due.after(opens) if isinstance(variant.due, Within) else None
    duties.open_event(
        uow.conn,
        obligation=rule.id,
        subject=enterprise.code,
        period=f"hazard/{number}",
        enterprise=enterprise.code,
        district=enterprise.district,
        owner=rule.owner,
        opens=opens,
        due=due,
    )
    duty = duties.of_period(uow.conn, rule.id, enterprise.code, f"hazard/{number}")
    if answered and duty is not None:
        closing.close(uow, duty, by=None, hazard=number)


def settle(uow: UnitOfWork, hazard: Hazard, event: Event) -> None:
    """The report of a hazard is complete once it is planned or done; what is not major, or in the ledger
    under another number, needs none.
    """
    duty = duty_of(uow, hazard)
    if duty is None or duty.status not in duties.UNANSWERED:
        return
    # The event, not the state: what is under way already stays under way when its plan is made.
    if event in (Event.PLAN, Event.FINISH):
        closing.close(uow, duty, by=None, hazard=hazard.id)
    elif event in (Event.NOT_MAJOR, Event.MERGE, Event.WITHDRAW):
        duties.set_status(uow.conn, duty.id, "withdrawn")


def receipt(uow: UnitOfWork, me: Speaker, talk: Conversation, number: int) -> str | None:
    """The code of the receipt where the report of a hazard is complete with this talk; None where no report is owed,
    or it was complete before.
    """
    hazard = hazards.get(uow.conn, number)
    duty = None if hazard is None else duty_of(uow, hazard)
    if duty is None or duty.conversation is not None or duty.status != "answered":
        return None
    return closing.close_by_talk(uow, duty, talk, by=me.person, at=duty.answered_at)
