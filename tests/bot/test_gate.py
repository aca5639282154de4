"""The gate: who may send files, and how many of them are looked into at the same time."""

import asyncio
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert

from bot import gate as module
from bot.gate import FILES_AT_ONCE, Gate
from storage.engine import Database, open_database
from storage.files import FileStore
from storage.tables import identities, people
from talk.messages import Address, FileRef
from talk.texts import CHINESE, Say, render

NOW = datetime(2023, 6, 5, 1, tzinfo=UTC)
PDF = b"%PDF-1.7 x"
KEPT = FileRef("ab" * 32, "x.pdf", "application/pdf", 9)


def at(name: str) -> Address:
    return Address("web", "a", name)


@pytest.fixture
def database(current_database_url: str) -> Iterator[Database]:
    """A database in which 甲, 乙 and 丙 have joined and a guest has not."""
    opened = open_database(current_database_url)

    def bring(conn: Connection) -> None:
        for name in ("甲", "乙", "丙", "guest"):
            joined = None if name == "guest" else NOW
            person = insert(people).values(name=name, language="en", joined_at=joined).returning(people.c.id)
            number = conn.execute(person).scalar_one()
            row = {"channel": "web", "account": "a", "external_id": name, "person": number}
            conn.execute(insert(identities).values(**row, seen_at=NOW, language="en"))

    opened.run(bring)
    yield opened
    opened.close()


def gate_of(database: Database, folder: Path) -> Gate:
    return Gate(database, FileStore(folder), lambda: NOW)


async def test_who_has_not_joined_sends_no_files(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = gate_of(database, tmp_path / "files")
    monkeypatch.setattr(module, "store_file", lambda *_: KEPT)
    for name in ("guest", "stranger"):
        assert await gate.keep(at(name), PDF, "x.pdf") == Say("file-before-joining")
    assert await gate.keep(at("甲"), PDF, "x.pdf") == KEPT


async def test_who_sends_many_files_holds_up_nobody(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of each sender one is looked into at a time, so that a place is free for the others."""
    gate = gate_of(database, tmp_path)
    done, order, at_once, most = threading.Event(), list[str](), 0, 0
    counting = threading.Lock()

    def store(_: FileStore, _data: bytes, name: str) -> FileRef:
        nonlocal at_once, most
        with counting:
            at_once += 1
            most = max(most, at_once)
        if name == "slow":
            done.wait(20)
        with counting:
            at_once -= 1
            order.append(name)
        return KEPT

    monkeypatch.setattr(module, "store_file", store)
    slow = [asyncio.create_task(gate.keep(at("甲"), PDF, "slow")) for _ in range(20)]
    await asyncio.sleep(0)
    async with asyncio.timeout(10):
        assert await gate.keep(at("乙"), PDF, "quick") == KEPT
        assert await gate.keep(at("丙"), PDF, "quick") == KEPT
    assert order == ["quick", "quick"]
    done.set()
    assert await asyncio.gather(*slow) == [KEPT] * 20
    assert most <= FILES_AT_ONCE


async def test_a_file_whose_turn_does_not_come_is_to_be_sent_again(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = gate_of(database, tmp_path)
    begun, done = threading.Event(), threading.Event()

    def store(_: FileStore, _data: bytes, name: str) -> FileRef:
        begun.set()
        assert name == "next" or done.wait(20)
        return KEPT

    monkeypatch.setattr(module, "store_file", store)
    slow = asyncio.create_task(gate.keep(at("甲"), PDF, "slow"))
    assert await asyncio.to_thread(begun.wait, 20)
    monkeypatch.setattr(module, "TURN", 0.0)
    late = await gate.keep(at("甲"), PDF, "late.pdf")
    assert isinstance(late, Say)
    assert render(late, CHINESE) == "正在处理的文件较多，“late.pdf”没有发送。请稍后再发。"
    # What is being looked into has limits of its own, and whoever comes after it has their turn.
    done.set()
    assert await slow == KEPT
    assert await gate.keep(at("甲"), PDF, "next") == KEPT
