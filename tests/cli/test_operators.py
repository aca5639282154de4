"""Whoever works at the server does so under a name, and what they do in a person's place never looks like that
person's own.
"""

import pytest
from sqlalchemy import create_engine, text

from bot.cli import caller
from tests.cli.conftest import FOOD, THE_300, Anzhu, Join
from tests.cli.test_the_month import CODE


def noted(anzhu: Anzhu, event: str) -> list[tuple[int | None, str | None]]:
    """The audit's rows of an event: which person, which operator."""
    engine = create_engine(anzhu.environment["ANZHU_DATABASE_URL"])
    with engine.connect() as conn:
        found = conn.execute(
            text("SELECT actor, operator FROM audit WHERE event = :event ORDER BY id"), {"event": event}
        ).all()
    engine.dispose()
    return [(one.actor, one.operator) for one in found]


def test_a_command_is_noted_under_the_name_that_is_given(june: Anzhu) -> None:
    june.good("--operator", "王值班", "invite", "--role", "principal", "--for", FOOD)
    assert noted(june, "invited") == [(None, "王值班")]
    june.good("--operator", " 王值班 ", "people")
    assert noted(june, "people-listed") == [(None, "王值班")]
    assert [row["operator"] for row in june.good("audit", "show", "--json").json] == ["王值班"]


def test_without_one_by_the_settings_and_else_by_the_login(june: Anzhu, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "wang")
    june.good("people")
    monkeypatch.setenv("LOGNAME", "root")
    monkeypatch.setenv("SUDO_USER", "li")
    june.good("people")
    june.settings["ANZHU_OPERATOR"] = "赵值班"
    june.good("people")
    june.good("--operator", "王值班", "people")
    assert noted(june, "people-listed") == [(None, "wang"), (None, "li"), (None, "赵值班"), (None, "王值班")]


def test_an_account_without_a_name_is_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    def nameless() -> str:
        raise KeyError(1000)

    caller.call_by(None)
    monkeypatch.setattr("getpass.getuser", nameless)
    assert caller.operator("").startswith("uid ")


def test_an_import_has_an_actor(june: Anzhu) -> None:
    registry = june.folder / "registry.csv"
    lines = THE_300.read_text(encoding="utf-8").splitlines()[:11]
    registry.write_text("\n".join(lines).replace(",2185", ",2186"), encoding="utf-8")
    june.good("--operator", "王值班", "import", "enterprises", str(registry))
    assert noted(june, "registry-imported")[-1] == (None, "王值班")


@pytest.mark.parametrize("name", ["", "   ", "王\n值班", "王" * 41])
def test_what_is_no_name_is_refused_in_one_line(june: Anzhu, name: str) -> None:
    assert "操作人姓名" in june.refused("--operator", name, "people")


def test_what_time_brings_is_nobodys(june: Anzhu, join: Join) -> None:
    join("郑演丙", "principal", FOOD)
    june.good("--operator", "王值班", "tick", "--now", "2023-06-12T09:00:00+08:00")
    assert "王值班" not in {
        operator for event in ("hazard-found", "duty-answered") for _, operator in noted(june, event)
    }


def test_what_is_confirmed_at_the_server_says_so_wherever_it_is_shown(june: Anzhu, join: Join) -> None:
    join("郑演丙", "principal", FOOD)
    answers = ("/tasks", "更多", "9", "1", "1", "今天", "现场调度", "#1", "完成", "资金3万元", "1")
    screen = june.good("--operator", "王值班", "chat", "--as", "1", say="\n".join(answers)).out
    code = CODE.findall(screen)[-1]
    assert noted(june, "duty-answered")[-1] == (1, "王值班")
    proof = june.good("receipt", code).out
    assert "经服务器代录" in proof
    assert "王值班" not in proof
    assert june.good("receipt", code, "--json").json["at_server"] is True
    duty = next(one["id"] for one in june.good("duties", "--json").json if one["receipt"] == code)
    taps = june.good("chat", "--as", "1", say=f"/receipt {code}\n1\n").out
    assert "经服务器代录：由王值班在服务器上录入，不是本人在聊天里确认的。" in taps, (duty, taps)
