"""The people who decide for the department that supervises an enterprise."""

from campaign.roles import CITY, CLERK
from service.core.unit_of_work import UnitOfWork
from storage import people
from storage.registry import Enterprise


def deciders(uow: UnitOfWork, enterprise: Enterprise) -> list[int]:
    """Return the clerks of its district; for a unit that the city supervises itself, and where no clerk has joined,
    the city's staff.
    """
    return staff_of(uow, None if enterprise.municipal else enterprise.district)


def staff_of(uow: UnitOfWork, district: str | None) -> list[int]:
    """Return the clerks of a district; where there are none, and for the city (None), the city's staff."""
    clerks = [] if district is None else people.holders(uow.conn, CLERK, district)
    return clerks or people.holders(uow.conn, CITY, uow.pack.city)
