"""Hot-work permits as a list, and one as a page with the whole numbers of its certificates."""

from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from bot.cli import output, session
from bot.cli.faults import Fault
from bot.cli.helping import Command
from bot.cli.options import Json, Now, OfDistrict, OfEnterprise, code_of, district_of
from bot.cli.words import say, words
from campaign.permits import State
from service.core import access_log
from service.core.access_log import Access
from service.core.unit_of_work import UnitOfWork
from service.hot_work.in_hand import PermitInHand, glance
from service.hot_work.papers import PermitPaper
from service.hot_work.sheet import PermitSheet
from storage import permits
from storage.permits import Permit
from talk.texts import Listed, Phrase, Say

app = typer.Typer()


@app.command("permits", cls=Command, help=words(Say("cli-help-permits")))
def permits_(  # one for each option
    permit: Annotated[
        str | None,
        typer.Argument(metavar=words(Say("cli-name-permit")), help=words(Say("cli-option-permit"))),
    ] = None,
    pdf: Annotated[
        Path | None,
        typer.Option("--pdf", metavar=words(Say("cli-name-file")), help=words(Say("cli-option-permit-pdf"))),
    ] = None,
    enterprise: OfEnterprise = None,
    district: OfDistrict = None,
    state: Annotated[
        str | None,
        typer.Option("--state", metavar=words(Say("cli-name-status")), help=words(Say("cli-option-permit-state"))),
    ] = None,
    as_json: Json = False,
    now: Now = None,
) -> None:
    """Permits by number, or one of them on paper."""
    at = session.moment(now)
    if state is not None and state not in set(State):
        raise Fault(Say("cli-no-such-status", given=state, known=Listed(tuple(State))))
    if pdf is not None and permit is None:
        raise Fault(Say("cli-permit-which"))
    with session.opened() as bot:
        if pdf is not None:
            _print(bot.use(lambda uow: _sheet(uow, str(permit)), now=at), pdf)
            return
        found = bot.look(lambda uow: _found(uow, permit, enterprise, district, state), now=at)
        if as_json:
            number = sum(len(permit.people) for permit in found)
            session.note_people(bot, "permits", number)
            output.array(_object(bot.context.zone, permit) for permit in found)
            return
        output.table(
            (
                Say("cli-column-number"),
                Say("cli-column-district"),
                Say("cli-column-enterprise"),
                Say("cli-column-place"),
                Say("cli-column-state"),
                Say("cli-column-due"),
            ),
            [_row(permit) for permit in found],
        )


def _found(
    uow: UnitOfWork, permit: str | None, enterprise: str | None, district: str | None, state: str | None
) -> list[PermitInHand]:
    """As they are at this instant: what time has done since the last tick is reckoned in."""
    if permit is not None:
        return [glance(uow, _row_of(uow, permit))]
    code = code_of(uow, enterprise)
    rows = permits.find(uow.conn, enterprises_=None if code is None else [code], district=district_of(uow, district))
    found = [glance(uow, row) for row in rows]
    return [permit for permit in found if state is None or permit.life.state == state]


def _row_of(uow: UnitOfWork, given: str) -> Permit:
    """Return a permit by the number of its row, or by its code as people write it."""
    row = permits.get(uow.conn, int(given)) if given.isdecimal() and len(given) < 18 else None
    row = row or permits.by_code(uow.conn, given.strip().upper())
    if row is None:
        raise Fault(Say("cli-no-such-permit", given=given))
    return row


def _sheet(uow: UnitOfWork, given: str) -> PermitSheet:
    row = _row_of(uow, given)
    paper = PermitPaper((), row.enterprise, row.id, whole_numbers=True)
    sheet = paper.gather(uow)
    people = paper.people(uow, sheet)
    access_log.record(uow, None, Access.PERMIT_WHOLE, f"permit/{row.id}", people=people, numbers="whole")
    return sheet


def _print(sheet: PermitSheet, file: Path) -> None:
    from reports import permit as drawn  # noqa: PLC0415  # a third of a second of imports

    page = drawn.pdf(sheet, full=True)
    # Identity numbers are on it: nobody else on this machine reads it, not even between the two steps.
    file.touch(0o600)
    file.write_bytes(page)
    say(Say("cli-permit-printed", code=sheet.code, file=str(file)))


def _row(permit: PermitInHand) -> list[Phrase]:
    return [
        permit.row.code,
        permit.row.district,
        permit.enterprise.name,
        permit.application.place,
        Say("permit-state", state=permit.life.state),
        f"{permit.terms.until:%Y-%m-%d %H:%M}",
    ]


def _object(zone: ZoneInfo, permit: PermitInHand) -> dict[str, Any]:
    return {
        "id": permit.row.id,
        "code": permit.row.code,
        "enterprise": permit.row.enterprise,
        "district": permit.row.district,
        "level": permit.row.level,
        "upgraded": permit.row.upgraded,
        "place": permit.application.place,
        "state": permit.life.state.value,
        "from": output.instant(permit.terms.starts, zone),
        "to": output.instant(permit.terms.until, zone),
        "people": [
            {"role": named.seat, "name": named.name, "certificate_masked": named.certificate} for named in permit.people
        ],
        "samples": [
            {
                "taken_at": output.instant(sample.taken_at, zone),
                "gas": sample.gas,
                "value": float(sample.value),
                "unit": "% vol",
                "ok": sample.ok,
            }
            for sample in permit.life.samples
        ],
    }
