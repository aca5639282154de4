"""The city's card of the month: who filed, who did not and why, what changed, which hazards nobody asked about."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from campaign.annex import LedgerFigure, Values, written
from campaign.periods import Period, shown
from campaign.roles import CITY
from campaign.talks.duties import ExplainBrief
from campaign.workdays import working_moment_after
from service.annex import actions, cards, tables
from service.annex.tables import Table, chief_at
from service.core import papers
from service.core.letters import Draft, send, signature, tell
from service.core.papers import Paper
from service.core.permissions import CITY_ITSELF, Act, Needed, Permission
from service.core.shared_actions import HAZARDS, OPEN_HAZARDS
from service.core.ticking import Tick
from service.core.unit_of_work import Speaker, UnitOfWork
from service.talks import flow
from storage import conversations, duties, hazards, outbox, registry
from talk.texts import Listed, Phrase, Say

LATE = timedelta(days=3)
"""So long after its time a card is still sent, by a replica that slept."""
NAMED = 5
"""Enterprises named on the card."""
FOUND: tuple[LedgerFigure, ...] = ("found-by-enterprise", "found-by-department")
RECTIFIED: tuple[LedgerFigure, ...] = ("found-by-enterprise-rectified", "found-by-department-rectified")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: whether it is filed, hazards found and rectified, why it is missing (empty: unsaid)."""

    name: str
    filed: bool
    found: int
    rectified: int
    why: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Chief:
    """What the card says. `before`: the figures of the whole city a month ago; none in the first month."""

    month: Period
    bureau: str
    at: datetime
    rehearsal: bool
    columns: tuple[Column, ...]
    now: Mapping[str, Values]
    before: Mapping[str, Values]
    since: Period | None
    open_hazards: int
    unasked: tuple[tuple[str, str, int], ...]
    """District, enterprise and number of open hazards where this week's check-in is missing."""


def gather(uow: UnitOfWork, month: Period) -> Chief:
    """Everything as it stands now."""
    found = tables.tables(uow, month)
    every = list(tables.months(uow).values())
    place = every.index(month)
    since = every[place - 1] if place else None
    before = {} if since is None else tables.together(tables.tables(uow, since))
    opened = hazards.find(uow.conn, only_open=True)
    return Chief(
        month,
        uow.pack.city_bureau,
        uow.now,
        uow.rehearsal,
        tuple(_column(uow, table) for table in found),
        tables.together(found),
        before,
        since,
        len(opened),
        tuple(_unasked(uow, Counter(hazard.enterprise for hazard in opened))),
    )


@dataclass(frozen=True, slots=True)
class ChiefPaper(Paper[Chief]):
    """The picture that follows the city's card of a month (`2023-06`)."""

    kind: ClassVar[str] = "chief"
    month: str

    @property
    def subject(self) -> str:
        return f"annex/{self.month}/"

    def permission(self, uow: UnitOfWork, person: int) -> Permission:
        del uow, person
        return Needed(CITY_ITSELF, (Act.SEE_ANNEX,))

    def gather(self, uow: UnitOfWork) -> Chief:
        return gather(uow, tables.months(uow)[self.month])


def _column(uow: UnitOfWork, table: Table) -> Column:
    by_figure = {
        figure: int(number)
        for row in uow.pack.annex.rows
        for figure, number in zip(row.counts.named, table.values[row.name], strict=True)
    }
    filed = table.state == "filed"
    return Column(
        table.column,
        filed,
        sum(by_figure.get(figure, 0) for figure in FOUND),
        sum(by_figure.get(figure, 0) for figure in RECTIFIED),
        () if filed else _why(uow, table),
    )


def _why(uow: UnitOfWork, table: Table) -> tuple[Phrase, ...]:
    """What the district said instead of filing, line by line, whether or not that was accepted."""
    rule = tables.rule(uow)
    if rule is None:
        return ()
    owed = duties.of_subjects(uow.conn, [table.column])
    duty = next((duty for duty in owed if (duty.obligation, duty.period) == (rule.id, table.month.name)), None)
    talk = None if duty is None else conversations.last_of_duty(uow.conn, ExplainBrief.talk, duty.id)
    if duty is None or talk is None or duty.status not in ("explained", "excused"):
        return ()
    return tuple(flow.told(uow, talk))


def _unasked(uow: UnitOfWork, opened: Counter[str]) -> list[tuple[str, str, int]]:
    """Enterprises with open hazards whose check-in of the week is not answered, by district."""
    rules = {rule.id for rule in uow.pack.obligations if rule.trigger == "hazard-open"}
    year, week, _ = uow.now.isocalendar()
    known = registry.all_enterprises(uow.conn)
    return sorted(
        (known[duty.subject].district, known[duty.subject].name, opened[duty.subject])
        for duty in duties.of_subjects(uow.conn, list(opened))
        if duty.obligation in rules and duty.period == f"{year}-W{week:02}" and duty.status in duties.UNANSWERED
    )


def card(uow: UnitOfWork, facts: Chief) -> Draft:
    """The card in words; its picture follows."""
    filed = [column.name for column in facts.columns if column.filed]
    missing = [column for column in facts.columns if not column.filed]
    month = shown(facts.month.name)
    lines: list[Phrase] = [
        Say("chief-heading", signature=signature(facts.bureau), month=month, at=facts.at),
        Say("chief-filed", number=len(filed), all=len(facts.columns)),
    ]
    if silent := tuple(column.name for column in missing if not column.why):
        lines.append(Say("chief-missing", number=len(silent), places=Listed(silent)))
    lines += [Say("chief-explained", place=column.name, why=Listed(column.why)) for column in missing if column.why]
    lines += _changes(uow, facts)
    lines.append(Say("chief-hazards", number=facts.open_hazards))
    if facts.unasked:
        lines.append(Say("chief-unasked", number=sum(number for _, _, number in facts.unasked)))
        lines += [
            Say("chief-unasked-line", district=district, name=name, number=number)
            for district, name, number in facts.unasked[:NAMED]
        ]
        if (left := len(facts.unasked) - NAMED) > 0:
            lines.append(Say("chief-unasked-more", number=left))
    taps = (
        actions.COLUMNS.tap(Say("annex-button-columns"), *cards.where(uow, facts.month, None), 1),
        HAZARDS.tap(Say("option-hazards"), OPEN_HAZARDS, 1, ""),
    )
    return Draft(tuple(lines), taps)


def _changes(uow: UnitOfWork, facts: Chief) -> list[Phrase]:
    if facts.since is None:
        return []
    lines: list[Phrase] = []
    for row in uow.pack.annex.rows:
        now, then = facts.now[row.name], facts.before.get(row.name)
        if then is None or now == then:
            continue
        steps = tuple(number - former for number, former in zip(now, then, strict=True))
        change = "、".join(("+" if step >= 0 else "") + written((step,)) for step in steps)
        lines.append(Say("chief-change", label=row.label, figures=written(now), change=change))
    month = shown(facts.since.name)
    return [Say("chief-changes", month=month, number=len(lines)), *lines] if lines else [Say("chief-same", month=month)]


def ask(uow: UnitOfWork, me: Speaker, month: Period) -> None:
    """本月简报, whenever the city wants it; the handler has seen to it that the city asks."""
    papers.count(uow, me)
    send(uow, me, card(uow, gather(uow, month)))
    _order(uow, month, [me.person])


def send_card(uow: UnitOfWork, month: Period, readers: Sequence[int]) -> int:
    """The card to everybody of the city, and its picture after it."""
    draft = card(uow, gather(uow, month))
    wait = working_moment_after(uow.now) - uow.now
    told = [
        person
        for person in readers
        if tell(
            uow,
            person,
            draft,
            kind="chief",
            # Of one class with its picture, which so leaves after it.
            priority=outbox.REPLY,
            dedupe=f"chief/{month.name}/{person}",
            not_before=uow.wall + wait,
        )
    ]
    _order(uow, month, told)
    return len(told)


def _order(uow: UnitOfWork, month: Period, readers: Sequence[int]) -> None:
    if readers:
        line = Say("chief-picture", month=shown(month.name))
        to = tuple((person, line) for person in readers)
        uow.papers.append(ChiefPaper(to, month.name))


def send_due(uow: UnitOfWork, tick: Tick) -> int:
    """Send the card at its time, by the first tick after it; return to how many people. The clock's row, which a tick
    holds, makes it once.
    """
    told = 0
    for month in tables.months(uow).values():
        moment = chief_at(uow, month)
        comes = moment <= uow.now < moment + LATE and (tick.before is None or tick.before < moment)
        if comes and tables.is_owed(uow, month):
            told += send_card(uow, month, tick.holders.get((CITY, uow.pack.city), ()))
    return told
