"""What the documents name is there, and what is there they name: files, commands, settings, targets, examples."""

import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path
from shutil import copytree
from types import ModuleType
from typing import Any
from zoneinfo import available_timezones

import pytest

from bot.cli.doctor import examine
from bot.cli.entry import Root
from bot.settings import Settings
from bot.subjects import COMMANDS
from campaign.pack import load
from campaign.pack_check import check
from campaign.pack_file import folder_of
from service.core.talk_spec import TalkSpec
from service.hazards import hazard_import
from service.registry import enterprise_rows
from service.workers import worker_import
from storage.schema import upgrade
from talk.questions import Confirm
from tests.dialogs.talker import Talker
from tests.test_purity import impurities
from tests.town import SECRET

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.zh-CN.md")
DEPLOYMENT = ("docs/deployment.md", "docs/deployment.zh-CN.md")
COMMAND_LINE = ("docs/command-line.md", "docs/command-line.zh-CN.md")
PRIVACY = ("docs/privacy.md", "docs/privacy.zh-CN.md")
ASSESSMENT = ("docs/pipia.md", "docs/pipia.zh-CN.md")
BREACH = ("docs/breach.md", "docs/breach.zh-CN.md")
OPERATIONS = ("docs/operations.md", "docs/operations.zh-CN.md")
THREATS = ("docs/security.md", "docs/security.zh-CN.md")
CLAUSES = ("docs/clauses.md", "docs/clauses.zh-CN.md")
RELIABILITY = ("docs/reliability.md", "docs/reliability.zh-CN.md")
PACKS = ("docs/packs.md", "docs/packs.zh-CN.md")
TWINS = (
    *(CLAUSES, READMES, DEPLOYMENT, COMMAND_LINE, PRIVACY, ASSESSMENT, BREACH, OPERATIONS, THREATS, RELIABILITY),
    PACKS,
)
"""Documents in English and in Chinese."""
DOCUMENTS = (*(name for pair in TWINS for name in pair), "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md")
TO_BE_MADE = {
    *("campaign/talks/drills.py", "bot/dialogs/drill.py", "bot/handlers/drills.py"),
    *("drill.ftl", "tests/dialogs/journals/drill-report.json"),
    *("service/district/roll.py", "reports/roll.py", "roll.ftl"),
    "build/sbom.json",
    *("forms/alarm-check", "forms/drill", "standard/articles/4"),
}
"""What the worked examples, or a target of make, tell the reader to make; and ways into a pack, which are no paths."""
OF_THE_TESTS = {"ANZHU_TEST_BROWSER", "ANZHU_TEST_POSTGRES"}
"""Variables that no setting reads, but the tests do."""
TOUR = ("已调度", "是", "今天", "会议调度", "落实整改", "完成", "没有", "确认提交", "下一个截止日", "进度", "明天早上")
"""The buttons that the READMEs tell the reader to tap."""
LISTS = {
    "enterprises": enterprise_rows.COLUMNS,
    "hazards": hazard_import.COLUMNS,
    "workers": worker_import.COLUMNS,
}
"""The columns of the lists that are imported."""
SUFFIXES = {".py", ".toml", ".lock", ".md", ".ftl"}
"""A word that ends like this is a file of the project also where no folder is named."""

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_SPAN = re.compile(r"`([^`\n]+)`")
_PATH = re.compile(r"[\w.-]+(/[\w.-]+)*/?")
_COMMAND = re.compile(r"(?<![\w.-])(?<!-u )anzhu((?: +(?:\\\||[^\s|#])+)*)")

every_document = pytest.mark.parametrize("name", DOCUMENTS)
every_readme = pytest.mark.parametrize("name", READMES)


@cache
def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@cache
def fences(name: str) -> list[tuple[str, str]]:
    """Give the blocks of code of a document, each with the language that it names."""
    return _FENCE.findall(text_of(name))


@cache
def code_in(name: str) -> list[str]:
    """Give everything that stands as code in a document: spans, and the lines of its blocks."""
    lines = [line for _, block in fences(name) for line in block.splitlines()]
    return [*_SPAN.findall(_FENCE.sub("", text_of(name))), *lines]


def rows(name: str, first: str) -> list[str]:
    """Give the rows of a document's tables whose first cell begins like this, as code."""
    return [line for line in text_of(name).splitlines() if line.startswith(f"| `{first}")]


def paths_in(name: str) -> set[str]:
    """Give the files and folders of the project that a document names."""
    tops = {path.name for path in ROOT.iterdir()} | {"docs"}
    words = {word for code in code_in(name) for word in code.split()}
    zones = available_timezones()  # looked up in the files of the system, at every call
    found = {word for word in words if _PATH.fullmatch(word) and word not in zones}
    spans = set(_SPAN.findall(text_of(name)))
    # In a command a word with a slash may be anything, so there only what begins like a folder of ours counts.
    return {
        word
        for word in found
        if (word in spans and "/" in word) or word.partition("/")[0] in tops - {"data"} or Path(word).suffix in SUFFIXES
    }


@every_document
def test_every_path_is_there(name: str) -> None:
    known = {path.name for path in ROOT.rglob("*.py")} if name == "CONTRIBUTING.md" else set()
    missing = {path for path in paths_in(name) - TO_BE_MADE if not (ROOT / path).exists() and path not in known}
    assert missing == set()


@every_document
def test_every_link_leads_somewhere(name: str) -> None:
    links = re.findall(r"\]\(([^)]+)\)", text_of(name))
    folder = (ROOT / name).parent
    assert [link for link in links if "://" not in link and not (folder / link).exists()] == []


@every_document
def test_every_target_of_make_is_there(name: str) -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert {target for code in code_in(name) for target in re.findall(r"\bmake (\w+)", code)} <= targets


@cache
def commands() -> dict[str, Any]:
    """Give every command of the command line, by the words that call it."""
    root = Root(name="anzhu", params=[])
    found: dict[str, Any] = {}
    for name in root.list_commands(None):
        command = root.get_command(None, name)
        parts = getattr(command, "commands", None)
        if parts is None or command.invoke_without_command:
            found[name] = command
        found |= {f"{name} {part}": one for part, one in (parts or {}).items()}
    return found


def calls(name: str) -> list[tuple[str, list[str]]]:
    """Give the commands that a document calls, each with what stands behind it."""
    found: list[tuple[str, list[str]]] = []
    for code in code_in(name):
        for match in _COMMAND.findall(code):
            words = shlex.split(match)
            if not words or not words[0].islower() or words[0].startswith("-"):
                continue
            length = 2 if " ".join(words[:2]) in commands() else 1
            found.append((" ".join(words[:length]), words[length:]))
    return found


@every_document
def test_every_command_and_option_is_there(name: str) -> None:
    for command, words in calls(name):
        assert command in commands(), command
        options = {option for param in commands()[command].params for option in param.opts} | {"--help"}
        assert {word for word in words if word.startswith("-")} <= options, (command, words)


@pytest.mark.parametrize("name", CLAUSES)
def test_what_carries_a_clause_is_there_and_so_is_what_shows_it(name: str) -> None:
    typed = {f"/{command}" for command in COMMANDS}
    duties = {obligation.id for obligation in load("shenyang_2023").obligations}
    found = [
        [_SPAN.findall(cell) for cell in line.split("|")[1:-1]] for line in text_of(name).splitlines() if "`" in line
    ]
    carried = {span for _, by, _ in found for span in by}
    assert carried <= typed | duties
    assert duties <= carried
    for _, _, shown in found:
        for span in shown:
            _find(span)


def _find(span: str) -> None:
    """Fail where the test is not there that a document names."""
    path, _, test = span.partition("::")
    function, _, journal = test.rstrip("]").partition("[")
    assert f"def {function}(" in (ROOT / path).read_text(encoding="utf-8"), span
    assert not journal or (ROOT / f"tests/dialogs/journals/{journal}.json").is_file(), span


@pytest.mark.parametrize("name", RELIABILITY)
def test_what_holds_when_something_fails_is_shown(name: str) -> None:
    named = [span for span in _SPAN.findall(text_of(name)) if "::" in span]
    assert len(named) > 20
    for span in named:
        _find(span)


@pytest.mark.parametrize("name", COMMAND_LINE)
def test_every_command_has_a_row(name: str) -> None:
    assert [row.split("`")[1].removeprefix("anzhu ") for row in rows(name, "anzhu ")] == list(commands())
    for row in rows(name, "anzhu "):
        shown, example = row.split("`")[1::2][0], row.split("`")[1::2][-1]
        assert shown in example


@pytest.mark.parametrize("name", DEPLOYMENT)
def test_every_setting_has_a_row_with_its_default(name: str) -> None:
    table = {row.split("`")[1]: row for row in rows(name, "ANZHU_")}
    assert set(table) == {f"ANZHU_{field}".upper() for field in Settings.model_fields}
    for field, info in Settings.model_fields.items():
        default = info.get_default(call_default_factory=True)
        if default:
            assert f"| `{default}` |" in table[f"ANZHU_{field}".upper()]


@pytest.mark.parametrize("name", DEPLOYMENT)
def test_every_column_of_a_list_stands_beside_its_command(name: str) -> None:
    listed = {row.split("`")[1].split()[-1]: row.split(" | ") for row in rows(name, "anzhu import ")}
    assert set(listed) == set(LISTS)
    for command, columns in LISTS.items():
        _, needed, more = listed[command]
        assert [column for column in columns.required if column not in needed] == []
        assert [column for column in columns.names if column not in needed + more] == []


@every_document
def test_no_other_variable_is_named(name: str) -> None:
    settings = {f"ANZHU_{field}".upper() for field in Settings.model_fields}
    assert set(re.findall(r"ANZHU_\w+", text_of(name))) <= settings | OF_THE_TESTS


def test_the_variables_of_the_tests_are_read() -> None:
    sources = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "tests").glob("*.py") if path.name != "test_docs.py"
    )
    assert {variable for variable in OF_THE_TESTS if variable not in sources} == set()


@pytest.fixture(scope="module")
def checks(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Give the name of everything that the doctor looks at."""
    folder = tmp_path_factory.mktemp("doctor")
    asked = Settings(data_dir=folder, database_url=f"sqlite:///{folder}/anzhu.db", secret_key=SECRET)
    upgrade(asked.database)
    return {finding.check for finding in examine(asked)}


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_check_and_alarm_is_explained_and_no_other(name: str, checks: set[str]) -> None:
    sections = dict(part.split("\n", 1) for part in text_of(name).split("\n## "))
    (told,) = (text for title, text in sections.items() if title in ("What each alarm means", "每项告警的意思"))
    table = {span for line in told.splitlines() if line.startswith("| `") for span in _SPAN.findall(line.split("|")[1])}
    hints = set(_SPAN.findall(told.strip().split("\n\n")[-1]))
    said = (ROOT / "talk/locales/zh-CN/care.ftl").read_text(encoding="utf-8").split("\nalarm-what =\n")[1]
    alarms = set(re.findall(r"\[([a-z-]+)\]", said.split("    }")[0]))
    alarms |= set(re.findall(r"\*\[([a-z-]+)\]", said.split("    }")[0]))
    assert {"data", "outbox", "audit"} <= alarms
    assert table | hints == checks | alarms
    assert alarms <= table


@pytest.mark.parametrize("name", OPERATIONS)
def test_whatever_the_log_repeats_is_explained(name: str) -> None:
    made = re.compile(r'(?:Trouble\(log, |\.trouble\()f?"([^"]+)"')
    sources = (
        path for package in ("bot", "scheduler", "service", "storage") for path in (ROOT / package).rglob("*.py")
    )
    repeated = {what for path in sources for what in made.findall(path.read_text(encoding="utf-8"))}
    assert len(repeated) > 10
    told = _SPAN.findall(text_of(name))
    for what in repeated:
        pattern = re.sub(r"\\\{.*?\\\}", ".*", re.escape(what))
        assert any(re.fullmatch(pattern, f"{span}{end}") for span in told for end in ("", " ")), what


@pytest.mark.parametrize("pair", TWINS, ids=[english for english, _ in TWINS])
def test_both_languages_name_the_same(pair: tuple[str, str]) -> None:
    english, chinese = pair
    assert {path.replace(".zh-CN", "") for path in paths_in(english)} == {
        path.replace(".zh-CN", "") for path in paths_in(chinese)
    }
    assert sorted(map(str, calls(english))) == sorted(map(str, calls(chinese)))
    assert [block for language, block in fences(english) if language] == [
        block for language, block in fences(chinese) if language
    ]


@every_readme
def test_the_buttons_of_the_tour_are_buttons(name: str) -> None:
    said = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "talk/locales/zh-CN").glob("*.ftl"))
    assert [word for word in TOUR if f"= {word}\n" not in said or word not in text_of(name)] == []


@pytest.mark.parametrize("name", COMMAND_LINE)
def test_the_session_runs_as_shown(name: str, tmp_path: Path) -> None:
    (session,) = (block for _, block in fences(name) if block.startswith("$ "))
    plain = {variable: value for variable, value in os.environ.items() if not variable.startswith("ANZHU_")}
    environment = {**plain, "ANZHU_DATA_DIR": str(tmp_path), "LC_ALL": "zh_CN.UTF-8" if "zh" in name else "en_US.UTF-8"}
    for step in session.removeprefix("$ ").split("\n$ "):
        line, _, shown = step.partition("\n")
        program, *words = shlex.split(line)
        assert program == "anzhu"
        done = subprocess.run(
            [sys.executable, "-m", "bot", *words],
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=ROOT,
            env=environment,
            timeout=60,
            check=False,
        )
        assert (done.stdout + done.stderr).strip() == shown.strip()


def test_the_architecture_names_every_package_in_the_order_of_the_layers() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = project["tool"]["importlinter"]["contracts"][0]["layers"]
    packages = [package for layer in layers for package in layer.split(" | ")]
    assert sorted(packages) == sorted(project["tool"]["importlinter"]["root_packages"])
    assert " --> ".join(layers).replace(" | ", " & ") in text_of("ARCHITECTURE.md")
    table = {row.split("`")[1] for row in rows("ARCHITECTURE.md", "")}
    assert {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"} <= table
    assert "`tests`" in text_of("ARCHITECTURE.md")


def test_the_project_shows_its_readme() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["readme"] == "README.md"


def examples(section: str, language: str) -> list[str]:
    """Give the blocks of one section of the guide that are in a language."""
    (text,) = (part for part in text_of("CONTRIBUTING.md").split("\n## ") if part.startswith(f"{section}\n"))
    return [block for named, block in _FENCE.findall(text) if named == language]


BRIEF, DRILL, DOOR = examples("A dialog", "python")
PAPER, DRAWING = examples("A report", "python")


def test_the_duty_of_the_example_is_accepted(tmp_path: Path) -> None:
    pack = copytree(folder_of("shenyang_2023"), tmp_path / "pack")
    (pack / "example.yaml").write_text(examples("A duty", "yaml")[0], encoding="utf-8")
    assert check(pack) == []


@pytest.fixture
def drill_report(monkeypatch: pytest.MonkeyPatch) -> TalkSpec[Any, Any]:
    """Give the talk of the example, as the guide tells to save and register it."""
    modules = {}
    for name, code in (("campaign.talks.drills", BRIEF), ("bot.dialogs.drill", DRILL), ("bot.handlers.drills", DOOR)):
        modules[name] = ModuleType(name)
        monkeypatch.setitem(sys.modules, name, modules[name])
        exec(compile(code, name, "exec", dont_inherit=True), vars(modules[name]))  # noqa: S102  # our own example
    (spec,) = modules["bot.handlers.drills"].SUBJECT.talks.values()
    assert isinstance(spec, TalkSpec)
    assert (spec.brief.talk,) == modules["campaign.talks.drills"].DUTY_FORMS
    return spec


@pytest.mark.parametrize(
    ("due", "until"),
    [
        (None, "确认后以郑演丙名义提交，随时可更正。"),
        ("2023-12-31", "确认后以郑演丙名义提交，12月31日前可更正。"),
    ],
)
def test_the_dialog_of_the_example_comes_to_its_end(
    drill_report: TalkSpec[Any, Any], due: str | None, until: str
) -> None:
    (shell,) = (block for _, block in fences("CONTRIBUTING.md") if "tests.dialogs.journal" in block)
    brief = json.loads(shell.split("'")[1]) | {"due": due}
    talk = Talker(drill_report.opened, brief).says("6月5日", "１２人")
    assert isinstance(talk.question, Confirm)
    assert talk.prompt == [until]
    assert talk.taps("confirm").end.result.people == 12


def test_the_talk_of_the_example_is_in_bundles_and_by_phone(drill_report: TalkSpec[Any, Any]) -> None:
    assert drill_report.duty is not None
    assert drill_report.duty.bundled
    assert None not in (drill_report.park, drill_report.send_back, drill_report.answer_anew)


def test_the_dialog_of_the_example_is_pure() -> None:
    assert impurities(DRILL) == []


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("campaign/talks/drills.py", BRIEF),
        ("bot/dialogs/drill.py", DRILL),
        ("bot/handlers/drills.py", DOOR),
        ("service/district/roll.py", PAPER),
        ("reports/roll.py", DRAWING),
    ],
)
def test_an_example_is_formatted(file: str, code: str) -> None:
    ruff = Path(sys.executable).with_name("ruff")
    for arguments in (
        ["check", f"--stdin-filename={file}", "-"],
        ["format", "--check", f"--stdin-filename={file}", "-"],
    ):
        done = subprocess.run([ruff, *arguments], input=code, capture_output=True, text=True, cwd=ROOT, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
