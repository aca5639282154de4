"""The tests cannot reach another machine, and a try fails the test that made it."""

import asyncio
import socket

import pytest

from tests.network import NetworkForbiddenError


@pytest.mark.parametrize("host", ["example.com", "192.0.2.1", "2001:db8::1"])
def test_a_blocking_connection_is_refused(host: str, network_tries: list[str]) -> None:
    with pytest.raises(NetworkForbiddenError):
        socket.create_connection((host, 80))
    assert network_tries == [host]
    network_tries.clear()


@pytest.mark.parametrize("host", ["example.com", "192.0.2.1"])
async def test_an_asyncio_connection_is_refused(host: str, network_tries: list[str]) -> None:
    with pytest.raises(NetworkForbiddenError):
        await asyncio.open_connection(host, 80)
    assert network_tries == [host]
    network_tries.clear()


async def test_this_machine_is_reached() -> None:
    async def greet(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"here")
        writer.close()

    async with await asyncio.start_server(greet, "127.0.0.1") as server:
        reader, writer = await asyncio.open_connection("localhost", server.sockets[0].getsockname()[1])
        assert await reader.read() == b"here"
        writer.close()
        await writer.wait_closed()
