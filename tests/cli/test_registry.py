"""The registry in, and invitations out."""

import csv
import io
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import FOOD, THE_300, Anzhu

HEAD, GOOD, OTHER, *_ = THE_300.read_text(encoding="utf-8-sig").splitlines()
BAD = GOOD.replace("91210112114884238K", "912101121148842381")


def sheet(folder: Path, *lines: str) -> str:
    path = folder / "list.csv"
    path.write_text("\n".join((HEAD, *lines)), encoding="utf-8")
    return str(path)


def test_300_come_in_once(anzhu: Anzhu) -> None:
    assert "已导入：新增300家，变更0家，无变化0家。" in anzhu.good("import", "enterprises", str(THE_300)).out
    again = anzhu.good("import", "enterprises", str(THE_300), "--json").json
    assert (len(again["added"]), len(again["changed"]), len(again["unchanged"])) == (0, 0, 300)


def test_a_refused_line_keeps_the_others_out_unless_partial(anzhu: Anzhu, tmp_path: Path) -> None:
    file = sheet(tmp_path, BAD, OTHER)
    refused = anzhu("import", "enterprises", file)
    assert refused.code == 2
    assert "第2行 统一社会信用代码“912101121148842381”校验位不符" in refused.out
    assert refused.err.startswith("未写入任何数据：1行有误。")
    told = anzhu("import", "enterprises", file, "--json")
    assert (told.code, told.json["written"], told.json["refused"][0]["line"]) == (2, False, 2)
    assert anzhu.good("duties", "--json", "--now", "2023-06-05T09:00:00+08:00").out == "[]\n"

    partly = anzhu.good("import", "enterprises", file, "--partial")
    assert "已导入：新增1家" in partly.out
    assert "另有1行未导入" in partly.out


def test_a_code_that_stands_so_on_a_licence_is_taken_where_it_is_named(anzhu: Anzhu, tmp_path: Path) -> None:
    file, code = sheet(tmp_path, BAD, OTHER), "912101121148842381"
    assert "请核对" in anzhu.refused("import", "enterprises", file, "--as-on-licence", "91210")
    wrong = anzhu("import", "enterprises", file, "--as-on-licence", "210112000012345")
    assert (wrong.code, "“210112000012345”不在这份名单里" in wrong.out) == (2, True)
    taken = anzhu.good("import", "enterprises", file, "--as-on-licence", f"{code[:9]}-{code[9:]}")
    assert "按营业执照所载收录" in taken.out + taken.err
    assert "新增2家" in taken.out
    marks = {one["code"]: one["as_on_licence"] for one in anzhu.good("enterprises", "--json").json}
    assert [marks.pop(code), *marks.values()] == [True, False]
    assert "变更0家，无变化2家" in anzhu.good("import", "enterprises", file).out
    found = {one["check"]: one["detail"] for one in anzhu("doctor", "--json").json}
    assert found["registry"] == "名录有2家企业，其中1家的代码与国家标准不符，按营业执照收录。"


def test_a_change_of_tags_opens_and_withdraws_duties_at_once(anzhu: Anzhu, tmp_path: Path) -> None:
    anzhu.settings["ANZHU_CLOCK_START"] = "2023-06-05T09:00:00+08:00"
    anzhu.good("import", "enterprises", sheet(tmp_path, GOOD))
    anzhu.good("tick")

    def statuses() -> dict[str, str]:
        found = anzhu.good("duties", "--enterprise", FOOD, "--json").json
        return {f"{one['obligation']}/{one['period']}": one["status"] for one in found}

    assert statuses()["drill/once"] == "open"
    assert "plan-filing/once" not in statuses()
    changed = anzhu.good("import", "enterprises", sheet(tmp_path, GOOD.replace("有限空间、涉氨制冷", "人员密集场所")))
    assert "风险标签" in changed.out
    assert statuses()["drill/once"] == "withdrawn"
    assert statuses()["plan-filing/once"] == "open"


def test_a_bar_is_drawn_on_a_terminal_only(bare: Anzhu, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Screen(io.StringIO):
        def isatty(self) -> bool:
            return True

    screen = Screen()
    screen.reconfigure = lambda **_: None  # type: ignore[attr-defined]
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stderr", screen)
        patch.setenv("TERM", "xterm")
        assert bare("import", "enterprises", sheet(tmp_path, GOOD)).code == 0
    assert "正在导入" in screen.getvalue()
    bare.good("import", "enterprises", sheet(tmp_path, GOOD))


def test_an_invitation_is_shown_once_and_good_for_30_days(june: Anzhu) -> None:
    told = june.good("invite", "--role", "officer", "--for", FOOD, "--json").json
    assert set(told) == {"code", "link", "role", "subject", "expires"}
    assert (told["link"], told["role"], told["subject"]) == (None, "officer", FOOD)
    good_for = datetime.fromisoformat(told["expires"]) - datetime.now(UTC)
    assert timedelta(days=29, hours=23) < good_for <= timedelta(days=30)
    words = june.good("invite", "--role", "clerk", "--for", "浑南区").out
    assert "浑南区联络人" in words
    assert june.good("invite", "--role", "city", "--for", "沈阳市", "--json").json["subject"] == "沈阳市"
    stored = june.folder / "anzhu.db"
    assert not stored.exists() or told["code"].encode() not in stored.read_bytes()


def test_codes_for_all_go_into_a_sheet_that_only_its_owner_reads(june: Anzhu) -> None:
    out = june.folder / "codes.csv"
    said = june.good("invite", "--role", "principal", "--for", "沈阳市", "--all", "--out", str(out))
    assert "已生成10个邀请码" in said.out
    assert out.stat().st_mode & 0o777 == 0o600
    data = out.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert list(rows[0]) == ["区县", "企业名称", "统一社会信用代码", "角色", "邀请码", "有效期至"]
    assert len({row["邀请码"] for row in rows}) == 10
    owned = next(row for row in rows if row["统一社会信用代码"] == FOOD)
    assert "✅ 郑演丙，您已加入" in june.good("chat", "--as", "new:郑演丙", say=f"/start {owned['邀请码']}\n1\n1\n").out
    assert "已存在" in june.refused("invite", "--role", "principal", "--for", "沈阳市", "--all", "--out", str(out))
    assert out.read_bytes() == data

    district = june.good("invite", "--role", "officer", "--for", "浑南区", "--all", "--json").json
    assert 0 < len(district) < 10
    assert {one["role"] for one in district} == {"officer"}


def test_a_sheet_that_cannot_be_written_is_told_before_codes_are_made(june: Anzhu) -> None:
    nowhere = june.folder / "nowhere" / "codes.csv"
    told = june.refused("invite", "--role", "principal", "--for", "沈阳市", "--all", "--out", str(nowhere), code=1)
    assert str(nowhere) in told
    out = june.folder / "codes.csv"
    june.refused("invite", "--role", "principal", "--for", "和平区", "--all", "--out", str(out))
    assert not out.exists()


def test_a_name_that_looks_like_a_formula_stays_a_name(june: Anzhu, tmp_path: Path) -> None:
    june.good("import", "enterprises", sheet(tmp_path, GOOD.replace("沈阳白桦示范食品0001有限公司", "+1+1")))
    out = june.folder / "codes.csv"
    june.good("invite", "--role", "principal", "--for", "浑南区", "--all", "--out", str(out))
    assert ",'+1+1," in out.read_text(encoding="utf-8-sig")
