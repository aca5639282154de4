"""A duty together with its rule, and who may see, fill and confirm it."""

from datetime import date
from typing import Any

from campaign.roles import CITY, CLERK, OFFICER, PRINCIPAL
from campaign.talks.duties import PLAIN_FORM, DutyBrief, FormBrief, PlainBrief
from service.core.duty_talk import DutyTalk, OwnedDuty
from service.core.permissions import Act, Members, Needed, allows, may, require, shows, subjects_of
from service.core.unit_of_work import Speaker, UnitOfWork
from storage import duties, registry
from storage.conversations import Conversation
from storage.duties import Duty
from talk.briefs import Brief


def with_rule(uow: UnitOfWork, duty: Duty) -> OwnedDuty:
    """A duty with its rule."""
    return OwnedDuty(duty, uow.pack.obligation(duty.obligation))


def of_person(uow: UnitOfWork, person: int) -> list[OwnedDuty]:
    """The duties that a person answers for and that have opened, the earliest due first."""
    subjects = own_subjects(uow, person)
    found = duties.of_subjects(uow.conn, subjects) if subjects else []
    owned = [with_rule(uow, duty) for duty in found if duty.opens <= uow.now]
    return [own for own in owned if own.rule.form is not None]


def owed(uow: UnitOfWork, person: int) -> list[OwnedDuty]:
    """What a person still has to do something about, the earliest due first: every count of duties counts these."""
    return [own for own in of_person(uow, person) if own.duty.is_owed(uow.now.date())]


def own_subjects(uow: UnitOfWork, person: int) -> list[str]:
    """The enterprises and districts, and the city, for whose duties somebody answers."""
    return subjects_of(uow, person, (PRINCIPAL, OFFICER, CLERK, CITY))


def visible(uow: UnitOfWork, person: int, duty_id: int) -> OwnedDuty | None:
    """A duty by id, locked, if this person may see it at all: ids can be guessed."""
    duty = duties.get(uow.conn, duty_id, lock=True)
    if duty is None:
        return None
    act = Act.SEE_DISTRICT_DUTY if duty.enterprise is None else Act.SEE_ENTERPRISE_DUTY
    return with_rule(uow, duty) if shows(uow, person, act, duty) else None


def may_fill(uow: UnitOfWork, person: int, duty: Duty) -> bool:
    """Return whether a person may answer a duty."""
    return may(uow, person, _filling(duty), duty)


def may_confirm(uow: UnitOfWork, person: int, duty: Duty) -> bool:
    """Return whether a person may confirm a duty in person."""
    return may(uow, person, confirming(duty), duty)


def require_filling(uow: UnitOfWork, me: Speaker, duty: Duty) -> None:
    """Go on only where somebody may answer a duty."""
    require(uow, me, _filling(duty), duty)


def allows_confirming(uow: UnitOfWork, me: Speaker, duty: Duty) -> bool:
    """Return whether somebody may confirm a duty in person; then its effects may be written."""
    return allows(uow, me, confirming(duty), duty)


def may_explain(uow: UnitOfWork, person: int, duty: Duty) -> bool:
    """Return whether a person may say why a duty is not done (说明情况)."""
    return duty.owner != CITY and may(uow, person, _explaining(duty), duty)  # nobody is above the city to accept it


def to_fill(uow: UnitOfWork, talk: Conversation, brief: Brief) -> Needed | None:
    """Return what somebody needs who answers a duty in a talk: to fill it in."""
    if isinstance(brief, DutyBrief) and brief.enterprise is not None:
        return Needed(Members(brief.enterprise), (Act.FILL_ENTERPRISE_DUTY,))
    duty = None if talk.duty is None else duties.get(uow.conn, talk.duty)
    return None if duty is None else Needed(duty, (_filling(duty),))


def to_explain(uow: UnitOfWork, talk: Conversation, brief: Brief) -> Needed | None:
    """Return what somebody needs who says in a talk why a duty is not done."""
    del brief
    duty = None if talk.duty is None else duties.get(uow.conn, talk.duty)
    return None if duty is None or duty.owner == CITY else Needed(duty, (_explaining(duty),))


def _filling(duty: Duty) -> Act:
    if duty.owner == CITY:
        return Act.FILL_CITY_DUTY
    return Act.FILL_DISTRICT_DUTY if duty.enterprise is None else Act.FILL_ENTERPRISE_DUTY


def confirming(duty: Duty) -> Act:
    """Return the act by which somebody confirms a duty in person."""
    if duty.owner == CITY:
        return Act.FILL_CITY_DUTY
    return Act.FILL_DISTRICT_DUTY if duty.enterprise is None else Act.CONFIRM_ENTERPRISE_DUTY


def _explaining(duty: Duty) -> Act:
    return Act.EXPLAIN_DISTRICT_DUTY if duty.enterprise is None else Act.EXPLAIN_ENTERPRISE_DUTY


def bureau(uow: UnitOfWork, duty: Duty) -> str:
    """Return the name of the bureau that signs messages about a duty."""
    enterprise = None if duty.enterprise is None else registry.enterprise(uow.conn, duty.enterprise)
    if duty.owner == CITY:
        return uow.pack.city_bureau
    return uow.pack.district(duty.district).bureau if enterprise is None else enterprise.supervisor


def due_day(uow: UnitOfWork, duty: Duty) -> date | None:
    """The last day of a duty, in the zone of the settings."""
    return None if duty.due is None else duty.due.astimezone(uow.context.zone).date()


def talk_name(uow: UnitOfWork, owned: OwnedDuty) -> str:
    """The name of the talk by which a duty is answered: that of its form, the plain one, or the one named as it is."""
    if uow.pack.form_of(owned.rule) is not None:
        return FormBrief.talk
    word = str(owned.rule.form)
    return PlainBrief.talk if word == PLAIN_FORM else word


def duty_talk(uow: UnitOfWork, owned: OwnedDuty) -> DutyTalk[Any, Any] | None:
    """Return what the talk can do by which a duty is answered; None: it is begun in another way."""
    spec = uow.context.talks.get(talk_name(uow, owned))
    return None if spec is None else spec.duty
