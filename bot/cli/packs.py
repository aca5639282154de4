"""Packs: those that come with the project, and the check of one."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.cli import output, pack_writing, session
from bot.cli.faults import BAD_INPUT
from bot.cli.helping import Command, Group
from bot.cli.options import Json, argument
from bot.cli.output import Listing, picked
from bot.cli.pack_show import pack_show
from bot.cli.words import complain, say, words
from campaign.pack import Pack, load, shipped
from campaign.pack_check import check, notes
from talk.texts import FullDay, Say

app = typer.Typer()
packs = typer.Typer(cls=Group, help=words(Say("cli-about-pack")))
app.add_typer(packs, name="pack")


def _days(pack: Pack) -> Say:
    first = FullDay(pack.start)
    return Say("cli-from-to", first=first, last=FullDay(pack.end)) if pack.has_end else Say("cli-from", first=first)


@packs.command("list", cls=Command, help=words(Say("cli-help-pack-list")))
def pack_list(as_json: Json = False) -> None:
    """List the packs that come with the project."""
    chosen = session.settings()
    listing = Listing[Pack](
        lambda pack: {
            **picked(pack, "name", "title", "document", "start", "end"),
            "in_force": pack.name == chosen.pack,
        },
        (Say("cli-column-name"), "name"),
        (Say("cli-column-title"), "title"),
        (Say("cli-column-document"), "document"),
        (Say("cli-column-days"), _days),
        (Say("cli-column-in-force"), lambda pack: Say("cli-in-force") if pack.name == chosen.pack else ""),
    )
    listing.show([load(name) for name in shipped()], chosen.timezone, as_json=as_json)


@packs.command("check", cls=Command, help=words(Say("cli-help-pack-check")))
def pack_check(
    path: Annotated[Path, argument(Say("cli-name-path"), Say("cli-option-pack-path"))],
    as_json: Json = False,
) -> None:
    """Name every fault of a pack by file and line, and of one without fault what is odd."""
    problems = check(path)
    odd = [] if problems else notes(path)
    if as_json:
        zone = session.settings().timezone
        fields = (
            {"file": one.file, "line": one.line, "reason": one.what, "note": not problems} for one in (*problems, *odd)
        )
        output.array(fields, zone)
    else:
        for one in problems:
            say(Say("cli-pack-problem", file=one.file, line=one.line, what=one.what))
        for one in odd:
            say(Say("cli-pack-note", file=one.file, line=one.line, what=one.what))
    if problems:
        complain(Say("cli-pack-faults", number=len(problems), pack=str(path)))
        raise typer.Exit(BAD_INPUT)
    if not as_json:
        say(Say("cli-pack-sound", pack=str(path)))


packs.command("show", cls=Command, help=words(Say("cli-help-pack-show")))(pack_show)


@packs.command("schema", cls=Command, help=words(Say("cli-help-pack-schema")))
def pack_schema() -> None:
    """Print the JSON Schema of the files of a pack."""
    from campaign.pack_schema import written  # noqa: PLC0415  # it is made anew from the model, for this command alone

    sys.stdout.write(written())


pack_writing.add(packs)
