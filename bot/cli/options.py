"""Options that several commands share, and what they name."""

from typing import Annotated

import typer

from bot.cli.faults import Fault
from bot.cli.words import words
from campaign.identity import normalise_code
from service.core.unit_of_work import UnitOfWork
from storage import registry
from talk.texts import Listed, Say

Json = Annotated[bool, typer.Option("--json", help=words(Say("cli-option-json")))]
Now = Annotated[
    str | None,
    typer.Option("--now", metavar=words(Say("cli-name-time")), help=words(Say("cli-option-now"))),
]
OfEnterprise = Annotated[
    str | None,
    typer.Option("--enterprise", metavar=words(Say("cli-name-code")), help=words(Say("cli-option-enterprise"))),
]
OfDistrict = Annotated[
    str | None,
    typer.Option("--district", metavar=words(Say("cli-name-district")), help=words(Say("cli-option-district"))),
]


def code_of(uow: UnitOfWork, given: str | None) -> str | None:
    """Return the code of the enterprise that `--enterprise` names; Fault when there is none."""
    code = None if given is None else normalise_code(given)
    if code is not None and registry.enterprise(uow.conn, code) is None:
        raise Fault(Say("cli-no-such-enterprise", given=given or ""))
    return code


def district_of(uow: UnitOfWork, given: str | None) -> str | None:
    """Return the name of the district that `--district` names; Fault when there is none."""
    named = None if given is None else uow.pack.district_by_name(given)
    if given is not None and named is None:
        names = Listed(tuple(known.name for known in uow.pack.districts))
        raise Fault(Say("cli-no-such-district", given=given, known=names))
    return None if named is None else named.name
