"""System, security and audit administrators apart: each command is the affair of one of them."""

from pathlib import Path

import pytest

from bot.cli.administrators import OFFICES, Office
from bot.cli.entry import COMMANDS
from tests.cli.conftest import Anzhu
from tests.cli.test_help import SUBCOMMANDS, USAGE

NAMES = {Office.SYSTEM: "王值班", Office.SECURITY: "李安全", Office.AUDIT: "赵审计"}
TITLES = {Office.SYSTEM: "系统管理员", Office.SECURITY: "安全管理员", Office.AUDIT: "审计管理员"}
APART = "".join(f'{office} = ["{name}"]\n' for office, name in NAMES.items())
PLAIN = {
    "import enterprises": ["missing.csv"],
    "import hazards": ["missing.csv"],
    "import workers": ["missing.csv"],
    "pack check": ["missing"],
    "pack show": ["missing"],
    "pack new": ["shenyang_2023"],
    "pack diff": ["missing", "missing"],
    "pack renew": ["missing", "--year", "2027"],
    "people end": ["7", "--reason", "已调离"],
    "people keep": ["7"],
    "people data": ["7", "--out", "all.zip"],
    "people forget": ["7"],
    "people lock": ["7"],
    "people unlock": ["7"],
    "factor reset": ["7"],
    "report": ["city", "--out", "x.docx"],
    "annex": ["--month", "2023-06"],
    "chat": ["--as", "new:某人"],
    "receipt": ["AZ-XXXX"],
    "replay": ["7"],
    "outline": ["monthly-dispatch"],
    "backup": ["missing.zip", "--verify"],
    "restore": ["missing.zip"],
    **{f"outbox {what}": ["7"] for what in SUBCOMMANDS["outbox"]},
    **{f"inbox {what}": ["web/test/7"] for what in SUBCOMMANDS["inbox"]},
}
"""What each command needs beside its name."""
LONG = ("demo", "run")
"""What goes on until it is ended."""
WHOLE = [*USAGE, "people", "outbox", "inbox"]


def list_them(anzhu: Anzhu, text: str = APART) -> Path:
    """Give a list of administrators to an installation."""
    file = anzhu.folder / "administrators.toml"
    file.write_text(text, encoding="utf-8")
    file.chmod(0o600)
    anzhu.settings["ANZHU_ADMINISTRATORS"] = str(file)
    return file


def refusals(anzhu: Anzhu) -> list[tuple[str, str]]:
    """Who was refused which command, by the audit."""
    anzhu.settings["ANZHU_OPERATOR"] = NAMES[Office.AUDIT]
    shown = anzhu.good("audit", "show", "--event", "operator-refused", "--json").json
    return [(row["operator"], row["command"]) for row in shown]


def test_every_command_is_somebodys_affair() -> None:
    assert set(OFFICES) == set(COMMANDS)
    assert set(OFFICES.values()) == {*Office, None}


@pytest.mark.parametrize("command", WHOLE)
def test_a_command_is_done_by_its_administrator_alone(anzhu: Anzhu, command: str) -> None:
    list_them(anzhu)
    words = [*command.split(), *PLAIN.get(command, [])]
    office = OFFICES[words[0]]
    others = ["路人甲", *(name for one, name in NAMES.items() if one is not office)]
    if office is None:
        others = []
    for name in others:
        anzhu.settings["ANZHU_OPERATOR"] = name
        said = anzhu.refused(*words)
        assert office is not None
        assert said == f"anzhu {command} 由{TITLES[office]}办理：{NAMES[office]}。您是{name}，不能办理。"
    assert refusals(anzhu) == [(name, command) for name in others]
    anzhu.settings["ANZHU_OPERATOR"] = "路人甲" if office is None else NAMES[office]
    if command not in LONG:
        assert "不能办理" not in anzhu(*words).err


def test_help_is_everybodys(anzhu: Anzhu) -> None:
    list_them(anzhu)
    anzhu.settings["ANZHU_OPERATOR"] = "路人甲"
    for words in ([], ["--help"], ["people", "--help"], ["people", "end", "--help"]):
        assert "用法" in anzhu.good(*words).out


def test_a_name_that_is_only_said_opens_nothing(anzhu: Anzhu) -> None:
    list_them(anzhu)
    anzhu.settings["ANZHU_OPERATOR"] = "王值班"
    said = anzhu.refused("--operator", "李安全", "people")
    assert said == "已分设管理员，不能用 --operator 另报姓名：您是王值班，不是李安全。"
    anzhu.good("--operator", "王值班", "outbox")
    assert refusals(anzhu) == [("王值班", "people")]


def test_the_login_counts_where_nothing_else_is_set(anzhu: Anzhu, monkeypatch: pytest.MonkeyPatch) -> None:
    list_them(anzhu, 'system = ["anzhu"]\nsecurity = ["li"]\naudit = ["zhao"]\n')
    monkeypatch.setenv("LOGNAME", "root")
    monkeypatch.setenv("SUDO_USER", "li")
    anzhu.good("people")
    assert "您是li" in anzhu.refused("tick")


def test_without_the_setting_everything_is_everybodys(anzhu: Anzhu) -> None:
    anzhu.good("--operator", "路人甲", "people")
    anzhu.good("--operator", "路人甲", "audit", "verify")
    assert finding(anzhu)[0] == "warning"


def test_one_person_may_hold_several_offices_and_the_doctor_names_them(anzhu: Anzhu) -> None:
    list_them(anzhu, 'system = ["王值班"]\nsecurity = ["王值班", "李安全"]\naudit = ["王值班"]\n')
    anzhu.settings["ANZHU_OPERATOR"] = "王值班"
    for command in ("people", "outbox", "checks"):
        anzhu.good(command)
    assert finding(anzhu) == ("warning", "系统、安全、审计管理员没有完全分开，一人兼任的：王值班。")


def test_the_doctor_says_that_they_are_apart_and_who_could_change_it(anzhu: Anzhu) -> None:
    file = list_them(anzhu)
    anzhu.settings["ANZHU_OPERATOR"] = "王值班"
    assert finding(anzhu)[0] == "ok"
    file.chmod(0o666)
    assert finding(anzhu)[0] == "error"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "王值班: system",
        'system = "王值班"\nsecurity = ["李安全"]\naudit = ["赵审计"]',
        APART + 'root = ["王值班"]',
        'system = ["王值班"]\nsecurity = ["李安全"]',
        'system = ["王值班"]\nsecurity = []\naudit = ["赵审计"]',
        'system = ["王值班"]\nsecurity = [7]\naudit = ["赵审计"]',
        'system = ["王值班"]\nsecurity = [" "]\naudit = ["赵审计"]',
        'system = ["王值班"]\nsecurity = ["\\u0007"]\naudit = ["赵审计"]',
    ],
)
def test_a_list_that_is_none_opens_nothing(anzhu: Anzhu, text: str) -> None:
    list_them(anzhu, text)
    for command in ("outbox", "people", "audit verify"):
        said = anzhu.refused(*command.split())
        assert said.endswith('不是管理员名单。三项都要有：system、security、audit，各一行，如“system = ["王值班"]”。')


def test_bytes_that_are_no_text_and_a_list_that_is_away_open_nothing(anzhu: Anzhu) -> None:
    file = list_them(anzhu)
    file.write_bytes(b"\xff\xfe")
    assert "不是管理员名单" in anzhu.refused("outbox")
    file.unlink()
    assert str(file) in anzhu.refused("outbox", code=1)


def test_nothing_is_made_for_somebody_who_is_refused(bare: Anzhu, tmp_path: Path) -> None:
    file = tmp_path / "administrators.toml"
    file.write_text(APART, encoding="utf-8")
    bare.settings.update({"ANZHU_ADMINISTRATORS": str(file), "ANZHU_OPERATOR": "路人甲"})
    assert "系统管理员" in bare.refused("tick")
    assert not (tmp_path / "data").exists()


def test_who_is_refused_gives_no_invitation(anzhu: Anzhu) -> None:
    list_them(anzhu)
    anzhu.settings["ANZHU_OPERATOR"] = "王值班"
    anzhu.refused("invite", "--role", "city", "--for", "沈阳市")
    anzhu.settings["ANZHU_OPERATOR"] = "李安全"
    assert anzhu.good("invite", "--list", "--json").json == []


def finding(anzhu: Anzhu) -> tuple[str, str]:
    (found,) = [one for one in anzhu("doctor", "--json").json if one["check"] == "administrators"]
    return found["level"], found["detail"]
