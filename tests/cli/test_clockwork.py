"""A slip of the hand, or a leap of the clock, moves nothing that real people live by."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot import clockwork
from storage.engine import open_database
from storage.leaps import Machine
from storage.tables import identities, outbox
from tests.cli.conftest import THE_300, Anzhu

FAR = "2033-06-05T09:00:00+08:00"


@pytest.fixture
def real(anzhu: Anzhu, current_database_url: str) -> Anzhu:
    """Data in which somebody has joined over a platform."""
    registry = anzhu.folder / "registry.csv"
    registry.write_text("\n".join(THE_300.read_text(encoding="utf-8").splitlines()[:3]), encoding="utf-8")
    anzhu.good("import", "enterprises", str(registry))
    code = anzhu.good("invite", "--role", "clerk", "--for", "浑南区", "--json").json["code"]
    anzhu.good("chat", "--as", "new:孙演九", say=f"/start {code}\n同意加入\n孙演九\n")
    database = open_database(current_database_url)
    database.run(lambda conn: conn.execute(update(identities).values(channel="telegram")).close())
    database.close()
    return anzhu


def test_a_time_that_is_given_moves_no_real_data(real: Anzhu) -> None:
    before = real.good("duties", "--json").json
    said = real.refused("tick", "--now", FAR)
    assert "这里是真实数据" in said
    assert "--accept-clock" in said
    assert real.good("duties", "--json").json == before
    real.good("tick")
    real.good("tick", "--now", datetime.now(UTC).isoformat())
    real.good("tick", "--now", FAR, "--accept-clock")


def test_lists_of_another_time_stay_harmless(real: Anzhu) -> None:
    real.good("duties", "--now", FAR)
    real.good("people", "--now", FAR)


def test_a_clock_that_leapt_plans_nothing_until_it_is_accepted(
    real: Anzhu, current_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = timedelta(days=10)
    monkeypatch.setattr(clockwork, "machine", lambda: Machine("a", ran))
    real.good("tick")
    assert "行动时间" in real.good("doctor").out
    # The machine says that it has run for five days less: its clock is five days ahead.
    ran = timedelta(days=5)
    before = real.good("enterprises", "--json").json
    for command in (("tick",), ("tidy",), ("import", "enterprises", str(THE_300))):
        assert "差了120小时" in real.refused(*command), command
    assert real.good("enterprises", "--json").json == before
    assert "异常　本机时钟与上一轮相比差了120小时" in real("doctor").out
    # Whoever writes is answered all the same, by the time that it must be: a letter of the leapt one would wait for it.
    real.good("chat", "--as", "new:路过", say="你好\n")
    assert newest_letter(current_database_url) < datetime.now(UTC) - timedelta(days=4)
    real.good("tick", "--accept-clock")
    real.good("tick")
    real.good("chat", "--as", "new:路过", say="你好\n")
    assert newest_letter(current_database_url) > datetime.now(UTC) - timedelta(hours=1)


def newest_letter(url: str) -> datetime:
    """When the newest letter was written."""
    database = open_database(url)
    found: datetime = database.look(
        lambda conn: conn.execute(select(outbox.c.not_before).order_by(outbox.c.id.desc()).limit(1)).scalar_one()
    )
    database.close()
    return found


def test_a_wall_goes_on_as_the_machine_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    wall, hour = clockwork.Wall(), timedelta(hours=1)
    monkeypatch.setattr(clockwork, "machine", lambda: Machine("a", 10 * hour))
    now = datetime.now(UTC)
    for booted, since, means in (
        ("a", now - 30 * hour, now - 29 * hour),
        ("a", now + 30 * hour, now + 31 * hour),
        ("a", now - 20 * hour, now),
        ("b", now - 30 * hour, now),
        ("", now - 30 * hour, now),
    ):
        wall.believe(since, Machine(booted, 9 * hour))
        assert abs(wall() - means) < timedelta(minutes=1), (booted, since)


def test_real_data_becomes_no_rehearsal(real: Anzhu) -> None:
    real.settings["ANZHU_CLOCK_START"] = "2043-06-05T09:00:00+08:00"
    assert "不能改作测试" in real.refused("duties")
    del real.settings["ANZHU_CLOCK_START"]
    assert "测试" not in real.good("doctor").out


def test_without_real_people_every_time_is_free(anzhu: Anzhu) -> None:
    anzhu.good("tick", "--now", FAR)
    anzhu.good("tick", "--now", "2023-06-05T09:00:00+08:00")
