"""Dialogs are pure: their syntax trees hold no clock, no chance, no input or output, no state between runs.

A dialog is driven from the top with every message, so whatever is not in its brief or its answers would be
done again each time, or differ from one time to the next. mypy holds what types can hold; the rest is here.
"""

import ast
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest

import bot.dialogs

ROOM = Path(bot.dialogs.__file__).parent
DIALOGS = sorted(ROOM.glob("**/*.py"))
NAMES = [path.relative_to(ROOM).as_posix() for path in DIALOGS]

OWN = ("talk", "campaign")
STDLIB = {
    "collections.abc": None,
    "dataclasses": None,
    "datetime": {"date", "datetime", "time", "timedelta"},
    "decimal": {"Decimal"},
    "enum": None,
    "typing": None,
}
"""What may be imported of the standard library: types; None stands for every name of the module."""
FILES = {"campaign.pack_file", "campaign.pack_check"}
READERS = {"load", "folder_of"}
"""What reads files among the rules."""
CLOCKS = {"now", "today", "utcnow", "fromtimestamp", "utcfromtimestamp"}
IMPURE = {
    *("open", "input", "print", "breakpoint"),
    *("exec", "eval", "compile", "__import__", "globals", "locals", "vars", "setattr", "delattr"),
    # These differ from one process to the next.
    *("id", "hash"),
}
DISPLAYS = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp, ast.GeneratorExp)
CONTAINERS = {"list", "dict", "set", "bytearray"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def impurities(source: str) -> list[str]:
    """Give what makes the source of a dialog impure, with the line of each."""
    tree = ast.parse(source)
    found = [*_imports(tree), *_names(tree), *_orders(tree), *_kept(tree.body)]
    for function in ast.walk(tree):
        if isinstance(function, Function):
            found += [*_yields(function), *_effects(function)]
    return [f"line {line}: {what}" for line, what in sorted(set(found))]


def _imports(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield node.lineno, f"import {node.names[0].name}: take names, with from … import"
        elif isinstance(node, ast.ImportFrom):
            module, names = node.module or "", {alias.name for alias in node.names}
            if node.level == 0 and module.startswith("bot.dialogs."):
                refused = set()  # held to the same rules itself
            elif node.level == 0 and module.partition(".")[0] in OWN:
                refused = names if module in FILES else names & READERS
            elif node.level == 0 and module in STDLIB:
                allowed = STDLIB[module]
                refused = set() if allowed is None else names - allowed
            else:
                refused = names
            yield from ((node.lineno, f"imports {name} from {'.' * node.level}{module}") for name in refused)


def _names(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in IMPURE:
            yield node.lineno, f"uses {node.id}"
        elif isinstance(node, ast.Attribute) and node.attr in CLOCKS:
            yield node.lineno, f"looks at a clock: {node.attr}"
        elif isinstance(node, ast.Global):
            yield node.lineno, "changes what is global"
        elif isinstance(node, ast.AsyncFunctionDef | ast.Await | ast.AsyncFor | ast.AsyncWith):
            yield node.lineno, "is asynchronous"


def _orders(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Find loops over sets: the order of their strings is another one in each process."""
    for node in ast.walk(tree):
        if isinstance(node, ast.For | ast.comprehension):
            over = node.iter
            if isinstance(over, ast.Set | ast.SetComp) or _called(over) in {"set", "frozenset"}:
                yield over.lineno, "goes through a set, in no order"


def _kept(nodes: Iterable[ast.AST]) -> Iterator[tuple[int, str]]:
    """Find what outlives a run and can be changed: in a module, a class, or the defaults of a function."""
    for node in nodes:
        if isinstance(node, DISPLAYS) or _called(node) in CONTAINERS:
            yield _line(node), "keeps something that can be changed"
        elif isinstance(node, ast.ClassDef) and not _is_frozen(node):
            yield node.lineno, "has a class that is not frozen"
        elif isinstance(node, ast.Subscript):
            yield from _kept([node.value])
        elif isinstance(node, Function | ast.Lambda):
            defaults = [default for default in (*node.args.defaults, *node.args.kw_defaults) if default is not None]
            yield from _kept(defaults)
        else:
            yield from _kept(ast.iter_child_nodes(node))


def _is_frozen(node: ast.ClassDef) -> bool:
    for decorator in node.decorator_list:
        if isinstance(decorator, ast.Call) and _called(decorator) == "dataclass":
            flags = {flag.arg: flag.value for flag in decorator.keywords}
            frozen = flags.get("frozen")
            return isinstance(frozen, ast.Constant) and frozen.value is True
    return bool(node.bases) and not node.decorator_list


def _yields(function: Function) -> Iterator[tuple[int, str]]:
    held = [node for guard in _inside(function) if isinstance(guard, _GUARDS) for node in _inside(guard)]
    for node in held:
        if isinstance(node, _YIELDS):
            yield node.lineno, "waits for an answer inside try or with"
    waits = [node for node in _inside(function) if isinstance(node, _YIELDS)]
    for node in waits:
        if isinstance(node, ast.Yield):
            yield node.lineno, "yields: an answer has a type only with yield from"
    returned = function.returns
    if waits and not (isinstance(returned, ast.Subscript) and _name(returned.value) == "Talk"):
        yield function.lineno, f"{function.name} asks, but does not say that it is a Talk[…]"
    elif waits and isinstance(returned, ast.Subscript) and not _is_none(returned.slice) and not _ends(function.body):
        yield function.lineno, f"{function.name} asks, but does not end with what it decided"


_GUARDS = (ast.Try, ast.TryStar, ast.With)
_YIELDS = (ast.Yield, ast.YieldFrom)


def _effects(function: Function) -> Iterator[tuple[int, str]]:
    """Find statements that change what is not the function's own, and answers that nobody takes."""
    inside = list(_inside(function))
    own = {node.id for node in inside if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    for node in inside:
        if isinstance(node, ast.Attribute | ast.Subscript) and not isinstance(node.ctx, ast.Load):
            if isinstance(node, ast.Attribute) or _root(node) not in own:
                yield node.lineno, "changes what it was given"
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            call = node.value
            if not (isinstance(call.func, ast.Attribute) and _root(call.func) in own):
                yield node.lineno, "drops the answer of a call: without yield from nothing is asked"


def _inside(node: ast.AST) -> Iterator[ast.AST]:
    """Go through what lies in a node, but not in a function within."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, Function | ast.Lambda | ast.ClassDef):
            yield child
            yield from _inside(child)


def _ends(body: Sequence[ast.stmt]) -> bool:
    match body[-1]:
        case ast.Return(value=value):
            return value is not None
        case ast.Raise():
            return True
        case ast.If(body=then, orelse=otherwise):
            return bool(otherwise) and _ends(then) and _ends(otherwise)
        case ast.Match(cases=cases):
            return all(_ends(case.body) for case in cases)
        case _:
            return False


def _called(node: ast.AST) -> str:
    return _name(node.func) if isinstance(node, ast.Call) else ""


def _name(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def _root(node: ast.AST) -> str:
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return _name(node)


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _line(node: ast.AST) -> int:
    return int(getattr(node, "lineno", 0))


@pytest.mark.parametrize("path", DIALOGS, ids=NAMES)
def test_every_dialog_is_pure(path: Path) -> None:
    assert impurities(path.read_text(encoding="utf-8")) == []


def test_the_dialogs_are_found() -> None:
    assert {"dispatch", "explain", "join", "plain"} <= {path.stem for path in DIALOGS}


GOOD = '''
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum

from campaign.periods import Period
from talk.conversation import Brief, Talk
from talk.questions import Option, YesNo

Reader = Callable[[Brief], date]
FORMS = (Option("a", "甲"), Option("b", "乙"))


class Level(Enum):
    """How much."""

    LOW = 1


@dataclass(frozen=True, slots=True)
class Done:
    """The end."""

    days: tuple[date, ...] = field(default_factory=tuple)


def dialog(brief: Brief) -> Talk[Done]:
    """A talk."""
    days = []
    counted: dict[str, int] = {}
    for name in sorted(set(brief["names"])):
        try:
            day = date.fromisoformat(name)
        except ValueError:
            continue
        held = yield from YesNo(key=f"held/{name}", ask="…", yes="是")
        if held:
            days.append(day + timedelta(days=1))
            counted[name] = 1
    yield from YesNo(key="more", ask="…")
    match len(counted):
        case 0:
            return Done()
        case _:
            return (yield from part(tuple(days)))


def part(days: tuple[date, ...]) -> Talk[Done]:
    """A part of it."""
    if (yield from YesNo(key="sure", ask="…")):
        return Done(days)
    else:
        raise ValueError(days)


def silent(brief: Brief) -> Talk[None]:
    """Nothing is decided."""
    yield from YesNo(key="seen", ask=str(brief))
'''


def test_straight_line_code_is_pure() -> None:
    assert impurities(GOOD) == []


def _talk(*lines: str) -> str:
    return "\n    ".join(("def dialog(brief: Brief) -> Talk[bool]:", *lines))


ASKED = 'held = yield from YesNo(key="held", ask="…")'


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import random", "import random"),
        ("import datetime", "import datetime"),
        ("import talk.texts, os", "import talk.texts"),
        ("from time import time", "imports time from time"),
        ("from os import environ", "imports environ from os"),
        ("from pathlib import Path", "imports Path from pathlib"),
        ("from datetime import UTC, date", "imports UTC from datetime"),
        ("from datetime import *", "imports * from datetime"),
        ("from functools import cache", "imports cache from functools"),
        ("from sqlalchemy import select", "imports select from sqlalchemy"),
        ("from service.core.unit_of_work import UnitOfWork", "imports UnitOfWork from service.core.unit_of_work"),
        ("from storage import people", "imports people from storage"),
        ("from bot.handlers import me", "imports me from bot.handlers"),
        ("from talking.questions import YesNo", "imports YesNo from talking.questions"),
        ("from .dispatch import FORMS", "imports FORMS from .dispatch"),
        ("from . import dispatch", "imports dispatch from ."),
        ("from campaign.pack import Pack, load", "imports load from campaign.pack"),
        ("from campaign.pack_file import PackFile", "imports PackFile from campaign.pack_file"),
        (_talk("from random import choice", "return True"), "imports choice from random"),
        (_talk(ASKED, "return date.today() > brief['due']"), "looks at a clock: today"),
        (_talk(ASKED, "at = datetime.now", "return at() is None"), "looks at a clock: now"),
        (_talk(ASKED, "return bool(open('notes').read())"), "uses open"),
        (_talk(ASKED, "return eval('held')"), "uses eval"),
        (_talk(ASKED, "return hash('甲') > 0"), "uses hash"),
        (_talk(ASKED, "print(held)", "return held"), "uses print"),
        (_talk("try:", f"    {ASKED}", "except ValueError:", "    return False", "return held"), "inside try or with"),
        (
            _talk("try:", "    if brief:", f"        {ASKED}", "finally:", "    pass", "return True"),
            "inside try or with",
        ),
        (_talk("try:", "    pass", "finally:", f"    {ASKED}", "return held"), "inside try or with"),
        (_talk("with brief['lock']:", f"    {ASKED}", "return held"), "inside try or with"),
        (_talk('held = yield YesNo(key="held", ask="…")', "return held"), "a type only with yield from"),
        (_talk('YesNo(key="held", ask="…")', ASKED, "return held"), "nothing is asked"),
        (_talk("_in_person(1)", ASKED, "return held"), "nothing is asked"),
        (_talk("brief.clear()", ASKED, "return held"), "nothing is asked"),
        (_talk(ASKED), "does not end with what it decided"),
        (_talk(ASKED, "if held:", "    return True"), "does not end with what it decided"),
        (_talk(ASKED, "return"), "does not end with what it decided"),
        (f"def dialog(brief):\n    {ASKED}\n    return held", "does not say that it is a Talk"),
        (f"def dialog(brief) -> Iterator[bool]:\n    {ASKED}\n    return held", "does not say that it is a Talk"),
        ("async def dialog(brief: Brief) -> bool:\n    return await ask()", "is asynchronous"),
        (_talk("brief['held'] = True", ASKED, "return held"), "changes what it was given"),
        (_talk("brief['previous']['form'] = 'a'", ASKED, "return held"), "changes what it was given"),
        (_talk("del brief['held']", ASKED, "return held"), "changes what it was given"),
        (_talk("COUNT.number += 1", ASKED, "return held"), "changes what it was given"),
        (_talk("global COUNT", "COUNT = 1", ASKED, "return held"), "changes what is global"),
        (_talk("for name in {'甲', '乙'}:", f"    {ASKED}", "return True"), "goes through a set"),
        (_talk(ASKED, "return any(name for name in set(brief))"), "goes through a set"),
        ("SEEN = []", "keeps something that can be changed"),
        ("SEEN: dict[str, int] = {}", "keeps something that can be changed"),
        ("SEEN = (1, [2])", "keeps something that can be changed"),
        ("SEEN = set()", "keeps something that can be changed"),
        ("SEEN = (name for name in '甲乙')", "keeps something that can be changed"),
        ("class Done(Enum):\n    names = ['甲']", "keeps something that can be changed"),
        ("def names(seen: list[str] = []) -> list[str]:\n    return seen", "keeps something that can be changed"),
        ("names = lambda seen={}: seen", "keeps something that can be changed"),
        ("@dataclass\nclass Done:\n    held: bool", "not frozen"),
        ("@dataclass(slots=True)\nclass Done:\n    held: bool", "not frozen"),
        ("@dataclass(frozen=False)\nclass Done:\n    held: bool", "not frozen"),
        ("class Done:\n    held = False", "not frozen"),
    ],
)
def test_what_is_impure_is_found(source: str, found: str) -> None:
    assert any(found in one for one in impurities(source)), impurities(source)
