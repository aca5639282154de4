"""The places whose progress staff look at: the city, or one of its districts."""

from dataclasses import dataclass

from service.core.permissions import Act, Target, may
from service.core.refusal import not_allowed
from service.core.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Place:
    """A district, or (None) the whole city."""

    district: str | None
    number: int | None
    """The number of the district in the pack, as buttons name it."""
    name: str


def city_of(uow: UnitOfWork) -> Place:
    """Return the whole city."""
    return Place(None, None, uow.pack.city)


def of_district(uow: UnitOfWork, name: str) -> Place:
    """Return a district of the pack."""
    return Place(name, [district.name for district in uow.pack.districts].index(name), name)


def seen(uow: UnitOfWork, person: int, number: int | None) -> Place:
    """Return the place that a button names. RefusedError: this person may not see how it stands."""
    if number is None:
        place = city_of(uow)
    elif number < len(uow.pack.districts):
        place = of_district(uow, uow.pack.districts[number].name)
    else:
        raise not_allowed()
    act = Act.SEE_CITY_PROGRESS if place.district is None else Act.SEE_DISTRICT_PROGRESS
    if not may(uow, person, act, Target(place.district)):
        raise not_allowed()
    return place
