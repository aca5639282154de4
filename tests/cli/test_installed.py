"""The bot as people install it: the built wheel in an environment of its own, and no source beside it."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import tomllib
import venv
from contextlib import ExitStack
from pathlib import Path
from zipfile import ZipFile

import pytest
import sqlalchemy

from tests.cli.conftest import ROOT, THE_300
from tests.cli.test_demo import Page, address, running


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (made,) = folder.iterdir()
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path) -> Path:
    """Install the wheel, and give the program. The dependencies are those of these tests, behind the wheel."""
    folder = wheel.parent / "venv"
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    (packages,) = folder.glob("lib/python*/site-packages")
    # A folder that a .pth names is no place of .pth files itself: the one that leads to the source is not followed.
    (packages / "dependencies.pth").write_text(str(Path(sqlalchemy.__file__).parents[1]), encoding="utf-8")
    install = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check", "install"]
    options = ["--no-deps", "--no-index", "--no-compile", "--ignore-installed", "--quiet"]
    subprocess.run([*install, *options, str(wheel)], check=True)
    return folder / "bin" / "anzhu"


def said(program: Path, folder: Path, *words: str) -> str:
    """Run a command somewhere else, as an operator types it, and give what it prints."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("ANZHU_", "PYTHON"))}
    environment = {**plain, "ANZHU_DATA_DIR": str(folder / "data"), "LC_ALL": "zh_CN.UTF-8"}
    done = subprocess.run(
        [program, *words], cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_the_wheel_has_every_file_of_the_packages_and_nothing_else(wheel: Path) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    layers = project["tool"]["importlinter"]["root_packages"]
    assert set(layers) - set(packages) <= {"bench"}
    files = (path for package in packages for path in (ROOT / package).rglob("*") if path.is_file())
    wanted = {path.relative_to(ROOT).as_posix() for path in files if "__pycache__" not in path.parts}
    with ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert held == wanted
    # Of each kind that the program reads there is one: an empty list would be equal to an empty one.
    kinds = {Path(name).suffix for name in held}
    assert {".py", ".yaml", ".ftl", ".typ", ".otf", ".html", ".css", ".js", ".svg", ".csv"} <= kinds


def test_it_works_where_there_is_no_source(installed: Path, tmp_path: Path) -> None:
    where = "import bot, campaign, reports, scheduler, service, storage, talk; print(bot.__file__, storage.__file__)"
    python = installed.with_name("python")
    found = subprocess.run([python, "-c", where], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert all(Path(file).is_relative_to(installed.parents[1]) for file in found.split())
    assert re.fullmatch(r"anzhu [0-9.]+\n", said(installed, tmp_path, "--version"))
    # The migrations make the tables, and a child of its own reads the list.
    assert "300" in said(installed, tmp_path, "import", "enterprises", str(THE_300))
    assert "规则包 shenyang_2023 可用" in said(installed, tmp_path, "doctor")


def test_the_demo_shows_a_district_lets_time_pass_and_stops_while_pages_are_open(
    installed: Path, tmp_path: Path
) -> None:
    demo = running(tmp_path, "--port", "0", program=(str(installed),), place=tmp_path)
    with demo as process, ExitStack() as stack:
        host, port = address(process)
        page = Page(host, port)
        stack.callback(page.close)
        desk = page.get("/")
        for title in ("企业主要负责人", "安全管理人员", "联络人", "应急局工作人员"):
            assert title in desk
        assert "2023年5月23日（周二）" in desk
        principal = page.get("/chat/1")
        assert "15项任务" in principal

        page.post("/chat/3", text="/district")
        assert "浑南区填报进度（截至5月23日 08:30）" in page.get("/chat/3")
        page.post("/clock", to="deadline", open="1")
        assert "2023年5月30日（周二）" in page.get("/")
        assert "今天（5月30日）截止" in page.get("/chat/1")
        page.post("/clock", to="morning", open="1")
        assert "2023年5月31日（周三）" in page.get("/")
        page.post("/clock", to="month-end", open="1")
        assert "2023年6月30日（周五）" in page.get("/")
        assert "第二季度带队检查" in page.get("/chat/1")

        with socket.create_connection((host, port), timeout=10) as waiting:
            waiting.sendall(f"GET /events HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
            heard = b""
            while b"ready" not in heard:
                heard += waiting.recv(4096)
            start = time.monotonic()
            process.send_signal(signal.SIGTERM)
            assert process.wait(10) == 0
            assert time.monotonic() - start < 5
        assert process.stdout is not None
        assert process.stdout.read() == "请在浏览器中打开上面的地址。按 Ctrl-C 停止。\n"
    assert list(tmp_path.iterdir()) == []
