"""The listings of the command line, as programs read them, against what people did."""

import io
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

from bot.cli.entry import run
from tests.recount import stands
from tests.rehearsal.handed_in import firms
from tests.rehearsal.owed import REPORT, Owed, owed, turns
from tests.rehearsal.stage import ZONE, Stage
from tests.town import SECRET

A_MOMENT = timedelta(minutes=1)
"""By so much the bot may note another instant than somebody remembers."""
STATES = {"正常": "active", "停产": "suspended", "注销": "deregistered", "迁出": "moved", "合并": "merged"}


@dataclass(frozen=True, slots=True)
class Listed:
    """How much of the listings was compared, and what differs, in words."""

    lines: int
    mismatches: tuple[str, ...]

    def __str__(self) -> str:
        heading = f"lines of listings against what people did: {self.lines}, mismatches: {len(self.mismatches)}"
        return "\n".join((heading, *self.mismatches))


def listing(stage: Stage, *command: str) -> list[dict[str, Any]]:
    """What a command lists now."""
    settings = stage.app.settings
    environment = {
        "ANZHU_DATA_DIR": str(settings.data_dir),
        "ANZHU_DATABASE_URL": settings.database,
        "ANZHU_SECRET_KEY": SECRET,
    }
    with patch.dict(os.environ, environment), redirect_stdout(io.TextIOWrapper(io.BytesIO(), encoding="utf-8")) as out:
        code = run([*command, "--json", "--now", stage.now.isoformat()])
        out.seek(0)
    text = out.read()
    assert code == 0, text
    found: list[dict[str, Any]] = json.loads(text)
    return found


def compare(stage: Stage) -> Listed:
    """Every line of every listing."""
    parts = [_duties(stage), _enterprises(stage)]
    return Listed(
        sum(len(lines) for lines in parts),
        tuple(
            f"{name} {key}: listed {line[key]}, by what was done {wanted[key]}"
            for lines in parts
            for name, line, wanted in lines
            for key in wanted
            if not _is_same(line[key], wanted[key])
        ),
    )


Line = tuple[str, Mapping[str, Any], Mapping[str, Any]]
"""What a line is called, as it is listed, and as it ought to be."""


def _is_same(listed: Any, wanted: Any) -> bool:
    if isinstance(wanted, datetime):
        return listed is not None and abs(datetime.fromisoformat(listed) - wanted) <= A_MOMENT
    return bool(listed == wanted)


def _duties(stage: Stage) -> list[Line]:
    known = owed(stage)
    lines = listing(stage, "duties")
    assert {line["id"] for line in lines} == known.keys()
    return [
        (f"{line['obligation']} of {line['subject']} {line['period']}", line, dict(_wanted(stage, known[line["id"]])))
        for line in lines
    ]


def _wanted(stage: Stage, duty: Owed) -> Iterator[tuple[str, Any]]:
    story = duty.story
    yield "status", duty.status
    yield "overdue", duty.overdue(stage.now)
    yield "late", duty.late
    yield "done_on", None if story.done_on is None else story.done_on.isoformat()
    yield "met", story.met if duty.status == "answered" else None
    yield "met_by", None if story.met_by is None else story.met_by.isoformat()
    if story.at is not None:
        yield "answered_at", story.at
    if duty.row.obligation != REPORT:
        # The plan of a hazard is mostly, but not always, told with a receipt.
        yield "receipt", story.code or None


def _enterprises(stage: Stage) -> list[Line]:
    today, gone, known = stage.now.astimezone(ZONE).date(), turns(stage), firms()
    lines: list[Line] = []
    for line in listing(stage, "enterprises"):
        firm, word = known[line["code"]], stands(gone, line["code"], today, today)
        wanted = {"name": firm.name, "employees": firm.employees, "state": STATES[word]}
        lines.append((f"enterprise {line['code']}", line, wanted))
    return lines
