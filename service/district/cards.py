"""How coverage looks: the counters of a column or of the city, who is left, the trainings that were recorded."""

from collections.abc import Sequence

from service.core.letters import Draft, signature
from service.core.listing import Entry, screen
from service.core.permissions import Act, Target, may
from service.core.unit_of_work import UnitOfWork
from service.district import coverage
from service.district.coverage import Coverage, data
from storage import coverage as storage
from storage import people
from storage.coverage import Training
from talk.actions import Tap
from talk.texts import Listed, Phrase, Say

PAGE = 20
"""Lines of a list of names."""


def card(uow: UnitOfWork, person: int, column: str, told: Phrase | None = None) -> Draft:
    """The counters of a column, and what can be done."""
    found = coverage.of(uow, column)
    taps = [
        Tap(Say("coverage-button-unchecked"), data(uow, "unchecked", column)),
        Tap(Say("coverage-button-untrained"), data(uow, "untrained", column)),
    ]
    if may(uow, person, Act.RECORD_TRAINING, Target.of_column(uow.pack, column)):
        taps.append(Tap(Say("coverage-button-record"), data(uow, "record", column)))
    taps += [
        Tap(Say("coverage-button-trainings"), data(uow, "trainings", column)),
        Tap(Say("coverage-button-export"), data(uow, "export", column)),
    ]
    lines = (told, _heading(uow, column), *_counters(uow, found))
    return Draft(lines, tuple(taps))


def city(uow: UnitOfWork, page: int) -> Draft:
    """The counters of the whole city, and of each column by tap."""
    every = coverage.every(uow)
    entries = [
        Entry(
            name,
            Say(
                "coverage-line",
                to_check=len(one.to_check),
                checked=one.checked,
                to_train=one.to_train,
                trained=one.trained,
            ),
            data(uow, "show", name),
        )
        for name, one in every.items()
    ]
    found = list(every.values())
    heading: list[Phrase] = [
        _heading(uow, None),
        _checks(uow, sum(len(one.to_check) for one in found), sum(one.checked for one in found)),
        _trainings(sum(one.to_train for one in found), sum(one.trained for one in found)),
    ]
    export = Tap(Say("coverage-button-export"), data(uow, "export", None))
    return screen(heading, entries, page, "a:coverage:city", ways=(export,))


def unchecked(uow: UnitOfWork, column: str, page: int) -> Draft:
    """未检名单."""
    left = coverage.of(uow, column).unchecked
    names = [Say("coverage-unchecked-line", name=one.name, tags=Listed(tuple(_dangers(uow, one.tags)))) for one in left]
    heading = Say("coverage-unchecked", place=column, number=len(left))
    return _listed(uow, heading, names, "unchecked", column, page)


def untrained(uow: UnitOfWork, column: str, page: int) -> Draft:
    """未训名单."""
    left = coverage.of(uow, column).untrained
    names = [
        Say("coverage-untrained-line", name=one.enterprise.name, role=one.role, number=one.owed - one.trained)
        for one in left
    ]
    heading = Say("coverage-untrained", place=column, number=sum(one.owed - one.trained for one in left))
    return _listed(uow, heading, names, "untrained", column, page)


def trainings(uow: UnitOfWork, column: str, page: int) -> Draft:
    """培训记录: each by tap."""
    found = storage.find(uow.conn, column)
    entries = [
        Entry(
            Say("training-title", number=one.id, day=one.day, venue=one.note),
            Say(
                "training-state",
                gone="no" if one.taken_back is None else "yes",
                enterprises=one.enterprises,
                people=one.people,
            ),
            f"a:training:{one.id}",
        )
        for one in found
    ]
    heading = Say("trainings-heading", place=column, number=len(found))
    return screen([heading], entries, page, data(uow, "trainings", column))


def training(uow: UnitOfWork, found: Training, *, may_undo: bool) -> Draft:
    """A training in full."""
    who = people.person(uow.conn, found.by)
    lines: list[Phrase] = [
        Say("training-title", number=found.id, day=found.day, venue=found.note),
        Say("training-reached", place=found.district, enterprises=found.enterprises, people=found.people),
        Say("training-by", who="" if who is None else who.name, at=found.at.astimezone(uow.context.zone)),
    ]
    if found.taken_back is not None:
        lines.append(Say("training-gone", reason=found.taken_back))
    undo = (Tap(Say("training-button-undo"), f"a:training-undo:{found.id}"),)
    return Draft(tuple(lines), undo if may_undo and found.taken_back is None else ())


def _heading(uow: UnitOfWork, column: str | None) -> Say:
    city_ = column is None or column == uow.pack.annex.city_column
    bureau = uow.pack.city_bureau if city_ else uow.pack.district(str(column)).bureau
    return Say("coverage-heading", signature=signature(bureau), place=column or uow.pack.city, at=uow.now)


def _counters(uow: UnitOfWork, found: Coverage) -> list[Phrase]:
    lines: list[Phrase] = [
        _checks(uow, len(found.to_check), found.checked),
        _trainings(found.to_train, found.trained),
    ]
    if found.municipal:
        lines.append(Say("coverage-municipal", number=found.municipal))
    return lines


def _checks(uow: UnitOfWork, owed: int, done: int) -> Say:
    tags = Listed(tuple(uow.pack.tag(tag).name for tag in uow.pack.coverage.dangers))
    return Say("coverage-checks", tags=tags, owed=owed, done=done, left=owed - done)


def _trainings(owed: int, done: int) -> Say:
    return Say("coverage-trainings", owed=owed, done=done, left=owed - done)


def _dangers(uow: UnitOfWork, tags: frozenset[str]) -> list[Phrase]:
    return [uow.pack.tag(tag).name for tag in uow.pack.coverage.dangers if tag in tags]


def _listed(uow: UnitOfWork, heading: Phrase, names: Sequence[Phrase], verb: str, column: str, page: int) -> Draft:
    page = min(max(page, 1), max(1, -(-len(names) // PAGE)))
    shown = list(enumerate(names, 1))[(page - 1) * PAGE : page * PAGE]
    lines = [heading, *(Say("coverage-name", number=number, name=name) for number, name in shown)]
    left = len(names) - page * PAGE
    taps = [Tap(Say("coverage-button-back"), data(uow, "show", column))]
    if left > 0:
        lines.append(Say("list-more", number=left))
        taps.insert(0, Tap(Say("option-more"), data(uow, verb, column, page + 1)))
    return Draft(tuple(lines), tuple(taps))
