"""`anzhu pack new`, `diff` and `renew`: a pack is begun, compared, and taken into another year."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.cli import output, session
from bot.cli.faults import Fault
from bot.cli.helping import Command
from bot.cli.options import Json, Now, argument, option
from bot.cli.words import say, words
from campaign.pack import shipped
from campaign.pack_file import PACKS, PackFile, folder_of, read
from talk.texts import Say

IN = Annotated[Path | None, option("--in", Say("cli-option-pack-in"), Say("cli-name-folder"))]


def add(packs: typer.Typer) -> None:
    """Add the commands to `anzhu pack`, in the order in which they are listed."""
    for name, about, command in (
        ("new", Say("cli-help-pack-new"), pack_new),
        ("diff", Say("cli-help-pack-diff"), pack_diff),
        ("renew", Say("cli-help-pack-renew"), pack_renew),
    ):
        packs.command(name, cls=Command, help=words(about))(command)


def pack_new(
    name: Annotated[str, argument(Say("cli-name-pack"), Say("cli-option-pack-name"))],
    extends: Annotated[str | None, option("--extends", Say("cli-option-extends"), Say("cli-name-pack"))] = None,
    into: IN = None,
    now: Now = None,
) -> None:
    """Begin a pack in a new folder."""
    from campaign.pack_writing import begun  # noqa: PLC0415  # the model and its schema, for files only

    at = session.moment(now) or datetime.now(UTC)
    place = _place(into or Path(), name)
    if extends is not None:
        _sound(extends, place.parent / extends if not (PACKS / extends).is_dir() else PACKS / extends)
    _write(place, begun(name, extends, at.year))
    say(Say("cli-pack-begun", folder=str(place)))


def pack_diff(
    before: Annotated[Path, argument(Say("cli-name-path"), Say("cli-option-pack-path"))],
    after: Annotated[Path, argument(Say("cli-name-path"), Say("cli-option-pack-path"))],
    as_json: Json = False,
) -> None:
    """Print in what a pack differs from another, with all that both extend."""
    from campaign.pack_diff import differences  # noqa: PLC0415  # for this command alone

    zone = session.settings().timezone
    left, right = (_sound(str(path), folder_of(str(path))) for path in (before, after))
    found = differences(left.data, right.data)
    if as_json:
        output.array(({"at": one.way, "before": one.before, "after": one.after} for one in found), zone)
        return
    output.table(
        (Say("cli-column-way"), Say("cli-column-before"), Say("cli-column-after")),
        [(one.way, one.before or "", one.after or "") for one in found],
        zone,
    )


def pack_renew(
    name: Annotated[str, argument(Say("cli-name-path"), Say("cli-option-pack-path"))],
    year: Annotated[int, option("--year", Say("cli-option-renew-year"), Say("cli-name-year"))],
    as_: Annotated[str | None, option("--as", Say("cli-option-renew-as"), Say("cli-name-pack"))] = None,
    into: IN = None,
) -> None:
    """Write the pack of another year: what extends the old one, with its days moved."""
    from campaign import pack_renewal, pack_writing  # noqa: PLC0415  # as above

    folder = folder_of(name)
    old = _sound(name, folder)
    start = str(old.data.get("start", ""))[:4]
    if year not in session.YEARS or year <= int(start):
        raise Fault(Say("cli-pack-renew-year", given=str(year), start=start))
    is_shipped = folder.parent == PACKS
    if into is not None and not is_shipped and into.resolve() != folder.resolve().parent:
        raise Fault(Say("cli-pack-renew-beside", folder=str(folder.resolve().parent)))
    new = as_ or pack_renewal.folder_name(folder.resolve().name, year)
    place = _place(into or (Path() if is_shipped else folder.resolve().parent), new)
    found = pack_renewal.renewed(old.data, folder.resolve().name, new, year)
    _write(place, pack_writing.renewed(found))
    for look in found.looks:
        say(Say("cli-pack-look", at=look.way, value=look.value, why=look.why))
    say(Say("cli-pack-renewed", folder=str(place), number=len(found.looks)))


def _place(parent: Path, name: str) -> Path:
    """The folder of a pack to be written; Fault where it cannot be."""
    if re.fullmatch(r"[a-z0-9]+(?:[_-][a-z0-9]+)*", name) is None:
        raise Fault(Say("cli-pack-bad-name", given=name))
    if name in shipped():
        raise Fault(Say("cli-pack-name-shipped", given=name))
    place = parent / name
    if place.exists():
        raise Fault(Say("cli-pack-there", folder=str(place)))
    return place


def _sound(given: str, folder: Path) -> PackFile:
    """A pack that can be read; Fault where it cannot."""
    found = read(folder)
    if found.problems:
        raise Fault(Say("pack-broken", pack=given))
    return found


def _write(place: Path, text: str) -> None:
    from campaign.pack_schema import FILE, written  # noqa: PLC0415  # as above

    place.mkdir(parents=True)
    (place / FILE).write_text(written(), encoding="utf-8")
    (place / "pack.yaml").write_text(text, encoding="utf-8")
