"""PDF by Typst. Words come as data, never as source, so that nothing which people typed can be markup."""

import json
import tempfile
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
TEMPLATES = HERE / "templates"


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
        compiler = typst.Compiler(root / f"{template}.typ", root=root, font_paths=_fonts())
        made = compiler.compile(
            format="png" if form == "png" else "pdf",
            sys_inputs={"facts": json.dumps(facts, ensure_ascii=False)},
            timestamp=int(at.timestamp()),
            ppi=ppi,
        )
    return made if isinstance(made, list) else [made or b""]


@cache
def _fonts() -> typst.Fonts:
    # Ours come first by their name; a rare character of a name is looked for in those of the system.
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=False, font_paths=[FONTS])
