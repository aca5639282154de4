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
from service.hot_work.papers import PermitPaper
from service.hot_work.permits import Held, glance
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
            number = sum(len(one.people) for one in found)
            session.note_people(bot, "permits", number)
            output.array(_object(bot.context.zone, one) for one in found)
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
            [_row(one) for one in found],
        )


def _found(
    uow: UnitOfWork, permit: str | None, enterprise: str | None, district: str | None, state: str | None
) -> list[Held]:
    """As they are at this instant: what time has done since the last tick is reckoned in."""
    if permit is not None:
        return [glance(uow, _one(uow, permit))]
    code = code_of(uow, enterprise)
    rows = permits.find(uow.conn, enterprises_=None if code is None else [code], district=district_of(uow, district))
    found = [glance(uow, row) for row in rows]
    return [one for one in found if state is None or one.life.state == state]


def _one(uow: UnitOfWork, permit: str) -> Permit:
    """By its number in the house, or by its code as people write it."""
    row = permits.get(uow.conn, int(permit)) if permit.isdecimal() and len(permit) < 18 else None
    row = row or permits.by_code(uow.conn, permit.strip().upper())
    if row is None:
        raise Fault(Say("cli-no-such-permit", given=permit))
    return row


def _sheet(uow: UnitOfWork, permit: str) -> PermitSheet:
    row = _one(uow, permit)
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


def _row(one: Held) -> list[Phrase]:
    return [
        one.permit.code,
        one.permit.district,
        one.enterprise.name,
        one.application.place,
        Say("permit-state", state=one.life.state),
        f"{one.terms.until:%Y-%m-%d %H:%M}",
    ]


def _object(zone: ZoneInfo, one: Held) -> dict[str, Any]:
    return {
        "id": one.permit.id,
        "code": one.permit.code,
        "enterprise": one.permit.enterprise,
        "district": one.permit.district,
        "level": one.permit.level,
        "upgraded": one.permit.upgraded,
        "place": one.application.place,
        "state": one.life.state.value,
        "from": output.instant(one.terms.starts, zone),
        "to": output.instant(one.terms.until, zone),
        "people": [{"role": who.seat, "name": who.name, "certificate_masked": who.certificate} for who in one.people],
        "samples": [
            {
                "taken_at": output.instant(sample.taken_at, zone),
                "gas": sample.gas,
                "value": float(sample.value),
                "unit": "% vol",
                "ok": sample.ok,
            }
            for sample in one.life.samples
        ],
    }
