"""Care: dialogs and their journals, packs, the database, the audit log."""

from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli import doctor as checks
from bot.cli import output, session
from bot.cli.faults import BAD_INPUT, FAILURE, Fault
from bot.cli.helping import Command, Group
from bot.cli.options import Json, Now
from bot.cli.permission_table import permission_table
from bot.cli.permit_table import permit_table
from bot.cli.words import complain, language, say, words
from bot.outlines import outlined
from bot.subjects import TALKS
from campaign.pack import load, shipped
from campaign.pack_check import check
from service.core.access_log import Access
from service.core.unit_of_work import UnitOfWork
from storage import audit, conversations, schema
from storage.conversations import Answer, Conversation
from talk.conversation import Finished, Turn, drive
from talk.outline import outline
from talk.texts import FullDay, Listed, Phrase, Say, render

app = typer.Typer()
packs = typer.Typer(cls=Group, help=words(Say("cli-about-pack")))
app.add_typer(packs, name="pack")
db = typer.Typer(cls=Group, help=words(Say("cli-about-db")))
app.add_typer(db, name="db")
audits = typer.Typer(cls=Group, help=words(Say("cli-about-audit")))
app.add_typer(audits, name="audit")


@app.command("outline", cls=Command, help=words(Say("cli-help-outline")))
def outline_(
    dialog: Annotated[str, typer.Argument(metavar=words(Say("cli-name-dialog")), help=words(Say("cli-option-dialog")))],
) -> None:
    """The paths of a dialog as Mermaid."""
    if dialog == "permit":
        typer.echo(permit_table(language()))
        return
    if dialog == "permissions":
        typer.echo(permission_table(language()))
        return
    pack = load(session.settings().pack)
    found = outlined(pack, dialog)
    if found is None:
        known = (*TALKS, "permit", "permissions", *(form.id for form in pack.forms))
        raise Fault(Say("cli-no-such-dialog", given=dialog, known=Listed(known)))
    typer.echo(outline(*found, language()), nl=False)


@app.command("replay", cls=Command, help=words(Say("cli-help-replay")))
def replay(
    conversation: Annotated[
        str,
        typer.Argument(metavar=words(Say("cli-name-conversation")), help=words(Say("cli-option-conversation"))),
    ],
    as_json: Json = False,
) -> None:
    """The journal of a conversation, and where it leads when it is driven again."""
    number = int(conversation) if conversation.isdecimal() and len(conversation) < 18 else -1
    with session.opened() as bot:
        journal = bot.look(lambda uow: _journal(uow, number))
        if journal is not None:
            session.note_people(bot, "replay", 1, f"conversation/{number}")
    if journal is None:
        raise Fault(Say("cli-no-such-conversation", given=conversation))
    talk, answers, end = journal
    if as_json:
        output.single(_object(talk, answers, end))
    else:
        described = {one.question.key: one.question.describe(one.value) for one in end.visited}
        say(Say("cli-replay-heading", number=talk.id, dialog=talk.dialog, person=talk.person, state=talk.state))
        output.table(
            (
                Say("cli-column-at"),
                Say("cli-column-question"),
                Say("cli-column-answer"),
                Say("cli-column-person"),
                Say("cli-column-counts"),
            ),
            [
                [
                    output.short(answer.at, bot.context.zone),
                    f"{answer.key}：{answer.wording}",
                    described.get(answer.key, answer.raw) if current else answer.raw,
                    str(answer.person),
                    Say("cli-current", current=str(current).lower()),
                ]
                for answer, current in answers
            ],
        )
        say(
            Say("cli-replay-ends", result=type(end.result).__name__)
            if isinstance(end, Finished)
            else Say("cli-replay-waits", key=end.question.key)
        )
    if talk.state == "finished" and not isinstance(end, Finished):
        raise Fault(Say("cli-replay-broken", number=talk.id), FAILURE)


Journal = tuple[Conversation, list[tuple[Answer, bool]], Turn | Finished[Any]]


def _journal(uow: UnitOfWork, number: int) -> Journal | None:
    talk = conversations.by_id(uow.conn, number)
    if talk is None:
        return None
    remembered = conversations.remembered(uow.conn, number)
    end = drive(uow.context.talks[talk.dialog].opened, talk.brief, remembered, talk.focus)
    return talk, conversations.journal(uow.conn, number), end


def _object(talk: Conversation, answers: list[tuple[Answer, bool]], end: Turn | Finished[Any]) -> dict[str, Any]:
    return {
        "conversation": talk.id,
        "dialog": talk.dialog,
        "duty": talk.duty,
        "person": talk.person,
        "state": talk.state,
        "brief": dict(talk.brief),
        "answers": [
            {
                "key": answer.key,
                "rev": answer.rev,
                "raw": answer.raw,
                "value": answer.value,
                "wording": answer.wording,
                "person": answer.person,
                "at": answer.at.isoformat(),
                "current": current,
            }
            for answer, current in answers
        ],
        "end": {"asks": end.question.key}
        if isinstance(end, Turn)
        else {"result": type(end.result).__name__, "visited": [one.question.key for one in end.visited]},
    }


@packs.command("list", cls=Command, help=words(Say("cli-help-pack-list")))
def pack_list(as_json: Json = False) -> None:
    """The packs that come with the project."""
    chosen = session.settings().pack
    found = [load(name) for name in shipped()]
    if as_json:
        output.array(
            {
                "name": pack.name,
                "title": render(pack.title, language()),
                "document": pack.document,
                "start": pack.start.isoformat(),
                "end": pack.end.isoformat(),
                "in_force": pack.name == chosen,
            }
            for pack in found
        )
        return
    output.table(
        (
            Say("cli-column-name"),
            Say("cli-column-title"),
            Say("cli-column-document"),
            Say("cli-column-days"),
            Say("cli-column-in-force"),
        ),
        [
            [
                pack.name,
                pack.title,
                pack.document,
                Say("cli-from-to", first=FullDay(pack.start), last=FullDay(pack.end)),
                Say("cli-in-force") if pack.name == chosen else "",
            ]
            for pack in found
        ],
    )


@packs.command("check", cls=Command, help=words(Say("cli-help-pack-check")))
def pack_check(
    path: Annotated[Path, typer.Argument(metavar=words(Say("cli-name-path")), help=words(Say("cli-option-pack-path")))],
    as_json: Json = False,
) -> None:
    """Every fault of a pack by file and line."""
    problems = check(path)
    if as_json:
        output.array({"file": one.file, "line": one.line, "reason": words(one.what)} for one in problems)
    else:
        for one in problems:
            say(Say("cli-pack-problem", file=one.file, line=one.line, what=one.what))
    if problems:
        complain(Say("cli-pack-faults", number=len(problems), pack=str(path)))
        raise typer.Exit(BAD_INPUT)
    if not as_json:
        say(Say("cli-pack-sound", pack=str(path)))


@db.command("upgrade", cls=Command, help=words(Say("cli-help-db-upgrade")))
def db_upgrade() -> None:
    """Bring the database to the present tables."""
    url = session.settings().database
    if schema.is_current(url):
        say(Say("cli-db-current"))
        return
    schema.upgrade(url)
    say(Say("cli-db-upgraded", revision=schema.current(url) or ""))


@app.command("doctor", cls=Command, help=words(Say("cli-help-doctor")))
def doctor(as_json: Json = False) -> None:
    """Whether all is well, a line for each thing looked at."""
    findings = checks.examine(session.settings())
    if as_json:
        output.array({"check": one.check, "state": one.state, "detail": words(one.what)} for one in findings)
    else:
        for one in findings:
            say(Say("cli-finding", state=one.state, what=one.what))
    if any(one.state == checks.WRONG for one in findings):
        raise typer.Exit(FAILURE)


@audits.command("verify", cls=Command, help=words(Say("cli-help-audit-verify")))
def audit_verify(as_json: Json = False) -> None:
    """Whether the chain of seals is whole."""
    with session.opened() as bot:
        verdict = bot.look(lambda uow: audit.verify(uow.conn, uow.context.secret))
    if as_json:
        output.single({"sealed": verdict.sealed, "unsealed": verdict.unsealed, "broken_at": verdict.broken_at})
    if verdict.broken_at is not None:
        raise Fault(Say("cli-audit-broken", at=verdict.broken_at, sealed=verdict.sealed), FAILURE)
    if not as_json:
        say(_whole(verdict))


def _whole(verdict: audit.Verdict) -> Phrase:
    return Say("cli-audit-whole", sealed=verdict.sealed, unsealed=verdict.unsealed)


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
    """Who saw or took away personal data."""
    at = session.moment(now)
    if person is not None and not (person.isascii() and person.isdecimal() and len(person) < 18):
        raise Fault(Say("cli-bad-person-number", given=person))
    of = None if person is None else int(person)
    with session.opened() as bot:
        found = bot.look(lambda uow: audit.events(uow.conn, [one.value for one in Access], of), now=at)
        zone = bot.context.zone
    if as_json:
        output.array(
            {
                "at": output.instant(one.at, zone),
                "event": one.event,
                "person": one.actor,
                "subject": one.subject,
                **one.data,
            }
            for one in found
        )
        return
    output.table(
        (
            Say("cli-column-at"),
            Say("cli-column-person"),
            Say("cli-column-what"),
            Say("cli-column-subject"),
            Say("cli-column-people"),
        ),
        [
            [
                output.short(one.at, zone),
                "" if one.actor is None else str(one.actor),
                str(one.data.get("command") or one.data.get("kind") or one.event),
                one.subject,
                str(one.data.get("people", "")),
            ]
            for one in found
        ],
    )
