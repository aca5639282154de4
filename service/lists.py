"""How several duties look: /tasks, a bundle, a digest. A screen at a time, a button for each line."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from service import cards
from service.letters import Draft, Tap, signature
from service.mine import Mine
from service.work import Work
from talk.texts import Listed, Phrase, Say

SCREEN = 6
"""Buttons of a message at the most; the last one leads on where there is more."""


SOON = 3
"""Days before the end at which a reminder looks urgent."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a list: a duty, or a bundle of them that is asked for together."""

    title: Phrase
    when: Phrase
    data: str


def tasks(work: Work, mine: Sequence[Mine], page: int) -> Draft:
    """/tasks: what is still to be done, most urgent first."""
    return screen([Say("tasks-heading", number=len(mine))], _entries(work, mine), page, "a:tasks")


def done(work: Work, mine: Sequence[Mine]) -> Draft:
    """/tasks when nothing is left: what was answered, to look at or correct."""
    listed = [_entry(work, one) for one in mine]
    return screen([Say("tasks-none")], listed, 1, "a:tasks")


def digest(work: Work, own: Sequence[Mine], watched: Sequence[Mine]) -> Draft:
    """A reminder of several duties; those of others that were escalated are counted."""
    heading: list[Phrase] = []
    if watched:
        heading.append(Say("escalation-intro"))
        heading.extend(_escalation_lines(watched))
    if own:
        heading.append(_digest_heading(work, own))
    return screen(heading, _entries(work, own), 1, "a:tasks")


def _digest_heading(work: Work, own: Sequence[Mine]) -> Say:
    left = [days for mine in own if (days := cards.days_left(work, mine.duty)) is not None]
    if left and min(left) < 0:
        return Say("digest-overdue", number=len(own))
    if left and min(left) <= SOON:
        return Say("digest-soon", number=len(own))
    return Say("digest-opened", signature=signature(cards.bureau(work, own[0].duty)), number=len(own))


def bundle_id(work: Work, mine: Mine) -> str:
    """The id of the bundle that takes in a duty, or nothing."""
    bundle = work.pack.bundle_of(mine.duty.obligation, mine.duty.period)
    return "" if bundle is None else bundle.id


def _entries(work: Work, mine: Sequence[Mine]) -> list[Entry]:
    """Duties in their order; what belongs to a bundle stands together as one entry."""
    bundled = Counter(bundle_id(work, one) for one in mine)
    found: dict[str, Entry] = {}
    for one in mine:
        bundle = work.pack.bundle_of(one.duty.obligation, one.duty.period)
        if bundle is None or bundled[bundle.id] == 1:
            entry = _entry(work, one)
        else:
            title = Say("bundle-title", title=bundle.title, number=bundled[bundle.id])
            entry = Entry(title, cards.state_line(work, one.duty), f"a:bundle:{bundle.id}")
        found.setdefault(entry.data, entry)
    return list(found.values())


def _entry(work: Work, mine: Mine) -> Entry:
    return Entry(mine.title, cards.state_line(work, mine.duty), f"a:show:{mine.duty.id}")


def screen(heading: Sequence[Phrase], listed: Sequence[Entry], page: int, more: str, ways: Sequence[Tap] = ()) -> Draft:
    """A page of a list, with a button for each line; `ways` are buttons for what can be done besides."""
    room = SCREEN - len(ways)
    size = room if len(listed) <= room else room - 1
    # A page may have emptied since its button was shown: then the last one there is.
    last = max(len(listed) - 1, 0) // size
    page = min(max(page - 1, 0), last) + 1
    first = (page - 1) * size
    shown = list(enumerate(listed, 1))[first : first + size]
    left = len(listed) - first - len(shown)
    lines = [*heading, *(Say("task-line", number=n, title=entry.title, when=entry.when) for n, entry in shown)]
    taps = [Tap(Say("task-button", number=n), entry.data) for n, entry in shown]
    if left > 0:
        lines.append(Say("list-more", number=left))
        taps.append(Tap(Say("option-more"), f"{more}:{page + 1}"))
    return Draft(tuple(lines), (*ways, *taps))


def _escalation_lines(watched: Sequence[Mine]) -> list[Phrase]:
    """What enterprises owe is counted by district and duty; of districts' own duties the districts are named."""
    enterprises = Counter((one.duty.district, one.title) for one in watched if one.duty.enterprise is not None)
    lines: list[Phrase] = [
        Say("escalation-line", district=district, title=title, number=number)
        for (district, title), number in sorted(enterprises.items(), key=lambda item: (item[0][0], -item[1]))
    ]
    districts: dict[Phrase, list[str]] = {}
    for one in watched:
        if one.duty.enterprise is None:
            districts.setdefault(one.title, []).append(one.duty.district)
    lines += [
        Say("escalation-districts", title=title, districts=Listed(tuple(named)), number=len(named))
        for title, named in districts.items()
    ]
    return lines
