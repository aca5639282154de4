"""The audit log told to a collector of logs, as RFC 5424 has it: numbers and names of kinds, and no text of anybody."""

import json
import logging
import os
import socket
from collections.abc import Sequence
from contextlib import closing
from logging import LogRecord
from logging.handlers import SysLogHandler
from typing import Any, Final
from urllib.parse import urlsplit

from sqlalchemy import Row

PATIENCE: Final = 10
"""Seconds that a collector has to take a line."""
WORDS: Final = frozenset({"kind", "command", "state", "role", "how", "origin", "hour", "log", "pack", "key"})
"""The data that is told where it is text: names that the bot gave. Whatever else is text may be somebody's."""


def target(address: str) -> tuple[str | tuple[str, int], socket.SocketKind]:
    """Return where `udp://HOST:PORT`, `tcp://HOST:PORT` or a path such as `/dev/log` leads; ValueError for others."""
    if address.startswith("/"):
        return address, socket.SOCK_DGRAM
    parts = urlsplit(address)
    if parts.scheme not in ("udp", "tcp") or not parts.hostname or not parts.port:
        raise ValueError("not an address of a collector of logs")
    kind = socket.SOCK_DGRAM if parts.scheme == "udp" else socket.SOCK_STREAM
    return (parts.hostname, parts.port), kind


def line(row: Row[Any], host: str) -> str:
    """Return an event as a line without its priority. All of it is ASCII and without a line break in it."""
    plain = {name: value for name, value in row.data.items() if isinstance(value, int | float) or name in WORDS}
    told = {
        "seq": row.seq,
        "person": row.actor,
        "operator": row.operator,
        "subject": row.subject,
        **plain,
        "seal": bytes(row.seal).hex(),
    }
    at = row.at.isoformat(timespec="milliseconds")
    return f"1 {at} {host} anzhu {os.getpid()} {row.event[:32]} - {json.dumps(told)}"


def send(address: str, rows: Sequence[Row[Any]]) -> None:
    """Tell events to a collector; OSError where it does not take one. Over UDP nobody knows what arrived."""
    where, kind = target(address)
    with closing(_Collector(where, kind)) as collector:
        for row in rows:
            told = line(row, socket.gethostname() or "-")
            # Over TCP a line ends one (RFC 6587, 3.4.2); a datagram is one by itself.
            ended = f"{told}\n" if kind is socket.SOCK_STREAM else told
            collector.emit(LogRecord("anzhu", logging.INFO, "", 0, ended, None, None))


class _Collector(SysLogHandler):
    """The handler of the standard library, which raises where it would else go on without a word."""

    append_nul = False

    def __init__(self, address: str | tuple[str, int], kind: socket.SocketKind) -> None:
        super().__init__(address, SysLogHandler.LOG_AUTHPRIV, kind)

    def createSocket(self) -> None:  # noqa: N802  # the library's name
        """Connect; over TCP within some seconds, after which the library would still wait."""
        if self.socktype is socket.SOCK_STREAM and not isinstance(self.address, str):
            self.unixsocket = False
            self.socket = socket.create_connection(self.address, PATIENCE)
        else:
            super().createSocket()

    def handleError(self, record: LogRecord) -> None:  # noqa: N802  # the library's name
        del record
        raise  # noqa: PLE0704  # it is called within the handler of what went wrong
