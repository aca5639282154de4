"""The network forbidden by construction: while the tests run, this process reaches loopback only."""

import socket
from ipaddress import ip_address
from typing import Any

import pytest


class NetworkForbiddenError(AssertionError):
    """The code under test tried to reach another machine."""


def free_port() -> int:
    """Return a port of this machine at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def forbid_network(patch: pytest.MonkeyPatch) -> list[str]:
    """Refuse every look-up and connection that leaves this machine; return the list that gathers the tries.

    Child processes are not held by this.
    """
    tries: list[str] = []

    def check(host: object) -> None:
        if not _is_here(host):
            tries.append(str(host))
            message = f"tests must not reach the network: {host!r}"
            raise NetworkForbiddenError(message)

    real_connect = socket.socket.connect
    real_connect_ex = socket.socket.connect_ex
    real_getaddrinfo = socket.getaddrinfo

    def connect(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX:
            check(address[0])
        real_connect(self, address)

    def connect_ex(self: socket.socket, address: Any) -> int:
        if self.family != socket.AF_UNIX:
            check(address[0])
        return real_connect_ex(self, address)

    def getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
        check(host)
        return real_getaddrinfo(host, *args, **kwargs)

    patch.setattr(socket.socket, "connect", connect)
    patch.setattr(socket.socket, "connect_ex", connect_ex)
    patch.setattr(socket, "getaddrinfo", getaddrinfo)
    return tries


def _is_here(host: object) -> bool:
    """Tell whether a host given to the socket module is this machine; None and "" are all its addresses."""
    name = host.decode() if isinstance(host, bytes) else host
    if name is None or name in {"", "localhost"}:
        return True
    try:
        address = ip_address(str(name))
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified
