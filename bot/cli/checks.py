"""Spot checks as a list, and a draw made again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from bot.cli import output, session
from bot.cli.faults import FAILURE, Fault
from bot.cli.helping import Command
from bot.cli.options import Json, Now, OfDistrict, column_named, number_of, option
from bot.cli.output import Listing, picked
from bot.cli.words import say, words
from campaign.checks import Reason, fingerprint
from service.checks import draws
from service.core.unit_of_work import UnitOfWork
from storage import checks, registry
from storage.checks import Check, CheckEntry, Draw, Signature
from talk.texts import Say

app = typer.Typer()


@app.command("checks", cls=Command, help=words(Say("cli-help-checks")))
def checks_(
    district: OfDistrict = None,
    draw: Annotated[str | None, option("--draw", Say("cli-option-draw"), Say("cli-name-draw"))] = None,
    as_json: Json = False,
    now: Now = None,
) -> None:
    """List spot checks by number, or make one draw again."""
    if draw is None:
        session.show(CHECKS, lambda uow: _rows(uow, district), now, as_json=as_json)
        return
    at = session.moment(now)
    with session.reading() as bot:
        _show_draw(bot.look(lambda uow: _draw(uow, draw), now=at), bot.context.zone, as_json=as_json)


@dataclass(frozen=True, slots=True)
class _Row:
    """A spot check with the name of its enterprise, who signed it, what was entered, and the hazards it found."""

    check: Check
    name: str
    signed: Sequence[Signature]
    entries: Sequence[CheckEntry]
    hazards: Sequence[int]


def _rows(uow: UnitOfWork, given: str | None) -> list[_Row]:
    found = checks.find(uow.conn, place=None if given is None else column_named(uow.pack, given))
    ids = [check.id for check in found]
    signed, entries = checks.signatures(uow.conn, ids), checks.entries(uow.conn, ids)
    linked, enterprises = checks.hazards_of(uow.conn, ids), registry.all_enterprises(uow.conn)
    return [
        _Row(check, enterprises[check.enterprise].name, signed[check.id], entries[check.id], linked[check.id])
        for check in found
    ]


def _fields(row: _Row) -> dict[str, Any]:
    check = row.check
    return {
        "id": check.id,
        "district": check.place,
        **picked(check, "enterprise", "how", "draw"),
        "grounds": [
            {"ground": reason.ground, "numbers": reason.numbers, "day": reason.day}
            for reason in map(Reason.stored, check.grounds)
        ],
        "state": check.state,
        "planned_at": check.planned_at,
        "drawn_inspectors": check.assigned,
        "date": check.day,
        "recorded_at": check.recorded_at,
        "inspectors": [
            {"id": one.inspector, "name": one.name, "signed_at": one.signed_at, "how": one.how} for one in row.signed
        ],
        "entries": [
            {"row": entry.row, "action": entry.action, "note": entry.note, "photos": [file[0] for file in entry.photos]}
            for entry in row.entries
        ],
        "hazards": row.hazards,
        "ended_at": check.ended_at,
        "reason": check.why,
    }


CHECKS = Listing(
    _fields,
    (Say("cli-column-number"), "id"),
    (Say("cli-column-district"), "district"),
    (Say("cli-column-enterprise"), lambda row: row.name),
    (Say("cli-column-how"), lambda row: Say("check-how", how=row.check.how)),
    (Say("cli-column-state"), lambda row: Say("check-state", state=row.check.state)),
    (Say("cli-column-checked"), "date"),
    (Say("cli-column-inspectors"), lambda row: "、".join(one.name for one in row.signed)),
    (Say("cli-column-findings"), lambda row: "、".join(entry.row for entry in row.entries[1:])),
)


@dataclass(frozen=True, slots=True)
class _DrawnAgain:
    """A draw with its JSON, and what the same seed draws now: code, name, inspectors."""

    draw: Draw
    fields: Mapping[str, Any]
    rows: Sequence[tuple[str, str, str]]


def _draw(uow: UnitOfWork, given: str) -> _DrawnAgain:
    number = number_of(given)
    draw = None if number is None else checks.draw(uow.conn, number)
    if draw is None or draw.result is None:
        raise Fault(Say("cli-no-such-draw", given=given))
    again = draws.drawn_again(draw)
    known = checks.inspectors_by_id(uow.conn, draw.inspectors or ())
    names = registry.all_enterprises(uow.conn)
    fields = {
        "id": draw.id,
        "district": draw.place,
        "seed": draw.seed,
        "fingerprint": fingerprint(draw.seed),
        **picked(draw, "begun_at", "drawn_at", "conditions", "number"),
        "pool": draw.pool or (),
        "inspectors": draw.inspectors or (),
        "result": [{"enterprise": code, "inspectors": numbers} for code, numbers in draw.result],
        "same": again == [list(pair) for pair in draw.result],
    }
    rows = [
        (code, names[code].name if code in names else "", "、".join(known[number].name for number in numbers))
        for code, numbers in again
    ]
    return _DrawnAgain(draw, fields, rows)


def _show_draw(again: _DrawnAgain, zone: ZoneInfo, *, as_json: bool) -> None:
    draw, same = again.draw, again.fields["same"]
    if as_json:
        output.single(again.fields, zone)
    elif same:
        say(Say("cli-draw-same", number=draw.id))
        say(Say("check-draw-seed", seed=draw.seed, fingerprint=fingerprint(draw.seed)))
        columns = (Say("cli-name-code"), Say("cli-column-enterprise"), Say("cli-column-inspectors"))
        output.table(columns, again.rows, zone)
    if not same:
        raise Fault(Say("cli-draw-differs", number=draw.id), FAILURE)
