"""Dialogs: their paths drawn, and a conversation driven again from its journal."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import typer

from bot.cli import output, session
from bot.cli.faults import FAILURE, Fault
from bot.cli.helping import Command
from bot.cli.options import Json, argument, number_of
from bot.cli.permission_table import permission_table
from bot.cli.permit_table import permit_table
from bot.cli.retention_table import retention_table
from bot.cli.words import language, say, words
from bot.outlines import outlined
from bot.subjects import TALKS
from campaign.pack import load
from service.core.unit_of_work import UnitOfWork
from storage import conversations
from storage.conversations import Answer, Conversation
from talk.conversation import Finished, Turn, drive
from talk.outline import outline
from talk.texts import Listed, Say

app = typer.Typer()

TABLES: dict[str, Callable[[str], str]] = {
    "permit": permit_table,
    "permissions": permission_table,
    "retention": lambda language: retention_table(language, session.settings().terms),
}
"""The tables in Markdown, by the names that stand beside those of dialogs."""


@app.command("outline", cls=Command, help=words(Say("cli-help-outline")))
def outline_(
    dialog: Annotated[str, argument(Say("cli-name-dialog"), Say("cli-option-dialog"))],
) -> None:
    """Draw the paths of a dialog as Mermaid."""
    if dialog in TABLES:
        typer.echo(TABLES[dialog](language()))
        return
    pack = load(session.settings().pack)
    found = outlined(pack, dialog)
    if found is None:
        known = (*TALKS, *TABLES, *(form.id for form in pack.forms))
        raise Fault(Say("cli-no-such-dialog", given=dialog, known=Listed(known)))
    typer.echo(outline(*found, language()), nl=False)


@dataclass(frozen=True, slots=True)
class _Journal:
    """A conversation, its answers (each with whether it still counts), and where it leads when driven again."""

    conversation: Conversation
    answers: Sequence[tuple[Answer, bool]]
    end: Turn | Finished[Any]


@app.command("replay", cls=Command, help=words(Say("cli-help-replay")))
def replay(
    conversation: Annotated[str, argument(Say("cli-name-conversation"), Say("cli-option-conversation"))],
    as_json: Json = False,
) -> None:
    """Show the journal of a conversation, and where it leads when it is driven again."""
    number = number_of(conversation)
    with session.reading() as bot:
        zone = bot.context.zone
        journal = None if number is None else bot.look(lambda uow: _journal(uow, number))
        if journal is None:
            raise Fault(Say("cli-no-such-conversation", given=conversation))
        session.note_people(bot, "replay", 1, f"conversation/{number}")
    talk, end = journal.conversation, journal.end
    if as_json:
        output.single(_fields(journal), zone)
    else:
        say(Say("cli-replay-heading", number=talk.id, dialog=talk.dialog, person=talk.person, state=talk.state))
        described = {visited.question.key: visited.question.describe(visited.value) for visited in end.visited}
        output.table(
            (
                Say("cli-column-at"),
                Say("cli-column-question"),
                Say("cli-column-answer"),
                Say("cli-column-person"),
                Say("cli-column-counts"),
            ),
            [
                (
                    answer.at,
                    f"{answer.key}：{answer.wording}",
                    described.get(answer.key, answer.raw) if current else answer.raw,
                    answer.person,
                    Say("cli-current", current=str(current).lower()),
                )
                for answer, current in journal.answers
            ],
            zone,
        )
        say(
            Say("cli-replay-ends", result=type(end.result).__name__)
            if isinstance(end, Finished)
            else Say("cli-replay-waits", key=end.question.key)
        )
    if talk.state == "finished" and not isinstance(end, Finished):
        raise Fault(Say("cli-replay-broken", number=talk.id), FAILURE)


def _journal(uow: UnitOfWork, number: int) -> _Journal | None:
    talk = conversations.by_id(uow.conn, number)
    if talk is None:
        return None
    remembered = conversations.remembered(uow.conn, number)
    end = drive(uow.context.talks[talk.dialog].opened, talk.brief, remembered, talk.focus)
    return _Journal(talk, conversations.journal(uow.conn, number), end)


def _fields(journal: _Journal) -> dict[str, Any]:
    talk, end = journal.conversation, journal.end
    return {
        "conversation": talk.id,
        **output.picked(talk, "dialog", "duty", "person", "state", "brief"),
        "answers": [
            {
                **output.picked(answer, "key", "rev", "raw", "value", "wording", "person"),
                # In UTC and to the microsecond, as it is kept.
                "at": answer.at.isoformat(),
                "current": current,
            }
            for answer, current in journal.answers
        ],
        "end": {"asks": end.question.key}
        if isinstance(end, Turn)
        else {
            "result": type(end.result).__name__,
            "visited": [visited.question.key for visited in end.visited],
        },
    }
