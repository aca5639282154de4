"""The events of the audit at a collector of logs: each at least once, in order, and no text of anybody among them."""

import json
import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot import syslog
from bot.settings import Settings
from bot.witness import witness
from storage import audit
from tests.town import Town

LINE = re.compile(r"<86>1 (\S+) \S+ anzhu \d+ (\S+) - (\{.*\})")


@pytest.fixture
def town(current_database_url: str, tmp_path: Path) -> Iterator[Town]:
    found = Town.found(current_database_url, tmp_path)
    yield found
    found.app.close()


def tell_to(town: Town, address: str) -> None:
    town.app.settings = town.app.settings.model_copy(update={"syslog": address})


def collector() -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    listening.bind(("127.0.0.1", 0))
    listening.settimeout(5)
    return listening


def heard(listening: socket.socket, number: int) -> list[tuple[str, dict[str, object]]]:
    """What arrived: each event with what is told of it."""
    found = []
    for _ in range(number):
        match = LINE.fullmatch(listening.recv(65536).decode("ascii"))
        assert match is not None
        found.append((match[2], json.loads(match[3])))
    return found


async def test_each_event_is_told_once_and_what_came_while_nobody_listened_afterwards(town: Town) -> None:
    town.use(lambda uow: uow.note("first", "duty/1", reason="张三说的话", number=7, role="officer", token="t"))
    with collector() as listening:
        tell_to(town, f"udp://127.0.0.1:{listening.getsockname()[1]}")
        await witness(town.app)
        (_, first, settings) = heard(listening, 3)
        assert first[0] == "first"
        assert {name: first[1][name] for name in ("seq", "subject", "number", "role")} == {
            "seq": 2, "subject": "duty/1", "number": 7, "role": "officer",
        }  # fmt: skip
        assert "reason" not in first[1]
        assert "token" not in first[1]
        assert settings[0] == "settings"
        await witness(town.app)
        listening.settimeout(0.05)
        with pytest.raises(TimeoutError):
            listening.recv(1)
        town.use(lambda uow: uow.note("second", "duty/1"))
        listening.settimeout(5)
        await witness(town.app)
        assert [event for event, _ in heard(listening, 1)] == ["second"]


async def test_what_a_collector_does_not_take_is_told_later(town: Town) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    tell_to(town, f"tcp://127.0.0.1:{port}")
    town.use(lambda uow: uow.note("kept", "duty/1"))
    await witness(town.app)
    with socket.create_server(("127.0.0.1", port)) as server:
        server.settimeout(5)
        await witness(town.app)
        connection, _ = server.accept()
        with connection, connection.makefile("rb") as lines:
            assert [LINE.match(line.decode())[2] for line in lines] == ["audit-begun", "kept", "settings"]  # type: ignore[index]


async def test_settings_that_change_are_an_event(town: Town) -> None:
    await witness(town.app)
    await witness(town.app)
    town.app.settings = town.app.settings.model_copy(update={"photo_location": True})
    await witness(town.app)
    rows = town.app.look(lambda uow: [one.data["photo_location"] for one in audit.events(uow.conn, ["settings"])])
    assert rows == [False, True]


@pytest.mark.parametrize("address", ["tcp://", "udp://x", "http://x:1", "dev/log", "tcp://x:99999"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(ValidationError):
        Settings(syslog=address)


@pytest.mark.parametrize("address", ["/dev/log", "udp://10.0.0.1:514", "tcp://[::1]:601"])
def test_what_is_an_address_leads_there(address: str) -> None:
    assert Settings(syslog=address).syslog == address
    assert syslog.target(address)
