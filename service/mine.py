"""A duty together with its rule, and who may see, fill and confirm it."""

from dataclasses import dataclass
from datetime import date

from campaign.duties import title_of
from campaign.obligations import Obligation
from service.permissions import Act, Target, may
from service.work import Work
from storage import duties, people
from storage.duties import Duty
from talk.texts import Words


@dataclass(frozen=True, slots=True)
class Mine:
    """A duty that somebody may see, with its rule."""

    duty: Duty
    rule: Obligation

    @property
    def title(self) -> Words:
        """6月调度确认."""
        return title_of(self.rule, self.duty.period)


def mine_of(work: Work, duty: Duty) -> Mine:
    """A duty with its rule."""
    return Mine(duty, work.pack.obligation(duty.obligation))


def of_person(work: Work, person: int) -> list[Mine]:
    """The duties that a person answers for and that have opened, the earliest due first."""
    subjects = own_subjects(work, person)
    found = duties.of_subjects(work.conn, subjects) if subjects else []
    mine = [mine_of(work, duty) for duty in found if duty.opens <= work.now]
    return [one for one in mine if one.rule.form is not None]


def own_district(work: Work, person: int) -> str | None:
    """The district for which somebody works as clerk or leader; None: for none."""
    return next(
        (
            one.subject
            for one in people.roles(work.conn, person)
            if one.state == "active" and one.role in ("clerk", "leader")
        ),
        None,
    )


def own_subjects(work: Work, person: int) -> list[str]:
    """The enterprises and districts for whose duties somebody answers."""
    return [
        membership.subject
        for membership in people.roles(work.conn, person)
        if membership.state == "active" and membership.role in ("principal", "officer", "clerk")
    ]


def visible(work: Work, person: int, duty_id: int) -> Mine | None:
    """A duty by id, locked, if this person may see it at all: ids can be guessed."""
    duty = duties.get(work.conn, duty_id, lock=True)
    if duty is None:
        return None
    act = Act.SEE_DISTRICT_DUTY if duty.enterprise is None else Act.SEE_ENTERPRISE_DUTY
    return mine_of(work, duty) if may(work, person, act, target(duty)) else None


def may_fill(work: Work, person: int, duty: Duty) -> bool:
    """Whether a person may answer a duty."""
    act = Act.FILL_DISTRICT_DUTY if duty.enterprise is None else Act.FILL_ENTERPRISE_DUTY
    return may(work, person, act, target(duty))


def may_confirm(work: Work, person: int, duty: Duty) -> bool:
    """Whether a person may confirm a duty in person."""
    act = Act.FILL_DISTRICT_DUTY if duty.enterprise is None else Act.CONFIRM_ENTERPRISE_DUTY
    return may(work, person, act, target(duty))


def may_explain(work: Work, person: int, duty: Duty) -> bool:
    """Whether a person may say why a duty is not done (说明情况)."""
    act = Act.EXPLAIN_DISTRICT_DUTY if duty.enterprise is None else Act.EXPLAIN_ENTERPRISE_DUTY
    return may(work, person, act, target(duty))


def target(duty: Duty) -> Target:
    """What an act on a duty is about."""
    return Target(duty.district, duty.enterprise)


def due_day(work: Work, duty: Duty) -> date | None:
    """The last day of a duty, in the house's zone."""
    return None if duty.due is None else duty.due.astimezone(work.house.zone).date()
