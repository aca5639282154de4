"""What a chat shows, from the inbox and the outbox of a real database."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from sqlalchemy import Connection

from bot.channels.web.channel import News, WebChannel, address_of, sent_at
from bot.channels.web.history import MOST, Entry, file_of, history, raw
from storage import accounts, clock, inbox, outbox, sending
from storage.engine import Database, open_database
from talk.messages import Address, Button, FileRef, Inbound, Kind, Outbound, Sent

START = datetime.fromisoformat("2023-05-23T09:00:00+08:00")
WALL = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
ME, OTHER = address_of("zheng"), address_of("qian")
PHOTO = FileRef("a" * 64, "现场.png", "image/png", 100)
REPORT = FileRef("b" * 64, "我的资料.txt", "text/plain", 20)


def rows(*labels: str) -> tuple[tuple[Button, ...], ...]:
    """A row for each label."""
    return tuple((Button(label, f"p:T:{label.removeprefix('✓')}"),) for label in labels)


@dataclass
class Talk:
    """A chat at work on a database; each thing that happens takes a minute of campaign time."""

    database: Database
    now: datetime = START
    wall: datetime = WALL
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.database.run(lambda conn: clock.start(conn, self.now, self.wall))
        self.database.run(lambda conn: accounts.open_account(conn, ME.channel, ME.account))

    async def tell_time(self) -> datetime:
        return self.now

    def pass_time(self, campaign: timedelta = timedelta(minutes=1)) -> None:
        """Real time goes on by a minute, the campaign's by as much or more."""
        self.now += campaign
        self.wall += timedelta(minutes=1)
        self.database.run(lambda conn: clock.advance(conn, self.now, self.wall))

    def hear(self, text: str = "", *, data: str = "", files: tuple[FileRef, ...] = (), stamped: bool = True) -> None:
        """The person says something."""
        kind = Kind.BUTTON if data else Kind.FILE if files else Kind.TEXT
        inbound = Inbound(ME, next(self.numbers), self.now, kind, text=text, data=data, files=files)
        if stamped:
            inbound = replace(inbound, raw=raw(inbound, inbound.at))
        self.database.run(lambda conn: inbox.receive(conn, inbound, self.wall))
        self.pass_time()

    async def say(self, message: Outbound, *, settled: bool = True) -> str:
        """The bot says something; the id of the message."""
        letter = outbox.Letter(
            f"test/{next(self.numbers)}", outbox.REPLY, ME, None, "reply", None, message, self.wall, None
        )
        self.database.run(lambda conn: outbox.put(conn, letter, self.wall))
        return await self.send_next(settled=settled)

    async def send_next(self, *, settled: bool = True) -> str:
        """What waits next leaves; the id of the message."""
        (claimed,) = self.database.run(
            lambda conn: sending.claim(conn, ME.channel, ME.account, self.wall, limit=1)
        ).letters
        outcome = await WebChannel(self.tell_time, News()).send(ME, claimed.message, claimed.replaces)
        assert isinstance(outcome, Sent)
        if settled:
            self.database.run(lambda conn: sending.settle(conn, [sending.Settled(claimed, outcome, self.wall)]))
        self.pass_time()
        return outcome.message_id

    def shown(self) -> list[Entry]:
        """What the page shows now."""
        return self.database.look(lambda conn: history(conn, ME, self.now))

    def texts(self) -> list[str]:
        """The words of it, the person's after a >."""
        return [f"> {entry.text}" if entry.by_person else entry.text for entry in self.shown()]


@pytest.fixture
def talk(current_database_url: str) -> Iterator[Talk]:
    database = open_database(current_database_url)
    yield Talk(database)
    database.close()


async def test_both_sides_stand_in_one_order_with_campaign_time(talk: Talk) -> None:
    talk.hear("/tasks")
    await talk.say(Outbound("待办任务1项", rows("第1项")))
    talk.pass_time(timedelta(days=8))
    await talk.say(Outbound("⏰ 今天截止"))
    talk.hear("好")
    assert talk.texts() == ["> /tasks", "待办任务1项", "⏰ 今天截止", "> 好"]
    assert [entry.at for entry in talk.shown()] == [
        START,
        START + timedelta(minutes=1),
        START + timedelta(days=8, minutes=2),
        START + timedelta(days=8, minutes=3),
    ]
    assert {entry.at.utcoffset() for entry in talk.shown()} == {timedelta(hours=8)}


async def test_a_tap_is_shown_as_the_words_of_its_button(talk: Talk) -> None:
    await talk.say(Outbound("调度了吗？", rows("已调度", "还没有")))
    talk.hear(data="p:T:已调度")
    assert talk.texts() == ["调度了吗？", "> 已调度"]


async def test_a_tap_on_nothing_that_was_shown_is_left_out(talk: Talk) -> None:
    talk.hear(data="p:GUESSED:1")
    assert talk.texts() == []


async def test_a_renewed_card_keeps_its_place_and_its_time_and_the_toggle_is_seen_on_it(talk: Talk) -> None:
    first = await talk.say(Outbound("议定了哪些事项？", rows("整改", "培训", "完成"), card="prompt/T"))
    await talk.say(Outbound("【系统】另一条"))
    talk.hear(data="p:T:整改")
    assert await talk.say(Outbound("议定了哪些事项？", rows("✓整改", "培训", "完成"), card="prompt/T")) == first
    card, other = talk.shown()
    assert [button.text for row in card.buttons for button in row] == ["✓整改", "培训", "完成"]
    assert (card.at, card.live, other.text) == (START, True, "【系统】另一条")
    talk.hear(data="p:T:完成")
    await talk.say(Outbound("还有什么问题？"))
    assert talk.texts() == ["议定了哪些事项？", "【系统】另一条", "> 完成", "还有什么问题？"]
    assert not any(entry.live for entry in talk.shown())


async def test_words_before_a_renewed_card_stay(talk: Talk) -> None:
    await talk.say(Outbound("议定了哪些事项？", rows("整改"), card="prompt/T"))
    talk.hear("整改")
    await talk.say(Outbound("议定了哪些事项？", rows("✓整改"), card="prompt/T"))
    assert talk.texts() == ["议定了哪些事项？", "> 整改"]


async def test_the_buttons_that_wait_are_the_newest_until_one_is_tapped(talk: Talk) -> None:
    await talk.say(Outbound("哪天？", rows("今天")))
    await talk.say(Outbound("什么形式？", rows("会议", "现场")))
    assert [entry.live for entry in talk.shown()] == [False, True]
    talk.hear("六月三十五日")
    await talk.say(Outbound("未能识别"))
    assert [entry.live for entry in talk.shown()] == [False, True, False, False]
    talk.hear(data="p:T:会议")
    assert not any(entry.live for entry in talk.shown())
    await talk.say(Outbound("请您核对", rows("确认提交")))
    assert [entry.text for entry in talk.shown() if entry.live] == ["请您核对"]


async def test_a_message_on_its_way_is_shown_and_one_that_waits_is_not(talk: Talk) -> None:
    await talk.say(Outbound("已收到"), settled=False)
    later = outbox.Letter(
        "later", outbox.REPLY, ME, None, "reply", None, Outbound("以后"), talk.wall + timedelta(days=1), None
    )
    talk.database.run(lambda conn: outbox.put(conn, later, talk.wall))
    assert talk.texts() == ["已收到"]
    assert talk.shown()[0].at == talk.now


async def test_what_others_said_stays_theirs(talk: Talk) -> None:
    talk.hear("在吗")
    await talk.say(Outbound("在"))
    assert talk.database.look(lambda conn: history(conn, OTHER, talk.now)) == []


async def test_files_are_shown_and_found_in_their_chat_alone(talk: Talk) -> None:
    def found(address: Address, sha256: str) -> FileRef | None:
        return talk.database.look(lambda conn: file_of(conn, address, sha256))

    talk.hear("整改后", files=(PHOTO,))
    await talk.say(Outbound("这是您的全部资料。", files=(REPORT,)))
    await talk.send_next()
    assert [(entry.text, entry.files) for entry in talk.shown()] == [
        ("整改后", (PHOTO,)),
        ("这是您的全部资料。", ()),
        ("", (REPORT,)),
    ]
    assert [found(ME, PHOTO.sha256), found(ME, REPORT.sha256), found(ME, "c" * 64)] == [PHOTO, REPORT, None]
    assert [found(OTHER, PHOTO.sha256), found(OTHER, REPORT.sha256)] == [None, None]


async def test_what_came_another_way_is_shown_at_the_clock_of_now(talk: Talk) -> None:
    talk.hear("在吗", stamped=False)
    assert [(entry.text, entry.at) for entry in talk.shown()] == [("在吗", START)]


async def test_a_long_chat_shows_its_end(talk: Talk) -> None:
    def many(conn: Connection) -> None:
        for number in range(MOST + 1):
            inbound = Inbound(ME, number, talk.now, Kind.TEXT, text=str(number))
            inbox.receive(conn, replace(inbound, raw=raw(inbound, inbound.at)), talk.wall)

    talk.database.run(many)
    assert talk.texts() == [f"> {number}" for number in range(1, MOST + 1)]


async def test_the_id_of_a_message_tells_when_it_was_sent() -> None:
    async def now() -> datetime:
        return START

    sent = [await WebChannel(now, News()).send(ME, Outbound("在"), None) for _ in range(2)]
    assert sent[0] != sent[1]
    assert all(isinstance(one, Sent) and sent_at(one.message_id) == START for one in sent)
