"""What is over ends by the command, by the tick, and by the table that stands in the docs."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.cli.retention_table import retention_table
from storage import invitations
from storage.engine import open_database
from storage.retention import TABLE
from talk.messages import Address
from talk.texts import CHINESE, ENGLISH
from tests.cli.conftest import Anzhu

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {"privacy.md": ENGLISH, "privacy.zh-CN.md": CHINESE}


def guess(url: str, days: int) -> None:
    """Somebody guessed wrong so many days ago."""
    database = open_database(url)
    at = datetime.now(UTC) - timedelta(days=days)
    database.run(lambda conn: invitations.add_try(conn, "invitation", Address("web", "test", "x"), at))
    database.close()


@pytest.mark.parametrize("page", PAGES)
def test_the_page_in_docs_is_what_the_command_prints(page: str) -> None:
    printed = retention_table(PAGES[page])
    assert (DOCS / page).read_text(encoding="utf-8").endswith(printed + "\n"), f"the end of {page} should be\n{printed}"


def test_every_line_says_what_whose_why_how_long_and_then_what() -> None:
    for language in PAGES.values():
        lines = retention_table(language).splitlines()[2:]
        assert len(lines) == len(TABLE) == len(set(lines))
        assert all(all(cell.strip() for cell in line.strip("|").split("|")) for line in lines)


def test_the_command_prints_it(bare: Anzhu) -> None:
    assert "| 意见与投诉 | 已加入的人 |" in bare.good("outline", "retention").out


def test_tidy_counts_first_and_then_ends(anzhu: Anzhu, current_database_url: str) -> None:
    guess(current_database_url, 8)
    guess(current_database_url, 6)
    counted = {"kind": "tries", "number": 1}
    assert counted in anzhu.good("tidy", "--dry-run", "--json").json
    assert counted in anzhu.good("tidy", "--dry-run", "--json").json
    said = anzhu.good("tidy").out
    assert "输错的邀请码、回执、文件请求的次数\t1" in said
    assert {one["number"] for one in anzhu.good("tidy", "--json").json} == {0}
    assert "没有被采用的照片和文件\t0" in said


def test_a_tick_tidies_once_a_day(anzhu: Anzhu, current_database_url: str) -> None:
    guess(current_database_url, 8)
    anzhu.good("tick")
    assert {"kind": "tries", "number": 0} in anzhu.good("tidy", "--dry-run", "--json").json
    guess(current_database_url, 8)
    anzhu.good("tick")
    assert {"kind": "tries", "number": 1} in anzhu.good("tidy", "--dry-run", "--json").json


def test_what_could_not_be_tidied_is_said_in_one_line(anzhu: Anzhu, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> int:
        raise ValueError("in the way")

    monkeypatch.setattr("storage.retention.end", fails)
    told = anzhu("tidy")
    assert told.code == 1
    assert told.err.splitlines()[-1].startswith("下列数据没有清理成：收到的原始消息")
