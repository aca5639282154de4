"""After a round: that it went well is noted, and what is wrong reaches the operators; polls are noted by no step."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from threading import enumerate as threads
from zoneinfo import ZoneInfo

import pytest

from bot import anchoring, tending
from bot.anchoring import AnchorFile
from bot.tending import note_polls, tend
from storage import alarms, anchors, room, signs
from storage.audit_chain import Anchor
from storage.signs import Sign
from tests.service.conftest import CITY, row
from tests.town import Town

ZONE = ZoneInfo("Asia/Shanghai")
pytestmark = pytest.mark.parametrize("current_database_url", ["sqlite"], indirect=True)


@pytest.fixture
def town(current_database_url: str, tmp_path: Path) -> Iterator[Town]:
    """One enterprise."""
    founded = Town.found(current_database_url, tmp_path)
    founded.register(row())
    yield founded
    founded.app.close()


def known(town: Town) -> list[Sign]:
    return town.app.database.look(signs.known)


async def test_what_a_round_finds_reaches_the_operators(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.now = datetime.now(UTC)
    operator = await town.join("运演维", "operator", CITY)
    await tend(town.app, ticked=False)
    assert known(town) == []
    await tend(town.app, ticked=True)
    assert [sign.what for sign in known(town)] == ["tick"]
    town.pass_time(seconds=1)
    monkeypatch.setattr(room, "ENOUGH", 2**80)
    town.use(lambda uow: uow.conn.exec_driver_sql("UPDATE audit SET subject = '' WHERE seq = 2").close())
    town.use(lambda uow: uow.conn.exec_driver_sql("DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)").close())
    await tend(town.app, ticked=True)
    await town.app.delivery.round()
    letter = operator.look()
    assert "磁盘空间不足" in letter
    assert "审计记录不完整" in letter

    def full(_: Path) -> None:
        raise OSError(28, "No space left on device")

    town.pass_time(seconds=1)
    monkeypatch.setattr(room, "ENOUGH", 0)
    monkeypatch.setattr(room, "probe", full)
    await tend(town.app, ticked=True)
    await town.app.delivery.round()
    assert "已恢复" not in operator.look()


async def test_an_anchor_that_cannot_be_written_is_an_alarm_and_stops_nobody(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def told() -> str:
        town.pass_time(seconds=1)
        await tend(town.app, ticked=True)
        await town.app.delivery.round()
        return operator.look()

    town.now = datetime.now(UTC)
    operator = await town.join("运演维", "operator", CITY)
    file, wrong, ended = tmp_path / "anchors", "审计锚点写不进指定的文件", Event()
    town.app.anchor_file = AnchorFile(file, ZONE)
    append = anchors.append
    assert wrong not in await told()
    (written,) = anchors.in_file(file)

    def hang(*_: object) -> list[Anchor]:
        ended.wait(20)
        return []

    monkeypatch.setattr(anchoring, "PATIENCE", 0.01)
    monkeypatch.setattr(anchors, "append", hang)
    assert wrong in await told()
    assert wrong not in await told()
    # What hangs is not begun once more.
    assert [thread.name for thread in threads()].count("anchor") == 1
    assert [sign.what for sign in known(town)] == ["tick"]
    ended.set()
    monkeypatch.setattr(anchors, "append", append)
    monkeypatch.setattr(anchoring, "PATIENCE", 10)
    await told()
    await told()
    assert town.use(lambda uow: alarms.known(uow.conn))["anchors"].since is None
    # The file is also what a database that was put back is seen by, within a minute.
    file.write_text(replace(written, seq=written.seq + 99, digest="ab" * 32).line(), encoding="utf-8")
    assert "审计记录不完整，或与锚点不符" in await told()


async def test_polls_are_noted_once_in_a_while_and_by_no_step(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    writes = 0
    note = signs.note

    def counted(*args: object, **more: object) -> None:
        nonlocal writes
        writes += 1
        note(*args, **more)  # type: ignore[arg-type]  # as they come

    monkeypatch.setattr(signs, "note", counted)
    monkeypatch.setattr(tending, "LOOKED_EVERY", 0.001)
    at = datetime(2023, 6, 5, 1, tzinfo=UTC)
    noting = asyncio.create_task(note_polls(town.app))
    await asyncio.sleep(0.02)
    assert writes == 0
    for second in range(3):
        town.app.polled["telegram", "1"] = at.replace(second=second)
        await asyncio.sleep(0.02)
    assert writes == 1
    noting.cancel()
    assert known(town) == [Sign("poll", "telegram", "1", at)]
