"""Every regular expression of the product, and how its time grows with its input.

Attacks are made of the pieces that a pattern itself is written of, repeated, with an end that keeps it from matching:
what `recheck` and its like do by analysis is done here by doubling.
"""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from itertools import product
from pathlib import Path
from pkgutil import walk_packages
from time import thread_time
from typing import Any, Final

ROOT: Final = Path(__file__).parents[2]
PACKAGES: Final = ("bot", "campaign", "reports", "scheduler", "service", "storage", "talk")
USES: Final = ("search", "match", "fullmatch", "sub", "split", "findall", "finditer")
SEVERAL: Final = ("search", "fullmatch")
STEPS: Final = (16, 24, 32, 40, 48, 64, 100, 400, 1600, 6400)
"""Repetitions, one number after the other: what is exponential shows in the first, what is quadratic at the last."""
SLOW: Final = 0.03
"""Seconds that a pattern takes when it is worth a second look."""
GROWTH: Final = 3.0
"""A doubled input takes twice the time of a linear pattern, four times that of a quadratic one."""


@dataclass(frozen=True)
class Written:
    """A pattern of the product: where it stands, and the methods by which it is used."""

    pattern: str | bytes
    flags: int
    where: str
    uses: tuple[str, ...]


def patterns() -> list[Written]:
    """Return every pattern of the product: compiled ones of modules, and those that are written into a call."""
    found: dict[tuple[str | bytes, str], Written] = {}
    for package in PACKAGES:
        for module in walk_packages([str(ROOT / package)], f"{package}."):
            if "migrations" in module.name or module.name.endswith("__main__"):
                continue
            loaded = import_module(module.name)
            source = Path(str(loaded.__file__)).read_text(encoding="utf-8")
            for name, value in vars(loaded).items():
                uses = tuple(sorted(set(re.findall(rf"\b{name}\.({'|'.join(USES)})\b", source)))) or SEVERAL
                for compiled in _compiled(value):
                    if f"{name} = " in source or f"{name}: " in source:
                        where = f"{module.name}.{name}"
                        found[compiled.pattern, where] = Written(compiled.pattern, compiled.flags, where, uses)
            for use, text in _called(ast.parse(source)):
                found[text, module.name] = Written(text, 0, f"{module.name}: re.{use}", (use,))
    return list(found.values())


def _compiled(value: Any) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, (tuple, list)):
        for item in value:
            yield from _compiled(item)


def _called(tree: ast.AST) -> Iterator[tuple[str, str | bytes]]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="re"), attr=name),
                args=[ast.Constant(value=str() | bytes() as text), *_],
            ) if name in USES:
                yield name, text


def attacks(pattern: str) -> Iterator[tuple[str, str, str]]:
    """Give what stands before, what is repeated and what stands behind, in an attack on a pattern."""
    runs = re.findall(r"[\w<>:/&,#=\"'-]+", pattern)
    pieces = list(dict.fromkeys([*runs, *re.findall(r"[^\W\d_]+", pattern)]))[:7]
    signs = [piece[0] for piece in pieces] + [sign for sign in pattern if not sign.isalnum()]
    letters = list(dict.fromkeys([*"a1 ", "一", "\n", *signs]))[:16]
    pumps = [*letters, *pieces, *(a + b for a, b in product(letters[:5], repeat=2) if a != b)]
    for pump in dict.fromkeys(pumps):
        for before in ("", *pieces[:2]):
            yield before, pump, "\0"


def use_of(written: Written, name: str) -> Callable[[Any], object]:
    """Return what a pattern does by one of its methods, to a text."""
    compiled: Any = re.compile(written.pattern, written.flags)
    match name:
        case "sub":
            return partial(compiled.sub, written.pattern[:0])
        case "finditer":
            return lambda text: list(compiled.finditer(text))
        case _:
            method: Callable[[Any], object] = getattr(compiled, name)
            return method


def grows(written: Written) -> str:
    """Return the attack under which a pattern is slow, and grows faster than its input; "" where there is none."""
    text = written.pattern.decode("latin-1") if isinstance(written.pattern, bytes) else written.pattern
    for name in written.uses:
        for before, pump, behind in attacks(text):
            attack = partial(_attack, before, pump, behind, isinstance(written.pattern, bytes))
            if _grows(use_of(written, name), attack):
                return f"{name} of {before!r} + {pump!r} * n + {behind!r}"
    return ""


def _attack(before: str, pump: str, behind: str, as_bytes: bool, times: int) -> str | bytes:
    text = before + pump * times + behind
    return text.encode("latin-1", "replace") if as_bytes else text


def _grows(use: Callable[[Any], object], attack: Callable[[int], str | bytes]) -> bool:
    for times in STEPS:
        if _seconds(use, attack(times)) > SLOW:
            # Once more: a busy machine is slow once, a bad pattern always; and a long pump is no growth.
            half, whole = (min(_seconds(use, attack(n)) for _ in range(3)) for n in (times // 2, times))
            return whole > SLOW / 2 and whole > GROWTH * half
    return False


def _seconds(use: Callable[[Any], object], text: str | bytes) -> float:
    # Of this thread: a busy machine says nothing about a pattern.
    began = thread_time()
    use(text)
    return thread_time() - began
