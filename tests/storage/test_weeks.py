"""Check-ins made from the ledger, against a slow and obvious model, however often and late somebody ticks."""

from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert, select

from campaign.hazards import HazardLife, Week, keeps, weeks
from campaign.pack import load
from storage import hazards, weekly_checkins
from storage.engine import Database, open_database
from storage.tables import duties, enterprises
from storage.tables import hazards as ledger
from tests.storage.conftest import NOW

ZONE = ZoneInfo("Asia/Shanghai")
PACK = load("shenyang_2023")
RULE = PACK.obligation("weekly-rectification")
BEGIN = datetime(2023, 5, 22, tzinfo=ZONE)
CODES = [f"E{number}" for number in range(6)]

Lives = dict[str, list[HazardLife]]


def register(conn: Connection) -> None:
    texts = dict.fromkeys(("name", "sector", "supervisor", "sector_department", "principal_name", "officer_name"), "")
    row = {"likeness": "", "municipal": False, "employees": 5, "updated_at": NOW, "district": "浑南区"}
    conn.execute(insert(enterprises), [{"code": code, **texts, **row} for code in CODES])


def some_lives(random: Random) -> Lives:
    """Hazards found and closed at any hour of three months; some fixed at once, some never closed."""
    found: Lives = {}
    for code in CODES:
        found[code] = []
        for _ in range(random.randrange(4)):
            start = BEGIN + timedelta(hours=random.randrange(60 * 24))
            closed = None if random.random() < 0.3 else start + timedelta(hours=random.randrange(1, 40 * 24))
            found[code].append(HazardLife(None if random.random() < 0.2 else start, closed))
    return found


def write(conn: Connection, lives: Lives, now: datetime) -> None:
    """Bring the ledger to what is known at a moment."""
    conn.execute(ledger.delete())
    for code, some in lives.items():
        for life in some:
            if life.weekly_from is not None and life.weekly_from > now:
                continue
            closed = life.closed_at if life.closed_at is not None and life.closed_at <= now else None
            hazards.add(
                conn,
                enterprise=code,
                district="浑南区",
                origin="enterprise",
                place="…",
                criterion=None,
                state="found" if closed is None else "closed",
                found_at=life.weekly_from or BEGIN,
                weekly_from=life.weekly_from,
                closed_at=closed,
            )


def tick(conn: Connection, after: datetime, now: datetime) -> None:
    for week in weeks(RULE, PACK.campaign, ZONE, after, now):
        weekly_checkins.plan(conn, RULE.id, RULE.owner, week, now)


def close(conn: Connection, lives: Lives, after: datetime, now: datetime) -> None:
    """Close what closes between two ticks: whoever closes a hazard looks at its week at once."""
    closing = [
        (life.closed_at, code)
        for code, some in lives.items()
        for life in some
        if life.closed_at is not None and after < life.closed_at <= now
    ]
    for at, code in sorted(closing):
        write(conn, lives, at)
        for week in weeks(RULE, PACK.campaign, ZONE, at - timedelta(microseconds=1), at):
            weekly_checkins.plan(conn, RULE.id, RULE.owner, week, at, code)


def owed(conn: Connection) -> set[tuple[str, str]]:
    """What is owed: enterprise and week."""
    rows = conn.execute(select(duties.c.subject, duties.c.period).where(duties.c.status != "withdrawn"))
    return {(row.subject, row.period) for row in rows}


def model(lives: Lives, now: datetime) -> set[tuple[str, str]]:
    """The same, one hazard and one week at a time, as it is known at a moment."""

    def known(life: HazardLife) -> HazardLife:
        return HazardLife(life.weekly_from, life.closed_at if life.closed_at and life.closed_at <= now else None)

    return {
        (code, week.period)
        for code, some in lives.items()
        for week in weeks(RULE, PACK.campaign, ZONE, BEGIN, now)
        for life in some
        if life.weekly_from is not None and life.weekly_from <= now and keeps(week, known(life))
    }


def test_the_check_ins_are_those_of_the_slow_model(current_database_url: str) -> None:
    database: Database = open_database(current_database_url)
    database.run(register)
    # Sixty moments of each: PostgreSQL takes a second for ten, and its statements are the same.
    for seed in range(6 if current_database_url.startswith("sqlite") else 2):
        random = Random(seed)  # lives to try, no secrets
        lives = some_lives(random)

        def run(conn: Connection, random: Random = random, lives: Lives = lives) -> None:
            conn.execute(duties.delete())
            now = last = BEGIN
            while now < BEGIN + timedelta(days=80):
                now += timedelta(minutes=random.randrange(1, 3 * 24 * 60))
                close(conn, lives, last, now)
                write(conn, lives, now)
                # As the tick does: back beyond the last one, and once more.
                tick(conn, last - timedelta(days=7), now)
                before = owed(conn)
                tick(conn, last - timedelta(days=7), now)
                assert owed(conn) == before == model(lives, now), now
                last = now

        database.run(run)
    database.close()


def test_a_check_in_opens_with_the_week_or_with_the_first_hazard_of_it(current_database_url: str) -> None:
    database = open_database(current_database_url)
    week = Week("2023-W23", _at(5), _at(8), _at(11, 23, 59, 59))
    found = {"E0": [_at(1, 9)], "E1": [_at(6, 10), _at(7, 9)], "E2": [_at(8)]}

    def run(conn: Connection) -> dict[str, datetime]:
        register(conn)
        write(conn, {code: [HazardLife(at, None) for at in some] for code, some in found.items()}, _at(9))
        assert weekly_checkins.plan(conn, RULE.id, RULE.owner, week, _at(9)) == 2
        assert weekly_checkins.plan(conn, RULE.id, RULE.owner, week, _at(9)) == 0
        rows = conn.execute(select(duties.c.subject, duties.c.opens, duties.c.due)).all()
        assert {row.due for row in rows} == {week.due}
        return {row.subject: row.opens for row in rows}

    assert database.run(run) == {"E0": _at(5), "E1": _at(6, 10)}
    database.close()


def _at(day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2023, 6, day, hour, minute, second, tzinfo=ZONE)
