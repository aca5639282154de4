"""Journals: whole talks, kept with the end that they came to, and driven to it again ever after.

A journal is {dialog, brief, answers: [{key, rev, value}, …], end: {result, visited, …}}; its answers are all
that were given, in order. To record one, type what a person does, a line each:

    .venv/bin/python -m tests.dialogs.journal monthly-dispatch BRIEF.json < LINES > journals/NAME.json

`[yes]` taps an option, `[funds+training]` toggles several, `<photo.jpg>` sends a photo, `^day` asks for the
question "day" again, `@2023-06-20T09:00+08:00` moves the clock; every other line is typed.

When a meaning changes under a new `rev`, the answers under it are added to the journals, and none is removed.
"""

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from bot.subjects import TALKS
from talk.conversation import Finished, Remembered, Turn, drive
from talk.questions import Choices
from tests.dialogs.talker import Talker, photo

JOURNALS = sorted((Path(__file__).parent / "journals").glob("*.json"))

Journal = Mapping[str, Any]


def read(path: Path) -> Journal:
    """Read a journal."""
    journal: Journal = json.loads(path.read_text(encoding="utf-8"))
    return journal


def driven(journal: Journal) -> dict[str, Any]:
    """Drive a journal with its answers; give the end, or the question that is asked instead."""
    answers = {one["key"]: Remembered(one["rev"], one["value"]) for one in journal["answers"]}
    state = drive(TALKS[journal["dialog"]].opened, journal["brief"], answers)
    return {"asks": state.question.key} if isinstance(state, Turn) else as_recorded(_end(state), journal["end"])


def as_recorded(end: Mapping[str, Any], kept: Mapping[str, Any]) -> dict[str, Any]:
    """Give of an end what a kept one tells: a result may have more fields by now."""
    return {key: _as_recorded(value, kept[key]) for key, value in end.items() if key in kept}


def _as_recorded(value: Any, kept: Any) -> Any:
    match value, kept:
        case Mapping(), Mapping():
            return as_recorded(value, kept)
        case [*values], [*others] if len(values) == len(others):
            return [_as_recorded(*pair) for pair in zip(values, others, strict=True)]
        case _:
            return value


def record(kind: str, brief: Mapping[str, Any], lines: Iterable[str]) -> Journal:
    """Play what a person does, up to the end of the dialog."""
    talker = Talker(TALKS[kind].opened, brief)
    for line in lines:
        mark, rest = line[:1], line[1:].rstrip("]>")
        if mark == "[" and isinstance(talker.question, Choices):
            talker.toggles(*rest.split("+"))
        elif mark == "[":
            talker.taps(rest)
        elif mark == "<":
            talker.sends(photo(rest))
        elif mark == "^":
            talker.edits(rest)
        elif mark == "@":
            talker.at = datetime.fromisoformat(rest)
        else:
            talker.says(line)
    return {
        "dialog": kind,
        "brief": dict(brief),
        "answers": [{"key": key, "rev": one.rev, "value": one.value} for key, one in talker.given],
        "end": _end(talker.end),
    }


def _end(state: Finished[Any]) -> dict[str, Any]:
    result = state.result
    if is_dataclass(result):
        told = {one.name: _json(getattr(result, one.name)) for one in fields(result)}
    else:
        told = {"value": result}
    return {"result": type(result).__name__, **told, "visited": [one.question.key for one in state.visited]}


def _json(value: Any) -> Any:
    if is_dataclass(value):
        return {one.name: _json(getattr(value, one.name)) for one in fields(value) if one.compare}
    if isinstance(value, Mapping):
        return {str(key): _json(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return [_json(one) for one in value]
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date | time) else value


if __name__ == "__main__":
    _, kind, brief = sys.argv
    recorded = record(kind, json.loads(Path(brief).read_text(encoding="utf-8")), sys.stdin.read().splitlines())
    sys.stdout.write(json.dumps(recorded, ensure_ascii=False, indent=2) + "\n")
