"""The list of duties, and how long people take over them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from statistics import median
from typing import Annotated, Any

import typer

from bot.cli import session
from bot.cli.helping import Command
from bot.cli.options import Json, Now, OfDistrict, OfEnterprise, code_of, district_of, known_status, option
from bot.cli.output import Listing, picked
from bot.cli.words import words
from campaign.duties import title_of
from campaign.obligations import Obligation
from campaign.talks.duties import FormBrief
from service.core.unit_of_work import UnitOfWork
from service.duties import lateness, owned
from storage import conversations, duties, registry
from storage.duties import Duty
from talk.texts import Phrase, Say, listed

app = typer.Typer()

STATUSES = ("planned", "open", "answered", "returned", "explained", "excused", "withdrawn")


@app.command("duties", cls=Command, help=words(Say("cli-help-duties")))
def duties_(
    enterprise: OfEnterprise = None,
    district: OfDistrict = None,
    status: Annotated[str | None, option("--status", Say("cli-option-status"), Say("cli-name-status"))] = None,
    stats: Annotated[bool, option("--stats", Say("cli-option-stats"))] = False,
    as_json: Json = False,
    now: Now = None,
) -> None:
    """List duties, or how long people take over them."""
    known_status(status, STATUSES)

    def found(uow: UnitOfWork) -> list[Duty]:
        code, name = code_of(uow, enterprise), district_of(uow, district)
        return duties.find(uow.conn, enterprise=code, district=name, status=status)

    if stats:
        session.show(PACES, lambda uow: _paces(uow, found(uow)), now, as_json=as_json)
    else:
        session.show(DUTIES, lambda uow: _rows(uow, found(uow), as_json=as_json), now, as_json=as_json)


@dataclass(frozen=True, slots=True)
class _Row:
    """A duty with what its line tells besides; `receipt` for programs only, the name of its `subject` for people."""

    duty: Duty
    rule: Obligation
    due_day: date | None
    overdue: bool
    receipt: str | None
    subject: str


def _rows(uow: UnitOfWork, found: Iterable[Duty], *, as_json: bool) -> list[_Row]:
    receipts = duties.receipts_of(uow.conn) if as_json else {}
    enterprises = {} if as_json else registry.all_enterprises(uow.conn)
    names = {code: enterprise.name for code, enterprise in enterprises.items()}
    return [
        _Row(
            duty=duty,
            rule=uow.pack.obligation(duty.obligation),
            due_day=owned.due_day(uow, duty),
            overdue=duty.overdue(uow.now),
            receipt=receipts.get(duty.id),
            subject=names.get(duty.subject, duty.subject),
        )
        for duty in found
    ]


def _fields(row: _Row) -> dict[str, Any]:
    duty = row.duty
    return {
        "id": duty.id,
        "obligation": duty.obligation,
        "clause": row.rule.clause,
        **picked(duty, "subject", "enterprise", "district", "owner", "period", "opens", "due"),
        **picked(duty, "status", "answered_at", "done_on", "late"),
        "met": duty.met if duty.status == "answered" else None,
        "met_by": duty.met_by,
        "overdue": row.overdue,
        "escalated": duty.escalated,
        "escalated_at": duty.escalated_at,
        "receipt": row.receipt,
    }


def _state(row: _Row) -> Phrase:
    parts: list[Phrase] = [Say("cli-status", status=row.duty.status)]
    if row.duty.unmet:
        parts.append(Say("cli-unmet") if row.duty.met_by is None else Say("cli-unmet-until", day=row.duty.met_by))
    if (note := lateness.told(row.duty)) is not None:
        parts.append(note)
    if row.overdue:
        parts.append(Say("cli-overdue"))
    if row.duty.escalated is not None:
        parts.append(Say("cli-escalated", level=row.duty.escalated))
    return listed(parts)


DUTIES = Listing(
    _fields,
    (Say("cli-column-number"), "id"),
    (Say("cli-column-district"), "district"),
    (Say("cli-column-subject"), lambda row: row.subject),
    (Say("cli-column-duty"), lambda row: title_of(row.rule, row.duty.period, owed=row.duty.status in duties.UNDONE)),
    (Say("cli-column-due"), lambda row: row.due_day),
    (Say("cli-column-state"), _state),
)


@dataclass(frozen=True, slots=True)
class _Pace:
    """How long conversations of a dialog took, in seconds."""

    dialog: str
    number: int
    median: float
    p90: float


def _paces(uow: UnitOfWork, found: Iterable[Duty]) -> list[_Pace]:
    forms = {duty.id: uow.pack.obligation(duty.obligation).form for duty in found}
    taken: defaultdict[str, list[float]] = defaultdict(list)
    for dialog, duty, time in conversations.durations(uow.conn):
        if duty in forms:
            # The forms of the pack share one dialog, and differ in length.
            name = forms[duty] if dialog == FormBrief.talk else dialog
            taken[name or dialog].append(time.total_seconds())
    return [_pace(dialog, sorted(times)) for dialog, times in sorted(taken.items())]


def _pace(dialog: str, times: Sequence[float]) -> _Pace:
    # The nearest rank: a time that somebody really took.
    return _Pace(dialog, len(times), median(times), times[ceil(0.9 * len(times)) - 1])


PACES = Listing[_Pace](
    lambda pace: {
        "dialog": pace.dialog,
        "conversations": pace.number,
        "median_seconds": pace.median,
        "p90_seconds": pace.p90,
    },
    (Say("cli-column-dialog"), "dialog"),
    (Say("cli-column-conversations"), "conversations"),
    (Say("cli-column-median"), lambda pace: Say("cli-seconds", number=round(pace.median))),
    (Say("cli-column-p90"), lambda pace: Say("cli-seconds", number=round(pace.p90))),
)
