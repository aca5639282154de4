"""Somebody's own data as files of JSON to take away."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from reports.drawing import File, draws
from service.people.own_data import OwnData, OwnDataPaper
from talk.cleaning import writable_all
from talk.texts import Say, render

PART: Final = 12 * 1024 * 1024
"""Bytes of one file at the most: every platform takes it."""


@draws(OwnDataPaper)
def draw(data: OwnData) -> list[File]:
    """Write the files, the first of them under the plain name."""
    return [
        File(
            render(Say("me-file-name") if number == 1 else Say("me-file-name-part", number=number), data.language),
            _written(part).encode(),
        )
        for number, part in enumerate(_parts(data.whole), 1)
    ]


def _parts(whole: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The whole in portions that fit into a file each; a list goes on in the next one under its name."""
    part: dict[str, Any] = {}
    size = 0
    for name, value in whole.items():
        part.setdefault(name, [] if isinstance(value, list) else value)
        for row in value if isinstance(value, list) else ():
            length = len(_written(row).encode())
            if size + length > PART and size:
                yield part
                part, size = {"id": whole["id"], name: []}, 0
            part[name].append(row)
            size += length
    yield part


def _written(part: Any) -> str:
    return json.dumps(writable_all(part), ensure_ascii=False, indent=2)
