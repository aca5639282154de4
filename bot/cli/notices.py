"""Notices with their receipts."""

from dataclasses import dataclass, replace
from typing import Annotated, Any

import typer

from bot.cli import output, session
from bot.cli.faults import Fault
from bot.cli.helping import Command
from bot.cli.options import Json, Now, argument, number_of
from bot.cli.output import Listing, picked
from bot.cli.words import words
from campaign.notices import Audience
from service.core.unit_of_work import UnitOfWork
from service.notices.audience import described, scope_of
from storage import notices
from storage.notices import Notice, NoticeStanding, Receipt, Tally
from storage.unreadable import Unreadable
from talk.texts import Phrase, Say

app = typer.Typer()


@app.command("notices", cls=Command, help=words(Say("cli-help-notices")))
def notices_(
    number: Annotated[str | None, argument(Say("cli-name-notice"), Say("cli-option-notice"))] = None,
    as_json: Json = False,
    now: Now = None,
) -> None:
    """List all notices, or the recipients of one."""
    if number is None:
        session.show(NOTICES, _rows, now, as_json=as_json)
        return
    at = session.moment(now)
    with session.reading() as bot:
        zone = bot.context.zone
        row, receipts = bot.look(lambda uow: _recipients(uow, number), now=at)
        session.note_people(bot, "notices", len(receipts), f"notice/{row.notice.id}")
    if as_json:
        output.single({**_fields(row), "recipients": [RECIPIENTS.fields(receipt) for receipt in receipts]}, zone)
    else:
        RECIPIENTS.show(receipts, zone, as_json=False)


@dataclass(frozen=True, slots=True)
class _Row:
    """A notice with how many of its recipients stand where, and to whom it goes, in words."""

    notice: Notice
    tally: Tally
    audience: Phrase


def _rows(uow: UnitOfWork) -> list[_Row]:
    found = notices.find(uow.conn)[::-1]
    tallies = notices.tallies(uow.conn, [notice.id for notice in found])
    return [_row(uow, notice, tallies[notice.id]) for notice in found]


def _row(uow: UnitOfWork, notice: Notice, tally: Tally) -> _Row:
    if isinstance(notice.audience, Unreadable):
        # The list must not fail of it; the doctor names the row.
        return _Row(replace(notice, audience={}), tally, notice.place)
    return _Row(notice, tally, described(uow, scope_of(uow, notice.place), Audience.stored(notice.audience)))


def _fields(row: _Row) -> dict[str, Any]:
    notice, tally = row.notice, row.tally
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
        "until": notice.until,
        "confirmed_at": notice.confirmed_at,
    }


NOTICES = Listing(
    _fields,
    (Say("cli-column-number"), "id"),
    (Say("cli-column-audience"), lambda row: row.audience),
    (Say("cli-column-state"), lambda row: Say("notice-state", state=notices.state_of(row.notice, row.tally))),
    (Say("cli-column-recipients"), "count"),
    (Say("cli-column-accepted"), "accepted"),
    (Say("cli-column-acknowledged"), "acknowledged"),
    (Say("cli-column-answered"), "answered"),
    (Say("cli-column-unreachable"), "unreachable"),
)


def _recipients(uow: UnitOfWork, given: str) -> tuple[_Row, list[Receipt]]:
    number = number_of(given)
    notice = None if number is None else notices.get(uow.conn, number)
    if notice is None:
        raise Fault(Say("cli-no-such-notice", given=given))
    tally = notices.tallies(uow.conn, [notice.id])[notice.id]
    return _row(uow, notice, tally), list(notices.receipts(uow.conn, notice.id))


RECIPIENTS = Listing[Receipt](
    lambda receipt: {
        **picked(receipt, "person", "enterprise", "district", "role", "standing"),
        **picked(receipt, "sent_at", "acknowledged_at", "answered_at", "error"),
    },
    (Say("cli-column-name"), lambda receipt: receipt.name),
    (Say("cli-column-subject"), lambda receipt: receipt.enterprise_name or receipt.district),
    (Say("cli-column-state"), lambda receipt: Say("notice-standing", standing=receipt.standing)),
    (Say("cli-column-sent"), "sent_at"),
    (Say("cli-column-acknowledged"), "acknowledged_at"),
    (Say("cli-column-answered"), "answered_at"),
)
