"""A command that lists starts without what answers messages or draws papers."""

import subprocess
import sys

import pytest

from bot.cli.entry import COMMANDS
from tests.cli.conftest import ROOT

NEEDLESS = (
    "bot.demo",
    "bot.incoming",
    "bot.handlers.",
    "bot.dialogs.",
    "reports",
    "apscheduler",
    "openpyxl",
    "uvicorn",
)
LISTINGS = ("duties", "people", "outbox", "hazards", "permits", "notices", "checks", "annex", "receipt", "audit")
LIGHT = "bot.handlers.subject"


@pytest.mark.parametrize("command", LISTINGS)
def test_a_listing_imports_neither_handlers_nor_reports(command: str) -> None:
    code = f"import sys, bot.cli.{COMMANDS[command][0]}; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert [name for name in done.stdout.split() if name.startswith(NEEDLESS) and name != LIGHT] == []
