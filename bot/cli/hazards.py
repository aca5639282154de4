"""The ledger of major hazards as a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import typer

from bot.cli import session
from bot.cli.helping import Command
from bot.cli.options import Json, Now, OfDistrict, OfEnterprise, code_of, district_of, known_status, option
from bot.cli.output import Listing, picked
from bot.cli.words import words
from campaign.hazards import Plan, State
from service.core.unit_of_work import UnitOfWork
from storage import hazards, registry
from storage.hazards import Hazard
from talk.texts import Say

app = typer.Typer()


@app.command("hazards", cls=Command, help=words(Say("cli-help-hazards")))
def hazards_(
    enterprise: OfEnterprise = None,
    district: OfDistrict = None,
    state: Annotated[str | None, option("--state", Say("cli-option-hazard-state"), Say("cli-name-status"))] = None,
    as_json: Json = False,
    now: Now = None,
) -> None:
    """List hazards by number."""
    known_status(state, State)

    def rows(uow: UnitOfWork) -> list[_Row]:
        code, name = code_of(uow, enterprise), district_of(uow, district)
        found = hazards.find(uow.conn, enterprise=code, district=name, state=state)
        names = {} if as_json else registry.names(uow.conn, {hazard.enterprise for hazard in found})
        return [_Row(hazard, names.get(hazard.enterprise, hazard.enterprise)) for hazard in found]

    session.show(HAZARDS, rows, now, as_json=as_json, noted=("hazards", _people) if as_json else None)


@dataclass(frozen=True, slots=True)
class _Row:
    """A hazard with the name of its enterprise, which only people are shown."""

    hazard: Hazard
    enterprise: str


def _people(rows: Sequence[_Row]) -> int:
    return sum(row.hazard.plan is not None for row in rows)


def _fields(row: _Row) -> dict[str, Any]:
    hazard = row.hazard
    return {
        **picked(hazard, "id", "enterprise", "district", "origin", "source"),
        "listed": _listed(hazard),
        **picked(hazard, "criterion", "place", "description", "unsure", "merged_into"),
        **picked(hazard, "state", "found_at", "deadline", "closed_at"),
        "plan": None if hazard.plan is None else _plan(hazard.plan),
    }


HAZARDS = Listing(
    _fields,
    (Say("cli-column-number"), "id"),
    (Say("cli-column-district"), "district"),
    (Say("cli-column-enterprise"), lambda row: row.enterprise),
    (Say("cli-column-place"), "place"),
    (Say("cli-column-state"), lambda row: Say("hazard-state", state=row.hazard.state)),
    (Say("cli-column-due"), "deadline"),
)


def _listed(hazard: Hazard) -> dict[str, Any] | None:
    """How a government has listed a hazard for supervision (挂牌督办); None where none has."""
    if hazard.listed_on is None:
        return None
    return {
        "by": hazard.listed_by,
        "number": hazard.listed_number,
        "date": hazard.listed_on,
        "deadline": hazard.listed_deadline,
        "lifted": hazard.lifted_on,
    }


def _plan(plan: Plan) -> dict[str, Any]:
    return {
        "person": plan.person,
        "measures": plan.measures,
        "funds_yuan": plan.funds,
        "deadline": plan.deadline,
        "contingency": plan.contingency,
    }
