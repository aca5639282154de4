"""A database server on another machine that would let everything be read on the way."""

import socket
import threading

from tests.cli.conftest import Anzhu
from tests.town import SECRET


def test_a_server_without_encryption_gets_one_line_and_no_password(bare: Anzhu) -> None:
    """It says N to the request for TLS; its address is none of the loopback ones, though it is here."""
    heard: list[bytes] = []
    with socket.create_server(("0.0.0.0", 0)) as server:  # noqa: S104  # reached from here only, for a moment

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                heard.append(connection.recv(100))
                connection.sendall(b"N")
                heard.append(connection.recv(100))

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        port = server.getsockname()[1]
        bare.settings["ANZHU_DATABASE_URL"] = f"postgresql+psycopg://anzhu:pass-word@0.0.0.0:{port}/anzhu"
        bare.settings["ANZHU_SECRET_KEY"] = SECRET
        said = bare.refused("people", code=1)
        thread.join(10)
    assert "数据库服务器不提供加密连接" in said
    assert "sslmode=disable" in said
    assert b"pass-word" not in b"".join(heard)
    assert b"anzhu" not in b"".join(heard)
