"""The facts of a report of a district, or of the city over all: every figure with the instant that it is true of.

Figures are counted as the annex table counts them, as of the end of the phase that is reported on; the registry has no
past, so what comes from it is as of now.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, ClassVar

from campaign.annex import Figure, Values, total
from campaign.annex_count import CountedHazard, Cut, count
from campaign.duties import title_of
from campaign.hazards import Event
from campaign.notation import DAY_ENDS
from campaign.obligations import Drafted, Obligation
from campaign.pack import Pack, Phase
from campaign.periods import bare
from service.annex import tables
from service.core import papers
from service.core.papers import Paper
from service.core.permissions import Act, Area, Needed, Permission, require
from service.core.refusal import RefusedError, existing
from service.core.unit_of_work import Speaker, UnitOfWork
from service.district import coverage
from service.district.coverage import Coverage
from service.duties.owned import visible
from service.hot_work import figures as permit_figures
from service.hot_work.figures import Outcomes
from storage import annex, conversations, duty_figures
from storage.annex import AnnexVersion
from storage.duty_figures import DistrictDuty, DutyFigures
from talk.texts import Listed, Say, Words

OF_CITY: tuple[Drafted, ...] = ("phase-report", "summary")
"""The reports that the city gives over all its districts."""


@dataclass(frozen=True, slots=True)
class DutyLine:
    """The duties of enterprises of one obligation, counted."""

    title: Words
    standing: DutyFigures


@dataclass(frozen=True, slots=True)
class OwnLine:
    """A duty of a district itself; `said` are its answers by key where it was answered by then."""

    title: Words
    own: DistrictDuty
    said: Mapping[str, Any]

    @property
    def overdue(self) -> bool:
        """Not answered and not excused; the caller knows whether it was due."""
        return self.own.done_at is None and self.own.status != "excused"


@dataclass(frozen=True, slots=True)
class Filed:
    """A row of the table that was filed of the month in which the phase ends, where it says something else."""

    label: str
    filed: Values
    counted: Values


@dataclass(frozen=True, slots=True)
class Report:
    """The facts of a report. `column` None: the city over all. `first` and `until` bound what is reported on, `at` is
    now; `before` are the figures at the end of the phase before, as of `before_at` (None: there is none).
    """

    kind: Drafted
    pack: Pack
    rule: Obligation
    phase: Phase | None
    column: str | None
    first: datetime
    until: datetime
    at: datetime
    rehearsal: bool
    coverage: Mapping[str, Coverage]
    values: Mapping[str, Mapping[str, Values]]
    before: Mapping[str, Mapping[str, Values]]
    before_at: datetime | None
    closed: int
    duties: Sequence[DutyLine]
    behind: int
    own: Sequence[OwnLine]
    permits: Outcomes
    filed: Sequence[Filed]
    filed_at: datetime | None

    @property
    def place(self) -> str:
        """The place whose report it is."""
        return self.column or self.pack.city

    @property
    def total(self) -> Mapping[str, Values]:
        """The figures by row of the annex."""
        return total(list(self.values.values()))

    @property
    def total_before(self) -> Mapping[str, Values]:
        """The figures at the end of the phase before, by row of the annex."""
        return total(list(self.before.values()))

    def figure(self, name: Figure, *, before: bool = False) -> Values:
        """One figure of the annex by its name, as the only one of a row; empty where the pack has no such row."""
        found = self.total_before if before else self.total
        for row in self.pack.annex.rows:
            if name in row.counts.named and row.name in found:
                return (found[row.name][row.counts.named.index(name)],)
        return ()

    def said(self, obligation: str) -> Mapping[str, Any]:
        """Return what the district answered about a duty of its own, by key."""
        return next((line.said for line in self.own if line.own.obligation == obligation), {})


@dataclass(frozen=True, slots=True)
class ReportPaper(Paper[Report]):
    """The draft of a report (`report` of the pack) on a period, of a district or (None) of the city."""

    kind: ClassVar[str] = "report"
    report: str
    period: str
    column: str | None

    @property
    def subject(self) -> str:
        return f"report/{self.report}/{self.period}/{self.column or ''}"

    def permission(self, uow: UnitOfWork, person: int) -> Permission:
        del person
        return Needed(_area(uow, self.column), (Act.DRAFT_REPORT,))

    def gather(self, uow: UnitOfWork) -> Report:
        return gather(uow, self.report, self.period, self.column)


def require_drafting(uow: UnitOfWork, me: Speaker, column: str | None) -> None:
    """Go on only where somebody may have a report of a district, or (None) of the city, drafted."""
    require(uow, me, Act.DRAFT_REPORT, _area(uow, column))


def _area(uow: UnitOfWork, column: str | None) -> Area:
    return Area.of_column(uow.pack, column or uow.pack.annex.city_column)


def rule_of(uow: UnitOfWork, kind: str) -> Obligation | None:
    """Return the duty that a report answers; None where the pack has none of this kind."""
    return next((rule for rule in uow.pack.obligations if rule.draft is not None and rule.draft == kind), None)


def phase_of(uow: UnitOfWork, period: str) -> Phase | None:
    """Return the phase that a period names."""
    return next((phase for phase in uow.pack.phases if f"phase-{phase.number}" == bare(period)), None)


def phases_of(rule: Obligation) -> tuple[int, ...]:
    """Return the phases of which a report is owed; none for a report on everything."""
    return rule.variants[0].phases


def ask(uow: UnitOfWork, me: Speaker, number: int) -> None:
    """草稿 on the card of a duty, by its number: of the district that owes it."""
    owned = existing(visible(uow, me.person, number))
    order(uow, me, existing(owned.rule.draft), owned.duty.period, owned.duty.district)


def order(uow: UnitOfWork, me: Speaker, kind: str, period: str, column: str | None) -> None:
    """Have a report drafted for somebody; it comes when it is made. RefusedError: there is none for them."""
    require_drafting(uow, me, column)
    phase, _ = asked_about(uow, kind, period, column)
    ready = Say("draft-ready", place=column or uow.pack.city, title=title(uow, kind, phase))
    paper = ReportPaper(((me.person, ready),), kind, period, column)
    papers.order(uow, me, paper, Say("draft-making"))


def title(uow: UnitOfWork, kind: str, phase: Phase | None) -> Words:
    """Return the title of a report: 第一阶段专项整治情况报告."""
    rule = rule_of(uow, kind)
    if rule is None:
        raise LookupError(kind)
    return title_of(rule, "once" if phase is None else phase.period.name)


def asked_about(uow: UnitOfWork, kind: str, period: str, column: str | None) -> tuple[Phase | None, Obligation]:
    """Return the phase and the duty of a report; RefusedError says why there can be none."""
    rule = rule_of(uow, kind)
    if rule is None or (column is None and kind not in OF_CITY):
        kinds = (rule.draft for rule in uow.pack.obligations if rule.draft is not None)
        known = tuple(kind for kind in kinds if column is not None or kind in OF_CITY)
        raise RefusedError(Say("draft-no-such", given=kind, known=Listed(known)))
    phase = phase_of(uow, period)
    if (phase is None or phase.number not in phases_of(rule)) and phases_of(rule):
        raise RefusedError(Say("draft-which-phase", known=Listed(tuple(map(str, phases_of(rule))))))
    first = rule.variants[0].opens_on(uow.pack.campaign) if phase is None else phase.start.day
    if uow.now.date() < first:
        raise RefusedError(Say("draft-not-begun", title=title(uow, kind, phase), day=first))
    return (phase if phases_of(rule) else None), rule


def begun(uow: UnitOfWork, column: str | None) -> list[tuple[Drafted, str]]:
    """Return the reports that can be drafted by now, each with its period."""
    found: list[tuple[Drafted, str]] = []
    for rule in uow.pack.obligations:
        for period in [f"phase-{number}" for number in phases_of(rule)] or ["once"]:
            if rule.draft is None:
                continue
            try:
                asked_about(uow, rule.draft, period, column)
            except RefusedError:
                continue
            found.append((rule.draft, period))
    return found


def gather(uow: UnitOfWork, kind: str, period: str, column: str | None) -> Report:
    """Gather the facts of a report; RefusedError where there can be none."""
    phase, rule = asked_about(uow, kind, period, column)
    first = uow.pack.start if phase is None else phase.start.day
    last = min(uow.now.date(), uow.pack.end if phase is None else phase.end.day)
    until = min(uow.now, _end(uow, last))
    former = None if phase is None else phase_of(uow, f"phase-{phase.number - 1}")
    zone = uow.context.zone
    lives = annex.lives(uow.conn, column, uow.pack.annex.city_column, zone)
    actions = annex.actions(uow.conn, column)
    wanted = (column,) if column is not None else uow.pack.columns

    def counted(cut: Cut) -> dict[str, dict[str, Values]]:
        return {
            name: {
                row: counted_row.values
                for row, counted_row in count(uow.pack.annex, lives.get(name, ()), actions.get(name, ()), cut).items()
            }
            for name in wanted
        }

    now = Cut(until, uow.pack.start, last, zone)
    before_at = None if former is None else _end(uow, former.end.day)
    begins = datetime.combine(first, time.min, zone)
    found, behind = duty_figures.of_enterprises(uow.conn, duty_figures.in_column(column), begins, until)
    covered = coverage.every(uow, until, last)
    values = counted(now)
    filed_at, filed = _filed(uow, phase, values, column)
    return Report(
        rule.draft or "summary",
        uow.pack,
        rule,
        phase,
        column,
        begins,
        until,
        uow.now,
        uow.rehearsal,
        {name: covered[name] for name in wanted},
        values,
        {} if before_at is None else counted(Cut(before_at, uow.pack.start, before_at.date(), zone)),
        before_at,
        sum(_closed(life, now, first) for name in wanted for life in lives.get(name, ())),
        [
            DutyLine(_all_periods(owed), figures)
            for owed in uow.pack.obligations
            for figures in found
            if figures.obligation == owed.id
        ],
        behind,
        [_own(uow, own) for own in duty_figures.of_districts(uow.conn, column, until)],
        permit_figures.outcomes(uow, column, begins, until),
        filed,
        filed_at,
    )


def _own(uow: UnitOfWork, own: DistrictDuty) -> OwnLine:
    said: Mapping[str, Any] = {}
    if own.done_at is not None and own.conversation is not None:
        said = conversations.result(uow.conn, own.conversation)
    return OwnLine(title_of(uow.pack.obligation(own.obligation), own.period), own, said)


def _all_periods(owed: Obligation) -> Words:
    """Return the title of a duty over all its periods."""
    title = title_of(owed, "once")
    return Words(title.zh.replace("（）", ""), title.en)


def _end(uow: UnitOfWork, day: date) -> datetime:
    return datetime.combine(day, DAY_ENDS, uow.context.zone)


def _closed(life: CountedHazard, cut: Cut, first: date) -> bool:
    """Return whether a hazard was closed (销号) in the time that is reported on, and still was at its end."""
    closed: date | None = None
    for step in life.steps:
        day = cut.day(step.at)
        if not cut.knows(step.at, day):
            break
        if step.event == Event.CLOSE:
            closed = day
        elif step.event == Event.REOPEN:
            closed = None
    return closed is not None and closed >= first


def _filed(
    uow: UnitOfWork, phase: Phase | None, values: Mapping[str, Mapping[str, Values]], column: str | None
) -> tuple[datetime | None, list[Filed]]:
    """Return when the table of the phase's last month was filed, and its cells that differ from what is counted."""
    if phase is None or column is None:
        return None, []
    month = next((month for month in tables.months(uow).values() if month.last == phase.end.day), None)
    kept: AnnexVersion | None = None if month is None else annex.filed(uow.conn, month.name, column).get(column)
    if month is None or kept is None:
        return None, []
    table = tables.tables(uow, month, column)[0]
    return table.as_of, [
        Filed(cell.row.label, cell.values, values[column][cell.row.name])
        for cell in table.cells
        if cell.values != values[column][cell.row.name]
    ]
