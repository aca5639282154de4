"""The demo as it is started and stopped; what is on its pages is tested with the web chat."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from urllib.parse import urlencode

from bot import demo, demo_people
from bot.app import App
from bot.channels.web.channel import News, WebChannel
from bot.settings import Settings
from storage import duties, people, schema
from tests.cli.conftest import ROOT


@contextmanager
def running(
    folder: Path, *options: str, program: tuple[str, ...] = (sys.executable, "-m", "bot"), place: Path = ROOT
) -> Iterator[subprocess.Popen[str]]:
    command = [*program, "demo", "--no-browser", *options]
    # What is set for the real data must not reach the demo.
    settings = {"ANZHU_DATABASE_URL": "postgresql+psycopg://127.0.0.1:1/x", "ANZHU_DATA_DIR": str(folder / "real")}
    environment = {**os.environ, **settings, "TMPDIR": str(folder)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=place, env=environment
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def address(process: subprocess.Popen[str]) -> tuple[str, int]:
    assert process.stdout is not None
    first = process.stdout.readline()
    found = re.fullmatch(r"http://(127\.0\.0\.1):([0-9]+)/\n", first)
    assert found, first
    return found[1], int(found[2])


class Page:
    """A browser without script."""

    def __init__(self, host: str, port: int) -> None:
        self._origin = f"http://{host}:{port}"
        self._server = http.client.HTTPConnection(host, port, timeout=60)

    def close(self) -> None:
        self._server.close()

    def get(self, path: str) -> str:
        return self._ask("GET", path)

    def post(self, path: str, **fields: str) -> None:
        once = re.search(r'data-once="([0-9]+)"', self.get("/"))
        assert once
        self._ask("POST", path, urlencode({"once": once[1], **fields}))

    def _ask(self, method: str, path: str, body: str | None = None) -> str:
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": self._origin}
        self._server.request(method, path, body, headers if body else {})
        answer = self._server.getresponse()
        text = answer.read().decode()
        assert answer.status in (200, 303), (path, answer.status, text)
        return text


def test_a_signal_before_it_is_ready_leaves_nothing_behind(tmp_path: Path) -> None:
    with running(tmp_path, "--port", "0") as process:
        deadline = time.monotonic() + 60
        while not list(tmp_path.glob("anzhu-demo-*")) and time.monotonic() < deadline:
            time.sleep(0.02)
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_stops_it(tmp_path: Path) -> None:
    with running(tmp_path, "--port", "0") as process:
        address(process)
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
    assert list(tmp_path.iterdir()) == []


def test_a_taken_port_is_told_at_once(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with running(tmp_path, "--port", str(other.getsockname()[1])) as process:
            said, _ = process.communicate(timeout=30)
    assert (process.returncode, said) == (1, "端口已被占用。请用 --port 换一个端口，或用 --port 0 任选一个。\n")


async def test_has_people_of_all_roles_and_some_who_have_answered(tmp_path: Path) -> None:
    news = News()

    async def now() -> datetime:
        return demo.START

    settings = Settings(data_dir=tmp_path, clock_start=demo.START)
    schema.upgrade(settings.database)
    with closing(App(settings, [WebChannel(now, news)])) as bot:
        shown = bot.use(demo_people.populate)
        await bot.tick()
        await demo_people.answer(bot)
        answered = bot.look(lambda uow: duties.find(uow.conn, status="answered"))
        principals = bot.look(lambda uow: [one for one in people.all_roles(uow.conn) if one.role == "principal"])
    assert [one.role_title for one in shown] == [
        "企业主要负责人",
        "安全管理人员",
        "联络人",
        "领导",
        "应急局工作人员",
        *["作业人员"] * 3,
    ]
    assert [one.staff for one in shown] == [False, False, True, True, True, False, False, False]
    assert {(one.obligation, one.period) for one in answered} == {("monthly-dispatch", "2023-05")}
    assert len(answered) == demo_people.ANSWERED
    assert len(principals) == len({one.subject for one in principals}) == 12
    assert {one.subject for one in answered}.isdisjoint({one.subject for one in principals if one.person == 1})
