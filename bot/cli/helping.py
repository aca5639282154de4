"""Commands and groups as typer makes them, whose help and complaints are ours, in the language of the terminal."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from textwrap import fill
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from bot.cli.administrators import admit
from bot.cli.faults import Fault
from bot.cli.words import words
from talk.cleaning import printable
from talk.texts import Listed, Say

WIDTH = 100
"""Columns of help at the most: longer lines are hard to read."""

Pairs = Iterable[tuple[str, str]]


class Command(TyperCommand):
    """One command."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        ctx.allow_extra_args = True
        try:
            surplus = super().parse_args(ctx, args)
        except typer.TyperException as error:
            raise _misused(ctx, error) from error
        if surplus:
            raise Fault(Say("cli-surplus", given=_shown(surplus[0]), command=ctx.command_path))
        return surplus

    def invoke(self, ctx: Any) -> Any:
        admit(ctx.command_path)
        return super().invoke(ctx)

    def get_help(self, ctx: Any) -> str:
        return _page(ctx, self.help or "", _params(self.params), ())


class Group(TyperGroup):
    """Commands under one word."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not args:
            self.without_command(ctx)
        try:
            return super().parse_args(ctx, args)
        except typer.TyperException as error:
            raise _misused(ctx, error) from error

    def without_command(self, ctx: Any) -> None:
        """Nothing was asked for: name what can be."""
        raise Fault(Say("cli-no-subcommand", command=ctx.command_path, known=Listed(tuple(self.list_commands(ctx)))))

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        command = self.get_command(ctx, args[0])
        if command is None:
            raise self._unknown(ctx, args[0])
        return args[0], command, args[1:]

    def _unknown(self, ctx: Any, name: str) -> Fault:
        known = self.list_commands(ctx)
        if name.startswith("-"):
            return Fault(Say("cli-no-such-option", option=_shown(name), command=ctx.command_path))
        near = get_close_matches(name, known, n=1)
        if near:
            return Fault(Say("cli-no-such-command-near", name=_shown(name), near=near[0]))
        return Fault(Say("cli-no-such-command", name=_shown(name), command=ctx.command_path))

    def get_help(self, ctx: Any) -> str:
        return _page(ctx, self.help or "", _params(self.params), self.summaries(ctx))

    def summaries(self, ctx: Any) -> Pairs:
        """Each command with its first sentence."""
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            yield name, (command.help or "").splitlines()[0] if command else ""


class ListingGroup(Group):
    """Commands under a word that by itself lists."""

    def invoke(self, ctx: Any) -> Any:
        if not ctx._protected_args:  # noqa: SLF001  # typer keeps nowhere else, yet, whether a command follows
            admit(ctx.command_path)
        return super().invoke(ctx)

    def without_command(self, ctx: Any) -> None:
        del ctx


def _misused(ctx: Any, error: typer.TyperException) -> Fault:
    """Return what typer's parser found wrong, by what its errors carry: their own words are English only."""
    option = getattr(error, "option_name", None)
    param = getattr(error, "param", None)
    if option is not None and hasattr(error, "possibilities"):
        near = (get_close_matches(option, _options(ctx.command.params), n=1) or [""])[0]
        if near:
            return Fault(Say("cli-no-such-option-near", option=_shown(option), near=near))
        return Fault(Say("cli-no-such-option", option=_shown(option), command=ctx.command_path))
    if option is not None:
        return Fault(Say("cli-option-value", option=_shown(option), command=ctx.command_path))
    if param is not None:
        return Fault(Say("cli-missing", name=_name(param), command=ctx.command_path))
    return Fault(Say("cli-misused", command=ctx.command_path))


def _options(params: Sequence[Any]) -> list[str]:
    return [option for param in params for option in param.opts if option.startswith("--")]


def _name(param: Any) -> str:
    """Return the name of a parameter on the command line."""
    if param.param_type_name == "argument":
        return str(param.metavar)
    return f"{param.opts[0]}{f' {param.metavar}' if param.metavar else ''}"


def _params(params: Sequence[Any]) -> list[tuple[str, str, bool]]:
    found = [(_name(param), param.help or "", bool(param.required)) for param in params]
    return [*found, ("--help", words(Say("cli-help-help")), False)]


def _page(ctx: Any, about: str, params: Sequence[tuple[str, str, bool]], commands: Pairs) -> str:
    """The help of a command as plain text."""
    commands = list(commands)
    asked = [name if needed else f"[{name}]" for name, _, needed in params if name not in ("--help", "--version")]
    usage = " ".join((ctx.command_path, *asked, *([f"{words(Say('cli-name-command'))} …"] if commands else [])))
    told = fill(words(Say("cli-usage", usage=usage)), WIDTH, subsequent_indent="  ", break_on_hyphens=False)
    parts = [told, about]
    if commands:
        parts.append(f"{words(Say('cli-commands'))}\n{_columns(commands)}")
    listed = _columns([(name, told) for name, told, _ in params])
    parts.append(f"{words(Say('cli-options'))}\n{listed}")
    return "\n\n".join(parts)


def _columns(pairs: Sequence[tuple[str, str]]) -> str:
    # rich knows how wide Chinese is, and is wanted only where help is.
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table.grid(padding=(0, 3, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column()
    for name, told in pairs:
        table.add_row(Text(f"  {name}"), Text(told))
    console = Console(color_system=None, highlight=False)
    console.width = min(console.width, WIDTH)
    with console.capture() as capture:
        console.print(table)
    return "\n".join(line.rstrip() for line in capture.get().rstrip("\n").split("\n"))


def _shown(given: str) -> str:
    return printable(given[:60])
