"""A paper that was asked for is a row: it survives its process, comes once, and what keeps it from coming is told."""

import asyncio
import logging
import threading
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.app import App
from reports import drawing
from reports.drawing import File
from service.care import findings
from service.care.findings import Level, Look
from service.core.permissions import Permission
from service.core.refusal import RefusedError
from service.core.unit_of_work import UnitOfWork
from service.district.sheet import CoveragePaper
from storage import paper_orders
from storage.audit import Actor
from storage.leaps import Machine
from storage.paper_orders import ATTEMPTS, LEASE, LOST, PATIENCE, Kept
from storage.tables import audit
from storage.tables import paper_orders as orders_table
from talk import kept_phrases
from talk.messages import Address
from talk.texts import Arg, DayAndWeekday, FullDay, Listed, Numbered, Phrase, Say, Words, listed
from tests.service.conftest import CITY, DISTRICT
from tests.service.test_unreadable_rows import spoil
from tests.town import Person, Town

SORRY = "抱歉，文件没有生成，请再试一次；仍不行的，请联系您的监管部门。"
IN_DISTRICT = f"区县：{DISTRICT}"
NOON = datetime.fromisoformat("2023-06-05T12:00:00+08:00")
A_SECOND = timedelta(seconds=1)


@pytest.fixture
async def reader(town: Town) -> Person:
    return await town.join("赵演六", "city", CITY)


def ask(town: Town, reader: Person, line: Phrase = "好了", column: str | None = None) -> None:
    """Ask for a paper, and die before it is drawn."""
    paper = CoveragePaper(((reader.id, line),), column)
    town.use(lambda uow: uow.papers.append(paper))


def orders(town: Town) -> list[Kept]:
    return town.app.look(lambda uow: paper_orders.listed(uow.conn, None, None))


def drawn_by(monkeypatch: pytest.MonkeyPatch, draw: Callable[[Any], Sequence[File]]) -> None:
    monkeypatch.setitem(drawing.registered(), CoveragePaper, draw)  # type: ignore[misc]  # a class with a parameter is no plain key


def a_file(_: object) -> list[File]:
    return [File("名单.txt", b"drawn")]


def wait(town: Town, span: timedelta) -> None:
    town.now += span


def another(town: Town) -> App:
    """Another process on the same database."""
    return App(town.app.settings, [town.channel], wall=lambda: town.now.astimezone(UTC))


def claimed(town: Town) -> int:
    """How many orders a process claims that is killed at once."""
    kinds = [CoveragePaper.kind]
    found, _ = town.use(lambda uow: paper_orders.claim(uow.conn, uow.wall, kinds, 4))
    return len(found)


def said_of_papers(town: Town) -> tuple[Level, str]:
    look = Look(town.now.astimezone(UTC), town.app.context.zone, Machine("", timedelta()), "terminal")
    found = town.app.look(lambda uow: findings.papers(uow.conn, look))
    assert isinstance(found.what, Say)
    return found.level, found.what.id


@pytest.mark.parametrize(
    "said",
    [
        "张演三的话【】",
        Words("标题"),
        Words("标题", "Title"),
        Say("listed", items=Listed(("甲", Say("papers-failed")))),
        Say("x", number=7, at=NOON, day=NOON.date(), week=DayAndWeekday(date(2024, 2, 29)), full=FullDay(NOON.date())),
        Say("x", lines=Numbered((listed(["甲", Words("乙")]), "丙"))),
    ],
)
def test_what_is_said_beside_a_paper_is_said_as_it_was_asked(said: Phrase) -> None:
    assert kept_phrases.phrase(kept_phrases.as_json(said)) == said


@pytest.mark.parametrize("stored", [None, 7, {"say": 7, "args": {}}, {"at": NOON.isoformat()}, {"listed": []}, [], {}])
def test_what_is_no_phrase_is_refused(stored: Arg) -> None:
    with pytest.raises(ValueError, match="phrase"):
        kept_phrases.phrase(stored)


async def test_a_paper_survives_the_process_that_was_asked_and_the_one_that_drew_it(
    town: Town, reader: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn_by(monkeypatch, a_file)
    charged: list[Address] = []
    ask(town, reader, Say("coverage-export-ready", place="沈阳市", at=town.now), DISTRICT)
    with closing(another(town)) as after:
        monkeypatch.setattr(after.gate, "worked", lambda address, _: charged.append(address))
        assert claimed(town) == 1  # and killed
        wait(town, LEASE - A_SECOND)
        await after.drawing.round()
        assert reader.look() == ""
        wait(town, 2 * A_SECOND)
        await after.drawing.round()
    assert charged == [reader.address]
    assert "沈阳市" in reader.look()
    assert [file.name for file in reader.screen[-1].files] == ["名单.txt"]
    (order,) = orders(town)
    assert (order.state, order.attempts, order.leases_lost, order.error) == ("sent", 1, 1, None)
    # Once it was sent nothing is kept of what was said beside it; asked for again, it is drawn again.
    assert town.use(lambda uow: uow.conn.execute(select(orders_table.c.readers)).scalars().all()) == [[]]
    ask(town, reader, "又一份", DISTRICT)
    await town.app.drawing.round()
    assert reader.look() == f"{IN_DISTRICT}\n又一份"


async def test_a_double_tap_gives_one_paper_and_two_processes_draw_it_once(
    town: Town, reader: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[object] = []

    def draw(facts: object) -> list[File]:
        drawn.append(facts)
        return a_file(facts)

    drawn_by(monkeypatch, draw)
    clerk = await town.join("孙演九", "clerk", DISTRICT)
    ask(town, reader, "第一次")
    ask(town, reader, "第二次")
    ask(town, reader, "另一份", DISTRICT)
    ask(town, clerk, "别人的", DISTRICT)
    with closing(another(town)) as second:
        await asyncio.gather(town.app.drawing.round(), second.drawing.round())
    assert sorted(reader.look().splitlines()) == [IN_DISTRICT, "另一份", "第二次"]
    assert clerk.look() == "别人的"
    assert len(drawn) == 3
    assert {order.state for order in orders(town)} == {"sent"}


async def test_what_is_asked_for_again_while_it_is_drawn_comes_once_and_as_it_is_by_then(
    town: Town, reader: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[object] = []

    def draw(facts: object) -> list[File]:
        drawn.append(facts)
        if len(drawn) == 1:
            ask(town, reader, "第二次")
        return a_file(facts)

    drawn_by(monkeypatch, draw)
    ask(town, reader, "第一次")
    await town.app.drawing.round()
    assert reader.look() == "第二次"
    assert len(drawn) == 2


async def test_a_paper_that_cannot_be_drawn_is_tried_again_and_then_its_reader_is_told_once(
    town: Town, reader: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[datetime] = []

    def draw(_: object) -> list[File]:
        tries.append(town.now)
        raise RuntimeError("fonts")

    drawn_by(monkeypatch, draw)
    ask(town, reader)
    for second in range(400):
        await town.app.drawing.round()
        wait(town, A_SECOND)
        if second in (1, 60):
            assert reader.look() == ""
            assert said_of_papers(town) == (Level.OK, "care-papers")
    assert [(at - tries[0]) // A_SECOND for at in tries] == [0, 5, 35, 215]
    assert len(tries) == ATTEMPTS
    assert reader.look() == SORRY
    assert [(order.state, order.error) for order in orders(town)] == [("failed", "RuntimeError")]
    assert said_of_papers(town) == (Level.WARNING, "care-papers-failed")
    drawn_by(monkeypatch, a_file)
    ask(town, reader)
    await town.app.drawing.round()
    assert reader.look() == "好了"
    wait(town, timedelta(days=1))
    assert said_of_papers(town) == (Level.OK, "care-papers")


@pytest.mark.parametrize(
    ("error", "place"),
    [(LookupError(7), "gather"), (RefusedError(Say("papers-failed")), "gather"), (TypeError("of ours"), "send")],
)
async def test_what_no_other_try_would_mend_is_told_at_once(
    town: Town, reader: Person, monkeypatch: pytest.MonkeyPatch, error: Exception, place: str
) -> None:
    fine = CoveragePaper.permission
    asked: list[int] = []

    def fail(*_: object) -> Any:
        raise error

    def permission(self: CoveragePaper, uow: UnitOfWork, person: int) -> Permission:
        asked.append(person)
        if len(asked) % 3 == 2:  # after it was gathered
            raise error
        return fine(self, uow, person)

    drawn_by(monkeypatch, a_file)
    if place == "gather":
        monkeypatch.setattr(CoveragePaper, "gather", fail)
    else:
        monkeypatch.setattr(CoveragePaper, "permission", permission)
    ask(town, reader)
    at_once = place == "gather"
    await town.app.drawing.round()
    assert (reader.look() == SORRY) is at_once
    assert [order.state for order in orders(town)] == ["failed" if at_once else "ready"]


async def test_orders_that_cannot_be_read_are_set_aside_by_their_ids_and_hold_up_no_other(
    town: Town, reader: Person, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    drawn_by(monkeypatch, a_file)
    broken: list[tuple[str, object]] = [
        *(("readers", {"a": 1}), ("readers", [["x", "y"]]), ("args", 7), ("args", {"column": 7}), ("args", {})),
    ]
    for number, (place, value) in enumerate(broken, 1):
        ask(town, reader, "坏的", town.app.context.pack.districts[number].name)
        spoil(town, f"paper_orders.{place}", value, f"id = {number}")
    ask(town, reader, "好的")
    with caplog.at_level(logging.ERROR):
        await town.app.drawing.round()
    assert sorted(reader.look().splitlines()) == sorted([*(SORRY for _ in broken), "好的"])
    assert all(f"order {number} " in caplog.text for number in range(1, len(broken) + 1))
    assert "Traceback" not in caplog.text
    assert [order.state for order in orders(town)] == [*("rejected" for _ in broken), "sent"]


async def test_an_order_that_is_lost_again_and_again_ends_and_takes_no_other_with_it(
    town: Town, reader: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn_by(monkeypatch, a_file)
    ask(town, reader)
    clerk = await town.join("孙演九", "clerk", DISTRICT)
    for number in range(LOST):
        if number == LOST - 1:
            ask(town, clerk, "别人的", DISTRICT)
        assert claimed(town) == 1 + (number == LOST - 1)
        wait(town, LEASE)
    await town.app.drawing.round()
    assert reader.look() == SORRY
    assert clerk.look() == "别人的"
    assert [(order.state, order.attempts) for order in orders(town)] == [("failed", 1), ("sent", 1)]


async def test_what_no_process_can_draw_waits_for_one_that_can_and_ends_after_a_day(
    town: Town, reader: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As beside a newer version, which has other papers."""
    drawn_by(monkeypatch, a_file)
    ask(town, reader)
    town.use(lambda uow: uow.conn.exec_driver_sql("UPDATE paper_orders SET kind = 'of-tomorrow'"))
    await town.app.drawing.round()
    wait(town, timedelta(minutes=16))
    assert reader.look() == ""
    assert said_of_papers(town) == (Level.ERROR, "care-papers-wait")
    wait(town, PATIENCE)
    await town.app.drawing.round()
    assert reader.look() == SORRY
    assert said_of_papers(town) == (Level.WARNING, "care-papers-failed")


async def test_the_loop_draws_at_once_and_gives_back_what_it_cannot_end(
    town: Town, reader: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.drawing.DRAIN", 0.05)
    begun, held = threading.Event(), threading.Event()

    def draw(facts: object) -> list[File]:
        begun.set()
        held.wait(20)
        return a_file(facts)

    async def until(holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(20):
            while not holds():  # noqa: ASYNC110  # what is waited for is in a thread, or in a database
                await asyncio.sleep(0.01)

    drawn_by(monkeypatch, a_file)
    ask(town, reader, "暖身")
    await town.app.drawing.round()
    monkeypatch.setattr("bot.drawing.IDLE", 30.0)
    drawing_on = asyncio.create_task(town.app.drawing.run())
    await asyncio.sleep(0.1)
    ask(town, reader, "马上")
    await town.app.drawing.attend()  # as `App.take` does after its commit
    await until(lambda: orders(town)[-1].state == "sent")
    assert reader.look() == "暖身\n马上"
    drawn_by(monkeypatch, draw)
    ask(town, reader, "放下的")
    await town.app.drawing.attend()
    await until(begun.is_set)
    drawing_on.cancel()
    await asyncio.wait([drawing_on])
    held.set()
    assert [(order.state, order.attempts, order.leases_lost) for order in orders(town)][-1] == ("ready", 0, 0)
    drawn_by(monkeypatch, a_file)
    with closing(another(town)) as after:
        await after.drawing.round()
    assert reader.look() == "放下的"


async def test_an_operator_who_asks_in_the_place_of_a_reader_is_named_with_it(
    town: Town, reader: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn_by(monkeypatch, a_file)
    person = reader.id

    def order(uow: UnitOfWork) -> None:
        uow.actor = Actor(person, "王值班")
        uow.papers.append(CoveragePaper(((person, "好了"),), None))

    town.use(order)
    await town.app.drawing.round()
    found = select(audit.c.actor, audit.c.operator).where(audit.c.event == "paper-sent")
    assert town.use(lambda uow: uow.conn.execute(found).all()) == [(person, "王值班")]
