"""Every hazard by its steps alone: how long it was asked about each week, and where it ended."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from storage.tables import hazard_steps, hazards
from tests.rehearsal.stage import Stage

AFTER = {
    "finish": "done",
    "relapse": "again",
    "progress": "again",
    "evaluate": "evaluated",
    "failed": "again",
    "passed": "passed",
    "close": "closed",
    "reopen": "again",
    "not_major": "left out",
    "merge": "left out",
    "withdraw": "left out",
}
"""Where a hazard stands after a step, as far as anything is counted by it."""


@dataclass
class Life:
    """A hazard by its steps alone: since when and until when it was asked about each week, and where it ended."""

    enterprise: str
    found: datetime
    stands: str = "found"
    planned: datetime | None = None
    closed: datetime | None = None
    asked: list[tuple[datetime, datetime | None]] = field(default_factory=list[tuple[datetime, datetime | None]])

    def take(self, event: str, at: datetime, *, at_once: bool) -> None:
        """One more step. `at_once`: it was found rectified, which no check-in asks about."""
        if event in ("plan", "finish") and self.planned is None:
            self.planned = at
        if at_once:
            self.asked = []
        if event in ("reopen", "failed", "relapse") and not self.is_asked:
            self.asked.append((at, None))
        if event in ("close", "not_major", "merge", "withdraw"):
            self.closed = at
            if self.is_asked:
                self.asked[-1] = (self.asked[-1][0], at)
        elif event == "reopen":
            self.closed = None
        self.stands = AFTER.get(event, self.stands)

    @property
    def is_asked(self) -> bool:
        """Whether it is asked about at the moment."""
        return bool(self.asked) and self.asked[-1][1] is None


def lives(stage: Stage) -> dict[int, Life]:
    """Every hazard by its steps."""
    rows = stage.app.database.look(lambda conn: conn.execute(select(hazard_steps).order_by(hazard_steps.c.id)).all())
    where = dict(stage.app.database.look(lambda conn: conn.execute(select(hazards.c.id, hazards.c.enterprise)).all()))
    found: dict[int, Life] = {}
    for row in rows:
        if row.event == "found":
            found[row.hazard] = Life(where[row.hazard], row.at, asked=[(row.at, None)])
        else:
            # What is rectified later is told in an update, which has room for what blocks it.
            at_once = row.event == "finish" and "blocked" not in row.data
            found[row.hazard].take(row.event, row.at, at_once=at_once)
    return found
