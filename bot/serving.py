"""An application over HTTP as a part of a process that serves something else besides."""

import asyncio
import socket
from contextlib import AbstractContextManager, nullcontext
from typing import Final

import uvicorn
from starlette.applications import Starlette

AT_ONCE: Final = 100
"""Connections that are served; one more is told to come back."""


class _Server(uvicorn.Server):
    """Leaves signals to the process that it is a part of."""

    def capture_signals(self) -> AbstractContextManager[None]:  # type: ignore[override]  # as it is decorated there
        return nullcontext()


async def serve(app: Starlette, listener: socket.socket) -> None:
    """Answer until cancelled; what is being answered then has a second more."""
    config = uvicorn.Config(
        app,
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        limit_concurrency=AT_ONCE,
        timeout_graceful_shutdown=1,
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        await asyncio.shield(serving)
    finally:
        server.should_exit = True
        await serving
        listener.close()
