"""Hot-work permits as a list, and one as a page with the whole numbers of its certificates."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli import session
from bot.cli.faults import Fault
from bot.cli.helping import Command
from bot.cli.options import (
    Json,
    Now,
    OfDistrict,
    OfEnterprise,
    argument,
    code_of,
    district_of,
    known_status,
    number_of,
    option,
)
from bot.cli.output import Listing, picked
from bot.cli.words import say, words
from campaign.permits import State
from service.core.access_log import Access
from service.core.unit_of_work import UnitOfWork
from service.hot_work.actions import code_in
from service.hot_work.in_hand import PermitInHand, glance
from service.hot_work.papers import PermitPaper
from service.hot_work.sheet import PermitSheet
from storage import modes, permits
from storage.permits import Permit
from talk.texts import Say

app = typer.Typer()


@app.command("permits", cls=Command, help=words(Say("cli-help-permits")))
def permits_(  # one for each option
    permit: Annotated[str | None, argument(Say("cli-name-permit"), Say("cli-option-permit"))] = None,
    pdf: Annotated[Path | None, option("--pdf", Say("cli-option-permit-pdf"), Say("cli-name-file"))] = None,
    enterprise: OfEnterprise = None,
    district: OfDistrict = None,
    state: Annotated[str | None, option("--state", Say("cli-option-permit-state"), Say("cli-name-status"))] = None,
    as_json: Json = False,
    now: Now = None,
) -> None:
    """List permits by number, or print one of them."""
    at = session.moment(now)
    known_status(state, State)
    if pdf is not None and permit is None:
        raise Fault(Say("cli-permit-which"))
    if pdf is not None:
        with session.reading() as bot:
            number, sheet, people = bot.look(lambda uow: _sheet(uow, str(permit)), now=at)
            session.note_look(bot, Access.PERMIT_WHOLE, f"permit/{number}", people, numbers="whole")
            _print(sheet, pdf)
        return
    session.show(
        PERMITS,
        lambda uow: _found(uow, permit, enterprise, district, state),
        now,
        as_json=as_json,
        noted=("permits", _people) if as_json else None,
    )


def _people(found: Sequence[PermitInHand]) -> int:
    return sum(len(permit.people) for permit in found)


def _found(
    uow: UnitOfWork, permit: str | None, enterprise: str | None, district: str | None, state: str | None
) -> list[PermitInHand]:
    """Return permits as they are at this instant: what time has done since the last tick is reckoned in."""
    if permit is not None:
        return [glance(uow, _row_of(uow, permit))]
    code = code_of(uow, enterprise)
    rows = permits.find(uow.conn, enterprise=code, district=district_of(uow, district))
    found = [glance(uow, row) for row in rows]
    return [permit for permit in found if state is None or permit.life.state == state]


def _row_of(uow: UnitOfWork, given: str) -> Permit:
    """Return a permit by its number in the database, or by its code as people write it; Fault when there is none."""
    number = number_of(given)
    row = None if number is None else permits.get(uow.conn, number)
    code = code_in(given)
    row = permits.by_code(uow.conn, code[0]) if row is None and code is not None else row
    if row is None:
        raise Fault(Say("cli-no-such-permit", given=given))
    return row


def _sheet(uow: UnitOfWork, given: str) -> tuple[int, PermitSheet, int]:
    """Return the number of a permit, what stands on its page, and of how many people there are data on it."""
    row = _row_of(uow, given)
    paper = PermitPaper((), row.enterprise, row.id, whole_numbers=True)
    sheet = paper.gather(uow)
    return row.id, sheet, paper.people(uow, sheet)


def _print(sheet: PermitSheet, file: Path) -> None:
    from reports.permit import pdf  # noqa: PLC0415  # a third of a second of imports
    from reports.typesetting import noticing  # noqa: PLC0415  # as above

    with noticing() as lacking:
        page = pdf(sheet, full=True)
    # Identity numbers are on it.
    modes.write(file, page)
    say(Say("cli-permit-printed", code=sheet.code, file=str(file)))
    if lacking:
        say(Say("papers-lack-signs", signs="".join(sorted(lacking))))


def _fields(permit: PermitInHand) -> dict[str, Any]:
    return {
        **picked(permit.row, "id", "code", "enterprise", "district", "level", "upgraded"),
        "place": permit.application.place,
        "state": permit.life.state,
        "from": permit.terms.starts,
        "to": permit.terms.until,
        "people": [
            {"role": named.seat, "name": named.name, "certificate_masked": named.certificate} for named in permit.people
        ],
        "samples": [
            {
                "taken_at": sample.taken_at,
                "gas": sample.gas,
                "value": float(sample.value),
                "unit": "% vol",
                "ok": sample.ok,
            }
            for sample in permit.life.samples
        ],
    }


PERMITS = Listing(
    _fields,
    (Say("cli-column-number"), "code"),
    (Say("cli-column-district"), "district"),
    (Say("cli-column-enterprise"), lambda permit: permit.enterprise.name),
    (Say("cli-column-place"), "place"),
    (Say("cli-column-state"), lambda permit: Say("permit-state", state=permit.life.state)),
    (Say("cli-column-due"), "to"),
)
