"""PDF by Typst. Words come as data, never as source, so that nothing which people typed can be markup."""

import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final
from unicodedata import category

import typst
from fontTools.ttLib import TTFont

from talk.cleaning import writable_all

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
TEMPLATES = HERE / "templates"

_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"})
"""The categories of characters that leave no ink; what a later Unicode brings, or somebody made privately, does."""
_SELECTORS: Final = (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
"""Variation selectors: where no font has the variant, the plain character is drawn."""
_noticed: ContextVar[set[str] | None] = ContextVar("noticed", default=None)


@contextmanager
def noticing() -> Iterator[set[str]]:
    """Gather, of all that is set meanwhile, the characters that no font has: an empty box is printed for each."""
    gathered: set[str] = set()
    token = _noticed.set(gathered)
    try:
        yield gathered
    finally:
        _noticed.reset(token)


def lacking(words: str) -> frozenset[str]:
    """Return the characters of a text that no font has that papers are set with. The first time it takes seconds where
    one is in none: then each font of the machine is looked at.
    """
    ink = (sign for sign in set(words) if category(sign) not in _UNSEEN and ord(sign) not in _SELECTORS)
    rare = frozenset(sign for sign in ink if ord(sign) not in _own_signs())
    return _in_none(rare, tuple((font.path, font.index) for font in _fonts().fonts())) if rare else rare


def pdf(template: str, facts: Mapping[str, Any], at: datetime, pictures: Mapping[str, bytes] | None = None) -> bytes:
    """Set a document by a template of `templates` and return the PDF; the facts are JSON, and name pictures by their
    file names.
    """
    return _compiled(template, facts, at, pictures or {}, "pdf")[0]


def pages(
    template: str,
    facts: Mapping[str, Any],
    at: datetime,
    pictures: Mapping[str, bytes] | None = None,
    ppi: float = 100,
) -> list[bytes]:
    """Set a document as `pdf` does, and return a picture (PNG) of each page; `ppi`: pixels an inch."""
    return _compiled(template, facts, at, pictures or {}, "png", ppi)


def _compiled(
    template: str,
    facts: Mapping[str, Any],
    at: datetime,
    pictures: Mapping[str, bytes],
    form: str,
    ppi: float = 100,
) -> list[bytes]:
    with tempfile.TemporaryDirectory(prefix="anzhu-") as folder:
        root = Path(folder)
        for source in TEMPLATES.iterdir():
            (root / source.name).write_bytes(source.read_bytes())
        for name, picture in pictures.items():
            (root / name).write_bytes(picture)
        words = json.dumps(writable_all(facts), ensure_ascii=False)
        if (gathered := _noticed.get()) is not None:
            gathered |= lacking(words)
        compiler = typst.Compiler(root / f"{template}.typ", root=root, font_paths=_fonts())
        made = compiler.compile(
            format="png" if form == "png" else "pdf",
            sys_inputs={"facts": words},
            timestamp=int(at.timestamp()),
            ppi=ppi,
        )
    return made if isinstance(made, list) else [made or b""]


@cache
def _fonts() -> typst.Fonts:
    # Ours come first by their name; a rare character of a name is looked for in those of the system.
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=False, font_paths=[FONTS])


@cache
def _own_signs() -> frozenset[int]:
    (font,) = FONTS.glob("*.otf")
    return _signs(str(font), 0)


def _signs(font: str, index: int) -> frozenset[int]:
    with TTFont(font, fontNumber=index, lazy=True) as opened:
        return frozenset(opened.getBestCmap() or ())


@lru_cache(64)
def _in_none(signs: frozenset[str], fonts: tuple[tuple[str | None, int], ...]) -> frozenset[str]:
    for font, index in fonts:
        if signs and font is not None:
            try:
                here = _signs(font, index)
            except Exception:  # noqa: BLE001, S112  # a broken font of the machine has nothing to say
                continue
            signs = frozenset(sign for sign in signs if ord(sign) not in here)
    return signs
