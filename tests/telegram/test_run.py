"""`anzhu run` as an operator starts and stops it."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from time import monotonic

import pytest

from bot.channels.telegram.polling import POLL
from bot.channels.telegram.service import Telegram
from bot.settings import Settings, SettingsError
from tests.telegram.fake_api import FakeApi
from tests.telegram.process import ROOT, Process
from tests.town import SECRET


def run(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", "run"],
        cwd=ROOT,
        env={**os.environ, "ANZHU_DATA_DIR": str(folder), "LC_ALL": "C.UTF-8", **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_without_a_token(tmp_path: Path) -> None:
    done = run(tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "ANZHU_TELEGRAM_TOKEN" in done.stderr
    assert done.stderr.count("\n") == 1


def test_with_a_token_that_is_none(tmp_path: Path) -> None:
    done = run(tmp_path, ANZHU_TELEGRAM_TOKEN="not-a-token")
    assert done.returncode == 2
    assert "not-a-token" not in done.stderr


async def test_it_stops_soon_and_in_order(tmp_path: Path, library: str) -> None:
    async with FakeApi() as api:
        process = Process(api, tmp_path, library, SECRET)
        await process.start()
        api.say(api.chat(1), "你好")
        await api.until(lambda: api.chat(1).shown)
        log = (tmp_path / "log.txt").read_text()
        assert "anzhu_test_bot" in log
        began = monotonic()
        assert await process.end(signal.SIGTERM) == 0
        # The poll that it breaks off would have lasted longer; the machine may be busy with other tests.
        assert monotonic() - began < POLL / 2
        # That it was told to stop is nothing for the log.
        assert (tmp_path / "log.txt").read_text() == log


def test_a_library_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.channels.telegram.service.find_spec", lambda _: None)
    settings = Settings.model_validate({"telegram_token": "1:AAE", "telegram_library": "aiogram"})
    with pytest.raises(SettingsError) as caught:
        Telegram(settings)
    assert caught.value.what.id == "telegram-no-library"
