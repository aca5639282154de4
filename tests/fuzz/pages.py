"""The door of the web chat: requests as a browser sends them, and as none does."""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from bot.channels.web.guard import HEADERS
from tests.fuzz.harness import Door, Enter
from tests.fuzz.words import words
from tests.web.fake_desk import FakeDesk

Page = tuple[str, str, dict[str, str], bytes]
"""A request to the web chat: method, path and query, headers, body."""

HOST: Final = "127.0.0.1:8700"
_paths = st.one_of(
    st.sampled_from(("/", "/chat/1", "/chat/1/messages", "/clock", "/?open=1", "/static/app.js", "/static/../app.py")),
    st.builds("/chat/{}/files/{}".format, st.integers(0, 9), st.sampled_from(("..%2f..", "a" * 64, "%00")) | words),
    st.builds("/static/{}".format, st.sampled_from(("..%2f..%2fapp.py", "%2e%2e/app.py", "/etc/passwd")) | words),
    st.builds("/?open={}".format, words),
    words.map(lambda text: f"/{text}"),
)
_boundary = "x" * 9


def _multipart(parts: list[tuple[str, str, str]]) -> bytes:
    body = "".join(
        f'--{_boundary}\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n{value}\r\n'
        for name, file, value in parts
    )
    return f"{body}--{_boundary}--\r\n".encode("utf-8", "surrogatepass")


_fields = st.sampled_from(("once", "tap", "text", "back", "files", "to", "open")) | words
_parts = st.tuples(
    _fields,
    st.sampled_from(("", '; filename="a.jpg"', '; filename="../../a"', '; filename=""', "; filename*=utf-8''x")),
    words,
)
_bodies = st.one_of(
    st.binary(max_size=60),
    st.lists(_parts, max_size=4).map(lambda parts: _multipart([("once", "", "7"), *parts])),
    st.lists(st.tuples(_fields, words), max_size=4).map(
        lambda pairs: "&".join(f"{name}={value}" for name, value in pairs).encode("utf-8", "surrogatepass")
    ),
)
_headers = st.fixed_dictionaries(
    {},
    optional={
        "host": st.sampled_from((HOST, "localhost:8700", "evil.example", "")) | words,
        "origin": st.sampled_from((f"http://{HOST}", "http://evil.example", "null")),
        "content-type": st.sampled_from(
            (
                f"multipart/form-data; boundary={_boundary}",
                "application/x-www-form-urlencoded",
                "multipart/form-data",
                "text/plain",
            )
        ),
        "content-length": st.sampled_from(("0", "-1", "9" * 30, "1e3", "９")),
        "x-live": st.just("1"),
        "range": st.sampled_from(("bytes=0-", "bytes=-1,0-0,9-1", "bytes=" + "0-0," * 500)),
        "if-none-match": words,
    },
)
_requests: SearchStrategy[Page] = st.tuples(
    st.sampled_from(("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE")), _paths, _headers, _bodies
)


@contextmanager
def _browsed(folder: Path) -> Iterator[Enter]:
    desk = FakeDesk(folder)
    app = desk.app(8700)
    with asyncio.Runner() as runner:

        def enter(value: Page) -> None:
            status, headers, body = runner.run(_asked(app, value))
            assert status < 500, body[:200]
            assert headers.items() >= {name.lower(): told for name, told in HEADERS.items()}.items()
            assert b"Traceback" not in body
            assert b"root:" not in body
            assert b"def web_app" not in body

        yield enter


async def _asked(app: Any, value: Page) -> tuple[int, Mapping[str, str], bytes]:
    method, target, given, body = value
    path, _, query = target.partition("?")
    headers = {"host": HOST, "content-length": str(len(body)), **given}
    got: list[Any] = []
    sent = [{"type": "http.request", "body": body, "more_body": False}, {"type": "http.disconnect"}]

    async def receive() -> Any:
        return sent.pop(0) if len(sent) > 1 else sent[0]

    async def send(message: Any) -> None:
        got.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path.encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
        "raw_path": path.encode("utf-8", "surrogatepass"),
        "query_string": query.encode("utf-8", "surrogatepass"),
        "root_path": "",
        "headers": [(name.encode(), value.encode("utf-8", "surrogatepass")) for name, value in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 8700),
    }
    if path != "/events":
        await app(scope, receive, send)
    else:
        return 200, {name.lower(): told for name, told in HEADERS.items()}, b""
    start, *rest = got
    return (
        start["status"],
        {name.decode(): told.decode() for name, told in start["headers"]},
        b"".join(part.get("body", b"") for part in rest),
    )


DOORS: Final = (Door("pages of the web chat", _requests, _browsed),)
