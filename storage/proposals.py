"""What enterprises say of their risks against the registry, and what staff decide about it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, update

from storage import engine
from storage.records import columns, row_or_none, rows
from storage.tables import tag_proposals


@dataclass(frozen=True, slots=True)
class Proposal:
    """To give an enterprise (by code) a tag of risk, or (`present` False) to take it away."""

    id: int
    enterprise: str
    tag: str
    present: bool
    state: str
    at: datetime


_columns = columns(tag_proposals, Proposal)


def propose(conn: Connection, enterprise: str, tag: str, *, present: bool, person: int, at: datetime) -> int | None:
    """Open a proposal; None when the same one is open already, or was refused."""
    insert = engine.insert(tag_proposals).values(
        enterprise=enterprise, tag=tag, present=present, person=person, at=at, state="open"
    )
    again = insert.on_conflict_do_update(
        index_elements=["enterprise", "tag", "present"],
        set_={"person": person, "at": at, "state": "open", "decided_by": None, "decided_at": None},
        where=tag_proposals.c.state.in_(("accepted", "withdrawn")),
    )
    number = conn.execute(again.returning(tag_proposals.c.id)).scalar_one_or_none()
    return None if number is None else int(number)


def withdraw(conn: Connection, enterprise: str, tag: str, *, present: bool) -> None:
    """Withdraw an open proposal: the enterprise has said otherwise since."""
    conn.execute(
        update(tag_proposals)
        .where(
            tag_proposals.c.enterprise == enterprise,
            tag_proposals.c.tag == tag,
            tag_proposals.c.present == present,
            tag_proposals.c.state == "open",
        )
        .values(state="withdrawn")
    )


def get(conn: Connection, proposal: int) -> Proposal | None:
    """Return a proposal by id, locked."""
    return row_or_none(conn, Proposal, select(*_columns).where(tag_proposals.c.id == proposal).with_for_update())


def decide(conn: Connection, proposal: int, state: str, by: int, at: datetime) -> None:
    """Keep that staff accepted or refused a proposal."""
    conn.execute(
        update(tag_proposals).where(tag_proposals.c.id == proposal).values(state=state, decided_by=by, decided_at=at)
    )


def still_open(conn: Connection) -> list[Proposal]:
    """Return the proposals that staff have not decided yet, the oldest first."""
    statement = select(*_columns).where(tag_proposals.c.state == "open").order_by(tag_proposals.c.id)
    return rows(conn, Proposal, statement)
