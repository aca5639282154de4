"""What can be done with how a place stands: whom no message reaches, the lists as files, the text for a work group."""

from functools import partial

from service.core import access_log
from service.core.access_log import Access
from service.core.letters import Draft
from service.core.listing import Entry, screen
from service.core.permissions import Act, Area, may
from service.core.unit_of_work import Speaker, UnitOfWork
from service.desk import actions, contacts, places
from talk.actions import Tap
from talk.texts import Say


def menu(uow: UnitOfWork, me: Speaker, which: int | None) -> Draft:
    """Return the ways on from a place's progress."""
    place = places.seen(uow, me, which)
    number = len(contacts.of_place(uow, place.district))
    taps: list[Tap] = []
    if may(uow, me.person, Act.HAND_ON_PROGRESS, Area(place.district)):
        taps += [actions.UNREACHED.tap(Say("option-unreached"), place.number, 1)] if number else []
        taps.append(actions.PHONE_LIST.tap(Say("option-phone-list"), place.number))
        taps.append(actions.WORKBOOK.tap(Say("option-owes-export"), place.number))
    taps.append(actions.GROUP_TEXT.tap(Say("option-group"), place.number))
    if place.district is None:
        taps.append(actions.OWN_DUTIES.tap(Say("option-own-duties"), 1))
        taps.append(actions.DUTIES.tap(Say("option-by-duty"), None, 1))
    return Draft((Say("owes-tools-heading", place=place.name, people=number),), tuple(taps))


def unreached(uow: UnitOfWork, me: Speaker, which: int | None, page: int) -> Draft:
    """Return a page of those whom no message reaches, by name; that somebody looked is on record."""
    place = places.handed_on(uow, me, which)
    found = contacts.of_place(uow, place.district)
    access_log.record(uow, Access.PHONE_LIST, f"place/{place.name}", people=len(found))
    entries = [
        Entry(
            Say("owes-unreached-line", name=post.name, role=Say("role", role=post.role), place=post.enterprise.name),
            post.reason,
            actions.ENTERPRISE.data(post.enterprise.code),
        )
        for post in found
    ]
    heading = Say("owes-unreached-heading", place=place.name, people=len(found))
    return screen([heading], entries, page, partial(actions.UNREACHED.data, place.number))
