"""What is over ends by the command, by the tick, and by the table that stands in the docs."""

from dataclasses import fields
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.cli.retention_table import retention_table
from bot.settings import Settings
from storage import growth, invitations, room
from storage.engine import open_database
from storage.retention import DEFAULTS, TABLE, Terms
from storage.tables import audit, clock
from talk.messages import Address
from talk.texts import CHINESE, ENGLISH
from tests.cli.conftest import Anzhu

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {"privacy.md": ENGLISH, "privacy.zh-CN.md": CHINESE}


def tries(anzhu: Anzhu) -> int:
    """How many wrong codes would end."""
    (one,) = [one for one in anzhu.good("tidy", "--dry-run", "--json").json if one["kind"] == "tries"]
    return int(one["number"])


def guess(url: str, days: int) -> None:
    """Somebody guessed wrong so many days ago."""
    database = open_database(url)
    at = datetime.now(UTC) - timedelta(days=days)
    database.run(lambda conn: invitations.add_try(conn, "invitation", Address("web", "test", "x"), at))
    database.close()


@pytest.mark.parametrize("page", PAGES)
def test_the_page_in_docs_is_what_the_command_prints(page: str) -> None:
    printed = retention_table(PAGES[page], DEFAULTS)
    assert (DOCS / page).read_text(encoding="utf-8").endswith(printed + "\n"), f"the end of {page} should be\n{printed}"


def test_every_line_says_what_whose_why_how_long_and_then_what() -> None:
    for language in PAGES.values():
        lines = retention_table(language, DEFAULTS).splitlines()[2:]
        assert len(lines) == len(TABLE) == len(set(lines))
        assert all(all(cell.strip() for cell in line.strip("|").split("|")) for line in lines)


def test_the_command_prints_it(bare: Anzhu) -> None:
    bare.settings["ANZHU_KEEP_FEEDBACK"] = "500"
    printed = bare.good("outline", "retention").out
    assert next(line for line in printed.splitlines() if "| 意见与投诉 | 已加入的人 |" in line).count("| 500天 |") == 1


def test_tidy_counts_first_and_then_ends(anzhu: Anzhu, current_database_url: str) -> None:
    guess(current_database_url, 8)
    guess(current_database_url, 6)
    assert tries(anzhu) == tries(anzhu) == 1
    (one,) = [one for one in anzhu.good("tidy", "--dry-run", "--json").json if one["kind"] == "tries"]
    assert one["setting"] == "ANZHU_KEEP_TRIES"
    assert datetime.now(UTC) - datetime.fromisoformat(one["before"]) > timedelta(days=7)
    anzhu.settings["ANZHU_KEEP_TRIES"] = "5"
    assert tries(anzhu) == 2
    anzhu.settings["ANZHU_KEEP_TRIES"] = "9"
    assert tries(anzhu) == 0
    del anzhu.settings["ANZHU_KEEP_TRIES"]
    said = anzhu.good("tidy").out
    assert "输错的邀请码、回执、文件请求的次数\t1\t20" in said
    assert {one["number"] for one in anzhu.good("tidy", "--json").json} == {0}
    assert "没有被采用的照片和文件\t0" in said


@pytest.mark.parametrize("given", ["1", "0", "-3", "x", "7.5", "99999999999"])
def test_a_term_that_breaks_a_promise_is_refused_in_one_line(bare: Anzhu, given: str) -> None:
    bare.settings["ANZHU_KEEP_UPDATES"] = given
    said = "环境变量 ANZHU_KEEP_UPDATES 须为2至36500之间的整数（天）。请改正。"
    assert bare.refused("tidy", "--dry-run") == said


def test_every_term_is_a_setting_and_says_the_same() -> None:
    assert {name for name in Settings.model_fields if name.startswith("keep_")} == {
        f"keep_{term.name}" for term in fields(Terms)
    }
    assert {kept.term for kept in TABLE if kept.term is not None} == {term.name for term in fields(Terms)}
    settings = Settings(data_dir=Path(), secret_key="")
    assert settings.terms == DEFAULTS
    assert settings.model_copy(update={"keep_letters": 500}).terms.letter_rows == timedelta(days=500)


def test_the_doctor_tells_what_grows_without_end(anzhu: Anzhu, current_database_url: str) -> None:
    def growth() -> tuple[str, str]:
        (found,) = [one for one in anzhu("doctor", "--json").json if one["check"] == "growth"]
        return found["level"], found["detail"]

    anzhu.good("tick")
    assert growth()[0] == "ok"
    guess(current_database_url, 30)
    assert growth() == (
        "warning",
        "到期一周以上仍没有清理：输错的邀请码、回执、文件请求的次数。请运行 anzhu tidy，看哪一类清理不成。",
    )
    anzhu.good("tidy")
    assert growth()[0] == "ok"
    database = open_database(current_database_url)
    long_ago = datetime.now(UTC) - timedelta(days=5)
    database.run(lambda conn: conn.execute(update(clock).values(swept_at=long_ago)))
    assert growth()[1].startswith("已有5天没有清理到期的数据")
    database.run(lambda conn: conn.execute(update(clock).values(swept_at=datetime.now(UTC))))
    database.close()


@pytest.mark.parametrize("current_database_url", ["sqlite"], indirect=True)
def test_the_doctor_tells_when_the_disk_will_be_full(
    anzhu: Anzhu, current_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    anzhu.good("tick")
    database = open_database(current_database_url)
    database.run(
        lambda conn: conn.execute(update(audit).where(audit.c.id == 1).values(at=datetime(2020, 1, 1, tzinfo=UTC)))
    )
    database.close()
    monkeypatch.setattr(growth, "size", lambda _: 2**40)
    monkeypatch.setattr(room, "left", lambda _: room.Left(2**40, None))
    (found,) = [one for one in anzhu("doctor", "--json").json if one["check"] == "growth"]
    assert found["level"] == "warning"
    assert "按最近30天的增长，磁盘约" in found["detail"]


def test_a_tick_tidies_once_a_day(anzhu: Anzhu, current_database_url: str) -> None:
    guess(current_database_url, 8)
    anzhu.good("tick")
    assert tries(anzhu) == 0
    guess(current_database_url, 8)
    anzhu.good("tick")
    assert tries(anzhu) == 1


def test_what_could_not_be_tidied_is_said_in_one_line(anzhu: Anzhu, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> int:
        raise ValueError("in the way")

    monkeypatch.setattr("storage.retention.end", fails)
    told = anzhu("tidy")
    assert told.code == 1
    assert told.err.splitlines()[-1].startswith("下列数据没有清理成：收到的原始消息")
