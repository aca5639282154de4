"""Which bureau checks which enterprise: by the column of the annex that counts it."""

from service.actions import target_of
from service.hazards.ledger import judged
from service.notices.audience import scope_of
from service.permissions import Act, Target, may
from service.work import Work
from storage.registry import Enterprise


def places(work: Work) -> tuple[str, ...]:
    """Every place that checks: the city itself first."""
    return (work.pack.annex.city_column, *(district.name for district in work.pack.districts))


def place_of(work: Work, enterprise: Enterprise) -> str:
    """The place whose bureau supervises an enterprise: its district, or the city itself."""
    return judged(enterprise).district or work.pack.annex.city_column


def reaches(work: Work, place: str, enterprise: Enterprise) -> bool:
    """Whether a place may check an enterprise: the city any, a district those that it supervises."""
    return place in (work.pack.annex.city_column, place_of(work, enterprise))


def own_place(work: Work, person: int, act: Act) -> str | None:
    """For which place somebody acts: the city itself, or their district."""
    return next((place for place in places(work) if may(work, person, act, target_of(work, place))), None)


def place_for(work: Work, person: int, enterprise: Enterprise) -> str | None:
    """For which place somebody would check an enterprise; None: it is not theirs to check."""
    if may(work, person, Act.PLAN_CHECK, Target()):
        return work.pack.annex.city_column
    return place_of(work, enterprise) if may(work, person, Act.PLAN_CHECK, judged(enterprise)) else None


def bureau_of(work: Work, place: str) -> str:
    """Who signs the messages of a place."""
    return scope_of(work, work.pack.city if place == work.pack.annex.city_column else place).bureau
