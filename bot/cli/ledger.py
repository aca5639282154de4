"""The ledger of major hazards as a list."""

from decimal import Decimal
from typing import Annotated, Any

import typer

from bot.cli import output, session
from bot.cli.faults import Fault
from bot.cli.helping import Command
from bot.cli.options import Json, Now, OfDistrict, OfEnterprise, code_of, district_of
from bot.cli.words import words
from campaign.hazards import Plan, State
from service.core.unit_of_work import UnitOfWork
from storage import hazards, registry
from storage.hazards import Hazard
from talk.texts import Listed, Phrase, Say

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
    """Hazards by number."""
    at = session.moment(now)
    if state is not None and state not in set(State):
        raise Fault(Say("cli-no-such-status", given=state, known=Listed(tuple(State))))
    with session.opened() as bot:
        if as_json:
            found = bot.look(lambda uow: _objects(uow, enterprise, district, state), now=at)
            named = sum(one["plan"] is not None for one in found)
            session.note_people(bot, "hazards", named)
            output.array(found)
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
            bot.look(lambda uow: _rows(uow, enterprise, district, state), now=at),
        )


def _found(uow: UnitOfWork, enterprise: str | None, district: str | None, state: str | None) -> list[Hazard]:
    code = code_of(uow, enterprise)
    return hazards.find(
        uow.conn,
        enterprises_=None if code is None else [code],
        district=district_of(uow, district),
        state=state,
    )


def _rows(uow: UnitOfWork, enterprise: str | None, district: str | None, state: str | None) -> list[list[Phrase]]:
    names = {code: one.name for code, one in registry.all_enterprises(uow.conn).items()}
    return [
        [
            str(one.id),
            one.district,
            names.get(one.enterprise, one.enterprise),
            one.place,
            Say("hazard-state", state=one.state),
            "" if one.deadline is None else one.deadline.isoformat(),
        ]
        for one in _found(uow, enterprise, district, state)
    ]


def _objects(uow: UnitOfWork, enterprise: str | None, district: str | None, state: str | None) -> list[dict[str, Any]]:
    zone = uow.context.zone
    return [
        {
            "id": one.id,
            "enterprise": one.enterprise,
            "district": one.district,
            "origin": one.origin,
            "source": one.source,
            "listed": _listed(one),
            "criterion": one.criterion,
            "place": one.place,
            "state": one.state,
            "found_at": output.instant(one.found_at, zone),
            "deadline": None if one.deadline is None else one.deadline.isoformat(),
            "closed_at": output.instant(one.closed_at, zone),
            "plan": None if one.plan is None else _plan(one.plan),
        }
        for one in _found(uow, enterprise, district, state)
    ]


def _listed(one: Hazard) -> dict[str, Any] | None:
    if one.listed_on is None:
        return None
    return {
        "by": one.listed_by,
        "number": one.listed_number,
        "date": one.listed_on.isoformat(),
        "deadline": None if one.listed_deadline is None else one.listed_deadline.isoformat(),
        "lifted": None if one.lifted_on is None else one.lifted_on.isoformat(),
    }


def _plan(plan: Plan) -> dict[str, Any]:
    return {
        "person": plan.person,
        "measures": plan.measures,
        "funds_yuan": _number(plan.funds),
        "deadline": plan.deadline.isoformat(),
        "contingency": plan.contingency,
    }


def _number(yuan: Decimal) -> int | float:
    return int(yuan) if yuan == yuan.to_integral_value() else float(yuan)
