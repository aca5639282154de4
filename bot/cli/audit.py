"""The audit log: its chain of seals, and who saw personal data."""

from typing import Annotated, Any

import typer
from sqlalchemy import Row

from bot.cli import output, session
from bot.cli.faults import FAILURE, Fault
from bot.cli.helping import Command, Group
from bot.cli.options import Json, Now
from bot.cli.output import Listing
from bot.cli.words import say, words
from service.core.access_log import Access
from storage import audit
from talk.texts import Say

app = typer.Typer()
audits = typer.Typer(cls=Group, help=words(Say("cli-about-audit")))
app.add_typer(audits, name="audit")


@audits.command("verify", cls=Command, help=words(Say("cli-help-audit-verify")))
def audit_verify(as_json: Json = False) -> None:
    """Check that the chain of seals is whole."""
    with session.opened() as bot:
        verdict = bot.look(lambda uow: audit.verify(uow.conn, uow.context.secret))
        zone = bot.context.zone
    if as_json:
        output.single({"sealed": verdict.sealed, "unsealed": verdict.unsealed, "broken_at": verdict.broken_at}, zone)
    if verdict.broken_at is not None:
        raise Fault(Say("cli-audit-broken", at=verdict.broken_at, sealed=verdict.sealed), FAILURE)
    if not as_json:
        say(Say("cli-audit-whole", sealed=verdict.sealed, unsealed=verdict.unsealed))


@audits.command("show", cls=Command, help=words(Say("cli-help-audit-show")))
def audit_show(
    person: Annotated[
        str | None,
        typer.Option(
            "--person", metavar=words(Say("cli-name-person-number")), help=words(Say("cli-option-audit-person"))
        ),
    ] = None,
    as_json: Json = False,
    now: Now = None,
) -> None:
    """List who saw or took away personal data."""
    at = session.moment(now)
    if person is not None and not (person.isascii() and person.isdecimal() and len(person) < 18):
        raise Fault(Say("cli-bad-person-number", given=person))
    of = None if person is None else int(person)
    with session.opened() as bot:
        found = bot.look(lambda uow: audit.events(uow.conn, [access.value for access in Access], of), now=at)
        zone = bot.context.zone
    EVENTS.show(found, zone, as_json=as_json)


def _fields(event: Row[Any]) -> dict[str, Any]:
    return {"at": event.at, "event": event.event, "person": event.actor, "subject": event.subject, **event.data}


EVENTS = Listing(
    _fields,
    (Say("cli-column-at"), "at"),
    (Say("cli-column-person"), "person"),
    (Say("cli-column-what"), lambda row: row.data.get("command") or row.data.get("kind") or row.event),
    (Say("cli-column-subject"), "subject"),
    (Say("cli-column-people"), lambda row: row.data.get("people")),
)
