"""Complaints and suggestions (意见与投诉)."""

from datetime import datetime

from sqlalchemy import Connection, insert

from storage.tables import feedback


def add(conn: Connection, person: int, text: str, at: datetime) -> int:
    """Keep one; its number."""
    statement = insert(feedback).values(person=person, text=text, at=at).returning(feedback.c.id)
    return int(conn.execute(statement).scalar_one())
