"""The lines that tell of a hazard, and the letters about what happens to it."""

from collections.abc import Sequence
from datetime import date

from campaign.roles import CITY, CLERK, OFFICER, PRINCIPAL
from service.core.letters import Draft, signature, tell
from service.core.supervision import deciders
from service.core.unit_of_work import UnitOfWork
from service.hazards import actions
from service.hazards.criteria_brief import criterion
from service.hazards.moves import HazardInHand
from storage import people
from storage.hazards import UNRECTIFIED, Hazard
from storage.registry import Enterprise
from talk.messages import FileRef
from talk.texts import DayAndWeekday, Phrase, Say


def facts(uow: UnitOfWork, hazard: Hazard) -> list[Phrase | None]:
    """Return the lines about a hazard: place, criterion, finding, plan, deadline, listing; None: there is none."""
    return [
        Say("hazard-place-line", place=hazard.place),
        None if hazard.description is None else Say("hazard-description", text=hazard.description),
        criterion_line(uow, hazard),
        _found(uow, hazard),
        _plan(hazard),
        _deadline(uow, hazard),
        _listed(hazard),
        _clash(hazard),
        _asked(hazard),
        None if hazard.merged_into is None else Say("hazard-merged", number=hazard.merged_into),
    ]


def _clash(hazard: Hazard) -> Say | None:
    """Return that the supervisor's deadline is earlier than that of the plan, where it is."""
    if not hazard.is_listed or hazard.listed_deadline is None or hazard.deadline is None:
        return None
    if hazard.deadline <= hazard.listed_deadline or hazard.stands not in UNRECTIFIED:
        return None
    return Say("hazard-deadlines-clash", listed=hazard.listed_deadline, deadline=hazard.deadline)


def _asked(hazard: Hazard) -> Say | None:
    """Return the deadline that an enterprise asks for, while nobody has decided."""
    if hazard.asked_deadline is None:
        return None
    return Say("hazard-asked", day=hazard.asked_deadline, reason=hazard.asked_reason or "")


def named(hazard: Hazard) -> Say:
    """Return how a hazard is called: a major one, once it is decided that it is."""
    return Say("hazard-named-unsure" if hazard.unsure else "hazard-named", number=hazard.id)


def deadline_line(uow: UnitOfWork, hazard: Hazard) -> Say | None:
    """Return by when a hazard is to be rectified, and how many days are left; None where no day is set."""
    if hazard.deadline is None:
        return None
    left = (hazard.deadline - uow.now.date()).days
    day = DayAndWeekday(hazard.deadline)
    if hazard.stands not in UNRECTIFIED:
        return Say("hazard-deadline", day=day)
    if left < 0:
        return Say("hazard-deadline-over", day=day, days=-left)
    return Say("hazard-deadline-left", day=day, days=left)


def _deadline(uow: UnitOfWork, hazard: Hazard) -> Say | None:
    line = deadline_line(uow, hazard)
    return Say("hazard-overdue", line=line) if line is not None and hazard.overdue(uow.now.date()) else line


def criterion_line(uow: UnitOfWork, hazard: Hazard) -> Say:
    """Return the criterion that a hazard meets, in the criterion's own words."""
    known = criterion(uow, hazard.criterion)
    if known is None:
        # An id that the pack no longer has is shown as it is.
        return (
            Say("hazard-criterion-unsure")
            if hazard.criterion is None
            else Say("hazard-criterion-unknown", criterion=hazard.criterion)
        )
    article, met = known
    if hazard.device_failed:
        return Say("hazard-criterion-failed", article=article.number, text=met.text)
    return Say("hazard-criterion", article=article.number, text=met.text)


def _found(uow: UnitOfWork, hazard: Hazard) -> Say:
    at: date = hazard.found_at.astimezone(uow.context.zone).date()
    if hazard.source is not None:
        return Say("hazard-found-source", day=at, source=hazard.source)
    return Say("hazard-found", day=at, origin=hazard.origin)


def _plan(hazard: Hazard) -> Say | None:
    plan = hazard.plan
    if plan is None:
        return None
    funds = Say("amount-yuan", amount=f"{plan.funds.normalize():f}")
    return Say("hazard-plan", person=plan.person, measures=plan.measures, funds=funds, contingency=plan.contingency)


def _listed(hazard: Hazard) -> Say | None:
    if hazard.listed_by is None or hazard.listed_deadline is None:
        return None
    if hazard.lifted_on is not None:
        return Say("hazard-listing-lifted", by=hazard.listed_by, day=hazard.lifted_on)
    return Say(
        "hazard-listing", by=hazard.listed_by, number=hazard.listed_number or "", deadline=hazard.listed_deadline
    )


def supervisors(uow: UnitOfWork, enterprise: Enterprise) -> list[int]:
    """Return the people who are to know of a hazard: those who decide for the safety department, and those of the
    sector's department where it is another one and has some.
    """
    found = deciders(uow, enterprise)
    if enterprise.sector_department != enterprise.supervisor:
        found = [*found, *_staff(uow, enterprise.sector_department)]
    return list(dict.fromkeys(found))


def _staff(uow: UnitOfWork, department: str) -> list[int]:
    if department == uow.pack.city_bureau:
        return people.holders(uow.conn, CITY, uow.pack.city)
    district = next((known.name for known in uow.pack.districts if known.bureau == department), department)
    return people.holders(uow.conn, CLERK, district)


def told_department(uow: UnitOfWork, held: HazardInHand, what: Say, photos: Sequence[FileRef] = ()) -> None:
    """Tell whoever supervises an enterprise what happened to one of its hazards."""
    _tell(uow, supervisors(uow, held.enterprise), held, what, photos)


def told_enterprise(
    uow: UnitOfWork, held: HazardInHand, what: Say, photos: Sequence[FileRef] = (), *, but: int | None = None
) -> None:
    """Tell the principal and the safety officer what became of a hazard; `but` is who did it themselves."""
    code = held.enterprise.code
    readers = [person for role in (PRINCIPAL, OFFICER) for person in people.holders(uow.conn, role, code)]
    _tell(uow, [reader for reader in dict.fromkeys(readers) if reader != but], held, what, photos)


def _tell(uow: UnitOfWork, readers: Sequence[int], held: HazardInHand, what: Say, photos: Sequence[FileRef]) -> None:
    uow.said += 1
    hazard, enterprise = held.hazard, held.enterprise
    heading = Say("hazard-told", signature=signature(enterprise.supervisor), name=enterprise.name, hazard=named(hazard))
    draft = Draft(
        (heading, what, *facts(uow, hazard)),
        (actions.SHOW.tap(Say("option-look"), hazard.id),),
        others=tuple(photos),
        of=enterprise.code,
    )
    for person in readers:
        tell(uow, person, draft, kind="hazard", dedupe=f"{uow.cause}/hazard/{hazard.id}/{uow.said}/{person}")
