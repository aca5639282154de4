"""Options and arguments of commands, those that several commands share, and what they name."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any

import typer

from bot.cli.faults import Fault
from bot.cli.words import words
from campaign.identity import normalise_code
from campaign.pack import Pack
from service.core.unit_of_work import UnitOfWork
from storage import registry
from talk.texts import Listed, Say

LONGEST = 19
"""Digits that no database's number has."""


def option(flag: str, about: Say, value: Say | None = None) -> Any:
    """Return an option with its help; `value` is the name of what it takes, None for a switch."""
    return typer.Option(flag, metavar=None if value is None else words(value), help=words(about))


def argument(name: Say, about: Say) -> Any:
    """Return an argument with its name in the help, and its help."""
    return typer.Argument(metavar=words(name), help=words(about))


Json = Annotated[bool, option("--json", Say("cli-option-json"))]
Now = Annotated[str | None, option("--now", Say("cli-option-now"), Say("cli-name-time"))]
AcceptClock = Annotated[bool, option("--accept-clock", Say("cli-option-accept-clock"))]
OfEnterprise = Annotated[str | None, option("--enterprise", Say("cli-option-enterprise"), Say("cli-name-code"))]
OfDistrict = Annotated[str | None, option("--district", Say("cli-option-district"), Say("cli-name-district"))]


def code_of(uow: UnitOfWork, given: str | None) -> str | None:
    """Return the code of the enterprise that `--enterprise` names; Fault when there is none."""
    code = None if given is None else normalise_code(given)
    if code is not None and registry.enterprise(uow.conn, code) is None:
        raise Fault(Say("cli-no-such-enterprise", given=given or ""))
    return code


def district_of(uow: UnitOfWork, given: str | None) -> str | None:
    """Return the name of the district that `--district` names; Fault when there is none."""
    return None if given is None else district_named(uow.pack, given)


def district_named(pack: Pack, given: str) -> str:
    """Return the name of a district as the pack writes it; Fault when there is none."""
    district = pack.district_by_name(given)
    if district is None:
        known = Listed(tuple(district.name for district in pack.districts))
        raise Fault(Say("cli-no-such-district", given=given, known=known))
    return district.name


def column_named(pack: Pack, given: str) -> str:
    """Return a column of the annex table, a district's or the city's own, by its name; Fault when there is none."""
    column = pack.column_by_name(given)
    if column is None:
        raise Fault(Say("cli-no-such-district", given=given, known=Listed(pack.columns)))
    return column


def subject_of(uow: UnitOfWork, given: str) -> str:
    """Return the subject of a role as it is stored: an enterprise's code, a district's name, the city's; Fault where it
    is none of them.
    """
    district = uow.pack.district_by_name(given)
    if district is not None:
        return district.name
    return uow.pack.city if uow.pack.means_city(given) else code_of(uow, given) or given


def day_of(given: str) -> date:
    """Return a day as it was typed, 2023-12-31; Fault for what is none."""
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise Fault(Say("cli-bad-day", given=given)) from None


def number_of(given: str) -> int | None:
    """Return the number of a row as it was typed; None for what cannot be one."""
    return int(given) if given.isascii() and given.isdecimal() and len(given) < LONGEST else None


def known_status(given: str | None, known: Iterable[str]) -> None:
    """Raise a Fault where the status that was asked for is none of those that are known."""
    if given is not None and given not in (statuses := tuple(known)):
        raise Fault(Say("cli-no-such-status", given=given, known=Listed(statuses)))
