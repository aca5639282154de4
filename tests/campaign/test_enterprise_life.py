"""The life of an enterprise: what its entries make of it, and which of them do not go together."""

from dataclasses import dataclass
from datetime import date

import pytest

from campaign.enterprise_life import CLOSED, TABLE, ClashError, Event, Spell, State, possible, spells, standing


@dataclass(frozen=True)
class Entry:
    """An entry by the days of June."""

    id: int
    event: Event
    first: date
    last: date | None = None


def june(day: int) -> date:
    return date(2023, 6, day)


def entries(*told: tuple[str, int] | tuple[str, int, int]) -> list[Entry]:
    return [
        Entry(number, Event(event), june(first), june(rest[0]) if rest else None)
        for number, (event, first, *rest) in enumerate(told)
    ]


def days(*told: tuple[str, int] | tuple[str, int, int]) -> list[tuple[str, int, int | None]]:
    return [
        (spell.state.value, spell.first.day, None if spell.until is None else spell.until.day)
        for spell in spells(entries(*told))
    ]


@pytest.mark.parametrize(
    ("told", "made"),
    [
        ([], []),
        ([("suspend", 5)], [("suspended", 5, None)]),
        ([("suspend", 5, 20)], [("suspended", 5, 21)]),
        ([("suspend", 5, 20), ("resume", 10)], [("suspended", 5, 10)]),
        ([("suspend", 5), ("resume", 5)], []),
        ([("suspend", 5), ("deregister", 12)], [("suspended", 5, 12), ("deregistered", 12, None)]),
        ([("suspend", 5, 9), ("suspend", 10, 20)], [("suspended", 5, 10), ("suspended", 10, 21)]),
        # Entered afterwards, of days before.
        ([("suspend", 20), ("suspend", 5, 9)], [("suspended", 5, 10), ("suspended", 20, None)]),
        ([("move", 5), ("resume", 15)], [("moved", 5, 15)]),
        ([("merge", 5)], [("merged", 5, None)]),
    ],
)
def test_what_entries_make_of_a_life(told: list[tuple[str, int]], made: list[tuple[str, int, int | None]]) -> None:
    assert days(*told) == made


@pytest.mark.parametrize(
    ("told", "clash"),
    [
        ([("resume", 5)], 0),
        ([("suspend", 5, 20), ("suspend", 10, 25)], 1),
        ([("suspend", 10), ("suspend", 5)], 0),
        ([("suspend", 5, 9), ("resume", 10)], 1),
        ([("deregister", 5), ("suspend", 10)], 1),
        ([("deregister", 5), ("merge", 6)], 1),
        ([("deregister", 5), ("resume", 9)], 1),
        ([("suspend", 20), ("deregister", 5)], 0),
    ],
)
def test_what_does_not_go_together(told: list[tuple[str, int]], clash: int) -> None:
    with pytest.raises(ClashError) as found:
        spells(entries(*told))
    assert found.value.entry.id == clash


def test_how_it_stands_on_a_day() -> None:
    found = spells(entries(("suspend", 5, 9), ("deregister", 20)))
    assert [standing(found, june(day)) for day in (4, 5, 9, 10, 19, 20)] == [
        (State.ACTIVE, None),
        (State.SUSPENDED, june(5)),
        (State.SUSPENDED, june(5)),
        (State.ACTIVE, june(10)),
        (State.ACTIVE, june(10)),
        (State.DEREGISTERED, june(20)),
    ]


def test_every_state_can_be_reached_and_only_a_move_leads_back_from_the_end() -> None:
    assert set(TABLE.values()) == set(State)
    assert {state: possible(state) for state in CLOSED if possible(state)} == {State.MOVED: (Event.RESUME,)}
    assert Spell(State.MOVED, june(5), None, 1).covers(date.max)
