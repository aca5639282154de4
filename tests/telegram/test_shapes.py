"""Updates of every shape that chance finds, the platform's own with a part exchanged among them: whatever comes, the
next one is taken.
"""

import asyncio
import copy
import shutil
from collections.abc import Mapping
from itertools import count
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.app import App
from bot.channels.telegram.api import ApiError, UnreachableError
from bot.channels.telegram.polling import Poller
from bot.settings import Settings
from storage.tables import inbox
from tests.telegram.fake_api import ACCOUNT
from tests.town import SECRET

CHAT = {"id": 7001, "type": "private", "first_name": "演丙"}
FROM = {"id": 7001, "is_bot": False, "first_name": "演丙", "last_name": "郑", "language_code": "zh-hans"}
BASE = {"message_id": 5, "from": FROM, "chat": CHAT, "date": 1_685_926_800}
PLAIN: list[dict[str, Any]] = [
    {"message": {**BASE, "text": "/start K7Q4-M2PX"}},
    {"message": {**BASE, "text": "/tasks", "entities": [{"type": "bot_command", "offset": 0, "length": 6}]}},
    {"message": {**BASE, "caption": "图", "photo": [{"file_id": "a", "width": 9, "height": 9, "file_size": 9}]}},
    {"message": {**BASE, "photo": [{"file_id": "a", "width": 9, "height": 9}], "media_group_id": "13"}},
    {"message": {**BASE, "text": "是", "forward_origin": {"type": "hidden_user", "date": 1_685_926_800}}},
    {
        "message": {
            **BASE,
            "text": "是",
            "reply_to_message": {
                **BASE,
                "from": {"id": 1, "is_bot": True},
                "text": "主持吗？",
                "reply_markup": {"inline_keyboard": [[{"text": "是", "callback_data": "p:AAAA:yes"}]]},
            },
        }
    },
    {"message": {**BASE, "text": "是", "external_reply": {}, "quote": {"text": "x"}, "via_bot": FROM}},
    {"edited_message": {**BASE, "edit_date": 1_685_926_900, "location": {"latitude": 1.0, "longitude": 2.0}}},
    {"message": {**BASE, "document": {"file_id": "d", "file_name": "清单.pdf", "file_size": 9}}},
    {"message": {**BASE, "sticker": {"file_id": "s"}}},
    {"message": {**BASE, "chat": {"id": -1001, "type": "supergroup"}, "text": "x"}},
    {"edited_message": {**BASE, "edit_date": 1_685_926_900, "text": "新"}},
    {"callback_query": {"id": "q", "from": FROM, "message": BASE, "chat_instance": "1", "data": "a:show:1"}},
    {
        "my_chat_member": {
            "chat": CHAT,
            "from": FROM,
            "date": 1_685_926_800,
            "old_chat_member": {"status": "member"},
            "new_chat_member": {"status": "kicked"},
        }
    },
]

leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([2**31, 2**63, 2**70, -(2**70), 253_402_300_800, 0, -1])
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["\0", "\ud800", "/start ", "/start \0", "private", "x" * 5_000, "a:", "p:", "p:x:\0"])
)
anything = st.recursive(leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner))


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The ways to every part of a value."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(way for key, part in parts for way in places(part, (*path, key)))]


@st.composite
def mutated(draw: st.DrawFn) -> Any:
    """An update of the platform in which some parts are others, or gone."""
    update = copy.deepcopy(draw(st.sampled_from(PLAIN)) | {"update_id": draw(st.integers(1, 2**40))})
    for _ in range(draw(st.integers(0, 3))):
        *way, last = draw(st.sampled_from(places(update)[1:]))
        inside: Any = update
        for key in way:
            inside = inside[key]
        if draw(st.booleans()):
            inside[last] = draw(anything)
        else:
            del inside[last]
        if not places(update)[1:]:
            break
    return update


class Silent:
    """A platform that refuses whatever is asked."""

    async def call(self, method: str, params: Mapping[str, Any], *, seconds: float = 0) -> Any:
        del method, params, seconds
        raise ApiError(400, "Bad Request: no")

    async def download(self, file_path: str) -> bytes:
        raise ApiError(400, file_path)

    async def close(self) -> None:
        """Nothing was open."""


async def no_wait(_: float) -> None:
    await asyncio.sleep(0)


def test_whatever_comes_the_next_update_is_taken(tmp_path: Path, sqlite_template: Path) -> None:
    shutil.copy(sqlite_template, tmp_path / "anzhu.db")
    app = App(Settings.model_validate({"data_dir": tmp_path, "secret_key": SECRET}))
    numbers = count(2**51)

    async def take(poller: Poller, updates: list[Any]) -> None:
        try:
            await poller.accept(updates)
        except UnreachableError:
            assert updates
        number = next(numbers)
        # Of another address each time: the budget of one ends, and silence would prove nothing.
        chat = {"id": 10_000 + number % 2**20, "type": "group"}
        await poller.accept([{"update_id": number, "message": {**BASE, "chat": chat, "text": "你好"}}])
        while poller._tasks:
            await asyncio.wait(poller._tasks.values())
        app.gate._budget._together.clear()
        found = await app.database.read(
            lambda conn: conn.execute(select(inbox.c.state).where(inbox.c.update_id == number)).scalar_one()
        )
        assert found == "done"
        app.gate._failures.level = 100

    with asyncio.Runner() as runner:
        poller = Poller(Silent(), ACCOUNT, app, wait=no_wait)

        @settings(max_examples=150, suppress_health_check=list(HealthCheck))
        @given(st.lists(mutated() | anything, min_size=1, max_size=6))
        def run(updates: list[Any]) -> None:
            runner.run(take(poller, updates))

        run()
    app.close()
