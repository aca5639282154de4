"""Problems that an enterprise raises in its dispatch, each with what became of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict, Unpack

from sqlalchemy import Connection, bindparam, select, update

from storage import engine
from storage.records import columns, row_or_none, rows
from storage.tables import problems

ENDED = ("solved", "withdrawn")


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem in the words in which it was raised; `duty` is the dispatch that raised it, instants are UTC."""

    id: int
    enterprise: str
    duty: int
    text: str
    raised_at: datetime
    state: str
    asked_in: int | None
    answered_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Return whether it is still to be solved."""
        return self.state not in ENDED


_columns = columns(problems, Problem)
_new = engine.insert(problems).values(state="open")
_raise = _new.on_conflict_do_update(
    index_elements=["duty"], set_={"text": _new.excluded.text, "state": _new.excluded.state}
).returning(problems.c.id)
_of_enterprise = select(*_columns).where(problems.c.enterprise == bindparam("of_enterprise")).order_by(problems.c.id)


def raise_(conn: Connection, enterprise: str, duty: int, text: str, at: datetime) -> int:
    """Keep what a dispatch raises, or what a correction of it raises instead; its number."""
    new = {"enterprise": enterprise, "duty": duty, "text": text, "raised_at": at}
    return int(conn.execute(_raise, new).scalar_one())


def get(conn: Connection, problem: int) -> Problem | None:
    """Return a problem by its number, locked."""
    return row_or_none(conn, Problem, select(*_columns).where(problems.c.id == problem).with_for_update())


def of_enterprise(conn: Connection, enterprise: str) -> list[Problem]:
    """Return every problem that an enterprise ever raised, the oldest first."""
    return rows(conn, Problem, _of_enterprise, {"of_enterprise": enterprise})


class ProblemColumns(TypedDict, total=False):
    """The columns that may change beside the state."""

    asked_in: int | None
    answered_at: datetime
    answered_by: int
    coordinated_at: datetime
    coordinated_by: int


def change(conn: Connection, problem: int, state: str, **values: Unpack[ProblemColumns]) -> None:
    """Keep what became of a problem: the state, with who and when."""
    conn.execute(update(problems).where(problems.c.id == problem).values(state=state, **values))


def needed(conn: Connection) -> list[Problem]:
    """Return the problems for which enterprises ask their departments to help, the oldest first."""
    statement = select(*_columns).where(problems.c.state == "needed").order_by(problems.c.id)
    return rows(conn, Problem, statement)
