"""What can be done with how a place stands: whom no message reaches, the lists as files, the text for a work group."""

from service import evidence
from service.desk import owes, reaching
from service.desk.owes import Place
from service.evidence import Shown
from service.letters import Draft, Tap, answer, send
from service.lists import Entry, screen
from service.permissions import Act, Target, may
from service.work import Speaker, Work
from talk.texts import Say


def menu(work: Work, person: int, place: Place) -> Draft:
    """The ways on from a place's progress."""
    number = len(reaching.of_place(work, place.district))
    taps: list[Tap] = []
    if may(work, person, Act.HAND_ON_PROGRESS, Target(place.district)):
        taps += [Tap(Say("option-unreached"), f"a:unreached:{place.number}:1")] if number else []
        taps.append(Tap(Say("option-phone-list"), f"a:owes-phones:{place.number}"))
        taps.append(Tap(Say("option-owes-export"), f"a:owes-export:{place.number}"))
    taps.append(Tap(Say("option-group"), f"a:owes-group:{place.number}"))
    if place.district is None:
        taps.append(Tap(Say("option-own-duties"), "a:own-duties:1"))
        taps.append(Tap(Say("option-by-duty"), "a:owes::1"))
    return Draft((Say("owes-tools-heading", place=place.name, people=number),), tuple(taps))


def unreached(work: Work, me: Speaker, place: Place, page: int) -> None:
    """Whom no message reaches, by name; that somebody looked is on record."""
    if not may(work, me.person, Act.HAND_ON_PROGRESS, Target(place.district)):
        answer(work, me, Say("not-allowed"))
        return
    found = reaching.of_place(work, place.district)
    evidence.shown(work, me.person, Shown.PHONE_LIST, f"place/{place.name}", people=len(found))
    entries = [
        Entry(
            Say("owes-unreached-line", name=one.name, role=Say("role", role=one.role), place=one.enterprise.name),
            one.reason,
            f"a:firm:{one.enterprise.code}",
        )
        for one in found
    ]
    heading = Say("owes-unreached-heading", place=place.name, people=len(found))
    send(work, me, screen([heading], entries, page, f"a:unreached:{place.number}"))


def group_text(work: Work, me: Speaker, place: Place) -> None:
    """复制到工作群."""
    send(work, me, owes.group_text(work, place))
