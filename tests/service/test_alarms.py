"""Operators are told what needs somebody now, once, and when it is over; and see how the bot is, and nothing else."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, insert, select, update

from service.care import alarms, anchors, findings
from service.care.findings import CHECKS, Finding, Level, Look
from storage import audit_chain, leases, room, signs, vitals, webhooks
from storage.audit_chain import Anchor, State, Verdict
from storage.leaps import Machine
from storage.signs import Sign
from storage.tables import clock, files, inbox, outbox
from storage.webhooks import Webhook
from talk.messages import Outbound
from talk.texts import CHINESE, render
from tests.service.conftest import CITY, FOOD
from tests.town import Person, Town

pytestmark = pytest.mark.parametrize("town_url", ["sqlite"], indirect=True)

ZONE = ZoneInfo("Asia/Shanghai")
MINUTE = timedelta(minutes=1)


@pytest.fixture
async def operator(town: Town) -> Person:
    """Somebody who runs the bot."""
    return await town.join("运演维", "operator", CITY)


def look(town: Town, *found: tuple[str, Level]) -> None:
    """Let a round find something."""
    town.use(lambda uow: alarms.look(uow, [Finding(check, level, "") for check, level in found]))


async def told(town: Town, operator: Person) -> str:
    await town.app.delivery.round()
    return operator.look()


async def test_an_alarm_is_told_once_and_when_it_is_over(town: Town, operator: Person) -> None:
    wrong, well = ("outbox", Level.ERROR), ("outbox", Level.OK)
    look(town, wrong, ("inbox", Level.WARNING), ("data", Level.ERROR))
    letter = await told(town, operator)
    assert "需要您现在处理" in letter
    assert "有消息没有按时发出" in letter
    assert "磁盘空间不足，或写不进去" in letter
    assert "来信" not in letter
    for _ in range(3):
        town.pass_time(minutes=20)
        look(town, wrong, ("data", Level.ERROR))
    assert await told(town, operator) == ""
    # What was not looked at stays as it was.
    look(town, well)
    over = await told(town, operator)
    assert "已恢复正常" in over
    assert "有消息没有按时发出" in over
    assert "磁盘" not in over
    town.pass_time(days=1)
    look(town, ("data", Level.ERROR))
    assert "磁盘空间不足" in await told(town, operator)


async def test_what_comes_and_goes_is_told_once_an_hour(town: Town, operator: Person) -> None:
    letters = []
    for _ in range(60):
        look(town, ("polls", Level.ERROR))
        look(town, ("polls", Level.OK))
        letters.append(await told(town, operator))
        town.pass_time(minutes=2)
    begun = [number for number, letter in enumerate(letters) if "没有收到平台的消息" in letter]
    assert begun == [0, 30]


async def test_whoever_runs_the_bot_later_is_told_of_what_still_is(town: Town) -> None:
    look(town, ("channels", Level.ERROR))
    operator = await town.join("运演维", "operator", CITY)
    assert await told(town, operator) == ""
    look(town, ("channels", Level.ERROR))
    assert "通道停用" in await told(town, operator)


async def test_an_operator_sees_figures_and_nothing_else(town: Town, operator: Person, principal: Person) -> None:
    look(town, ("outbox", Level.ERROR))
    town.pass_time(hours=3)
    shown = await operator.say("/health")
    assert "有消息没有按时发出，已3小时" in shown
    assert "待处理来信0条" in shown
    assert "磁盘剩余" in shown
    assert "不能办理" in await principal.say("/health")
    helped = await operator.say("/help")
    assert "/health" in helped
    assert "/tasks" not in helped
    for command in ("/district", "/hazards", "/people", f"/district {FOOD}"):
        said = await operator.say(command)
        assert "郑演丙" not in said
        assert "食品" not in said


def found(town: Town, name: str) -> tuple[Level, str]:
    """What a check finds, and its words."""

    def job(conn: Connection) -> Finding:
        return CHECKS[name](conn, Look(town.app._wall(), ZONE, Machine("", timedelta()), "terminal"))

    finding = town.app.database.look(job)
    return finding.level, render(finding.what, CHINESE)


def add_letter(town: Town, **values: object) -> None:
    wall = town.app._wall()
    row = {"dedupe": str(values), "priority": 1, "channel": "web", "account": "test", "external_id": "x"}
    row |= {
        "kind": "reply",
        "attempts": 0,
        "about": [],
        "body": Outbound("").to_json(),
        "state": "ready",
        "created_at": wall,
        "not_before": wall,
    }
    town.use(lambda uow: uow.conn.execute(insert(outbox).values(**{**row, **values})).close())


def test_each_age_is_judged(town: Town) -> None:
    assert {found(town, name)[0] for name in CHECKS if name != "ticks"} == {Level.OK}
    wall = town.app._wall()
    add_letter(town, not_before=wall - 11 * MINUTE)
    assert found(town, "outbox")[0] is Level.WARNING
    add_letter(town, not_before=wall - 61 * MINUTE)
    assert found(town, "outbox") == (
        Level.ERROR,
        "有2条消息到时没有发出，最久的等了61分钟。请查看 anzhu run 是否在运行，再用 anzhu outbox 查看。",
    )
    # What waits for a person at a terminal is nobody's fault.
    town.use(lambda uow: uow.conn.execute(update(outbox).values(channel="terminal")).close())
    assert found(town, "outbox")[0] is Level.OK
    add_letter(town, not_before=wall + 5 * MINUTE, attempts=vitals.TRIES)
    assert found(town, "outbox")[0] is Level.ERROR
    add_letter(town, state="leased", lease_until=wall - 2 * MINUTE)
    assert found(town, "leases")[0] is Level.WARNING
    town.pass_time(minutes=15)
    assert found(town, "leases") == (
        Level.ERROR,
        "有1条消息取走后没有下文，最久的已过17分钟。请查看 anzhu run 是否在运行，令牌是否换过。",
    )
    assert found(town, "outbox-failed")[0] is Level.OK
    add_letter(town, state="failed")
    add_letter(town, state="rejected")
    add_letter(town, state="refused")
    level, words = found(town, "outbox-failed")
    assert (level, words.startswith("有2条消息发送失败，不再重试。")) == (Level.ERROR, True)
    town.use(lambda uow: uow.conn.execute(update(outbox).values(acknowledged_at=uow.wall)).close())
    assert found(town, "outbox-failed")[0] is Level.OK


def test_updates_polls_and_rounds_are_judged_by_their_age(town: Town) -> None:
    wall = town.app._wall()
    row = {"channel": "telegram", "account": "1", "update_id": 1, "external_id": "x", "raw": {}, "state": "waiting"}
    town.use(lambda uow: uow.conn.execute(insert(inbox).values(**row, received_at=wall)).close())
    town.use(lambda uow: signs.note(uow.conn, [Sign("poll", "telegram", "old", wall - 60 * MINUTE)]))
    town.use(lambda uow: signs.note(uow.conn, [Sign("poll", "telegram", "1", wall), Sign("tick", "", "", wall)]))
    # An earlier sign, of a process whose clock is behind, changes nothing.
    town.use(lambda uow: signs.note(uow.conn, [Sign("poll", "telegram", "1", wall - 9 * MINUTE)]))
    town.tick()
    assert [found(town, name)[0] for name in ("inbox", "polls", "ticks")] == [Level.OK] * 3
    until = wall + timedelta(seconds=leases.SPAN - 4)
    town.use(lambda uow: leases.take(uow.conn, "telegram", "1", "vm-1/4711/0a1b", until))
    assert found(town, "polls")[1].endswith("由进程 vm-1/4711/0a1b 收取，它4秒前续过租约。")
    town.pass_time(minutes=6)
    assert [found(town, name)[0] for name in ("inbox", "polls", "ticks")] == [Level.WARNING, Level.ERROR, Level.OK]
    town.pass_time(minutes=14)
    assert found(town, "inbox") == (
        Level.ERROR,
        "有1条来信还没有处理，最久的等了20分钟。请查看 anzhu run 是否在运行，磁盘和网络是否正常。",
    )
    assert found(town, "polls")[1].startswith("已有20分钟没有从 telegram 收到消息。")
    assert found(town, "ticks")[0] is Level.OK


def test_a_webhook_is_judged_by_what_the_platform_says_of_it(town: Town) -> None:
    wall = town.app._wall()
    known = Webhook("telegram", "1", "https://bot.example.cn/telegram", wall, 3)
    town.use(lambda uow: signs.note(uow.conn, [Sign("poll", "telegram", "1", wall)]))
    town.use(lambda uow: webhooks.note(uow.conn, known))
    level, words = found(town, "polls")
    assert (level, words.endswith("（webhook，平台还有3条待送）。")) == (Level.OK, True)
    # What failed before the last that came is over.
    for failed, expected in ((wall - MINUTE, Level.OK), (wall + MINUTE, Level.WARNING)):
        hook = replace(known, pending=40, failed_at=failed, error="Connection\x1b refused")
        town.app.database.run(partial(webhooks.note, webhook=hook))
        assert found(town, "polls")[0] is expected
    assert "还有40条待送：Connection" in found(town, "polls")[1]
    assert "\x1b" not in found(town, "polls")[1]
    town.pass_time(minutes=6)
    assert found(town, "polls")[0] is Level.ERROR


async def test_rounds_that_do_not_come_need_somebody_where_people_live_by_them(town: Town, principal: Person) -> None:
    assert principal.id
    town.tick()
    town.use(lambda uow: signs.note(uow.conn, [Sign("tick", "", "", uow.wall)]))
    town.pass_time(minutes=11)
    assert found(town, "ticks")[0] is Level.ERROR
    assert found(town, "ticks")[1].startswith("已有11分钟没有运行一轮")
    town.use(lambda uow: uow.conn.execute(update(clock).values(rehearsal=True)).close())
    assert found(town, "ticks")[0] is Level.OK


def test_a_recorded_file_that_is_gone_is_missed_where_something_refers_to_it(town: Town) -> None:
    def looked() -> tuple[Level, str]:
        finding = town.app.database.look(lambda conn: findings.missing_files(conn, town.app.context.files))
        return finding.level, render(finding.what, CHINESE)

    sha256 = "ab" * 32
    row = {"sha256": sha256, "mime": "image/jpeg", "size": 1, "kept_at": town.app._wall()}
    town.use(lambda uow: uow.conn.execute(insert(files).values(**row)).close())
    assert looked()[0] is Level.OK
    add_letter(town, body={"text": "", "files": [[sha256, "a.jpg", "image/jpeg", 1, None]]})
    assert looked() == (Level.ERROR, f"有1个登记的文件不在磁盘上，首先是 {sha256}。请从备份恢复 files 文件夹。")
    path = town.app.file_store.path(sha256)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"x")
    assert looked()[0] is Level.OK


def test_a_disk_without_room_needs_somebody(town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    del town
    folders: Sequence[Path] = [tmp_path, tmp_path / "files", tmp_path]
    assert findings.disk(folders).level is Level.OK
    assert list(tmp_path.glob("tmp*")) == []
    monkeypatch.setattr(room, "ENOUGH", 2**80)
    assert findings.disk(folders).level is Level.ERROR
    assert findings.disk([tmp_path / "none"]).level is Level.WARNING


async def test_operators_get_the_anchor_once_in_each_day_of_real_time(town: Town, operator: Person) -> None:
    def held(text: str) -> Verdict:
        return town.use(lambda uow: audit_chain.verify(uow.conn, uow.context.keys, Anchor.read(text)))

    town.now = town.now.astimezone(ZONE).replace(hour=3)
    for _ in range(2):
        town.use(anchors.tell_of_the_day)
    (morning,) = town.use(lambda uow: uow.conn.execute(select(outbox.c.not_before).filter_by(kind="anchor")).scalars())
    assert morning.astimezone(ZONE).hour == 8
    first = await told(town, operator)
    assert "审计锚点　6月5日 03:00　第" in first
    assert first.count("anzhu-audit") == 1
    assert held(first).state is State.WHOLE
    # The clock goes on by a day, back, and on once more.
    for days, letters in ((0, 0), (1, 1), (-1, 0), (1, 0), (1, 1)):
        town.pass_time(days=days)
        town.use(anchors.tell_of_the_day)
        assert (await told(town, operator)).count("anzhu-audit") == letters
