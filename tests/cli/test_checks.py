"""Spot checks on the command line: planned, entered, and a draw made again."""

import json
from collections.abc import Callable

from sqlalchemy import create_engine, text

from tests.cli.conftest import FOOD, Anzhu, Result

DISTRICT = "浑南区"
ENTERED = "加企业\n白桦\n登记结果\n今天\n赵演三、钱演四\n第2项\n完成\n都没有\n6月没有带队\n暂无照片\n提交结果\n"


def clerk(june: Anzhu, say: str) -> Result:
    """A clerk joins and does something."""
    code = june.good("invite", "--role", "clerk", "--for", DISTRICT, "--json").json["code"]
    return june.good("chat", "--as", "new:孙演九", say=f"/start {code}\n同意加入\n孙演九\n/checks\n{say}")


def test_a_check_is_listed_with_what_was_found(june: Anzhu, join: Callable[[str, str, str], Result]) -> None:
    assert june.good("checks").out == "没有符合条件的内容。\n"
    assert june.good("checks", "--json").out == "[]\n"
    join("郑演丙", "principal", FOOD)
    clerk(june, ENTERED)
    (one,) = june.good("checks", "--json").json
    assert {**one, "planned_at": "", "recorded_at": ""} == {
        "id": 1,
        "district": DISTRICT,
        "enterprise": FOOD,
        "how": "hand",
        "draw": None,
        "grounds": [],
        "state": "recorded",
        "planned_at": "",
        "drawn_inspectors": [],
        "date": "2023-06-05",
        "recorded_at": "",
        "inspectors": [
            {"id": 1, "name": "赵演三", "signed_at": None, "how": None},
            {"id": 2, "name": "钱演四", "signed_at": None, "how": None},
        ],
        "entries": [
            {"row": "B1", "action": 1, "note": "", "photos": []},
            {"row": "B3", "action": 2, "note": "6月没有带队", "photos": []},
        ],
        "hazards": [],
        "ended_at": None,
        "reason": None,
    }
    assert one["recorded_at"].startswith("2023-06-05T")
    head, line = june.good("checks", "--district", DISTRICT).out.splitlines()
    assert head.split("\t") == ["编号", "区县", "企业名称", "来源", "状态", "检查日期", "执法人员", "问题"]
    assert line.split("\t")[3:] == ["人工选取", "已登记", "2023-06-05", "赵演三、钱演四", "B3"]
    assert june.good("checks", "--district", "市本级", "--json").json == []
    # The annex names the check behind its figure.
    cells = june.good("annex", "--month", "2023-06", "--district", DISTRICT, "--json").json["cells"]
    assert [(one["block"], one["row"], one["sources"]) for one in cells if one["sources"]] == [
        ("B", 1, ["action/1"]),
        ("B", 3, ["action/2"]),
    ]


def test_a_draw_is_made_again_and_a_changed_one_found_out(june: Anzhu) -> None:
    clerk(june, "执法人员\n加人员\n赵演三、钱演四、孙演五\n/checks\n随机抽取\n全部企业\n1\n开始抽取\n")
    said = june.good("checks", "--draw", "1").out.splitlines()
    whole = june.good("checks", "--draw", "1", "--json").json
    assert said[0] == "第1号重新抽取，结果与保存的一致："
    assert said[1] == f"种子：{whole['seed']}（抽取前的指纹：{whole['fingerprint']}）"
    assert said[3].split("\t")[0] == whole["result"][0]["enterprise"]
    assert (whole["same"], whole["number"], whole["inspectors"]) == (True, 1, [1, 2, 3])
    assert whole["result"][0]["enterprise"] in whole["pool"]
    assert [one["draw"] for one in june.good("checks", "--json").json] == [1]

    engine = create_engine(june.environment["ANZHU_DATABASE_URL"])
    with engine.begin() as conn:
        changed = json.dumps([[whole["result"][0]["enterprise"], whole["result"][0]["inspectors"][::-1]]])
        conn.execute(text("UPDATE check_draws SET result = :changed"), {"changed": changed})
    engine.dispose()
    assert june.refused("checks", "--draw", "1", code=1) == "第1号重新抽取，结果与保存的不一致：数据被改动过。"
    assert june("checks", "--draw", "1", "--json").code == 1


def test_what_is_no_draw_and_no_place(june: Anzhu) -> None:
    for given in ("1", "x", "９", "-1", "9" * 40):
        assert june.refused("checks", "--draw", given) == f"没有编号为“{given}”的随机抽取，或还没有抽。"
    assert "月球" in june.refused("checks", "--district", "月球")
    assert june.refused("checks", "--now", "明天")
