"""A port to listen at, of this machine alone unless something else is asked for."""

import socket
from typing import Final

HOST: Final = "127.0.0.1"


def listen(port: int, host: str = HOST) -> socket.socket:
    """Return a socket at a port of an address, listening; port 0 is any that is free. OSError where it is taken, or the
    address is none of this machine.
    """
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen()
    except OSError:
        listener.close()
        raise
    return listener
