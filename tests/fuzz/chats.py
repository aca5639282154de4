"""The door of the bot at work: what people of every role, and strangers, say, tap and send."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from sqlalchemy import Connection, select

from bot import subjects
from bot.incoming import respond
from campaign.roles import CITY, CLERK, LEADER, OFFICER, PRINCIPAL, WORKER
from service.people import inviting
from storage.schema import upgrade
from storage.tables import outbox
from talk.messages import Address, FileRef, Inbound, Kind, Outbound, Replied
from tests.fuzz.harness import Door, Enter
from tests.fuzz.words import words
from tests.service.conftest import CITY as THE_CITY
from tests.service.conftest import DISTRICT, FOOD, settle
from tests.town import START, Town

Act = tuple[str, Any]
"""What a person does: ("say", words), ("tap", which of the last buttons), ("press", data), ("file", words beside it),
("reply", words), ("forward", words),
("do", kind).
"""

CODE: Final = "{code}"
"""Stands for a code that is good."""

_command_words = st.sampled_from(
    ("", "41", "9" * 18, "0", "-1", "2023-06", "浑南区", FOOD, "en", "K7Q4-M2PX", "②", "1 2")
)
_commands = st.builds(
    "/{} {}".format, st.sampled_from(sorted(subjects.COMMANDS)), _command_words | words | st.just(CODE)
)
_pressed = st.one_of(
    words,
    st.builds("p:{}:{}".format, words, words),
    st.builds(
        "a:{}:{}".format,
        st.sampled_from(sorted(subjects.ACTIONS)),
        st.lists(
            st.sampled_from(("0", "1", "2", "5", "41", "9" * 18, "yes", "no", "2023-06", FOOD, "")) | words, max_size=4
        ).map(":".join),
    ),
)
_acts: SearchStrategy[Act] = st.one_of(
    st.tuples(st.just("tap"), st.integers(0, 8)),
    st.tuples(st.just("tap"), st.integers(0, 3)),
    st.tuples(
        st.just("say"), words | _commands | st.sampled_from(("6月2日", "3台", "现场调度", "郑演丙", f"/start {CODE}"))
    ),
    st.tuples(st.just("press"), _pressed),
    st.tuples(st.just("reply"), st.sampled_from(("现场调度", "6月2日", "停", "0.03%")) | words),
    st.tuples(st.just("forward"), st.sampled_from(("现场调度", "D-0605-01 停")) | words),
    st.tuples(st.just("file"), words),
    st.tuples(
        st.just("do"), st.sampled_from((Kind.EDITED, Kind.UNSUPPORTED, Kind.BLOCKED, Kind.UNBLOCKED, Kind.GROUP))
    ),
)
PEOPLE: Final = ("stranger", "guest", PRINCIPAL, OFFICER, WORKER, CLERK, LEADER, CITY)
_chats = st.tuples(st.sampled_from(PEOPLE), st.lists(_acts, min_size=1, max_size=8))


class _UndoneError(Exception):
    """The transaction is undone: the next chat finds the town as it was."""


class _Chat:
    """A person at the bot, in one transaction."""

    def __init__(self, town: Town, conn: Connection, address: Address, code: str) -> None:
        self._town = town
        self._conn = conn
        self._address = address
        self._code = code
        self._seen = 0
        self._buttons: list[str] = []
        self._number = 10**6
        self.look()

    def act(self, act: Act) -> None:
        kind, what = act
        bare = Inbound(self._address, self._number, START, Kind.TEXT)
        match kind:
            case "say":
                text = what.replace(CODE, self._code)
                inbound = replace(bare, text=text)
            case "tap":
                if not self._buttons:
                    return
                inbound = replace(bare, kind=Kind.BUTTON, data=self._buttons[what % len(self._buttons)])
            case "press":
                inbound = replace(bare, kind=Kind.BUTTON, data=what)
            case "reply":
                buttons = tuple(self._buttons[:3])
                inbound = replace(bare, text=what, reply=Replied("1", text="作业票 D-0605-01", buttons=buttons))
            case "forward":
                inbound = replace(bare, text=what, borrowed=True)
            case "file":
                photo = FileRef("ab" * 32, "现场.jpg", "image/jpeg", 1024)
                inbound = replace(bare, kind=Kind.FILE, text=what, files=(photo,))
            case _:
                inbound = replace(bare, kind=what, text="x")
        self._number += 1
        app = self._town.app
        respond(app._uow(self._conn, app._wall(), self._number.to_bytes(32), f"fuzz/{self._number}"), inbound)
        self.look()

    def look(self) -> None:
        rows = self._conn.execute(
            select(outbox.c.id, outbox.c.body)
            .where(outbox.c.external_id == self._address.external_id, outbox.c.id > self._seen)
            .order_by(outbox.c.id)
        ).all()
        for row in rows:
            self._seen = row.id
            message = Outbound.from_json(row.body)
            message.text.encode()
            assert message.text or message.files
            self._buttons = [button.data for line in message.buttons for button in line] or self._buttons


@contextmanager
def _chatting(folder: Path) -> Iterator[Enter]:
    url = f"sqlite:///{folder / 'anzhu.db'}"
    upgrade(url)
    settle(url, folder)
    town = Town.found(url, folder)
    with asyncio.Runner() as runner:
        addresses = {"stranger": Address("web", "test", "stranger"), "guest": Address("web", "test", "guest")}
        for role, name, subject in (
            *((PRINCIPAL, "郑演丙", FOOD), (OFFICER, "钱演七", FOOD), (WORKER, "周演四", FOOD)),
            *((CLERK, "孙演九", DISTRICT), (LEADER, "李演五", DISTRICT), (CITY, "吴演六", THE_CITY)),
        ):
            addresses[role] = runner.run(town.join(name, role, subject)).address
        guest = town.newcomer("guest")
        code, other = (town.use(lambda uow: inviting.invite(uow, OFFICER, FOOD, "浑南区应急管理局")).code for _ in "ab")
        runner.run(guest.say(f"/start {other}"))

    def enter(value: tuple[str, list[Act]]) -> None:
        who, acts = value

        def job(conn: Connection) -> None:
            chat = _Chat(town, conn, addresses[who], code)
            for act in acts:
                chat.act(act)
            raise _UndoneError

        with suppress(_UndoneError):
            town.app.database.run(job)

    yield enter
    town.app.close()


DOORS: Final = (Door("chats", _chats, _chatting, 2),)
