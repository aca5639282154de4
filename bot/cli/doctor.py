"""Check that all is well: each thing is looked at by itself, so that one that fails hides no other."""

import os
import shlex
from collections.abc import Callable, Iterator
from contextlib import closing
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
from bot.in_force import in_force
from bot.settings import Settings
from bot.subjects import TALKS
from service.care import findings
from service.care.findings import WHY, Finding, Level, Look
from service.core.encryption import is_current
from storage import (
    anchors,
    audit_chain,
    clock,
    conversations,
    factors,
    growth,
    modes,
    names,
    outbox,
    registry,
    retention,
    rewinds,
    room,
    schema,
    telephones,
    workers,
)
from storage.audit_chain import State
from storage.conversations import Conversation
from storage.engine import is_encrypted, is_plain, open_database
from storage.files import FileStore
from storage.nearness import is_here
from storage.retention import Moment
from storage.survey import Broken
from storage.unreadable import Unreadable, UnreadableError
from talk.cleaning import printable
from talk.texts import FullDay, Listed, Say

ROWS: Final = 20_000
"""Rows of the audit log that are checked each time: a second's work."""
LOST_FOR: Final = timedelta(days=7)
NAMED: Final = 5
"""How long files that did not arrive are told of, and how many of them by name."""
WRITES_WITHIN: Final = 3.0
"""Seconds within which the database must be to write: the bot itself holds it for less."""
A_DAY: Final = timedelta(days=1)
"""How often an anchor is written."""
UNSWEPT: Final = timedelta(days=3)
"""How long what is over may wait: it ends once a day."""
A_WEEK: Final = timedelta(days=7)
A_MONTH: Final = timedelta(days=30)
SEEN_FOR: Final = 90
"""Days of the room on the disk below which that is told."""

Check = Callable[[], Finding]

app = typer.Typer()


@app.command("doctor", cls=Command, help=words(Say("cli-help-doctor")))
def doctor(full: Annotated[bool, option("--full", Say("cli-option-full"))] = False, as_json: Json = False) -> None:
    """Tell how each part is, a line for each."""
    chosen = session.settings()
    found = examine(chosen, full=full)
    if as_json:
        fields = ({"check": one.check, "level": one.level, "detail": one.what} for one in found)
        output.array(fields, chosen.timezone)
    else:
        for one in found:
            say(Say("cli-finding", level=one.level, what=one.what))
    if any(one.level is Level.ERROR for one in found):
        raise typer.Exit(FAILURE)


def examine(settings: Settings, *, full: bool = False) -> list[Finding]:
    """Look at every part. Nothing is changed, and no database is made where there is none."""
    outside: dict[str, Check] = {
        "data": partial(findings.disk, settings.folders),
        "modes": partial(_modes, settings),
        "key": partial(_key, settings),
        "files": partial(_files, settings, full=full),
        "pack": partial(_pack, settings),
        "ways": partial(_ways, settings),
        "administrators": partial(_administrators, settings.administrators),
        "schema": partial(_schema, settings),
    }
    found = [_looked_at(name, check) for name, check in outside.items()]
    if found[-1].level is Level.OK:
        found.append(_looked_at("database", partial(_database, settings)))
    return [*found, *_inside(settings, full=full)] if found[-1].level is Level.OK else found


def _looked_at(name: str, check: Check) -> Finding:
    try:
        return check()
    except Exception as error:  # noqa: BLE001  # whatever is wrong is what was looked for
        return Finding(name, Level.ERROR, explained(error).what)


def _modes(settings: Settings) -> Finding:
    """Others on this machine must not read what people said, nor the key."""
    folder = settings.data_dir
    if not folder.exists():
        return Finding("modes", Level.WARNING, Say("cli-doctor-no-modes"))
    with TemporaryFile(dir=folder) as file:
        kept = not os.fstat(file.fileno()).st_mode & modes.OTHERS
    if not kept:
        return Finding("modes", Level.ERROR, Say("cli-doctor-modeless", folder=str(folder.resolve())))
    beside = [] if settings.database_file is None else [settings.database_file]
    found = modes.open_within(folder, beside)
    if found:
        first = str(found[0].resolve())
        places = " ".join(shlex.quote(str(place.resolve())) for place in dict.fromkeys([folder, *beside]))
        return Finding("modes", Level.ERROR, Say("cli-doctor-open", number=len(found), first=first, places=places))
    return Finding("modes", Level.OK, Say("cli-doctor-modes"))


def _key(settings: Settings) -> Finding:
    if keys.is_made_at_first_use(settings):
        return Finding("key", Level.WARNING, Say("cli-doctor-no-key"))
    ring = keys.ring(settings)
    if keys.beside_data(settings):
        return Finding("key", Level.WARNING, Say("cli-doctor-key-beside", key=ring.current.id))
    return Finding("key", Level.OK, Say("cli-doctor-key", key=ring.current.id))


def _files(settings: Settings, *, full: bool) -> Finding:
    """How the kept files lie on the disk; with `full` each is opened, so that one that was changed is found."""
    store = FileStore(settings.files) if keys.is_made_at_first_use(settings) else shelf(settings)
    found = store.census(full=full)
    if found.spoilt:
        return Finding("files", Level.ERROR, Say("cli-doctor-files-spoilt", number=found.spoilt))
    if not settings.encrypt_files:
        return Finding("files", Level.OK, Say("cli-doctor-files-plain", number=found.number))
    if found.plain or found.old:
        return Finding("files", Level.WARNING, Say("cli-doctor-files-renew", plain=found.plain, old=found.old))
    return Finding("files", Level.OK, Say("cli-doctor-files-sealed", number=found.number))


def _pack(settings: Settings) -> Finding:
    pack = in_force(settings)
    return Finding("pack", Level.OK, Say("cli-doctor-pack", name=pack.name, title=pack.title))


def _ways(settings: Settings) -> Finding:
    """What travels to other machines must be read by nobody on the way."""
    plain = bool(settings.telegram_token.get_secret_value()) and settings.bot_api.startswith("http:")
    far = plain and not is_here(urlsplit(settings.bot_api).hostname or "")
    if far or (not settings.on_sqlite and is_plain(settings.database)):
        return Finding("ways", Level.WARNING, Say("cli-doctor-way-plain"))
    if not settings.on_sqlite and is_encrypted(settings.database) is False:
        return Finding("ways", Level.WARNING, Say("cli-doctor-way-unverified"))
    certificate = horizon.certificates(settings, datetime.now(UTC))
    if certificate is not None and certificate.near:
        return Finding("ways", Level.WARNING, certificate.what)
    return Finding("ways", Level.OK, Say("cli-doctor-ways"))


def _administrators(file: Path | None) -> Finding:
    """Who gives rights must not be who looks at what was done with them."""
    name = "administrators"
    if file is None:
        return Finding(name, Level.WARNING, Say("administrators-none"))
    if administrators.is_writable_by_others(file):
        return Finding(name, Level.ERROR, Say("administrators-writable", file=str(file)))
    several = administrators.several(administrators.read(file))
    if several:
        return Finding(name, Level.WARNING, Say("administrators-several", names=Listed(tuple(several))))
    return Finding(name, Level.OK, Say("administrators-apart"))


def _schema(settings: Settings) -> Finding:
    file = settings.database_file
    if file is not None and not file.exists():
        return Finding("schema", Level.WARNING, Say("cli-doctor-no-database"))
    tables = schema.current(settings.database) or ""
    if tables < schema.head():
        return Finding("schema", Level.ERROR, Say("cli-database-old"))
    if tables > schema.head():
        return Finding("schema", Level.WARNING, Say("care-schema-newer", tables=tables, program=schema.head()))
    return Finding("schema", Level.OK, Say("care-schema"))


def _database(settings: Settings) -> Finding:
    with closing(open_database(settings.database, patience=WRITES_WITHIN)) as database:
        database.run(clock.touch)
    return Finding("database", Level.OK, Say("cli-doctor-database"))


def _inside(settings: Settings, *, full: bool) -> Iterator[Finding]:
    wall = datetime.now(UTC)
    look = Look(wall, settings.timezone, clockwork.machine(), terminal.NAME)

    def at(check: findings.Check) -> Callable[[Connection], Finding]:
        return lambda conn: check(conn, look)

    checks: dict[str, Callable[[Connection], Finding]] = {
        **{name: at(check) for name, check in findings.CHECKS.items()},
        "holidays": partial(_holidays, settings=settings, wall=wall),
        "campaign": partial(_campaign, settings=settings, wall=wall),
        "seals": partial(_seals, settings=settings),
        "growth": partial(_growth, settings=settings, wall=wall),
        "registry": _registry,
        "fonts": _fonts,
        "sent-files": partial(_sent_files, wall=wall),
        "kept-files": partial(findings.missing_files, folder=settings.files),
        "rows": partial(_rows, full=full),
        "audit": partial(_audit, settings=settings, full=full, wall=wall),
    }
    with closing(open_database(settings.database)) as database:
        for name, check in checks.items():
            yield _looked_at(name, lambda check=check: database.look(check))  # type: ignore[misc]


def _campaign_time(conn: Connection, settings: Settings, wall: datetime) -> datetime:
    return (wall + clock.read(conn).offset).astimezone(settings.timezone)


def _holidays(conn: Connection, settings: Settings, wall: datetime) -> Finding:
    horizon.arrange(settings)
    end = horizon.holidays(_campaign_time(conn, settings, wall))
    return Finding("holidays", Level.WARNING if end.near else Level.OK, end.what)


def _campaign(conn: Connection, settings: Settings, wall: datetime) -> Finding:
    pack, now = in_force(settings), _campaign_time(conn, settings, wall)
    is_late = pack.start < now.date() - A_WEEK and now.date() <= pack.closes
    if is_late and pack.owed_from is None and clock.read(conn).ticked_until is None:
        return Finding("campaign", Level.WARNING, Say("cli-doctor-owed-from", first=FullDay(pack.start)))
    end = horizon.campaign(pack, now)
    return Finding("campaign", Level.WARNING if end.near else Level.OK, end.what)


def _seals(conn: Connection, settings: Settings) -> Finding:
    """A rotation that was cut off, or done by hand, has left what only an old key opens."""
    if keys.is_made_at_first_use(settings):
        return Finding("seals", Level.OK, Say("cli-doctor-seals"))
    ring = keys.ring(settings)
    sealed = [
        *(number for _, number in workers.everything_sealed(conn)),
        *(one.number for one in telephones.everything(conn)),
        *(kept for one in factors.everyone(conn) for kept in (one.secret, one.pending) if kept is not None),
    ]
    old = sum(not is_current(ring, one) for one in sealed)
    if old:
        return Finding("seals", Level.WARNING, Say("cli-doctor-seals-renew", number=old))
    return Finding("seals", Level.OK, Say("cli-doctor-seals"))


def _growth(conn: Connection, settings: Settings, wall: datetime) -> Finding:
    """What is kept by time must end, and what is kept for good must have room."""
    row, name, folder = clock.read(conn), "growth", settings.data_dir
    swept = growth.swept_at(conn)
    idle = timedelta() if swept is None else wall - swept
    if idle > UNSWEPT:
        return Finding(name, Level.WARNING, Say("cli-doctor-growth-unswept", age=findings.age(idle)))
    left = retention.due(conn, Moment(wall - A_WEEK, wall + row.offset - A_WEEK, settings.terms))
    if any(left.values()):
        kinds = Listed(tuple(Say("retention-kind", kind=kind) for kind, number in left.items() if number))
        return Finding(name, Level.WARNING, Say("cli-doctor-growth-kinds", kinds=kinds))
    size = growth.size(conn)
    told = {"size": size // findings.MEGABYTE, "free": room.left(folder).bytes // findings.MEGABYTE}
    share = growth.share_since(conn, wall + row.offset - A_MONTH)
    if settings.on_sqlite and share:
        days = round(told["free"] / (told["size"] * share) * A_MONTH.days) if told["size"] else SEEN_FOR
        if days < SEEN_FOR:
            growing = Say("cli-doctor-growth-disk", left=days, days=A_MONTH.days, **told)
            return Finding(name, Level.WARNING, growing)
    return Finding(name, Level.OK, Say("cli-doctor-growth", size=told["size"]))


def _registry(conn: Connection) -> Finding:
    every, marked = registry.count_as_on_licence(conn)
    return Finding("registry", Level.OK, Say("cli-doctor-registry", number=every, marked=marked))


def _fonts(conn: Connection) -> Finding:
    """Each name that is known must come out on paper."""
    from reports.typesetting import lacking  # noqa: PLC0415  # fonts are wanted here only

    signs = lacking("".join(names.printed(conn)))
    if signs:
        return Finding("fonts", Level.WARNING, Say("cli-doctor-fonts-lack", signs="".join(sorted(signs))))
    return Finding("fonts", Level.OK, Say("cli-doctor-fonts"))


def _sent_files(conn: Connection, wall: datetime) -> Finding:
    """Files that were given up; their words arrived, so it is nothing that stands still."""
    lost = outbox.lost_files(conn, wall - LOST_FOR)
    if not lost:
        return Finding("sent-files", Level.OK, Say("cli-doctor-sent-files"))
    names = list(dict.fromkeys(printable(name) for name, _ in lost if name))
    why = printable(lost[0][1])[:WHY]
    listed = Listed((*names[:NAMED], *("…" for _ in names[NAMED : NAMED + 1])))
    what = Say("cli-doctor-sent-files-lost", number=len(lost), names=listed, why=why)
    return Finding("sent-files", Level.WARNING, what)


def _rows(conn: Connection, *, full: bool) -> Finding:
    """Whether all rows can be read, and what people have in hand is what its talk knows."""
    briefs = [
        Broken("conversations", str(talk.id), "brief", settled=False)
        for talk in conversations.live(conn)
        if talk.dialog in TALKS and not _is_read(talk)
    ]
    return findings.rows(conn, None if full else findings.ROWS, briefs)


def _is_read(talk: Conversation) -> bool:
    if isinstance(talk.brief, Unreadable):
        return True  # it is found among the rows
    try:
        TALKS[talk.dialog].read(talk.brief)
    except UnreadableError:
        return False
    return True


def _audit(conn: Connection, settings: Settings, *, full: bool, wall: datetime) -> Finding:
    """Each row is looked at where there are not too many, or where that is asked for; else the end alone."""
    if keys.is_made_at_first_use(settings):
        return Finding("audit", Level.WARNING, Say("cli-doctor-no-key"))
    ring = keys.ring(settings)
    known = [] if settings.audit_anchor_file is None else anchors.in_file(settings.audit_anchor_file)
    verdict = audit_chain.look_at_end(conn, ring, known)
    if verdict.state is State.NEW:
        return Finding("audit", Level.WARNING, Say("cli-audit-new"))
    each = full or verdict.sealed <= ROWS
    if each:
        verdict = audit_chain.verify(conn, ring, known)
    wrong = audit_finding(verdict, rewinds.newest(conn), settings.timezone)
    if wrong is not None:
        return Finding("audit", Level.ERROR, wrong)
    if settings.audit_anchor_file is not None and not (known and -A_DAY <= wall - known[-1].at <= 2 * A_DAY):
        last = output.cell(known[-1].at, settings.timezone) if known else ""
        return Finding("audit", Level.WARNING, Say("cli-doctor-anchors-ended", known=str(len(known)), last=last))
    if not each:
        return Finding("audit", Level.WARNING, Say("cli-doctor-audit-end", number=verdict.sealed))
    return Finding("audit", Level.OK, Say("cli-doctor-audit", number=verdict.sealed))
