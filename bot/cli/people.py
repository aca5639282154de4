"""The list of people, and what was asked of each in a month."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import typer

from bot.cli import session
from bot.cli.helping import Command
from bot.cli.options import Json, Now, option
from bot.cli.output import Listing, picked
from bot.cli.words import words
from service.core.unit_of_work import UnitOfWork
from service.duties import burden
from service.duties.burden import Month
from storage import people
from storage.people import Membership, Person
from talk.texts import Phrase, Say, listed

app = typer.Typer()


@app.command("people", cls=Command, help=words(Say("cli-help-people")))
def people_(
    by_burden: Annotated[bool, option("--burden", Say("cli-option-burden"))] = False,
    as_json: Json = False,
    now: Now = None,
) -> None:
    """List everybody who joined and has not left, or what was asked of them."""
    if by_burden:
        session.show(MONTHS, burden.by_month, now, as_json=as_json, noted=("people", _people))
    else:
        session.show(PEOPLE, _rows, now, as_json=as_json, noted=("people", len))


def _people(months: Sequence[Month]) -> int:
    return len({month.person.id for month in months})


@dataclass(frozen=True, slots=True)
class _Row:
    """A person with their roles, active and pending, and the channels on which they are."""

    person: Person
    roles: Sequence[Membership]
    channels: Sequence[str]


def _rows(uow: UnitOfWork) -> list[_Row]:
    roles: defaultdict[int, list[Membership]] = defaultdict(list)
    channels: defaultdict[int, list[str]] = defaultdict(list)
    for membership in people.all_roles(uow.conn):
        roles[membership.person].append(membership)
    for person_id, channel in people.all_channels(uow.conn):
        channels[person_id].append(channel)
    return [_Row(person, roles[person.id], channels[person.id]) for person in people.everybody(uow.conn)]


def _fields(row: _Row) -> dict[str, Any]:
    return {
        "id": row.person.id,
        "name": row.person.name,
        "roles": [{"role": held.role, "subject": held.subject} for held in row.roles if held.state == "active"],
        "channels": row.channels,
        "joined_at": row.person.joined_at,
    }


def _role(held: Membership) -> Phrase:
    role = Say("cli-role-for", role=Say("role", role=held.role), subject=held.subject)
    return role if held.state == "active" else Say("cli-role-pending", role=role)


PEOPLE = Listing(
    _fields,
    (Say("cli-column-number"), "id"),
    (Say("cli-column-name"), "name"),
    (Say("cli-column-roles"), lambda row: listed(map(_role, row.roles))),
    (Say("cli-column-channels"), lambda row: listed(row.channels)),
    (Say("cli-column-joined"), "joined_at"),
)

MONTHS = Listing[Month](
    lambda month: {
        "person": month.person.id,
        **picked(month, "month", "messages", "minutes"),
    },
    (Say("cli-column-number"), "person"),
    (Say("cli-column-name"), lambda month: month.person.name),
    (Say("cli-column-month"), "month"),
    (Say("cli-column-messages"), "messages"),
    (Say("cli-column-minutes"), "minutes"),
)
