"""The papers that people asked for: which wait, and what came of the others."""

from typing import Annotated, Final

import typer

from bot.cli import session
from bot.cli.by_hand import OfPerson, asked
from bot.cli.helping import Command
from bot.cli.options import Json, Now, known_status, option
from bot.cli.output import Listing, picked
from bot.cli.words import words
from service.core.unit_of_work import UnitOfWork
from storage import paper_orders
from storage.paper_orders import STATES, Kept
from talk.texts import Say

app = typer.Typer()

PAPERS: Final = Listing[Kept](
    lambda paper: picked(
        paper,
        *("id", "kind", "person", "state", "asked_at", "not_before", "done_at"),
        *("attempts", "leases_lost", "error"),
    ),
    (Say("cli-column-number"), "id"),
    (Say("cli-column-kind"), "kind"),
    (Say("cli-column-person"), "person"),
    (Say("cli-column-state"), lambda paper: Say("cli-papers-state", state=paper.state)),
    (Say("cli-column-asked"), "asked_at"),
    (Say("cli-column-done"), "done_at"),
    (Say("cli-column-error"), "error"),
)


@app.command("papers", cls=Command, help=words(Say("cli-help-papers")))
def papers(
    state: Annotated[str | None, option("--state", Say("cli-option-paper-state"), Say("cli-name-status"))] = None,
    person: OfPerson = None,
    as_json: Json = False,
    now: Now = None,
) -> None:
    """List the papers that were asked for."""
    known_status(state, STATES)
    wanted = asked(state=state, person=person, channel=None, older_than=None)

    def found(uow: UnitOfWork) -> list[Kept]:
        return paper_orders.listed(uow.conn, state, wanted(uow).person)

    session.show(PAPERS, found, now, as_json=as_json)
