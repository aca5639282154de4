"""/actions 执法: what a bureau did is entered in a talk, looked at with who entered it, taken back with a reason."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any, Final

from campaign.annex import Acted, AnnexRow, written
from campaign.periods import Period, shown
from campaign.roles import CITY, CLERK
from campaign.talks.enforcement import ActionBrief, ActionRow, TakeBackActionBrief
from service.annex import tables
from service.core.letters import Draft, send, signature
from service.core.listing import Entry, LazyEntries, screen
from service.core.permissions import Act, Area, Needed, may, require, subjects_of
from service.core.refusal import RefusedError, existing, not_allowed
from service.core.unit_of_work import Speaker, UnitOfWork
from service.enforcement import actions, records
from service.registry import search
from service.talks import flow
from storage import annex, people, registry
from storage.annex import ActionEntry
from storage.conversations import Conversation
from talk.actions import Tap
from talk.questions import Hint
from talk.texts import Phrase, Say, listed, render

UNKNOWN: Final = "…"
"""In the place of a name that nobody has."""


def own_columns(uow: UnitOfWork, person: int) -> list[str]:
    """Return the columns of the table that somebody enters for: their district's, for the city what it does itself."""
    city = [uow.pack.annex.city_column] if subjects_of(uow, person, (CITY,)) else []
    return [*subjects_of(uow, person, (CLERK,)), *city]


def rows_of(uow: UnitOfWork, column: str) -> list[AnnexRow]:
    """Return the rows of enforcement that can be entered for a column; those for the city alone are no district's."""
    city = column == uow.pack.annex.city_column
    return [row for row in uow.pack.annex.every if row.counts.enforcement and (city or not row.of_city)]


def begin(uow: UnitOfWork, me: Speaker, column: str) -> None:
    """录入: the rows that the column has entered most often come first."""
    rows = rows_of(uow, column)
    if column not in own_columns(uow, me.person) or not rows:
        raise not_allowed()
    used = Counter(entry.row for entry in annex.entries(uow.conn, column))
    brief = ActionBrief(
        place=column,
        rows=tuple(
            ActionRow(row.name, row.label, row.short or row.label, tuple(row.counts.named))
            for row in sorted(rows, key=lambda row: (-used[row.name], row.block, row.row))
        ),
        first=uow.pack.start,
        last=min(uow.now.date(), uow.pack.end),
    )
    flow.begin(uow, me, brief)


def to_enter(uow: UnitOfWork, talk: Conversation, brief: ActionBrief) -> Needed:
    """Return what somebody needs who enters an action for a column."""
    del talk
    return Needed(Area.of_column(uow.pack, brief.place), (Act.RECORD_ACTION,))


def to_take_back(uow: UnitOfWork, talk: Conversation, brief: TakeBackActionBrief) -> Needed | None:
    """Return what somebody needs who takes an action back."""
    del talk
    entry = annex.action(uow.conn, brief.number)
    return None if entry is None else Needed(Area.of_column(uow.pack, entry.district), (Act.RECORD_ACTION,))


def hears(uow: UnitOfWork, me: Speaker, talk: Conversation, key: str, raw: str, value: Any) -> Any:
    """Return an enterprise that was typed by its code or a piece of its name with both, or a hint to ask again."""
    del talk, raw
    if key != "enterprise" or not value or isinstance(value, Hint):
        return value
    meant = search.meant(uow, str(value), lambda one: may(uow, me.person, Act.RECORD_ACTION, one))
    return meant if isinstance(meant, Hint) else search.shown(meant)


def entered(uow: UnitOfWork, me: Speaker, talk: Conversation, brief: ActionBrief, acted: Acted) -> None:
    """Keep an entry that was confirmed, and answer with its number."""
    del talk
    enterprise = acted.enterprise or None
    number = records.enter(uow, me, brief.place, acted.row, acted.day, acted.values, acted.note, enterprise=enterprise)
    draft = card(uow, me, number)
    send(uow, me, Draft((Say("action-entered", number=number), *draft.lines[1:]), draft.taps))


def begin_back(uow: UnitOfWork, me: Speaker, number: int) -> None:
    """更正: an entry is taken back; what is right is entered anew."""
    entry = _to_take_back(uow, me, number)
    if entry.corrects is not None or entry.taken_back is not None:
        raise RefusedError(Say("action-taken-back"))
    row = _row(uow, entry)
    figures = render(_figures(row, entry), me.language)
    flow.begin(uow, me, TakeBackActionBrief(number=number, label=row.quoted, figures=figures))


def taken_back(uow: UnitOfWork, me: Speaker, talk: Conversation, brief: TakeBackActionBrief, reason: str) -> None:
    """Take an entry back for a reason that was confirmed."""
    del talk
    _to_take_back(uow, me, brief.number)
    records.take_back(uow, me, brief.number, reason)
    send(uow, me, card(uow, me, brief.number))


def _to_take_back(uow: UnitOfWork, me: Speaker, number: int) -> ActionEntry:
    entry = existing(annex.action(uow.conn, number))
    if not _may_take_back(uow, me.person, entry):
        raise not_allowed()
    return entry


def _may_take_back(uow: UnitOfWork, person: int, entry: ActionEntry) -> bool:
    """Return whether an entry is of one's own bureau; a finding of a spot check goes with its check."""
    return entry.district in own_columns(uow, person) and bool(_row(uow, entry).counts.enforcement)


def card(uow: UnitOfWork, me: Speaker, number: int) -> Draft:
    """Return an entry as it stands, with who entered it and why it was taken back. RefusedError: not to be seen."""
    entry = existing(annex.action(uow.conn, number))
    if entry.corrects is not None:
        entry = existing(annex.action(uow.conn, entry.corrects))
    require(uow, me, Act.SEE_ANNEX, Area.of_column(uow.pack, entry.district))
    row, column = _row(uow, entry), entry.district
    where = None if entry.enterprise is None else registry.enterprise(uow.conn, entry.enterprise)
    lines: list[Phrase | None] = [
        Say("action-heading", signature=signature(uow.pack.bureau_of(column)), number=entry.id),
        Say("action-what", label=row.label, figures=_figures(row, entry), day=entry.day),
        None if where is None else Say("action-where", name=where.name),
        Say("action-noted", note=entry.note) if entry.note else None,
        Say("action-by", name=_name(uow, entry.by), at=_local(uow, entry.at)),
    ]
    taps: list[Tap] = []
    if entry.taken_back is not None and entry.taken_back_at is not None:
        lines.append(
            Say(
                "action-taken-back-by",
                name=_name(uow, entry.taken_back_by),
                at=_local(uow, entry.taken_back_at),
                reason=entry.taken_back,
            )
        )
    elif _may_take_back(uow, me.person, entry):
        taps.append(actions.TAKE_BACK.tap(Say("action-correct"), entry.id))
    place = uow.pack.columns.index(column)
    if column in own_columns(uow, me.person):
        taps.append(actions.ENTER.tap(Say("action-new"), place))
    taps.append(actions.LIST.tap(Say("action-list"), place, f"{_local(uow, entry.at):%Y-%m}", 1))
    return Draft(tuple(lines), tuple(taps))


def listing(uow: UnitOfWork, me: Speaker, column: str, month: Period, page: int) -> Draft:
    """Return what was entered in a month for a column, the newest first, and by whom. RefusedError: not to be seen."""
    require(uow, me, Act.SEE_ANNEX, Area.of_column(uow.pack, column))
    begins = datetime.combine(month.first.replace(day=1), time.min, uow.context.zone)
    ends = (begins + timedelta(days=31)).replace(day=1)
    names = {row.name for row in uow.pack.annex.every if row.counts.enforcement}
    found = [entry for entry in annex.entries(uow.conn, column, begins, ends) if entry.row in names]
    place = uow.pack.columns.index(column)
    standing = [entry for entry in found if entry.taken_back is None]
    title = shown(month.name)
    lines: list[Phrase] = [Say("action-list-none", place=column, month=title)]
    if found:
        lines = [Say("action-list-heading", place=column, month=title, number=len(standing))]
    ways = [actions.ENTER.tap(Say("action-new"), place)] if column in own_columns(uow, me.person) else []
    former = _month_before(uow, month)
    opening = [] if former is None else [actions.LIST.tap(Say("action-list-before"), place, former.name, 1)]
    if column == uow.pack.annex.city_column:
        lines.append(Say("action-list-city"))
    entries = LazyEntries(found, partial(_lines, uow))
    return screen(lines, entries, page, partial(actions.LIST.data, place, month.name), ways, opening=opening)


def _lines(uow: UnitOfWork, found: Sequence[ActionEntry]) -> list[Entry]:
    who = people.names(uow.conn, (entry.by for entry in found if entry.by is not None))
    return [
        Entry(
            Say(
                "action-line",
                number=entry.id,
                label=_row(uow, entry).short or _row(uow, entry).label,
                figures=_figures(_row(uow, entry), entry),
                gone="no" if entry.taken_back is None else "yes",
            ),
            Say("action-line-when", day=entry.day, name=who.get(entry.by or 0, UNKNOWN)),
            actions.SHOW.data(entry.id),
        )
        for entry in found
    ]


def present_month(uow: UnitOfWork) -> Period | None:
    """Return the month that runs, after the campaign its last one; None before it."""
    begun = [month for month in tables.months(uow).values() if month.first <= uow.now.date()]
    return begun[-1] if begun else None


def _month_before(uow: UnitOfWork, month: Period) -> Period | None:
    every = list(tables.months(uow).values())
    place = every.index(month)
    return every[place - 1] if place else None


def _row(uow: UnitOfWork, entry: ActionEntry) -> AnnexRow:
    row = uow.pack.annex.noted(entry.row)
    if row is None:
        raise LookupError(entry.row)
    return row


def _figures(row: AnnexRow, entry: ActionEntry) -> Phrase:
    return listed(
        Say("shown-count", number=written((value,)), unit=Say("action-unit", figure=figure))
        for figure, value in zip(row.counts.named, entry.values, strict=True)
    )


def _name(uow: UnitOfWork, person: int | None) -> str:
    known = None if person is None else people.person(uow.conn, person)
    return UNKNOWN if known is None else known.name


def _local(uow: UnitOfWork, at: datetime) -> datetime:
    return at.astimezone(uow.context.zone)
