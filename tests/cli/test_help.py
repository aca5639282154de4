"""Help: every command with its options, in the language of the terminal, and nothing that does not work."""

import re
import subprocess
import sys

import pytest

from bot.cli.entry import COMMANDS
from tests.cli.conftest import Anzhu

SUBCOMMANDS = {
    "import": ["enterprises", "hazards", "workers"],
    "pack": ["list", "check", "show", "schema", "new", "diff", "renew"],
    "db": ["upgrade"],
    "people": ["end", "keep", "lock", "unlock", "data", "forget"],
    "audit": ["verify", "anchor", "show"],
    "factor": ["list", "reset"],
    "outbox": ["show", "retry", "cancel", "acknowledge"],
    "inbox": ["show", "retry", "cancel", "acknowledge"],
    "key": ["make", "list", "rotate", "renew"],
}
WORDS = [(name, sub) for name in COMMANDS for sub in SUBCOMMANDS.get(name, [""])]

LISTING = {
    "people": "[--burden] [--review] [--out 文件] [--json] [--now 时间] ",
    "outbox": (
        "[--state 状态] [--kind 种类] [--person 人员] [--channel 通道] [--older-than 时长] [--json] [--now 时间] "
    ),
    "inbox": "[--state 状态] [--person 人员] [--channel 通道] [--older-than 时长] [--json] [--now 时间] ",
}
"""Options of words that list by themselves."""

USAGE = {
    "demo": "[--port 端口] [--no-browser]",
    "chat": "--as 人员",
    "start": "[--pack 路径] [--registry 文件] [--owed-from 日期] [--clerk 区县=姓名] [--env 文件] [--yes]",
    "run": "[--accept-clock]",
    "tick": "[--now 时间] [--accept-clock] [--json]",
    "tidy": "[--dry-run] [--json]",
    "import enterprises": (
        "文件 [--partial] [--hidden import|skip] [--as-on-licence 信用代码] [--end-replaced] "
        "[--missing keep|report|close] [--json]"
    ),
    "import hazards": "文件 [--partial] [--hidden import|skip] [--json]",
    "import workers": "文件 [--partial] [--hidden import|skip] [--dry-run] [--json]",
    "invite": "[--role 角色] [--for 对象] [--until 日期] [--all] [--out 文件] [--list] [--void 编号] [--json]",
    "enterprises": "[--district 区县] [--state 状态] [--json] [--now 时间]",
    "duties": "[--enterprise 信用代码] [--district 区县] [--status 状态] [--stats] [--json] [--now 时间]",
    "report": "种类 --out 文件 [--district 区县] [--phase 阶段] [--now 时间]",
    "annex": "--month 月份 [--district 区县] [--out 文件] [--json] [--now 时间]",
    "checks": "[--district 区县] [--draw 抽取编号] [--json] [--now 时间]",
    "permits": "[票] [--pdf 文件] [--enterprise 信用代码] [--district 区县] [--state 状态] [--json] [--now 时间]",
    "hazards": "[--enterprise 信用代码] [--district 区县] [--state 状态] [--json] [--now 时间]",
    "notices": "[通知编号] [--json] [--now 时间]",
    "people end": "人员 --reason 文字 [--role 角色] [--for 对象] [--on 日期]",
    "people data": "人员编号|姓名 --out 文件 [--for 对象]",
    "people forget": "人员编号|姓名 [--for 对象]",
    "people keep": "人员 [--role 角色] [--for 对象]",
    "people lock": "人员",
    "people unlock": "人员 [--json]",
    "papers": "[--state 状态] [--person 人员] [--json] [--now 时间]",
    "outbox show": "消息",
    **dict.fromkeys(("outbox retry", "outbox cancel", "outbox acknowledge"), "消息 [消息 …]"),
    "inbox show": "来信",
    **dict.fromkeys(("inbox retry", "inbox cancel", "inbox acknowledge"), "来信 [来信 …]"),
    "receipt": "回执编号 [--json]",
    "outline": "对话",
    "replay": "会话编号 [--json]",
    "pack list": "[--json]",
    "pack check": "路径 [--json]",
    "pack schema": "",
    "pack new": "规则包 [--extends 规则包] [--in 文件夹] [--now 时间]",
    "pack diff": "路径 路径 [--json]",
    "pack renew": "路径 --year 年份 [--as 规则包] [--in 文件夹]",
    "pack show": "路径 [--year 年份] [--sector 行业] [--tags 风险] [--employees 人数] "
    "[--of 谁] [--out 文件] [--json] [--now 时间]",
    "db upgrade": "[--dry-run]",
    "backup": "备份文件 [--verify] [--recipient 公钥] [--identity 文件] [--json]",
    "restore": "备份文件 [--identity 文件] [--json]",
    "doctor": "[--full] [--json]",
    "audit verify": "[--anchor 锚点] [--json]",
    "audit anchor": "",
    "key make": "",
    "key list": "[--json]",
    "key rotate": "[--json]",
    "key renew": "[--json]",
    "factor list": "[--json] [--now 时间]",
    "factor reset": "人员编号",
    "audit show": "[--event 事件] [--person 人员编号] [--operator 姓名] [--about 对象] [--since 时间]"
    " [--json] [--now 时间]",
}


def test_lists_every_command(bare: Anzhu) -> None:
    page = bare.good("--help").out
    assert page == bare.good().out
    assert page.startswith("用法：anzhu [--operator 姓名] 命令 …\n")
    listed = re.findall(r"^  ([a-z]+) {2,}(\S.*)$", page, re.MULTILINE)
    assert [name for name, _ in listed] == list(COMMANDS)


@pytest.mark.parametrize(("name", "sub"), WORDS)
def test_of_a_command_says_how_it_is_called(bare: Anzhu, name: str, sub: str) -> None:
    words = [name, sub] if sub else [name]
    page = bare.good(*words, "--help").out
    usage, about, options = page.split("\n\n")
    command = " ".join(words)
    assert " ".join(usage.split()) == f"用法：anzhu {command} {USAGE[command]}".rstrip()
    assert about
    for option in re.findall(r"--[a-z-]+", usage):
        assert re.search(rf"^  {option}\b.* {{3}}\S", options, re.MULTILINE), option
    assert all(len(line) <= 100 for line in page.splitlines())


@pytest.mark.parametrize("name", SUBCOMMANDS)
def test_of_a_group_lists_its_commands(bare: Anzhu, name: str) -> None:
    page = bare.good(name, "--help").out
    usage = " ".join(page.partition("\n\n")[0].split())
    assert usage == f"用法：anzhu {name} {LISTING.get(name, '')}命令 …"
    assert re.findall(r"^  ([a-z]+) {2,}", page, re.MULTILINE) == SUBCOMMANDS[name]


def test_every_command_has_a_usage_here() -> None:
    assert {f"{name} {sub}".strip() for name, sub in WORDS} == set(USAGE)


def test_is_english_where_the_terminal_is(bare: Anzhu) -> None:
    english = bare.apart("tick", "--help", LC_ALL="", LANG="en_US.UTF-8").out
    assert english.startswith("Usage: anzhu tick [--now TIME] [--accept-clock] [--json]\n")
    assert not re.search("[\u4e00-\u9fff]", english)
    assert bare.apart("tick", "--help", LC_ALL="zh_CN.UTF-8", LANG="en_US.UTF-8").out.startswith("用法：")
    assert bare.apart("tick", "--help", LC_ALL="", LANG="").out.startswith("用法：")
    refused = bare.apart("tik", LC_ALL="en_GB.UTF-8")
    assert (refused.code, refused.err) == (2, "There is no command “tik”. Did you mean “tick”?\n")


def test_is_shown_by_a_terminal_without_chinese_too(bare: Anzhu) -> None:
    assert "\\u7528\\u6cd5" in bare.apart(PYTHONIOENCODING="ascii").out


def test_comes_at_once_since_it_wants_none_of_the_bot() -> None:
    code = (
        "import sys; from bot.cli.entry import run; run(['--help']);"
        "loaded = {'sqlalchemy', 'pydantic', 'starlette', 'uvicorn', 'alembic', 'apscheduler', 'telegram', 'aiogram'}"
        " & set(sys.modules); assert not loaded, loaded"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0
