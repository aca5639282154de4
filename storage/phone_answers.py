"""Answers that staff took by phone (电话代录): who said it when, who entered it, and the principal's word on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from storage import engine
from storage.desk_tables import phone_answers
from storage.records import columns, rows
from storage.tables import conversations, duties


@dataclass(frozen=True, slots=True)
class PhoneAnswer:
    """An answer by phone; instants are campaign time."""

    conversation: int
    told_by: str
    told_on: date
    entered_by: int
    entered_at: datetime
    confirmed_by: int | None
    confirmed_at: datetime | None
    disputed_at: datetime | None

    @property
    def state(self) -> str:
        """How it stands with the principal: waiting, confirmed, disputed."""
        if self.confirmed_at is not None:
            return "confirmed"
        return "waiting" if self.disputed_at is None else "disputed"


_columns = columns(phone_answers, PhoneAnswer)
_of = select(*_columns).where(engine.among_given(phone_answers.c.conversation, "ids"))
_unconfirmed = (
    select(phone_answers.c.conversation)
    .join(duties, duties.c.conversation == phone_answers.c.conversation)
    .where(duties.c.enterprise == bindparam("of_enterprise"), phone_answers.c.confirmed_at.is_(None))
    .distinct()
    .order_by(phone_answers.c.conversation)
)


def add(
    conn: Connection, *, conversation: int, told_by: str, told_on: date, entered_by: int, entered_at: datetime
) -> None:
    """Keep that an answer was taken by phone: who said it on which day, and who entered it when."""
    said = {"told_by": told_by, "told_on": told_on, "entered_by": entered_by, "entered_at": entered_at}
    conn.execute(insert(phone_answers).values(conversation=conversation, **said))


def attach(conn: Connection, conversation: int, duty: int) -> None:
    """Bind the talk in which staff entered an answer to its duty. Before it was nobody's but theirs: the enterprise's
    own people may be answering the same duty.
    """
    conn.execute(update(conversations).where(conversations.c.id == conversation).values(duty=duty))


def of(conn: Connection, conversation: int | None) -> PhoneAnswer | None:
    """Return the record of an answer that was taken by phone; None for another."""
    return None if conversation is None else among(conn, [conversation]).get(conversation)


def among(conn: Connection, ids: Sequence[int]) -> dict[int, PhoneAnswer]:
    """Return the records of those of some conversations that were taken by phone, by conversation."""
    return {phone.conversation: phone for phone in rows(conn, PhoneAnswer, _of, {"ids": list(ids)})} if ids else {}


def unconfirmed(conn: Connection, enterprise: str) -> list[int]:
    """Return the answers of an enterprise that count and that its principal has not confirmed, the oldest first."""
    return list(conn.execute(_unconfirmed, {"of_enterprise": enterprise}).scalars())


def confirm(conn: Connection, conversation: int, by: int, at: datetime) -> bool:
    """Note that the principal confirms an answer (属实); return False when it was confirmed before."""
    statement = (
        update(phone_answers)
        .where(phone_answers.c.conversation == conversation, phone_answers.c.confirmed_at.is_(None))
        .values(confirmed_by=by, confirmed_at=at, disputed_at=None)
    )
    return int(conn.execute(statement).rowcount) == 1


def dispute(conn: Connection, conversation: int, at: datetime) -> None:
    """Note that the principal disputes an answer (有误), while it is not confirmed."""
    statement = update(phone_answers).where(
        phone_answers.c.conversation == conversation, phone_answers.c.confirmed_at.is_(None)
    )
    conn.execute(statement.values(disputed_at=at))
