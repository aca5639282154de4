"""The audit log: its chain of seals, and who saw personal data."""

import sys
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer
from sqlalchemy import Row

from bot.cli import output, session
from bot.cli.faults import FAILURE, Fault
from bot.cli.helping import Command, Group
from bot.cli.options import Json, Now, number_of, option
from bot.cli.output import Listing
from bot.cli.words import say, words
from service.core.access_log import Access
from service.core.unit_of_work import UnitOfWork
from storage import anchors, audit, audit_chain
from storage.audit_chain import Anchor, State, Verdict
from storage.rewinds import Rewind
from talk.cleaning import printable
from talk.texts import Say

app = typer.Typer()
audits = typer.Typer(cls=Group, help=words(Say("cli-about-audit")))
app.add_typer(audits, name="audit")


@audits.command("verify", cls=Command, help=words(Say("cli-help-audit-verify")))
def audit_verify(
    anchor: Annotated[str | None, option("--anchor", Say("cli-option-anchor"), Say("cli-name-anchor"))] = None,
    as_json: Json = False,
) -> None:
    """Check that the chain of seals is whole, and that it is the one that the anchors were taken of."""
    chosen = session.settings()
    known = [] if anchor is None else _anchors(anchor)
    if chosen.audit_anchor_file is not None:
        known += anchors.in_file(chosen.audit_anchor_file)
    with session.reading() as bot:
        verdict = bot.look(lambda uow: audit_chain.verify(uow.conn, uow.context.keys, known))
        zone, rewind = bot.context.zone, bot.context.rewind
    if as_json:
        output.single(output.picked(verdict, "state", "sealed", "unsealed", "broken_at", "anchored"), zone)
    wrong = finding(verdict, rewind, zone)
    if wrong is not None:
        raise Fault(wrong, FAILURE)
    if not as_json:
        say(Say("cli-audit-whole", sealed=verdict.sealed))
        agrees = verdict.anchored is not None
        say(Say("cli-audit-anchored", at=verdict.anchored or 0) if agrees else Say("cli-audit-not-anchored"))


@audits.command("anchor", cls=Command, help=words(Say("cli-help-audit-anchor")))
def audit_anchor() -> None:
    """Print how far the log has come."""
    with session.reading() as bot:
        found = bot.look(lambda uow: audit_chain.anchor(uow.conn, uow.wall))
    if found is None:
        raise Fault(Say("cli-audit-broken", at=1, missing=0, sealed=0, agrees=0), FAILURE)
    sys.stdout.write(f"{found.line()}\n")


def _anchors(given: str) -> list[Anchor]:
    """Return the anchors that a text or a file holds; Fault where there is none."""
    known = Anchor.read(given)
    if not known and _may_be_path(given):
        known = anchors.in_file(Path(given))
    if not known:
        told = printable(" ".join(given.split()))
        raise Fault(Say("cli-no-anchor", given=told if len(told) <= SHOWN else f"{told[:SHOWN]}…"))
    return known


def _may_be_path(given: str) -> bool:
    """Whether a text can name a file: what was copied out of a chat is longer than names are."""
    try:
        return Path(given).exists()
    except (OSError, ValueError):
        return False


def finding(verdict: Verdict, rewind: Rewind | None, zone: ZoneInfo) -> Say | None:
    """Return what is wrong with the log, None where nothing is. `rewind`: the restore that the database notes of
    itself, which explains that anchors of before it differ, and is told with its times in a zone.
    """
    at = verdict.broken_at or 0
    agrees = verdict.anchored or 0
    taken = "" if verdict.differs is None else output.cell(verdict.differs.at, zone)
    match verdict.state:
        case State.WHOLE:
            return None
        case State.NEW:
            return Say("cli-audit-new")
        case State.OTHER_KEY:
            return Say("cli-audit-other-key")
        case State.OTHER_LOG:
            return Say("cli-audit-other-log", taken=taken)
        case State.MISCOPIED:
            return Say("cli-audit-miscopied", at=at, taken=taken)
        case State.REWOUND | State.ALTERED if rewind is not None and at > rewind.seq:
            taken_at, restored = rewind.taken_at.astimezone(zone), rewind.restored_at.astimezone(zone)
            return Say("cli-audit-restored", at=at, seq=rewind.seq, taken=taken_at, restored=restored)
        case State.REWOUND:
            anchor = 0 if verdict.differs is None else verdict.differs.seq
            return Say("cli-audit-rewound", sealed=verdict.sealed, at=anchor, taken=taken, agrees=agrees)
        case State.ALTERED:
            return Say("cli-audit-altered", at=at, taken=taken, agrees=agrees)
        case State.BROKEN if verdict.unsealed and verdict.broken_at == verdict.sealed + 1:
            return Say("cli-audit-loose", number=verdict.unsealed, sealed=verdict.sealed)
        case State.BROKEN:
            missing = verdict.missing or 0
            return Say("cli-audit-broken", at=at, missing=missing, sealed=verdict.sealed, agrees=agrees)


@audits.command("show", cls=Command, help=words(Say("cli-help-audit-show")))
def audit_show(
    event: Annotated[str | None, option("--event", Say("cli-option-audit-event"), Say("cli-name-event"))] = None,
    person: Annotated[
        str | None, option("--person", Say("cli-option-audit-person"), Say("cli-name-person-number"))
    ] = None,
    operator: Annotated[
        str | None, option("--operator", Say("cli-option-audit-operator"), Say("cli-name-operator"))
    ] = None,
    subject: Annotated[str | None, option("--about", Say("cli-option-audit-subject"), Say("cli-name-subject"))] = None,
    since: Annotated[str | None, option("--since", Say("cli-option-audit-since"), Say("cli-name-time"))] = None,
    as_json: Json = False,
    now: Now = None,
) -> None:
    """List who saw or took away personal data, or other events."""
    of = None if person is None else number_of(person)
    if person is not None and of is None:
        raise Fault(Say("cli-bad-person-number", given=person))
    begin = session.moment(since)
    looks = [access.value for access in Access]
    names = looks if event is None else None if event == EVERY else [event]

    def found(uow: UnitOfWork) -> list[Row[Any]]:
        return audit.events(uow.conn, names, of, operator=operator, subject=subject, since=begin)

    session.show(EVENTS, found, now, as_json=as_json)


SHOWN = 60
"""Characters that are shown of what is no anchor."""
EVERY = "all"
"""What `--event` is given for events of every kind."""
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
