"""What there is: duties, people, the outbox, a receipt."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from math import ceil
from statistics import median
from typing import Annotated, Any

import typer

from bot.cli import output, session
from bot.cli.faults import Fault
from bot.cli.helping import Command
from bot.cli.options import Json, Now, OfDistrict, OfEnterprise, code_of, district_of
from bot.cli.words import language, say, words
from campaign.duties import title_of
from campaign.talks.duties import FormBrief
from service.core.unit_of_work import UnitOfWork
from service.duties import burden, owned, receipts
from service.duties.burden import Month
from storage import conversations, duties, outbox, people, registry
from storage.duties import Duty
from talk.texts import Listed, Phrase, Say, render

app = typer.Typer()

STATUSES = ("planned", "open", "answered", "returned", "explained", "excused", "withdrawn")
CLASSES = ("permit", "reply", "deadline", "notice")
"""The priorities of the outbox by their names."""


@app.command("duties", cls=Command, help=words(Say("cli-help-duties")))
def duties_(
    enterprise: OfEnterprise = None,
    district: OfDistrict = None,
    status: Annotated[
        str | None,
        typer.Option("--status", metavar=words(Say("cli-name-status")), help=words(Say("cli-option-status"))),
    ] = None,
    stats: Annotated[bool, typer.Option("--stats", help=words(Say("cli-option-stats")))] = False,
    as_json: Json = False,
    now: Now = None,
) -> None:
    """Duties, or how long people take over them."""
    at = session.moment(now)
    if status is not None and status not in STATUSES:
        raise Fault(Say("cli-no-such-status", given=status, known=Listed(STATUSES)))

    chosen = partial(_found, enterprise=enterprise, district=district, status=status)
    with session.opened() as bot:
        if stats:
            _show_paces(bot.look(lambda uow: _paces(uow, chosen(uow)), now=at), as_json=as_json)
        elif as_json:
            output.array(bot.look(lambda uow: _objects(uow, chosen(uow)), now=at))
        else:
            output.table(
                (
                    Say("cli-column-number"),
                    Say("cli-column-district"),
                    Say("cli-column-subject"),
                    Say("cli-column-duty"),
                    Say("cli-column-due"),
                    Say("cli-column-state"),
                ),
                bot.look(lambda uow: _rows(uow, chosen(uow)), now=at),
            )


def _found(uow: UnitOfWork, enterprise: str | None, district: str | None, status: str | None) -> list[Duty]:
    return duties.find(
        uow.conn, enterprise=code_of(uow, enterprise), district=district_of(uow, district), status=status
    )


def _objects(uow: UnitOfWork, found: Sequence[Duty]) -> list[dict[str, Any]]:
    codes = duties.receipts_of(uow.conn)
    return [_object(uow, duty, codes.get(duty.id)) for duty in found]


def _object(uow: UnitOfWork, duty: Duty, receipt: str | None) -> dict[str, Any]:
    zone = uow.context.zone
    return {
        "id": duty.id,
        "obligation": duty.obligation,
        "clause": uow.pack.obligation(duty.obligation).clause,
        "subject": duty.subject,
        "enterprise": duty.enterprise,
        "district": duty.district,
        "owner": duty.owner,
        "period": duty.period,
        "opens": output.instant(duty.opens, zone),
        "due": output.instant(duty.due, zone),
        "status": duty.status,
        "answered_at": output.instant(duty.answered_at, zone),
        "late": duty.late,
        "overdue": duty.overdue(uow.now),
        "escalated": duty.escalated,
        "escalated_at": output.instant(duty.escalated_at, zone),
        "receipt": receipt,
    }


def _rows(uow: UnitOfWork, found: Sequence[Duty]) -> list[list[Phrase]]:
    names = {code: one.name for code, one in registry.all_enterprises(uow.conn).items()}
    return [
        [
            str(duty.id),
            duty.district,
            names.get(duty.subject, duty.subject),
            title_of(uow.pack.obligation(duty.obligation), duty.period),
            _due(uow, duty),
            _state(uow, duty),
        ]
        for duty in found
    ]


def _due(uow: UnitOfWork, duty: Duty) -> Phrase:
    day = owned.due_day(uow, duty)
    return "" if day is None else day.isoformat()


def _state(uow: UnitOfWork, duty: Duty) -> Phrase:
    parts: list[Phrase] = [Say("cli-status", status=duty.status)]
    if duty.late:
        parts.append(Say("cli-late"))
    if duty.overdue(uow.now):
        parts.append(Say("cli-overdue"))
    if duty.escalated is not None:
        parts.append(Say("cli-escalated", level=duty.escalated))
    return Say("listed", items=Listed(tuple(parts)))


@dataclass(frozen=True, slots=True)
class _Pace:
    """How long conversations of a dialog took, in seconds."""

    dialog: str
    number: int
    median: float
    p90: float


def _paces(uow: UnitOfWork, found: Sequence[Duty]) -> list[_Pace]:
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


def _show_paces(paces: Sequence[_Pace], *, as_json: bool) -> None:
    if as_json:
        output.array(
            {
                "dialog": one.dialog,
                "conversations": one.number,
                "median_seconds": one.median,
                "p90_seconds": one.p90,
            }
            for one in paces
        )
        return
    output.table(
        (
            Say("cli-column-dialog"),
            Say("cli-column-conversations"),
            Say("cli-column-median"),
            Say("cli-column-p90"),
        ),
        [[one.dialog, str(one.number), _seconds(one.median), _seconds(one.p90)] for one in paces],
    )


def _seconds(number: float) -> Phrase:
    return Say("cli-seconds", number=round(number))


def _show_burden(months: Sequence[Month], *, as_json: bool) -> None:
    if as_json:
        output.array(
            {"person": one.person.id, "month": one.month, "messages": one.messages, "minutes": one.minutes}
            for one in months
        )
        return
    output.table(
        (
            Say("cli-column-number"),
            Say("cli-column-name"),
            Say("cli-column-month"),
            Say("cli-column-messages"),
            Say("cli-column-minutes"),
        ),
        [[str(one.person.id), one.person.name, one.month, str(one.messages), str(one.minutes)] for one in months],
    )


@app.command("people", cls=Command, help=words(Say("cli-help-people")))
def people_(
    by_burden: Annotated[bool, typer.Option("--burden", help=words(Say("cli-option-burden")))] = False,
    as_json: Json = False,
    now: Now = None,
) -> None:
    """Everybody who joined and has not left, or what was asked of them."""
    at = session.moment(now)
    if by_burden:
        with session.opened() as bot:
            months = bot.look(burden.by_month, now=at)
            session.note_people(bot, "people", len({one.person.id for one in months}))
            _show_burden(months, as_json=as_json)
        return

    def case(uow: UnitOfWork) -> list[dict[str, Any]]:
        roles, channels = defaultdict(list), defaultdict(list)
        for one in people.all_roles(uow.conn):
            roles[one.person].append({"role": one.role, "subject": one.subject, "state": one.state})
        for person, channel in people.all_channels(uow.conn):
            channels[person].append(channel)
        return [
            {
                "id": one.id,
                "name": one.name,
                "roles": roles[one.id],
                "channels": channels[one.id],
                "joined_at": output.instant(one.joined_at, uow.context.zone),
            }
            for one in people.everybody(uow.conn)
        ]

    with session.opened() as bot:
        found = bot.look(case, now=at)
        session.note_people(bot, "people", len(found))
    if as_json:
        output.array({**one, "roles": _active(one["roles"])} for one in found)
        return
    output.table(
        (
            Say("cli-column-number"),
            Say("cli-column-name"),
            Say("cli-column-roles"),
            Say("cli-column-channels"),
            Say("cli-column-joined"),
        ),
        [
            [
                str(one["id"]),
                one["name"],
                Say("listed", items=Listed(tuple(map(_role, one["roles"])))),
                Say("listed", items=Listed(tuple(one["channels"]))),
                one["joined_at"][:16].replace("T", " "),
            ]
            for one in found
        ],
    )


def _active(roles: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    return [{"role": one["role"], "subject": one["subject"]} for one in roles if one["state"] == "active"]


def _role(one: dict[str, str]) -> Phrase:
    held = Say("cli-role-for", role=Say("role", role=one["role"]), subject=one["subject"])
    return held if one["state"] == "active" else Say("cli-role-pending", role=held)


@app.command("outbox", cls=Command, help=words(Say("cli-help-outbox")))
def outbox_(as_json: Json = False, now: Now = None) -> None:
    """Every message that left or waits."""
    at = session.moment(now)
    with session.opened() as bot:
        zone = bot.context.zone
        found = bot.look(lambda uow: outbox.listed(uow.conn), now=at)
    if as_json:
        output.array(
            {
                "id": one.id,
                "class": CLASSES[one.priority],
                "person": one.person,
                "channel": one.channel,
                "kind": one.kind,
                "about": one.duty,
                "state": one.state,
                "not_before": output.instant(one.not_before, zone),
                "sent_at": output.instant(one.sent_at, zone),
                "attempts": one.attempts,
                "error": one.error,
            }
            for one in found
        )
        return
    output.table(
        (
            Say("cli-column-number"),
            Say("cli-column-kind"),
            Say("cli-column-person"),
            Say("cli-column-channel"),
            Say("cli-column-state"),
            Say("cli-column-not-before"),
            Say("cli-column-sent"),
            Say("cli-column-error"),
        ),
        [
            [
                str(one.id),
                one.kind,
                "" if one.person is None else str(one.person),
                one.channel,
                Say("cli-outbox-state", state=one.state),
                output.short(one.not_before, zone),
                output.short(one.sent_at, zone),
                one.error or "",
            ]
            for one in found
        ],
    )


@app.command("receipt", cls=Command, help=words(Say("cli-help-receipt")))
def receipt(
    code: Annotated[str, typer.Argument(metavar=words(Say("cli-name-receipt")), help=words(Say("cli-option-receipt")))],
    as_json: Json = False,
) -> None:
    """What a receipt proves."""
    with session.opened() as bot:
        found = bot.look(lambda uow: receipts.find(uow, code))
        zone = bot.context.zone
    if found is None:
        raise Fault(Say("cli-no-such-receipt", given=code))
    if as_json:
        output.single(
            {
                "code": found.code,
                "duty": render(found.title, language()),
                "subject": found.place,
                "period": found.period,
                "at": output.instant(found.at, zone),
                "late": found.late,
                "counts": found.counts,
            }
        )
        return
    for line in receipts.lines(found):
        say(line)
