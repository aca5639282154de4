"""The log: when, how bad, what, in a form that programs read; and no text, name or token of anybody in it."""

import io
import json
import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert

from bot import incoming
from bot.channels.telegram.api import ApiError, UnreachableError, result
from bot.cli.logs import Lines
from service.core.unit_of_work import UnitOfWork
from storage.tables import signs
from talk.messages import Address, Broken, ChannelDown, Inbound, Kind, Outbound, Outcome, Rejected
from tests.service.conftest import FOOD, row
from tests.telegram.fake_api import TOKEN
from tests.town import Town

TEXT, NAME = "锅炉房泄漏了没人管", "张演密"
PLANTED = f"{TEXT} {NAME} {TOKEN}"
SECRETS = (TEXT, NAME, TOKEN, TOKEN.partition(":")[2])


@pytest.fixture
def town(current_database_url: str, tmp_path: Path) -> Iterator[Town]:
    """One enterprise."""
    founded = Town.found(current_database_url, tmp_path)
    founded.register(row())
    yield founded
    founded.app.close()


@pytest.fixture
def logged() -> Iterator[dict[str, io.StringIO]]:
    """Give what is logged, in each form, however it is."""
    root, kept = logging.getLogger(), {"text": io.StringIO(), "json": io.StringIO()}
    handlers = [logging.StreamHandler(out) for out in kept.values()]
    before = root.level
    root.setLevel(logging.DEBUG)
    for handler, shape in zip(handlers, kept, strict=True):
        handler.setFormatter(Lines(ZoneInfo("Asia/Shanghai"), shape))  # type: ignore[arg-type]  # one of its words
        root.addHandler(handler)
    yield kept
    root.setLevel(before)
    for handler in handlers:
        root.removeHandler(handler)


async def _talk_in_which_everything_fails(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    person = await town.join(NAME, "officer", FOOD)
    await person.say(PLANTED)
    respond = incoming.respond

    def fail(uow: UnitOfWork, inbound: Inbound) -> None:
        respond(uow, inbound)
        raise ValueError(PLANTED) from KeyError(PLANTED)

    def fail_in_the_database(uow: UnitOfWork, inbound: Inbound) -> None:
        respond(uow, inbound)
        with uow.following():
            uow.conn.execute(insert(signs).values(what=PLANTED, channel=TEXT, account=NAME, at=uow.wall))

    for way in (fail, fail_in_the_database):
        monkeypatch.setattr(incoming, "respond", way)
        await person.say(PLANTED)
    monkeypatch.setattr(incoming, "respond", respond)
    ends: list[Outcome | Exception] = [
        *(KeyError(PLANTED), Rejected(f"400 Bad Request: {PLANTED}"), Rejected(PLANTED)),
        *(Broken(f"502 {PLANTED}"), ChannelDown(f"401 {PLANTED}"), UnreachableError(PLANTED)),
    ]

    async def send(address: Address, message: Outbound, replaces: str | None) -> Outcome:
        del address, message, replaces
        end = ends.pop(0) if ends else ChannelDown("")
        if isinstance(end, Exception):
            raise end
        return end

    monkeypatch.setattr(town.channel, "send", send)
    for number in range(len(ends)):
        address = Address("web", "test", f"{number}")
        await town.app.take(Inbound(address, 700 + number, datetime.now(UTC), Kind.TEXT, text=PLANTED))
        await town.app.delivery.round()
    await town.app.set_aside(person.address, -5, PLANTED, f"not understood: {ValueError(PLANTED)!r}")


@pytest.mark.parametrize("current_database_url", ["sqlite", "postgresql"], indirect=True)
async def test_a_talk_in_which_everything_fails_leaves_nothing_of_anybody_in_the_log(
    town: Town, logged: dict[str, io.StringIO], monkeypatch: pytest.MonkeyPatch
) -> None:
    await _talk_in_which_everything_fails(town, monkeypatch)
    loop_log = logging.getLogger("asyncio")
    loop_log.error(f"Task exception was never retrieved\nfuture: <Task exception={ValueError(PLANTED)!r}>")
    for told in (b'{"ok": false, "error_code": 502, "description": "%s"}' % PLANTED.encode(), PLANTED.encode()):
        with pytest.raises((ApiError, UnreachableError)) as caught:
            result(502, told)
        logging.getLogger("anzhu.telegram").warning("not reached: %s, %r", caught.value, caught.value)
    text, as_json = (out.getvalue() for out in logged.values())
    assert not [secret for secret in SECRETS if secret in text or secret in as_json]
    lines = [json.loads(line) for line in as_json.splitlines()]
    assert len(lines) == len(text.splitlines())
    for line, one in zip(text.splitlines(), lines, strict=True):
        assert re.match(r"time=\S+\+08:00 level=[a-z]+ logger=[\w.]+ message=", line), line
        assert datetime.fromisoformat(one["time"]).utcoffset() is not None
        assert one["level"].upper() in logging.getLevelNamesMapping()
    # What is wrong is told all the same, and where.
    failed = [one for one in lines if "failed" in one["message"] and "update in/web/test/" in one["message"]]
    assert failed[0]["error"] == "ValueError (KeyError)"
    assert failed[0]["at"].startswith("tests/bot/test_logs.py:")
    assert re.match(r"IntegrityError SQLITE_CONSTRAINT_\w+|CheckViolation 23514", failed[1]["error"])
    messages = {one["message"]: one.get("code") for one in lines}
    assert any(re.fullmatch(r"letter \d+ was rejected by web", one) and code == "400" for one, code in messages.items())
    assert "web cannot send: 401" in messages
    assert "Task exception was never retrieved" in messages
    assert "not reached: UnreachableError 502, 'UnreachableError 502'" in messages
