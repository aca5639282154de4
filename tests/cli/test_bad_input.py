"""Whatever is typed wrong ends in one line that says what is wrong and what to do, and exit code 2."""

from pathlib import Path

import pytest

from tests.cli.conftest import FOOD, Anzhu
from tests.town import SECRET

NO_OFFSET = "2023-06-05T09:00:00"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("tik", "没有“tik”这个命令。是否为“tick”？"),
        ("frobnicate", "没有“frobnicate”这个命令。请运行 anzhu --help 查看全部命令。"),
        ("--bogus", "没有“--bogus”这个参数。请运行 anzhu --help 查看全部参数。"),
        ("--", "命令写法不对。请运行 anzhu --help 查看用法。"),
        ("import", "“anzhu import”之后缺少子命令，可用：enterprises、hazards、workers。"),
        ("import people x", "没有“people”这个命令。请运行 anzhu import --help 查看全部命令。"),
        ("import enterprises", "缺少“文件”。请运行 anzhu import enterprises --help 查看用法。"),
        ("import enterprises nowhere.csv", "nowhere.csv：文件不存在或无法读取，请核对路径。"),
        ("import enterprises pyproject.toml", "pyproject.toml：未找到表头"),
        ("tick --nwo x", "没有“--nwo”这个参数。是否为“--now”？"),
        ("tick --now", "“--now”缺少值，或不应带值。请运行 anzhu tick --help 查看用法。"),
        ("tick --json=1", "“--json”缺少值，或不应带值。请运行 anzhu tick --help 查看用法。"),
        ("tick soon", "多出“soon”。请运行 anzhu tick --help 查看用法。"),
        ("tick --now soon", "看不懂时间“soon”。请写成如 2023-06-05T08:30:00+08:00。"),
        ("tick --now 2023-06-31T08:00:00+08:00", "看不懂时间“2023-06-31T08:00:00+08:00”"),
        (f"tick --now {NO_OFFSET}", f"时间“{NO_OFFSET}”没有时区。请写成如 2023-06-05T08:30:00+08:00。"),
        (f"duties --now {NO_OFFSET}", f"时间“{NO_OFFSET}”没有时区。"),
        (f"people --now {NO_OFFSET}", f"时间“{NO_OFFSET}”没有时区。"),
        (f"outbox --now {NO_OFFSET}", f"时间“{NO_OFFSET}”没有时区。"),
        ("tick --now 0001-01-01T00:00:00+08:00", "不在2000年至2099年之间"),
        ("duties --status done", "没有“done”这种状态。请用下列之一：planned、open、answered"),
        ("duties --enterprise 91210112114884238X", "名录中没有信用代码为“91210112114884238X”的企业"),
        ("duties --district 朝阳区", "没有“朝阳区”这个区县。请用下列之一：和平区、"),
        ("invite --for 浑南区", "请写明 --role 和 --for，或用 --list、--void。"),
        ("invite --role king --for 浑南区", "没有“king”这种角色。请用下列之一：principal、"),
        ("invite --role principal --for 浑南区", "名录中没有信用代码为“浑南区”的企业"),
        ("invite --role clerk --for 朝阳区", "没有“朝阳区”这个区县"),
        ("invite --role city --for 北京市", "“北京市”不对。此角色的 --for 须为“沈阳市”。"),
        ("invite --role clerk --for 浑南区 --all --json", "--all 只用于 principal 和 officer。"),
        ("invite --role principal --for 浑南区 --all", "--all 须同时用 --out 给出文件，或用 --json。"),
        ("invite --role principal --for 浑南区 --all --json", "“浑南区”在名录中没有企业。请先导入名录。"),
        ("chat", "缺少“--as 人员”。请运行 anzhu chat --help 查看用法。"),
        ("chat --as 7", "没有编号为“7”的人员。请运行 anzhu people 查看，或用“new:姓名”。"),
        ("chat --as ⑦", "没有编号为“⑦”的人员"),
        ("chat --as 99999999999999999999", "没有编号为“99999999999999999999”的人员"),
        ("chat --as new:", "“new:”之后请写姓名，1至60个字，不以 # 开头。"),
        ("chat --as new:#1", "“new:”之后请写姓名，1至60个字，不以 # 开头。"),
        ("receipt AAAA-AAAA", "没有编号为“AAAA-AAAA”的回执，请核对。"),
        ("receipt ？？", "没有编号为“？？”的回执，请核对。"),
        ("outline dispatch", "没有“dispatch”这种对话。请用下列之一：monthly-dispatch、"),
        ("replay 1", "没有编号为“1”的会话。"),
        ("replay one", "没有编号为“one”的会话。"),
        ("demo --port 99999", "端口“99999”不对。请用0至65535之间的数字。"),
        ("demo --port http", "端口“http”不对。请用0至65535之间的数字。"),
    ],
)
def test_is_refused_in_one_line(bare: Anzhu, line: str, told: str) -> None:
    assert told in bare.refused(*line.split())


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("TIMEZONE", "Mars/Olympus", "环境变量 ANZHU_TIMEZONE 须为时区名称，如 Asia/Shanghai。"),
        ("TIMEZONE", "../../etc/passwd", "环境变量 ANZHU_TIMEZONE 须为时区名称"),
        ("CLOCK_START", NO_OFFSET, "环境变量 ANZHU_CLOCK_START 须为带时区的时间"),
        ("PACK", "nowhere", "规则包“nowhere”有误，未启用。请运行 anzhu pack check nowhere 查看问题。"),
        ("SECRET_KEY", "short", "ANZHU_SECRET_KEY 不正确：须为32字节的 URL 安全 base64。"),
        ("DATABASE_URL", "mysql://somewhere/x", "ANZHU_DATABASE_URL 不是可用的数据库地址"),
        ("DATABASE_URL", "postgresql://somewhere/x", "ANZHU_DATABASE_URL 不是可用的数据库地址"),
        ("DATABASE_URL", "sqlite://", "ANZHU_DATABASE_URL 不是可用的数据库地址"),
        ("DATABASE_URL", "here", "ANZHU_DATABASE_URL 不是可用的数据库地址"),
        ("DATABASE_URL", "postgresql+psycopg://h:x/d", "ANZHU_DATABASE_URL 不是可用的数据库地址"),
        ("DATABASE_URL", "0://:", "ANZHU_DATABASE_URL 不是可用的数据库地址"),
        ("TELEGRAM_RATE", "INF", "环境变量 ANZHU_TELEGRAM_RATE"),
        ("TELEGRAM_RATE", "nan", "环境变量 ANZHU_TELEGRAM_RATE"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(bare: Anzhu, name: str, value: str, told: str) -> None:
    bare.settings[f"ANZHU_{name}"] = value
    assert told in bare.refused("people")


def test_a_pack_with_a_fault_is_refused_by_file_line_and_reason(bare: Anzhu, tmp_path: Path) -> None:
    folder = tmp_path / "pack"
    folder.mkdir()
    (folder / "pack.yaml").write_text("name: x\nname: y\n", encoding="utf-8")
    result = bare("pack", "check", str(folder))
    assert result.code == 2
    assert f"{folder}/pack.yaml:2: “name”在同一处写了两次。请保留一个。" in result.out
    assert result.err.strip() == f"规则包“{folder}”有1处问题，请按行改正。"
    (fault,) = bare("pack", "check", str(folder), "--json").json
    assert (fault["file"], fault["line"]) == (f"{folder}/pack.yaml", 2)
    assert "没有规则包文件" in bare("pack", "check", str(tmp_path / "nowhere")).out


def test_data_that_real_people_live_by_cannot_become_a_rehearsal(bare: Anzhu) -> None:
    """Set once by mistake, ANZHU_CLOCK_START made real data a rehearsal for good."""
    bare.good("tick")
    bare.settings["ANZHU_CLOCK_START"] = "2023-05-23T08:30:00+08:00"
    assert "早于已运行到的时间，不能改作测试" in bare.refused("people")
    del bare.settings["ANZHU_CLOCK_START"]
    assert "正在测试" not in bare.good("doctor").out


def test_a_wrong_file_changes_nothing(bare: Anzhu, tmp_path: Path) -> None:
    text = tmp_path / "list.txt"
    text.write_text("x", encoding="utf-8")
    assert "未找到表头" in bare.refused("import", "enterprises", str(text))
    assert not (tmp_path / "data").exists()


def test_what_is_typed_cannot_steer_the_terminal(bare: Anzhu) -> None:
    told = bare.refused("\x1b[31mtick")
    assert "\x1b" not in told


def test_postgresql_needs_its_key(anzhu: Anzhu, current_database_url: str) -> None:
    if current_database_url.startswith("sqlite"):
        # The key is made at first use, and nobody else may read it.
        del anzhu.environment["ANZHU_SECRET_KEY"]
        anzhu.good("people")
        made = anzhu.folder / "secret.key"
        assert made.stat().st_mode & 0o077 == 0
        # What was sealed with it is not gone on with under another one.
        anzhu.environment["ANZHU_SECRET_KEY"] = SECRET
        assert "密钥不是封存审计记录的那一把" in anzhu.refused("people")
        anzhu.environment["ANZHU_SECRET_KEY"] = made.read_text(encoding="ascii")
    else:
        anzhu.environment["ANZHU_SECRET_KEY"] = ""
        assert "使用 PostgreSQL 时须设置 ANZHU_SECRET_KEY" in anzhu.refused("people")
        anzhu.environment["ANZHU_SECRET_KEY"] = SECRET
    anzhu.good("people")


def test_an_empty_postgresql_database_says_how_to_upgrade_it(bare: Anzhu, database_url: str) -> None:
    bare.settings |= {"ANZHU_DATABASE_URL": database_url, "ANZHU_SECRET_KEY": SECRET}
    if database_url.startswith("sqlite"):
        assert bare.good("people").out == "没有符合条件的内容。\n"
        return
    assert "请运行 anzhu db upgrade" in bare.refused("people", code=1)
    assert "数据库已升级到版本" in bare.good("db", "upgrade").out
    assert bare.good("db", "upgrade").out == "数据库已是当前版本。\n"
    bare.good("people")


def test_a_code_in_small_and_full_width_letters_is_the_same(june: Anzhu) -> None:
    plain = june.good("duties", "--enterprise", FOOD, "--json").out
    assert june.good("duties", "--enterprise", FOOD.lower(), "--json").out == plain
    assert june.good("duties", "--enterprise", "９１２１０１１２１１４８８４２３８Ｋ", "--json").out == plain
