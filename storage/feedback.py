"""Complaints and suggestions (意见与投诉)."""

from datetime import datetime

from sqlalchemy import Connection

from storage import records
from storage.tables import feedback


def add(conn: Connection, person: int, text: str, at: datetime) -> int:
    """Keep a complaint or suggestion; return its number."""
    return records.add(conn, feedback, person=person, text=text, at=at)
