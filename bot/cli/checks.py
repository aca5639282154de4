"""Spot checks as a list, and a draw made again."""

from typing import Annotated, Any

import typer

from bot.cli import output, session
from bot.cli.faults import FAILURE, Fault
from bot.cli.helping import Command
from bot.cli.options import Json, Now, OfDistrict
from bot.cli.words import say, words
from campaign.checks import Reason, fingerprint
from service.checks import draws as check_draws
from service.core.unit_of_work import UnitOfWork
from storage import checks, registry
from storage.checks import Draw
from talk.texts import Listed, Phrase, Say

app = typer.Typer()


@app.command("checks", cls=Command, help=words(Say("cli-help-checks")))
def checks_(
    district: OfDistrict = None,
    draw: Annotated[
        str | None,
        typer.Option("--draw", metavar=words(Say("cli-name-draw")), help=words(Say("cli-option-draw"))),
    ] = None,
    as_json: Json = False,
    now: Now = None,
) -> None:
    """Spot checks by number, or one draw made again."""
    at = session.moment(now)
    with session.opened() as bot:
        if draw is not None:
            _again(*bot.look(lambda uow: _drawn(uow, draw), now=at), as_json=as_json)
        elif as_json:
            output.array(bot.look(lambda uow: _objects(uow, district), now=at))
        else:
            output.table(
                (
                    Say("cli-column-number"),
                    Say("cli-column-district"),
                    Say("cli-column-enterprise"),
                    Say("cli-column-how"),
                    Say("cli-column-state"),
                    Say("cli-column-checked"),
                    Say("cli-column-inspectors"),
                    Say("cli-column-findings"),
                ),
                bot.look(lambda uow: _rows(uow, district), now=at),
            )


def _place(uow: UnitOfWork, given: str | None) -> str | None:
    named = None if given is None else uow.pack.district_by_name(given)
    if named is not None:
        return named.name
    if given is not None and given != uow.pack.annex.city_column:
        raise Fault(Say("cli-no-such-district", given=given, known=Listed(uow.pack.columns)))
    return given


def _objects(uow: UnitOfWork, given: str | None) -> list[dict[str, Any]]:
    found = checks.find(uow.conn, place=_place(uow, given))
    ids, zone = [one.id for one in found], uow.context.zone
    signed, entries = checks.signed(uow.conn, ids), checks.entries(uow.conn, ids)
    linked = checks.hazards_of(uow.conn, ids)
    return [
        {
            "id": one.id,
            "district": one.place,
            "enterprise": one.enterprise,
            "how": one.how,
            "draw": one.draw,
            "grounds": [
                {"ground": reason.ground, "numbers": list(reason.numbers), "day": _day(reason.day)}
                for reason in map(Reason.stored, one.grounds)
            ],
            "state": one.state,
            "planned_at": output.instant(one.planned_at, zone),
            "drawn_inspectors": list(one.assigned),
            "date": _day(one.day),
            "recorded_at": output.instant(one.recorded_at, zone),
            "inspectors": [{"id": who.id, "name": who.name} for who in signed[one.id]],
            "entries": [
                {"row": entry.row, "action": entry.action, "note": entry.note, "photos": [p[0] for p in entry.photos]}
                for entry in entries[one.id]
            ],
            "hazards": linked[one.id],
            "ended_at": output.instant(one.ended_at, zone),
            "reason": one.why,
        }
        for one in found
    ]


def _day(day: Any) -> str | None:
    return None if day is None else day.isoformat()


def _rows(uow: UnitOfWork, given: str | None) -> list[list[Phrase]]:
    found = checks.find(uow.conn, place=_place(uow, given))
    names = registry.all_enterprises(uow.conn)
    ids = [one.id for one in found]
    signed, entries = checks.signed(uow.conn, ids), checks.entries(uow.conn, ids)
    return [
        [
            str(one.id),
            one.place,
            names[one.enterprise].name,
            Say("check-how", how=one.how),
            Say("check-state", state=one.state),
            "" if one.day is None else one.day.isoformat(),
            "、".join(who.name for who in signed[one.id]),
            "、".join(entry.row for entry in entries[one.id][1:]),
        ]
        for one in found
    ]


def _drawn(uow: UnitOfWork, given: str) -> tuple[Draw, dict[str, Any], list[list[Phrase]]]:
    one = checks.draw(uow.conn, int(given)) if given.isascii() and given.isdecimal() and len(given) < 19 else None
    if one is None or one.result is None:
        raise Fault(Say("cli-no-such-draw", given=given))
    again = check_draws.drawn_again(one)
    known = checks.inspectors_by_id(uow.conn, one.inspectors or ())
    names = registry.all_enterprises(uow.conn)
    whole = {
        "id": one.id,
        "district": one.place,
        "seed": one.seed,
        "fingerprint": fingerprint(one.seed),
        "begun_at": output.instant(one.begun_at, uow.context.zone),
        "drawn_at": output.instant(one.drawn_at, uow.context.zone),
        "conditions": one.conditions,
        "number": one.number,
        "pool": list(one.pool or ()),
        "inspectors": list(one.inspectors or ()),
        "result": [{"enterprise": code, "inspectors": numbers} for code, numbers in one.result],
        "same": again == [list(pair) for pair in one.result],
    }
    rows: list[list[Phrase]] = [
        [code, names[code].name if code in names else "", "、".join(known[number].name for number in numbers)]
        for code, numbers in again
    ]
    return one, whole, rows


def _again(one: Draw, whole: dict[str, Any], rows: list[list[Phrase]], *, as_json: bool) -> None:
    if as_json:
        output.single(whole)
    elif whole["same"]:
        say(Say("cli-draw-same", number=one.id))
        say(Say("check-draw-seed", seed=one.seed, fingerprint=fingerprint(one.seed)))
        output.table((Say("cli-name-code"), Say("cli-column-enterprise"), Say("cli-column-inspectors")), rows)
    if not whole["same"]:
        raise Fault(Say("cli-draw-differs", number=one.id), FAILURE)
