"""Notices with their receipts."""

from typing import Annotated, Any

import typer

from bot.cli import output, session
from bot.cli.faults import Fault
from bot.cli.helping import Command
from bot.cli.options import Json, Now
from bot.cli.words import words
from campaign.notices import Audience
from service.core.unit_of_work import UnitOfWork
from service.notices.audience import described, scope_of
from storage import notices
from storage.notices import Notice, NoticeStanding, Receipt, Tally
from talk.texts import Phrase, Say

app = typer.Typer()


@app.command("notices", cls=Command, help=words(Say("cli-help-notices")))
def notices_(
    number: Annotated[
        str | None,
        typer.Argument(metavar=words(Say("cli-name-notice")), help=words(Say("cli-option-notice"))),
    ] = None,
    as_json: Json = False,
    now: Now = None,
) -> None:
    """All notices, or the recipients of one."""
    at = session.moment(now)
    with session.opened() as bot:
        if number is not None:
            found = bot.look(lambda uow: _recipients(uow, number), now=at)
            session.note_people(bot, "notices", len(found[1]), f"notice/{found[0]['id']}")
            _one(found, as_json=as_json)
        elif as_json:
            output.array(bot.look(lambda uow: [_object(uow, *one) for one in _all(uow)], now=at))
        else:
            output.table(
                (
                    Say("cli-column-number"),
                    Say("cli-column-audience"),
                    Say("cli-column-state"),
                    Say("cli-column-recipients"),
                    Say("cli-column-accepted"),
                    Say("cli-column-acknowledged"),
                    Say("cli-column-answered"),
                    Say("cli-column-unreachable"),
                ),
                bot.look(lambda uow: [_row(uow, *one) for one in _all(uow)], now=at),
            )


def _all(uow: UnitOfWork) -> list[tuple[Notice, Tally]]:
    found = notices.find(uow.conn)[::-1]
    tallies = notices.tallies(uow.conn, [one.id for one in found])
    return [(one, tallies[one.id]) for one in found]


def _object(uow: UnitOfWork, notice: Notice, tally: Tally) -> dict[str, Any]:
    return {
        "id": notice.id,
        "by": notice.by,
        "audience": {"place": notice.place, **notice.audience},
        "count": tally.total(),
        "state": notices.state_of(notice, tally),
        "accepted": tally.reached,
        "acknowledged": tally.acknowledged,
        "answered": tally[NoticeStanding.ANSWERED],
        "unreachable": tally.unreached,
        "until": notice.until.isoformat(),
        "confirmed_at": output.instant(notice.confirmed_at, uow.context.zone),
    }


def _row(uow: UnitOfWork, notice: Notice, tally: Tally) -> list[Phrase]:
    return [
        str(notice.id),
        described(uow, scope_of(uow, notice.place), Audience.stored(notice.audience)),
        Say("notice-state", state=notices.state_of(notice, tally)),
        str(tally.total()),
        str(tally.reached),
        str(tally.acknowledged),
        str(tally[NoticeStanding.ANSWERED]),
        str(tally.unreached),
    ]


def _recipients(uow: UnitOfWork, given: str) -> tuple[dict[str, Any], list[list[Phrase]]]:
    notice = notices.get(uow.conn, int(given)) if given.isascii() and given.isdecimal() and len(given) < 19 else None
    if notice is None:
        raise Fault(Say("cli-no-such-notice", given=given))
    found = notices.receipts(uow.conn, notice.id)
    tally = notices.tallies(uow.conn, [notice.id])[notice.id]
    whole = {**_object(uow, notice, tally), "recipients": [_recipient(uow, one) for one in found]}
    zone = uow.context.zone
    rows: list[list[Phrase]] = [
        [
            one.name,
            one.enterprise_name or one.district,
            Say("notice-standing", standing=one.standing),
            output.short(one.sent_at, zone),
            output.short(one.acknowledged_at, zone),
            output.short(one.answered_at, zone),
        ]
        for one in found
    ]
    return whole, rows


def _recipient(uow: UnitOfWork, one: Receipt) -> dict[str, Any]:
    zone = uow.context.zone
    return {
        "person": one.person,
        "enterprise": one.enterprise,
        "district": one.district,
        "role": one.role,
        "standing": one.standing,
        "sent_at": output.instant(one.sent_at, zone),
        "acknowledged_at": output.instant(one.acknowledged_at, zone),
        "answered_at": output.instant(one.answered_at, zone),
        "error": one.error,
    }


def _one(found: tuple[dict[str, Any], list[list[Phrase]]], *, as_json: bool) -> None:
    whole, rows = found
    if as_json:
        output.single(whole)
        return
    output.table(
        (
            Say("cli-column-name"),
            Say("cli-column-subject"),
            Say("cli-column-state"),
            Say("cli-column-sent"),
            Say("cli-column-acknowledged"),
            Say("cli-column-answered"),
        ),
        rows,
    )
