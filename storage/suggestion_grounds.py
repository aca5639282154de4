"""What is on record of enterprises that may be a ground to look at them. Blocked attempts of permits are not read."""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, select, true

from campaign.checks import Answer
from campaign.hazards import Event as HazardEvent
from campaign.permits import Event, State
from storage import engine
from storage.permit_tables import permit_steps, permits
from storage.records import grouped
from storage.tables import conversations, duties, enterprises, hazard_steps, hazards

UNASKED = (Event.GAS_OVER, Event.LEAVE, Event.STOP, Event.MISSED)
"""The events that suspend a permit and are neither a break nor the end of the day's hours."""
BY_ENTERPRISE = (HazardEvent.PLAN, HazardEvent.PROGRESS, HazardEvent.FINISH, HazardEvent.EVALUATE, HazardEvent.RELAPSE)


def suspensions(conn: Connection, since: datetime) -> dict[str, int]:
    """Return how often work on a permit was suspended since an instant, by enterprise."""
    statement = (
        select(permits.c.enterprise, func.count())
        .join(permit_steps, permit_steps.c.permit == permits.c.id)
        .where(
            permit_steps.c.event.in_(UNASKED),
            permit_steps.c.moved_to == State.SUSPENDED,
            permit_steps.c.received >= since,
        )
        .group_by(permits.c.enterprise)
    )
    return {code: int(number) for code, number in conn.execute(statement)}


def touched(conn: Connection, of: Iterable[int]) -> dict[int, datetime]:
    """Return when an enterprise last did something about hazards, by hazard; those of which it never did are left
    out.
    """
    statement = (
        select(hazard_steps.c.hazard, func.max(hazard_steps.c.at))
        .where(engine.among(hazard_steps.c.hazard, of), hazard_steps.c.event.in_((*BY_ENTERPRISE, "deadline")))
        .group_by(hazard_steps.c.hazard)
    )
    return {row[0]: row[1] for row in conn.execute(statement)}


def reports(conn: Connection) -> dict[str, int]:
    """Return how many hazards each enterprise ever reported itself."""
    statement = (
        select(hazards.c.enterprise, func.count())
        .where(hazards.c.origin == "enterprise")
        .group_by(hazards.c.enterprise)
    )
    return {code: int(number) for code, number in conn.execute(statement)}


def answers(conn: Connection, district: str | None) -> dict[str, list[Answer]]:
    """Return the answers that count for duties of the enterprises that a district supervises (None: the city itself),
    by enterprise.
    """
    where = (
        enterprises.c.municipal if district is None else ~enterprises.c.municipal & (enterprises.c.district == district)
    )
    statement = (
        select(
            duties.c.enterprise,
            duties.c.obligation,
            conversations.c.id,
            conversations.c.result,
            func.coalesce(duties.c.met, true()).label("met"),
        )
        .join(conversations, conversations.c.id == duties.c.conversation)
        .join(enterprises, enterprises.c.code == duties.c.enterprise)
        .where(duties.c.status == "answered", where)
        .order_by(duties.c.id)
    )
    return grouped(
        (code, Answer(obligation, conversation, result or {}, unmet=not met))
        for code, obligation, conversation, result, met in conn.execute(statement)
    )


def dispatched(conn: Connection, obligation: str, zone: ZoneInfo) -> dict[str, date]:
    """Return on which day each enterprise last confirmed a dispatch."""
    statement = (
        select(duties.c.enterprise, func.max(duties.c.answered_at))
        .where(duties.c.obligation == obligation, duties.c.status == "answered")
        .group_by(duties.c.enterprise)
    )
    return {code: at.astimezone(zone).date() for code, at in conn.execute(statement)}
