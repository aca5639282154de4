"""A port of this machine alone."""

import socket
from typing import Final

HOST: Final = "127.0.0.1"


def listen(port: int) -> socket.socket:
    """Return a socket of this machine alone, listening; port 0 is any that is free. OSError where it is taken."""
    listener = socket.socket()
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        listener.listen()
    except OSError:
        listener.close()
        raise
    return listener
