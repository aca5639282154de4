"""The audit log: its chain of seals, and who saw personal data."""

from typing import Annotated, Any

import typer
from sqlalchemy import Row

from bot.cli import output, session
from bot.cli.faults import FAILURE, Fault
from bot.cli.helping import Command, Group
from bot.cli.options import Json, Now, number_of, option
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
        str | None, option("--person", Say("cli-option-audit-person"), Say("cli-name-person-number"))
    ] = None,
    as_json: Json = False,
    now: Now = None,
) -> None:
    """List who saw or took away personal data."""
    of = None if person is None else number_of(person)
    if person is not None and of is None:
        raise Fault(Say("cli-bad-person-number", given=person))
    names = [access.value for access in Access]
    session.show(EVENTS, lambda uow: audit.events(uow.conn, names, of), now, as_json=as_json)


EVENTS = Listing[Row[Any]](
    lambda row: {
        "at": row.at,
        "event": row.event,
        "person": row.actor,
        "operator": row.operator,
        "subject": row.subject,
        **row.data,
    },
    (Say("cli-column-at"), "at"),
    (Say("cli-column-person"), "person"),
    (Say("cli-column-operator"), "operator"),
    (Say("cli-column-what"), lambda row: row.data.get("command") or row.data.get("kind") or row.event),
    (Say("cli-column-subject"), "subject"),
    (Say("cli-column-people"), lambda row: row.data.get("people")),
)
