"""What can be done with how a place stands: whom no message reaches, the lists as files, the text for a work group."""

from service.core import access_log
from service.core.access_log import Access
from service.core.letters import Draft, answer, send
from service.core.listing import Entry, screen
from service.core.permissions import Act, Target, may
from service.core.unit_of_work import Speaker, UnitOfWork
from service.desk import contacts
from service.desk import progress as desk_progress
from service.desk.progress import Place
from talk.actions import Tap
from talk.texts import Say


def menu(uow: UnitOfWork, person: int, place: Place) -> Draft:
    """The ways on from a place's progress."""
    number = len(contacts.of_place(uow, place.district))
    taps: list[Tap] = []
    if may(uow, person, Act.HAND_ON_PROGRESS, Target(place.district)):
        taps += [Tap(Say("option-unreached"), f"a:unreached:{place.number}:1")] if number else []
        taps.append(Tap(Say("option-phone-list"), f"a:owes-phones:{place.number}"))
        taps.append(Tap(Say("option-owes-export"), f"a:owes-export:{place.number}"))
    taps.append(Tap(Say("option-group"), f"a:owes-group:{place.number}"))
    if place.district is None:
        taps.append(Tap(Say("option-own-duties"), "a:own-duties:1"))
        taps.append(Tap(Say("option-by-duty"), "a:owes::1"))
    return Draft((Say("owes-tools-heading", place=place.name, people=number),), tuple(taps))


def unreached(uow: UnitOfWork, me: Speaker, place: Place, page: int) -> None:
    """Whom no message reaches, by name; that somebody looked is on record."""
    if not may(uow, me.person, Act.HAND_ON_PROGRESS, Target(place.district)):
        answer(uow, me, Say("not-allowed"))
        return
    found = contacts.of_place(uow, place.district)
    access_log.record(uow, me.person, Access.PHONE_LIST, f"place/{place.name}", people=len(found))
    entries = [
        Entry(
            Say("owes-unreached-line", name=one.name, role=Say("role", role=one.role), place=one.enterprise.name),
            one.reason,
            f"a:firm:{one.enterprise.code}",
        )
        for one in found
    ]
    heading = Say("owes-unreached-heading", place=place.name, people=len(found))
    send(uow, me, screen([heading], entries, page, f"a:unreached:{place.number}"))


def group_text(uow: UnitOfWork, me: Speaker, place: Place) -> None:
    """复制到工作群."""
    send(uow, me, desk_progress.group_text(uow, place))
