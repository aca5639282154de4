"""The people who decide for the department that supervises an enterprise."""

from campaign.roles import CITY, CLERK
from service.core.unit_of_work import UnitOfWork
from storage import people
from storage.registry import Enterprise


def deciders(uow: UnitOfWork, enterprise: Enterprise) -> list[int]:
    """Return the clerks of its district; for a unit that the city supervises itself, and where no clerk has joined,
    the city's staff.
    """
    clerks = [] if enterprise.municipal else people.holders(uow.conn, CLERK, enterprise.district)
    return clerks or people.holders(uow.conn, CITY, uow.pack.city)
