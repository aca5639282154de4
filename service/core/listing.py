"""A list on a screen of a phone: a page at a time, with a button for each line."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from service.core import whose
from service.core.letters import Draft
from service.core.unit_of_work import UnitOfWork
from talk.actions import Tap
from talk.texts import Phrase, Say

T = TypeVar("T")

SCREEN = 6
"""Buttons of a message at the most; the last one leads on where there is more."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a list, and the data of its button."""

    title: Phrase
    when: Phrase
    data: str
    group: Phrase | None = None
    """The heading of the lines that it stands among."""


class LazyEntries(Generic[T]):
    """A list whose items become entries only where a page shows them: all of a page at once, so that what is read for
    them costs a page as many statements as a list of any length.
    """

    def __init__(self, items: Sequence[T], entries: Callable[[Sequence[T]], Sequence[Entry]]) -> None:
        self._items = items
        self._entries = entries

    def __len__(self) -> int:
        return len(self._items)

    def __getitem__(self, part: slice) -> Sequence[Entry]:
        return self._entries(self._items[part])


def by_place(uow: UnitOfWork, person: int, found: Sequence[tuple[str, Entry]]) -> list[Entry]:
    """Return the entries of a list, each of which comes with the enterprise or district that it is about: for somebody
    who stands for several those of one together under its name, the one that comes first in the list before the others.
    """
    if not whose.stands_for_several(uow, person):
        return [entry for _, entry in found]
    names = whose.labels(uow, person, (place for place, _ in found))
    return [
        replace(
            entry,
            group=Say("group-place", place=name)
            if entry.group is None
            else Say("group-at-place", place=name, group=entry.group),
        )
        for place, name in names.items()
        for at, entry in found
        if at == place
    ]


def screen(
    heading: Sequence[Phrase],
    listed: Sequence[Entry] | LazyEntries[Any],
    page: int,
    more: Callable[[int], str],
    ways: Sequence[Tap] = (),
    *,
    opening: Sequence[Tap] = (),
) -> Draft:
    """Return a page of a list, with a button for each line. `more` gives the data of the button that leads to a page;
    `ways` are buttons for what can be done besides, `opening` those of the first page alone.
    """
    room = SCREEN - len(ways)
    starts = [0]
    if len(listed) > room - len(opening):
        starts += range(room - len(opening) - 1, len(listed), room - 1)
    # A page may have emptied since its button was shown: then the last one there is.
    page = min(max(page, 1), len(starts))
    first, end = starts[page - 1], (starts[page] if page < len(starts) else len(listed))
    shown = list(enumerate(listed[first:end], first + 1))
    lines, group = list(heading), None
    for number, entry in shown:
        if entry.group is not None and entry.group != group:
            lines.append(entry.group)
        group = entry.group
        lines.append(Say("task-line", number=number, title=entry.title, when=entry.when))
    taps = [*ways, *(Tap(Say("task-button", number=number), entry.data) for number, entry in shown)]
    if left := len(listed) - end:
        lines.append(Say("list-more", number=left))
        taps.append(Tap(Say("option-more"), more(page + 1)))
    return Draft(tuple(lines), (*taps, *(opening if page == 1 else ())))
