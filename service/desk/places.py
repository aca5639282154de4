"""The places whose progress staff look at: the city, or one of its districts."""

from dataclasses import dataclass

from service.core.permissions import Act, Area, require
from service.core.refusal import not_allowed
from service.core.unit_of_work import Speaker, UnitOfWork


@dataclass(frozen=True, slots=True)
class Place:
    """A district, or (None) the whole city."""

    district: str | None
    number: int | None
    """The number of the district in the pack, as buttons name it."""
    name: str


def of_district(uow: UnitOfWork, name: str | None) -> Place:
    """Return a district of the pack, or (None) the whole city."""
    if name is None:
        return Place(None, None, uow.pack.city)
    return Place(name, uow.pack.district_names.index(name), name)


def seen(uow: UnitOfWork, me: Speaker, number: int | None) -> Place:
    """Return the place that a button names. RefusedError: this person may not see how it stands."""
    names = uow.pack.district_names
    if number is not None and number >= len(names):
        raise not_allowed()
    place = of_district(uow, None if number is None else names[number])
    require(uow, me, Act.SEE_CITY_PROGRESS if number is None else Act.SEE_DISTRICT_PROGRESS, Area(place.district))
    return place


def handed_on(uow: UnitOfWork, me: Speaker, number: int | None) -> Place:
    """Return the place that a button names. RefusedError: this person may not have its lists and files."""
    place = seen(uow, me, number)
    require(uow, me, Act.HAND_ON_PROGRESS, Area(place.district))
    return place
