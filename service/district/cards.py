"""How coverage looks: the counters of a column or of the city, who is left, trainings, reports to be drafted."""

from collections.abc import Sequence
from functools import partial

from service.core.letters import Draft, signature
from service.core.listing import Entry, screen
from service.core.permissions import Act, Area, may
from service.core.shared_actions import CoverageView
from service.core.unit_of_work import UnitOfWork
from service.district import actions, coverage
from service.district import report as district_report
from service.district.coverage import Coverage
from storage import people, training_log
from storage.training_log import Training
from talk.actions import Tap
from talk.texts import Listed, Phrase, Say

PAGE = 20
"""Lines of a list of names."""


def card(uow: UnitOfWork, person: int, column: str, told: Phrase | None = None) -> Draft:
    """The counters of a column, and what can be done."""
    found = coverage.of(uow, column)
    taps = [
        _tap(uow, Say("coverage-button-unchecked"), "unchecked", column),
        _tap(uow, Say("coverage-button-untrained"), "untrained", column),
    ]
    if may(uow, person, Act.RECORD_TRAINING, Area.of_column(uow.pack, column)):
        taps.append(_tap(uow, Say("coverage-button-record"), "record", column))
    taps += [
        _tap(uow, Say("coverage-button-trainings"), "trainings", column),
        _tap(uow, Say("coverage-button-export"), "export", column),
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
                to_check=len(column.to_check),
                checked=column.checked,
                to_train=column.to_train,
                trained=column.trained,
            ),
            actions.COVERAGE.data("show", _place(uow, name), 1),
        )
        for name, column in every.items()
    ]
    found = list(every.values())
    heading: list[Phrase] = [
        _heading(uow, None),
        _checks(uow, sum(len(column.to_check) for column in found), sum(column.checked for column in found)),
        _trainings(sum(column.to_train for column in found), sum(column.trained for column in found)),
        *_unmet(found),
    ]
    export = _tap(uow, Say("coverage-button-export"), "export", None)
    return screen(heading, entries, page, lambda more: actions.COVERAGE.data("city", more, 1), ways=(export,))


def unchecked(uow: UnitOfWork, column: str, page: int) -> Draft:
    """未检名单."""
    left = coverage.of(uow, column).unchecked
    names = [
        Say("coverage-unchecked-line", name=enterprise.name, tags=Listed(_dangers(uow, enterprise.tags)))
        for enterprise in left
    ]
    heading = Say("coverage-unchecked", place=column, number=len(left))
    return _listed(uow, heading, names, "unchecked", column, page)


def untrained(uow: UnitOfWork, column: str, page: int) -> Draft:
    """未训名单."""
    left = coverage.of(uow, column).untrained
    names = [
        Say("coverage-untrained-line", name=group.enterprise.name, role=group.role, number=group.owed - group.trained)
        for group in left
    ]
    heading = Say("coverage-untrained", place=column, number=sum(group.owed - group.trained for group in left))
    return _listed(uow, heading, names, "untrained", column, page)


def trainings(uow: UnitOfWork, column: str, page: int) -> Draft:
    """培训记录: each by tap."""
    found = training_log.find(uow.conn, column)
    entries = [
        Entry(
            Say("training-title", number=held.id, day=held.day, venue=held.note),
            Say(
                "training-state",
                gone="no" if held.taken_back is None else "yes",
                enterprises=held.enterprises,
                people=held.people,
            ),
            actions.TRAINING.data(held.id),
        )
        for held in found
    ]
    heading = Say("trainings-heading", place=column, number=len(found))
    return screen([heading], entries, page, partial(actions.COVERAGE.data, "trainings", _place(uow, column)))


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
    undo = (actions.UNDO_TRAINING.tap(Say("training-button-undo"), found.id),)
    return Draft(tuple(lines), undo if may_undo and found.taken_back is None else ())


def drafts(uow: UnitOfWork, column: str | None) -> Draft:
    """Return the reports of a district, or of the city, that can be drafted by now, a button each."""
    lines: list[Phrase] = [Say("draft-heading", place=column or uow.pack.city)]
    taps: list[Tap] = []
    place = None if column is None else uow.pack.district_names.index(column)
    for number, (kind, period) in enumerate(district_report.begun(uow, column), 1):
        title = district_report.title(uow, kind, district_report.phase_of(uow, period))
        taps.append(actions.DRAFTS.tap(Say("task-button", number=number), place, kind, period))
        lines.append(Say("draft-line", number=number, title=title))
    if not taps:
        lines = [Say("draft-none", day=uow.pack.start)]
    return Draft(tuple(lines), tuple(taps))


def _place(uow: UnitOfWork, column: str | None) -> int | None:
    return None if column is None else uow.pack.columns.index(column)


def _tap(uow: UnitOfWork, label: Phrase, view: CoverageView, column: str | None, page: int = 1) -> Tap:
    return actions.COVERAGE.tap(label, view, _place(uow, column), page)


def _heading(uow: UnitOfWork, column: str | None) -> Say:
    bureau = uow.pack.bureau_of(column or uow.pack.annex.city_column)
    return Say("coverage-heading", signature=signature(bureau), place=column or uow.pack.city, at=uow.now)


def _counters(uow: UnitOfWork, found: Coverage) -> list[Phrase]:
    lines: list[Phrase] = [
        _checks(uow, len(found.to_check), found.checked),
        _trainings(found.to_train, found.trained),
        *_unmet([found]),
    ]
    if found.municipal:
        lines.append(Say("coverage-municipal", number=found.municipal))
    return lines


def _checks(uow: UnitOfWork, owed: int, done: int) -> Say:
    tags = Listed(tuple(uow.pack.tag(tag).name for tag in uow.pack.coverage.dangers))
    return Say("coverage-checks", tags=tags, owed=owed, done=done, left=owed - done)


def _trainings(owed: int, done: int) -> Say:
    return Say("coverage-trainings", owed=owed, done=done, left=owed - done)


def _unmet(found: Sequence[Coverage]) -> list[Phrase]:
    """What enterprises answered that does not meet the clause, apart from what is covered; nothing where all does."""
    number = sum(sum(column.unmet.values()) for column in found)
    enterprises = sum(len(column.unmet) for column in found)
    return [Say("coverage-unmet", number=number, enterprises=enterprises)] if number else []


def _dangers(uow: UnitOfWork, tags: frozenset[str]) -> tuple[Phrase, ...]:
    return tuple(uow.pack.tag(tag).name for tag in uow.pack.coverage.dangers if tag in tags)


def _listed(
    uow: UnitOfWork, heading: Phrase, names: Sequence[Phrase], view: CoverageView, column: str, page: int
) -> Draft:
    page = min(max(page, 1), max(1, -(-len(names) // PAGE)))
    shown = list(enumerate(names, 1))[(page - 1) * PAGE : page * PAGE]
    lines = [heading, *(Say("coverage-name", number=number, name=name) for number, name in shown)]
    left = len(names) - page * PAGE
    taps = [_tap(uow, Say("coverage-button-back"), "show", column)]
    if left > 0:
        lines.append(Say("list-more", number=left))
        taps.insert(0, _tap(uow, Say("option-more"), view, column, page + 1))
    return Draft(tuple(lines), tuple(taps))
