"""Who may talk to the web chat: pages of its own address, in a browser on this machine, and nothing else."""

from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from talk.texts import CHINESE, Say, render

SAFE = {"GET", "HEAD"}

HEADERS = {
    # Scripts, styles and pictures come as files of our own; what people wrote can start nothing.
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    # Not "no-referrer": browsers then send a form with the origin "null", which is refused here.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Guard:
    """ASGI middleware: a known Host, a form of our own origin, strict headers.

    The Host keeps out pages of others that were given this machine's address by name (DNS rebinding),
    the Origin keeps out forms that they submit here.
    """

    def __init__(self, app: ASGIApp, hosts: Iterable[str]) -> None:
        """`hosts` are the names of this server, the one to tell people first: "127.0.0.1:8700"."""
        self._app = app
        self._hosts = tuple(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                headers.setdefault("Cache-Control", "no-cache")
            await send(message)

        answer = self._refusal(scope["method"], Headers(scope=scope)) or self._app
        await answer(scope, receive, send_guarded)

    def _refusal(self, method: str, headers: Headers) -> Response | None:
        host = headers.get("host", "").lower()
        if host not in self._hosts:
            here = Say("web-wrong-host", address=f"http://{self._hosts[0]}/")
            return PlainTextResponse(render(here, CHINESE), 421)
        if method not in SAFE and not _is_own(headers, host):
            return PlainTextResponse(render(Say("web-cross-origin"), CHINESE), 403)
        return None


def _is_own(headers: Headers, host: str) -> bool:
    origin = headers.get("origin")
    if origin is not None:
        return origin.lower() == f"http://{host}"
    # Programs send neither; every browser that sends a form sends at least one of them.
    return headers.get("sec-fetch-site", "none") in ("same-origin", "none")
