"""Nothing is lost, whenever a process dies: the short form of `make torture`."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from storage.tables import identities, inbox, outbox, people
from storage.unreadable import broken_in
from talk.messages import Outbound
from tests.postgres import Postgres
from tests.torture import faults
from tests.torture.people import Waits
from tests.torture.stage import Kind, Plan, run

SHORT_LEASE = {
    "bot.poll_lease.SPAN": 3.0,
    "bot.poll_lease.STOPS_AFTER": 2.0,
    "bot.poll_lease.RENEW_EVERY": 0.5,
    "bot.poll_lease.TRY_AGAIN": 0.1,
}


@pytest.mark.parametrize(
    ("database", "library", "processes", "kills"),
    [("sqlite", "ptb", 1, 20), ("sqlite", "aiogram", 1, 20), ("postgresql", "ptb", 3, 10)],
)
async def test_nothing_is_lost_by_kills(
    database: Kind,
    library: str,
    processes: int,
    kills: int,
    tmp_path: Path,
    sqlite_template: Path,
    request: pytest.FixtureRequest,
) -> None:
    plan = Plan(
        library,
        database,
        processes,
        kills,
        talks=6,
        crews=0,
        seed=5,
        everything=False,
        constants=SHORT_LEASE,
        calm=(0.0, 0.0) if processes == 1 else (4.0, 5.0),
    )
    if database == "sqlite":
        figures = await run(plan, tmp_path, template=sqlite_template)
    else:
        postgres: Postgres = request.getfixturevalue("postgres")
        url = postgres.create(template=request.getfixturevalue("postgres_template"))
        figures = await run(plan, tmp_path, url=url)
        postgres.drop(url)
    assert not figures.broken, "\n".join(figures.broken)
    assert figures.kills == kills
    assert figures.finished == plan.talks
    assert figures.kept.acknowledged == 2 * plan.talks
    assert figures.ended_alone == {}


def test_who_waits_for_longer_than_the_quiet_allows_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    waits = Waits(quiet=100.0)
    monkeypatch.setattr("tests.torture.people.monotonic", lambda: 159.0)
    assert not waits.too_long(50.0, 60.0)
    monkeypatch.setattr("tests.torture.people.monotonic", lambda: 161.0)
    assert waits.too_long(50.0, 60.0)
    assert not waits.too_long(120.0, 60.0)


def test_what_is_poisoned_cannot_be_read(sqlite_template: Path, tmp_path: Path) -> None:
    shutil.copy(sqlite_template, tmp_path / "anzhu.db")
    engine = faults.connected(f"sqlite:///{tmp_path / 'anzhu.db'}")
    now, chat = datetime.now(UTC), {"channel": "telegram", "account": "1", "external_id": "7"}
    with engine.begin() as conn:
        person = conn.execute(insert(people).values(name="甲", language="zh-CN")).inserted_primary_key
        assert person is not None
        conn.execute(insert(identities).values(**chat, person=person[0], language="zh-CN", seen_at=now))
        letter = {"dedupe": "1", "priority": 1, "kind": "reply", "about": [], "body": Outbound("x").to_json()}
        conn.execute(insert(outbox).values(**chat, **letter, state="sent", created_at=now, not_before=now, attempts=1))
        conn.execute(insert(inbox).values(**chat, update_id=1, event="1", raw={}, state="done", received_at=now))
    assert [faults.poisoned(engine, what, "7", 8) for what in faults.POISON] == [True, True, False, False, False]
    with engine.connect() as conn:
        for rows in (outbox, inbox):
            assert [broken_in(row) is not None for row in conn.execute(select(rows))] == [False, True], rows.name
