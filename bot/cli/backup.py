"""A backup of everything in one file, and its way back."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from bot import keys
from bot.cli import logs, output, session
from bot.cli.faults import Fault
from bot.cli.helping import Command
from bot.cli.options import Json, argument, option
from bot.cli.words import say, words
from bot.files import shelf
from bot.settings import Settings
from service.core.access_log import Access
from storage import backup as taking
from storage import people, schema
from storage.archive import FILE, Archive, Manifest
from storage.backup import Source
from storage.keys import KeyRing, UnknownKeyError
from storage.restore import Place, restore
from talk.texts import Say

app = typer.Typer()

MEGABYTE: Final = 1024 * 1024

BackupFile = Annotated[str, argument(Say("cli-name-backup"), Say("cli-option-backup-file"))]
Recipients = Annotated[list[str] | None, option("--recipient", Say("cli-option-recipient"), Say("cli-name-recipient"))]
Identity = Annotated[str | None, option("--identity", Say("cli-option-identity"), Say("cli-name-file"))]


@app.command("backup", cls=Command, help=words(Say("cli-help-backup")))
def backup(
    file: BackupFile,
    verify: Annotated[bool, option("--verify", Say("cli-option-backup-verify"))] = False,
    recipient: Recipients = None,
    identity: Identity = None,
    as_json: Json = False,
) -> None:
    """Put the database and the kept files into one file, while the bot runs; or check one."""
    chosen = session.settings()
    if verify:
        with _archive(chosen, Path(file), identity) as archive:
            archive.check()
            sealed = _sealed(archive, chosen)
            _tell("sound", Path(file), archive.manifest, chosen, as_json=as_json, sealed=sealed)
        if not as_json and not sealed:
            say(Say("backup-seal-unchecked", key=archive.sealer))
        return
    logs.to_stderr()
    manifest = _take(chosen, Path(file), recipient or [])
    _tell("done", Path(file), manifest, chosen, as_json=as_json)
    if not as_json and (manifest.missing or manifest.spoilt):
        say(Say("backup-lacks", missing=manifest.missing, spoilt=manifest.spoilt))


def _take(chosen: Settings, file: Path, recipients: list[str]) -> Manifest:
    from storage import age  # noqa: PLC0415  # a library of its own, wanted here only

    to = age.recipients(recipients)
    if chosen.database_file is not None and not chosen.database_file.exists():
        raise Fault(Say("backup-no-database"))
    ring = keys.ring(chosen)
    source = Source(chosen.database, shelf(chosen), chosen.pack, version("anzhu"))
    with taking.whole(file) as out:
        part = taking.part_of(file)
        # What is encrypted may go to a disk of others: the draft of the database, which is not, stays here.
        draft = (chosen.data_dir / part.name if to else part).with_suffix(".anzhu-draft")
        if to:
            chosen.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
            with age.encrypting(out, to) as plain:
                manifest = taking.write(plain, source, ring, datetime.now(UTC), draft)
        else:
            manifest = taking.write(out, source, ring, datetime.now(UTC), draft)
        _note(chosen, file, manifest)
    return manifest


def _note(chosen: Settings, file: Path, manifest: Manifest) -> None:
    """Note in the audit who takes everything away; a database with older tables is left as it is."""
    if schema.is_current(chosen.database):
        with session.reading() as bot:
            number = bot.look(lambda uow: len(people.everybody(uow.conn)))
            taken_at = manifest.taken_at.isoformat(timespec="seconds")
            session.note_look(bot, Access.BACKUP, "database", number, name=file.name, taken_at=taken_at)


@app.command("restore", cls=Command, help=words(Say("cli-help-restore")))
def restore_(file: BackupFile, identity: Identity = None, as_json: Json = False) -> None:
    """Put a backup into an empty data folder, or an empty database of PostgreSQL."""
    logs.to_stderr()
    chosen = session.settings()
    with _archive(chosen, Path(file), identity) as archive:
        if keys.is_made_at_first_use(chosen):
            # None is made: it would open nothing of this.
            raise Fault(Say("backup-needs-key", key=archive.sealer))
        place = Place(chosen.database, chosen.data_dir, chosen.files)
        restore(archive, place, keys.ring(chosen), datetime.now(UTC), session.operator(chosen))
        _tell("restored", Path(file), archive.manifest, chosen, as_json=as_json)


@contextmanager
def _archive(chosen: Settings, file: Path, identity: str | None) -> Iterator[Archive]:
    from storage import age  # noqa: PLC0415  # as above

    folder = chosen.data_dir.absolute()
    near = next(place for place in (folder, *folder.parents) if place.is_dir())
    with age.opened(file, None if identity is None else Path(identity), near) as plain:
        yield Archive(plain)


def _sealed(archive: Archive, chosen: Settings) -> bool:
    """Return whether the seal is right; False where its key is not at hand. ArchiveError: it is wrong."""
    if keys.is_made_at_first_use(chosen):
        return False
    ring: KeyRing = keys.ring(chosen)
    try:
        ring.by_id(archive.sealer)
    except UnknownKeyError:
        return False
    archive.trust(ring)
    return True


def _tell(
    what: str, file: Path, manifest: Manifest, chosen: Settings, *, as_json: bool, sealed: bool | None = None
) -> None:
    files = sum(1 for name in manifest.members if FILE.fullmatch(name))
    size = sum(member.size for member in manifest.members.values())
    if as_json:
        told: dict[str, Any] = {
            **output.picked(manifest, "taken_at", "program", "schema", "database", "campaign", "newest", "anchor"),
            **output.picked(manifest, "keys", "missing", "spoilt"),
            "file": str(file),
            "files": files,
            "bytes": size,
        }
        output.single(told if sealed is None else {**told, "sealed": sealed}, chosen.timezone)
        return
    newest = manifest.newest.get("answer")
    say(
        Say(
            "backup-told",
            what=what,
            file=str(file),
            files=files,
            size=-(-size // MEGABYTE),
            # With the year, whichever campaign it is of.
            taken=output.cell(manifest.taken_at, chosen.timezone),
            newest="-" if newest is None else output.cell(newest, chosen.timezone),
            key=manifest.keys[0],
        )
    )
    if manifest.anchor is not None:
        say(Say("backup-anchor", anchor=manifest.anchor))
