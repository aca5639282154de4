"""Who decides for the department that supervises an enterprise."""

from service.work import Work
from storage import people
from storage.registry import Enterprise


def deciders(work: Work, enterprise: Enterprise) -> list[int]:
    """The clerks of its district; for a unit that the city supervises itself, and where no clerk has joined, the
    city's staff.
    """
    clerks = [] if enterprise.municipal else people.holders(work.conn, "clerk", enterprise.district)
    return clerks or people.holders(work.conn, "city", work.pack.city)
