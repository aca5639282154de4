"""Second factors: who has one, and taking one away whose phone is lost."""

from dataclasses import dataclass
from typing import Annotated

import typer

from bot.cli import session
from bot.cli.faults import Fault
from bot.cli.helping import Command, Group
from bot.cli.options import Json, Now, argument, number_of
from bot.cli.output import Listing, picked
from bot.cli.words import say, words
from service.core.unit_of_work import UnitOfWork
from service.factor import enrolment
from storage import factors, people
from storage.factors import Factor
from storage.people import Person
from talk.texts import Say

app = typer.Typer()
factor = typer.Typer(cls=Group, help=words(Say("cli-about-factor")))
app.add_typer(factor, name="factor")


@dataclass(frozen=True, slots=True)
class _Row:
    """Somebody who joined, with their second factor (None: they have none) and the recovery codes that are left."""

    person: Person
    factor: Factor | None
    left: int


@factor.command("list", cls=Command, help=words(Say("cli-help-factor-list")))
def factor_list(as_json: Json = False, now: Now = None) -> None:
    """List who has a second factor, and who has none yet."""
    session.show(ROWS, _rows, now, as_json=as_json, noted=("factor list", len))


@factor.command("reset", cls=Command, help=words(Say("cli-help-factor-reset")))
def factor_reset(
    person: Annotated[str, argument(Say("cli-name-person-number"), Say("cli-argument-factor-person"))],
) -> None:
    """Take away the second factor of somebody who lost the phone."""
    number = number_of(person)
    if number is None:
        raise Fault(Say("cli-bad-person-number", given=person))
    with session.opened() as bot:
        if not bot.use(lambda uow: enrolment.reset(uow, number)):
            raise Fault(Say("cli-no-factor", given=person))
    say(Say("cli-factor-reset", person=number))


def _rows(uow: UnitOfWork) -> list[_Row]:
    known = {one.person: one for one in factors.everyone(uow.conn)}
    return [
        _Row(person, known.get(person.id), factors.recovery_left(uow.conn, person.id))
        for person in people.everybody(uow.conn)
    ]


ROWS = Listing[_Row](
    lambda row: {
        **picked(row.person, "id", "name"),
        "enrolled_at": None if row.factor is None else row.factor.enrolled_at,
        "verified_at": None if row.factor is None else row.factor.verified_at,
        "paused_until": None if row.factor is None else row.factor.paused_until,
        "recovery_codes": row.left,
    },
    (Say("cli-column-number"), "id"),
    (Say("cli-column-name"), "name"),
    (Say("cli-column-enrolled"), "enrolled_at"),
    (Say("cli-column-verified"), "verified_at"),
    (Say("cli-column-recovery"), "recovery_codes"),
)
