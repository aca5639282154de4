"""Which commands there are, and how one of them runs: whatever goes wrong ends in one line and an exit code."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.main import get_group

from bot.cli import caller
from bot.cli.faults import BAD_INPUT, FAILURE, Fault, explained, is_undecoded
from bot.cli.helping import Group, Pairs
from bot.cli.words import complain, words
from talk.texts import Say

INTERRUPTED = 130

COMMANDS: dict[str, tuple[str, Say]] = {
    "demo": ("run", Say("cli-about-demo")),
    "start": ("start", Say("cli-about-start")),
    "chat": ("run", Say("cli-about-chat")),
    "run": ("serve", Say("cli-about-run")),
    "tick": ("run", Say("cli-about-tick")),
    "tidy": ("tidy", Say("cli-about-tidy")),
    "import": ("imports", Say("cli-about-import")),
    "invite": ("invite", Say("cli-about-invite")),
    "enterprises": ("enterprises", Say("cli-about-enterprises")),
    "duties": ("duties", Say("cli-about-duties")),
    "hazards": ("hazards", Say("cli-about-hazards")),
    "notices": ("notices", Say("cli-about-notices")),
    "annex": ("annex", Say("cli-about-annex")),
    "checks": ("checks", Say("cli-about-checks")),
    "report": ("report", Say("cli-about-report")),
    "permits": ("permits", Say("cli-about-permits")),
    "people": ("people", Say("cli-about-people")),
    "factor": ("factor", Say("cli-about-factor")),
    "outbox": ("outbox", Say("cli-about-outbox")),
    "inbox": ("inbox", Say("cli-about-inbox")),
    "papers": ("papers", Say("cli-about-papers")),
    "receipt": ("receipt", Say("cli-about-receipt")),
    "outline": ("dialogs", Say("cli-about-outline")),
    "replay": ("dialogs", Say("cli-about-replay")),
    "pack": ("packs", Say("cli-about-pack")),
    "db": ("database", Say("cli-about-db")),
    "backup": ("backup", Say("cli-about-backup")),
    "restore": ("backup", Say("cli-about-restore")),
    "doctor": ("doctor", Say("cli-about-doctor")),
    "audit": ("audit", Say("cli-about-audit")),
    "key": ("key", Say("cli-about-key")),
}
"""Each command with the module that holds it and what it does in a sentence."""


class Root(Group):
    """`anzhu` itself: the module of a command is imported when that command is called."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"bot.cli.{COMMANDS[cmd_name][0]}")
        return get_group(module.app).commands[cmd_name]

    def summaries(self, ctx: Any) -> Pairs:
        return ((name, words(about)) for name, (_, about) in COMMANDS.items())

    def without_command(self, ctx: Any) -> None:
        sys.stdout.write(f"{self.get_help(ctx)}\n")
        raise typer.Exit


app = typer.Typer(cls=Root, name="anzhu", help=words(Say("cli-about")), add_completion=False)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version  # noqa: PLC0415  # who asks for nothing of the kind does not wait for it

        sys.stdout.write(f"anzhu {version('anzhu')}\n")
        raise typer.Exit


@app.callback(invoke_without_command=False)
def named(
    operator: Annotated[
        str | None,
        typer.Option("--operator", metavar=words(Say("cli-name-operator")), help=words(Say("cli-option-operator"))),
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_version, help=words(Say("cli-option-version")))
    ] = False,
) -> None:
    """Keep who calls, for the command that follows."""
    del version
    caller.call_by(operator)


def run(args: Sequence[str]) -> int:
    """Run a command line; its exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show Chinese gets \uXXXX, which is sound JSON too, instead of an error.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    code = _run(args)
    try:
        sys.stdout.flush()
    except OSError as error:
        code = _unwritable(error)
    return code


def _run(args: Sequence[str]) -> int:
    root = get_group(app)
    try:
        _decoded(args)
        with root.make_context("anzhu", list(args)) as ctx:
            root.invoke(ctx)
    except typer.Exit as done:
        return done.exit_code
    except KeyboardInterrupt:
        complain(Say("cli-interrupted"))
        return INTERRUPTED
    except BrokenPipeError as error:
        return _unwritable(error)
    except typer.TyperException:
        complain(Say("cli-misused", command="anzhu"))
        return BAD_INPUT
    except Exception as error:
        if sys.flags.dev_mode:
            # python -X dev -m bot … shows where an unexpected error came from.
            raise
        fault = explained(error)
        complain(fault.what)
        return fault.code
    return 0


def _decoded(args: Sequence[str]) -> None:
    """Fault where an argument is no UTF-8 and names no file: a file may be called so, nothing else is."""
    if any(is_undecoded(arg) and not os.path.lexists(arg) for arg in args):
        raise Fault(Say("cli-undecoded"))


def _unwritable(error: OSError) -> int:
    """Nobody reads our output any more (`| head`): that is no failure; a full disk is."""
    # What is still buffered would fail once more when the interpreter closes the stream.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(error, BrokenPipeError):
        return 0
    fault: Fault = explained(error)
    complain(fault.what)
    return FAILURE
