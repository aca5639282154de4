"""Check that all is well: each thing is looked at by itself, so that one that fails hides no other."""

import os
import shlex
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from typing import Annotated, Final
from urllib.parse import urlsplit

import typer
from sqlalchemy import Connection

from bot import clockwork, horizon, keys
from bot.channels import terminal
from bot.cli import administrators, output, session
from bot.cli.audit import finding as audit_finding
from bot.cli.faults import FAILURE, explained
from bot.cli.helping import Command
from bot.cli.options import Json, option
from bot.cli.words import say, words
from bot.files import shelf
from bot.settings import Settings
from campaign.pack import Pack, load
from storage import accounts, anchors, audit_chain, clock, inbox, leaps, modes, names, outbox, registry, schema
from storage.audit_chain import State
from storage.engine import is_encrypted, is_plain, open_database
from storage.files import FileStore
from storage.nearness import is_here
from talk.cleaning import printable
from talk.texts import Listed, Phrase, Say

OK: Final = "ok"
NOTE: Final = "note"
WRONG: Final = "wrong"

ROOM: Final = 500 * 1024 * 1024
"""Bytes that should be free: photos of a month of a district."""
MEGABYTE: Final = 1024 * 1024
WHY: Final = 200
"""Characters of the reason why an update was set aside."""
ROWS: Final = 20_000
"""Rows of the audit log that are checked each time: a second's work."""
LOST_FOR: Final = timedelta(days=7)
NAMED: Final = 5
"""How long files that did not arrive are told of, and how many of them by name."""
WRITES_WITHIN: Final = 3.0
"""Seconds within which the database must be to write: the bot itself holds it for less."""
FILES_LEFT: Final = 10_000
"""How many more files the disk should take: each photo is one."""
A_DAY: Final = timedelta(days=1)
"""How often an anchor is written."""
PATIENCE: Final = timedelta(hours=1)
"""How long a message may be due, or the planner silent, while all is well."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A part that was looked at, its state, and what to do when it is not well."""

    check: str
    state: str
    what: Phrase


Check = Callable[[], Finding]

app = typer.Typer()


@app.command("doctor", cls=Command, help=words(Say("cli-help-doctor")))
def doctor(full: Annotated[bool, option("--full", Say("cli-option-full"))] = False, as_json: Json = False) -> None:
    """Tell how each part is, a line for each."""
    chosen = session.settings()
    findings = examine(chosen, full=full)
    if as_json:
        fields = ({"check": finding.check, "state": finding.state, "detail": finding.what} for finding in findings)
        output.array(fields, chosen.timezone)
    else:
        for finding in findings:
            say(Say("cli-finding", state=finding.state, what=finding.what))
    if any(finding.state == WRONG for finding in findings):
        raise typer.Exit(FAILURE)


def examine(settings: Settings, *, full: bool = False) -> list[Finding]:
    """Look at every part. Nothing is changed, and no database is made where there is none."""
    outside: dict[str, Check] = {
        "data": partial(_data, settings),
        "modes": partial(_modes, settings),
        "key": partial(_key, settings),
        "files": partial(_files, settings, full=full),
        "pack": partial(_pack, settings.pack),
        "ways": partial(_ways, settings),
        "administrators": partial(_administrators, settings.administrators),
        "database": partial(_database, settings),
    }
    findings = [_looked_at(name, check) for name, check in outside.items()]
    return [*findings, *_inside(settings, full=full)] if findings[-1].state == OK else findings


def _looked_at(name: str, check: Check) -> Finding:
    try:
        return check()
    except Exception as error:  # noqa: BLE001  # whatever is wrong is what was looked for
        return Finding(name, WRONG, explained(error).what)


def _data(settings: Settings) -> Finding:
    folder = settings.data_dir
    place = folder.resolve()
    if not folder.exists():
        return Finding("data", NOTE, Say("cli-doctor-no-data", folder=str(place)))
    for written in filter(Path.exists, (folder, settings.files)):
        _write_into(written)
    file_of_database = settings.database_file
    for used in {folder, folder if file_of_database is None else file_of_database.parent}:
        free = shutil.disk_usage(used).free
        if free < ROOM:
            where = str(used.resolve())
            return Finding("data", WRONG, Say("cli-doctor-little-room", folder=where, free=free // MEGABYTE))
    left = os.statvfs(folder)
    if left.f_files and left.f_favail < FILES_LEFT:
        return Finding("data", WRONG, Say("cli-doctor-few-files", folder=str(place), left=left.f_favail))
    free = shutil.disk_usage(folder).free
    return Finding("data", OK, Say("cli-doctor-data", folder=str(place), free=free // MEGABYTE))


def _write_into(folder: Path) -> None:
    """Try to write; OSError, which names the folder, where that fails."""
    try:
        with TemporaryFile(dir=folder) as file:
            file.write(b"x")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(folder.resolve())) from error


def _modes(settings: Settings) -> Finding:
    """Others on this machine must not read what people said, nor the key."""
    folder = settings.data_dir
    if not folder.exists():
        return Finding("modes", NOTE, Say("cli-doctor-no-modes"))
    with TemporaryFile(dir=folder) as file:
        kept = not os.fstat(file.fileno()).st_mode & modes.OTHERS
    if not kept:
        return Finding("modes", WRONG, Say("cli-doctor-modeless", folder=str(folder.resolve())))
    beside = [] if settings.database_file is None else [settings.database_file]
    found = modes.open_within(folder, beside)
    if found:
        first = str(found[0].resolve())
        places = " ".join(shlex.quote(str(place.resolve())) for place in dict.fromkeys([folder, *beside]))
        return Finding("modes", WRONG, Say("cli-doctor-open", number=len(found), first=first, places=places))
    return Finding("modes", OK, Say("cli-doctor-modes"))


def _key(settings: Settings) -> Finding:
    if keys.is_made_at_first_use(settings):
        return Finding("key", NOTE, Say("cli-doctor-no-key"))
    ring = keys.ring(settings)
    if keys.beside_data(settings):
        return Finding("key", NOTE, Say("cli-doctor-key-beside", key=ring.current.id))
    return Finding("key", OK, Say("cli-doctor-key", key=ring.current.id))


def _files(settings: Settings, *, full: bool) -> Finding:
    """How the kept files lie on the disk; with `full` each is opened, so that one that was changed is found."""
    store = FileStore(settings.files) if keys.is_made_at_first_use(settings) else shelf(settings)
    found = store.census(full=full)
    if found.spoilt:
        return Finding("files", WRONG, Say("cli-doctor-files-spoilt", number=found.spoilt))
    if not settings.encrypt_files:
        return Finding("files", OK, Say("cli-doctor-files-plain", number=found.number))
    if found.plain or found.old:
        return Finding("files", NOTE, Say("cli-doctor-files-renew", plain=found.plain, old=found.old))
    return Finding("files", OK, Say("cli-doctor-files-sealed", number=found.number))


def _pack(name: str) -> Finding:
    pack: Pack = load(name)
    return Finding("pack", OK, Say("cli-doctor-pack", name=pack.name, title=pack.title))


def _ways(settings: Settings) -> Finding:
    """What travels to other machines must be read by nobody on the way."""
    plain = bool(settings.telegram_token.get_secret_value()) and settings.bot_api.startswith("http:")
    far = plain and not is_here(urlsplit(settings.bot_api).hostname or "")
    if far or (not settings.on_sqlite and is_plain(settings.database)):
        return Finding("ways", NOTE, Say("cli-doctor-way-plain"))
    if not settings.on_sqlite and is_encrypted(settings.database) is False:
        return Finding("ways", NOTE, Say("cli-doctor-way-unverified"))
    certificate = horizon.certificates(settings, datetime.now(UTC))
    if certificate is not None and certificate.near:
        return Finding("ways", NOTE, certificate.what)
    return Finding("ways", OK, Say("cli-doctor-ways"))


def _administrators(file: Path | None) -> Finding:
    """Who gives rights must not be who looks at what was done with them."""
    name = "administrators"
    if file is None:
        return Finding(name, NOTE, Say("administrators-none"))
    if administrators.is_writable_by_others(file):
        return Finding(name, WRONG, Say("administrators-writable", file=str(file)))
    several = administrators.several(administrators.read(file))
    if several:
        return Finding(name, NOTE, Say("administrators-several", names=Listed(tuple(several))))
    return Finding(name, OK, Say("administrators-apart"))


def _database(settings: Settings) -> Finding:
    file = settings.database_file
    if file is not None and not file.exists():
        return Finding("database", NOTE, Say("cli-doctor-no-database"))
    if not schema.is_current(settings.database):
        return Finding("database", WRONG, Say("cli-database-old"))
    with closing(open_database(settings.database, patience=WRITES_WITHIN)) as database:
        database.run(clock.touch)
    return Finding("database", OK, Say("cli-doctor-database"))


def _inside(settings: Settings, *, full: bool) -> Iterator[Finding]:
    wall = datetime.now(UTC)
    checks: dict[str, Callable[[Connection], Finding]] = {
        "clock": partial(_clock, settings=settings, wall=wall),
        "holidays": partial(_holidays, settings=settings, wall=wall),
        "campaign": partial(_campaign, settings=settings, wall=wall),
        "registry": _registry,
        "fonts": _fonts,
        "outbox": partial(_outbox, wall=wall),
        "sent-files": partial(_sent_files, wall=wall),
        "inbox": partial(_inbox, settings=settings),
        "audit": partial(_audit, settings=settings, full=full, wall=wall),
        "channels": _channels,
    }
    with closing(open_database(settings.database)) as database:
        for name, check in checks.items():
            yield _looked_at(name, lambda check=check: database.look(check))  # type: ignore[misc]


def _clock(conn: Connection, settings: Settings, wall: datetime) -> Finding:
    row = clock.read(conn)
    now = output.cell(wall + row.offset, settings.timezone)
    if leaps.is_real(conn, but=terminal.NAME):
        by = leaps.leap(conn, wall, clockwork.machine())
        if by is not None:
            return Finding(
                "clock", WRONG, Say("clock-leapt", hours=round(by / timedelta(hours=1)), now=wall.astimezone())
            )
    if row.ticked_until is None:
        return Finding("clock", NOTE, Say("cli-doctor-never-ticked", now=now))
    if wall + row.offset - row.ticked_until > PATIENCE:
        return Finding(
            "clock", NOTE, Say("cli-doctor-tick", now=now, ticked=output.cell(row.ticked_until, settings.timezone))
        )
    return Finding("clock", OK, Say("cli-doctor-rehearsal" if row.rehearsal else "cli-doctor-clock", now=now))


def _campaign_time(conn: Connection, settings: Settings, wall: datetime) -> datetime:
    return (wall + clock.read(conn).offset).astimezone(settings.timezone)


def _holidays(conn: Connection, settings: Settings, wall: datetime) -> Finding:
    horizon.arrange(settings)
    end = horizon.holidays(_campaign_time(conn, settings, wall))
    return Finding("holidays", NOTE if end.near else OK, end.what)


def _campaign(conn: Connection, settings: Settings, wall: datetime) -> Finding:
    end = horizon.campaign(load(settings.pack), _campaign_time(conn, settings, wall))
    return Finding("campaign", NOTE if end.near else OK, end.what)


def _registry(conn: Connection) -> Finding:
    every, marked = registry.count_as_on_licence(conn)
    return Finding("registry", OK, Say("cli-doctor-registry", number=every, marked=marked))


def _fonts(conn: Connection) -> Finding:
    """Each name that is known must come out on paper."""
    from reports.typesetting import lacking  # noqa: PLC0415  # fonts are wanted here only

    signs = lacking("".join(names.printed(conn)))
    if signs:
        return Finding("fonts", NOTE, Say("cli-doctor-fonts-lack", signs="".join(sorted(signs))))
    return Finding("fonts", OK, Say("cli-doctor-fonts"))


def _outbox(conn: Connection, wall: datetime) -> Finding:
    counts = outbox.counts(conn)
    lost = counts.get("failed", 0) + counts.get("rejected", 0)
    stuck = outbox.overdue(conn, wall - PATIENCE, but=terminal.NAME)
    if lost or stuck:
        return Finding("outbox", WRONG, Say("cli-doctor-outbox-stuck", lost=lost, stuck=stuck))
    return Finding("outbox", OK, Say("cli-doctor-outbox", waiting=counts.get("ready", 0)))


def _sent_files(conn: Connection, wall: datetime) -> Finding:
    """Files that were given up; their words arrived, so it is nothing that stands still."""
    lost = outbox.lost_files(conn, wall - LOST_FOR)
    if not lost:
        return Finding("sent-files", OK, Say("cli-doctor-sent-files"))
    names = list(dict.fromkeys(printable(name) for name, _ in lost if name))
    why = printable(lost[0][1])[:WHY]
    listed = Listed((*names[:NAMED], *("…" for _ in names[NAMED : NAMED + 1])))
    return Finding("sent-files", NOTE, Say("cli-doctor-sent-files-lost", number=len(lost), names=listed, why=why))


def _inbox(conn: Connection, settings: Settings) -> Finding:
    for newest in inbox.failures(conn, 1):
        at, why = output.cell(newest.received_at, settings.timezone), printable(newest.error)[:WHY]
        return Finding("inbox", WRONG, Say("cli-doctor-inbox-failed", number=inbox.failed(conn), at=at, why=why))
    return Finding("inbox", OK, Say("cli-doctor-inbox"))


def _audit(conn: Connection, settings: Settings, *, full: bool, wall: datetime) -> Finding:
    """Each row is looked at where there are not too many, or where that is asked for; else the end alone."""
    if keys.is_made_at_first_use(settings):
        return Finding("audit", NOTE, Say("cli-doctor-no-key"))
    ring = keys.ring(settings)
    known = [] if settings.audit_anchor_file is None else anchors.in_file(settings.audit_anchor_file)
    verdict = audit_chain.look_at_end(conn, ring, known)
    if verdict.state is State.NEW:
        return Finding("audit", NOTE, Say("cli-audit-new"))
    each = full or verdict.sealed <= ROWS
    if each:
        verdict = audit_chain.verify(conn, ring, known)
    wrong = audit_finding(verdict)
    if wrong is not None:
        return Finding("audit", WRONG, wrong)
    if settings.audit_anchor_file is not None and not (known and -A_DAY <= wall - known[-1].at <= 2 * A_DAY):
        last = output.cell(known[-1].at, settings.timezone) if known else ""
        return Finding("audit", NOTE, Say("cli-doctor-anchors-ended", known=str(len(known)), last=last))
    if not each:
        return Finding("audit", NOTE, Say("cli-doctor-audit-end", number=verdict.sealed))
    return Finding("audit", OK, Say("cli-doctor-audit", number=verdict.sealed))


def _channels(conn: Connection) -> Finding:
    down = accounts.down(conn)
    if down:
        name, account, reason = down[0]
        return Finding("channels", WRONG, Say("cli-doctor-channel", name=name, account=account, reason=reason))
    return Finding("channels", OK, Say("cli-doctor-channels"))
