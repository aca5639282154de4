"""The registry as a list: how each enterprise stands, and since which day."""

from typing import Annotated

import typer

from bot.cli import session
from bot.cli.helping import Command
from bot.cli.options import Json, Now, OfDistrict, district_of, known_status, option
from bot.cli.output import Listing, picked
from bot.cli.words import words
from campaign.enterprise_life import State
from service.core.unit_of_work import UnitOfWork
from service.registry import states
from storage.registry import Enterprise
from talk.texts import Say

app = typer.Typer()


@app.command("enterprises", cls=Command, help=words(Say("cli-help-enterprises")))
def enterprises_(
    district: OfDistrict = None,
    state: Annotated[str | None, option("--state", Say("cli-option-enterprise-state"), Say("cli-name-status"))] = None,
    as_json: Json = False,
    now: Now = None,
) -> None:
    """List the enterprises of the registry by district and name."""
    known_status(state, State)

    def rows(uow: UnitOfWork) -> list[Enterprise]:
        place = district_of(uow, district)
        found = [
            one for one in states.of_everybody(uow) if place in (None, one.district) and state in (None, one.state)
        ]
        return sorted(found, key=lambda one: (one.district, one.name, one.code))

    session.show(ENTERPRISES, rows, now, as_json=as_json)


ENTERPRISES = Listing[Enterprise](
    lambda row: {
        **picked(row, "code", "name", "district"),
        "state": row.state.value,
        "state_since": row.state_since,
        "tags": sorted(row.tags),
        "employees": row.employees,
        "as_on_licence": row.as_on_licence,
    },
    (Say("cli-column-credit-code"), "code"),
    (Say("cli-column-enterprise"), "name"),
    (Say("cli-column-district"), "district"),
    (Say("cli-column-state"), lambda row: states.shown(row.state)),
    (Say("cli-column-since"), "state_since"),
    (Say("cli-column-employees"), "employees"),
)
