"""The tables under a report of a district: figures of the annex, duties of enterprises and districts, columns."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from campaign.annex import Figure, Values, written
from reports.official_letter import Table
from service.district.report import OwnLine, Report
from service.duties import lateness
from talk.texts import CHINESE, Listed, Phrase, Say, show


def of(facts: Report) -> list[Table]:
    """Return all tables of a report, in their order."""
    found = [_annex(facts), _duties(facts), _own(facts)]
    return found if facts.column is not None else [*found, _columns(facts)]


def _annex(facts: Report) -> Table:
    now, former = facts.total, facts.total_before
    heads: list[tuple[Phrase, float]] = [(Say("draft-column-number"), 1.3), (Say("draft-column-item"), 8.2)]
    if facts.before_at is not None:
        heads.append((Say("draft-column-until", day=facts.before_at.date()), 2.4))
    heads.append((Say("draft-column-until", day=facts.until.date()), 2.4))
    if facts.before_at is not None:
        heads.append((Say("draft-column-more"), 1.8))
    rows: list[list[Phrase]] = []
    for row in facts.pack.annex.every:
        values = now[row.name]
        line: list[Phrase] = [row.name, row.label]
        if facts.before_at is None:
            line.append(written(values))
        else:
            line += [written(former[row.name]), written(values), written(_difference(values, former[row.name]))]
        rows.append(line)
    notes = [
        Say(
            "draft-filed",
            at=facts.filed_at or facts.at,
            label=row.label,
            filed=written(row.filed),
            counted=written(row.counted),
        )
        for row in facts.filed
    ]
    return Table(Say("draft-table-annex"), heads, rows, notes)


def _difference(now: Values, former: Values) -> Values:
    return tuple(number - then for number, then in zip(now, former, strict=True))


def _duties(facts: Report) -> Table:
    heads = (
        (Say("draft-column-duty"), 6.1),
        (Say("draft-column-owed"), 2),
        (Say("draft-column-done"), 2),
        (Say("draft-column-late"), 2),
        (Say("draft-column-left"), 2),
        (Say("draft-column-excused"), 2),
    )
    rows: list[list[Phrase]] = [
        [duty.title, *(str(number) for number in (each.owed, each.done, each.late, each.left, each.excused))]
        for duty in facts.duties
        for each in [duty.standing]
    ]
    title = Say("draft-table-duties", first=facts.first.date(), last=facts.until.date())
    return Table(title, heads, rows)


def _own(facts: Report) -> Table:
    title = Say("draft-table-own", last=facts.until.date())
    if facts.column is not None:
        stands = [[duty.title, _due(facts, duty), _stands(facts, duty)] for duty in facts.own]
        heads = ((Say("draft-column-duty"), 7.1), (Say("draft-column-due"), 3.5), (Say("draft-column-state"), 5.5))
        return Table(title, heads, stands)
    by_duty: dict[tuple[str, str], list[OwnLine]] = {}
    for duty in facts.own:
        by_duty.setdefault((duty.own.obligation, duty.own.period), []).append(duty)
    rows: list[list[Phrase]] = [
        [
            some[0].title,
            _due(facts, some[0]),
            str(sum(duty.own.done_at is not None for duty in some)),
            _behind(facts, some),
        ]
        for some in by_duty.values()
    ]
    heads_of_city = (
        (Say("draft-column-duty"), 5.6),
        (Say("draft-column-due"), 2.6),
        (Say("draft-column-answered"), 2),
        (Say("draft-column-behind"), 5.9),
    )
    return Table(title, heads_of_city, rows)


def _behind(facts: Report, some: Sequence[OwnLine]) -> Phrase:
    """Name the districts that are late with a duty, in the order of the pack."""
    late = {duty.own.district for duty in some if is_late(facts, duty)}
    if len(late) == len(facts.pack.districts):
        return Say("draft-every-district", number=len(late))
    return show(Listed(tuple(name for name in facts.pack.district_names if name in late)), CHINESE)


def _due(facts: Report, duty: OwnLine) -> Phrase:
    return Say("draft-no-end") if duty.own.due is None else show(_local(facts, duty.own.due), CHINESE)


def _stands(facts: Report, duty: OwnLine) -> Say:
    if duty.own.done_at is not None:
        day, what = _local(facts, duty.own.done_at), lateness.told(duty.own)
        if duty.own.status == "returned":
            return Say("draft-state-returned", day=day)
        return Say("draft-state-done", day=day) if what is None else Say("draft-state-noted", day=day, what=what)
    if duty.own.status == "excused":
        return Say("draft-state-excused")
    if duty.own.due is None:
        return Say("draft-state-unanswered")
    return Say("draft-state-overdue") if is_late(facts, duty) else Say("draft-state-open")


def _local(facts: Report, at: datetime) -> date:
    return at.astimezone(facts.at.tzinfo).date()


def _columns(facts: Report) -> Table:
    names: tuple[Figure, ...] = (
        "found-by-enterprise",
        "found-by-enterprise-rectified",
        "found-by-department",
        "found-by-department-rectified",
    )
    places = {
        name: (row.name, row.counts.named.index(name))
        for row in facts.pack.annex.rows
        for name in names
        if name in row.counts.named
    }

    def figure(values: Mapping[str, Values], name: Figure) -> str:
        row, place = places[name]
        return written((values[row][place],))

    rows = [
        [
            column,
            *(figure(facts.values[column], name) for name in names if name in places),
            *map(str, (len(coverage.to_check), coverage.checked, coverage.to_train, coverage.trained)),
        ]
        for column, coverage in facts.coverage.items()
    ]
    heads = (
        Say("draft-column-self-found"),
        Say("draft-column-rectified"),
        Say("draft-column-department-found"),
        Say("draft-column-rectified"),
        Say("draft-column-to-check"),
        Say("draft-column-checked"),
        Say("draft-column-to-train"),
        Say("draft-column-trained"),
    )
    widths: list[tuple[Phrase, float]] = [(Say("draft-column-place"), 3.3), *((head, 1.6) for head in heads)]
    return Table(Say("draft-table-columns", last=facts.until.date()), widths, rows)


def is_late(facts: Report, duty: OwnLine) -> bool:
    """Return whether a duty of a district was overdue at the end of the time that is reported on."""
    return duty.overdue and duty.own.due is not None and duty.own.due <= facts.until
