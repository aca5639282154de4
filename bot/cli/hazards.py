"""The ledger of major hazards as a list."""

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from bot.cli import session
from bot.cli.faults import Fault
from bot.cli.helping import Command
from bot.cli.options import Json, Now, OfDistrict, OfEnterprise, code_of, district_of
from bot.cli.output import Listing
from bot.cli.words import words
from campaign.hazards import Plan, State
from service.core.unit_of_work import UnitOfWork
from storage import hazards, registry
from storage.hazards import Hazard
from talk.texts import Listed, Say

app = typer.Typer()


@app.command("hazards", cls=Command, help=words(Say("cli-help-hazards")))
def hazards_(
    enterprise: OfEnterprise = None,
    district: OfDistrict = None,
    state: Annotated[
        str | None,
        typer.Option("--state", metavar=words(Say("cli-name-status")), help=words(Say("cli-option-hazard-state"))),
    ] = None,
    as_json: Json = False,
    now: Now = None,
) -> None:
    """List hazards by number."""
    at = session.moment(now)
    if state is not None and state not in set(State):
        raise Fault(Say("cli-no-such-status", given=state, known=Listed(tuple(State))))

    def case(uow: UnitOfWork) -> tuple[list[Hazard], Mapping[str, str]]:
        code = code_of(uow, enterprise)
        codes = None if code is None else [code]
        found = hazards.find(uow.conn, enterprises_=codes, district=district_of(uow, district), state=state)
        enterprises = {} if as_json else registry.all_enterprises(uow.conn)
        return found, {code: known.name for code, known in enterprises.items()}

    with session.opened() as bot:
        found, names = bot.look(case, now=at)
        if as_json:
            session.note_people(bot, "hazards", sum(hazard.plan is not None for hazard in found))
        _listing(names).show(found, bot.context.zone, as_json=as_json)


def _listing(names: Mapping[str, str]) -> Listing[Hazard]:
    return Listing(
        _fields,
        (Say("cli-column-number"), "id"),
        (Say("cli-column-district"), "district"),
        (Say("cli-column-enterprise"), lambda hazard: names.get(hazard.enterprise, hazard.enterprise)),
        (Say("cli-column-place"), "place"),
        (Say("cli-column-state"), lambda hazard: Say("hazard-state", state=hazard.state)),
        (Say("cli-column-due"), "deadline"),
    )


def _fields(hazard: Hazard) -> dict[str, Any]:
    return {
        "id": hazard.id,
        "enterprise": hazard.enterprise,
        "district": hazard.district,
        "origin": hazard.origin,
        "source": hazard.source,
        "listed": _listed(hazard),
        "criterion": hazard.criterion,
        "place": hazard.place,
        "state": hazard.state,
        "found_at": hazard.found_at,
        "deadline": hazard.deadline,
        "closed_at": hazard.closed_at,
        "plan": None if hazard.plan is None else _plan(hazard.plan),
    }


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
