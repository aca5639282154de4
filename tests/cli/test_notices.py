"""Notices on the command line: all of them, and the recipients of one."""

from collections.abc import Callable

from tests.cli.conftest import FOOD, Anzhu, Result

DISTRICT = "浑南区"
WRITE = "/notice\n请检查排水。\n全部企业\n主要负责人\n完成\n到8月31日\n不用答复\n预览\n"


def test_a_notice_and_its_receipts(june: Anzhu, join: Callable[[str, str, str], Result]) -> None:
    assert june.good("notices").out == "没有符合条件的内容。\n"
    assert june.good("notices", "--json").out == "[]\n"
    join("郑演丙", "principal", FOOD)
    code = june.good("invite", "--role", "clerk", "--for", DISTRICT, "--json").json["code"]
    june.good("chat", "--as", "new:孙演九", say=f"/start {code}\n同意加入\n孙演九\n{WRITE}")
    (clerk,) = [one["id"] for one in june.good("people", "--json").json if one["name"] == "孙演九"]
    (written,) = june.good("notices", "--json").json
    assert (written["state"], written["count"], written["by"], written["confirmed_at"]) == ("previewed", 0, clerk, None)
    june.good("chat", "--as", str(clerk), say="/notices\n第1项\n修改\n")
    (changing,) = june.good("notices", "--json").json
    assert changing["state"] == "draft"
    june.good("chat", "--as", str(clerk), say="预览\n确认发送\n")
    (queued,) = june.good("notices", "--json").json
    missing = queued["count"] - 1
    assert queued == {
        "id": 1,
        "by": clerk,
        "audience": {"place": DISTRICT, "roles": ["principal"]},
        "count": queued["count"],
        "state": "queued",
        "accepted": 0,
        "acknowledged": 0,
        "answered": 0,
        "unreachable": missing,
        "until": "2023-08-31",
        "confirmed_at": queued["confirmed_at"],
    }
    whole = june.good("notices", "1", "--json").json
    assert {**whole, "recipients": []} == {**queued, "recipients": []}
    assert [one["standing"] for one in whole["recipients"]].count("queued") == 1
    assert len(whole["recipients"]) == queued["count"]
    head, line = june.good("notices").out.splitlines()
    assert head.split("\t") == ["编号", "范围", "状态", "人数", "已发出", "已知悉", "已答复", "没有发到"]
    assert line.split("\t")[:3] == ["1", "浑南区、企业主要负责人", "等待发出"]
    assert "郑演丙\t" in june.good("notices", "1").out


def test_a_notice_that_is_none(june: Anzhu) -> None:
    for given in ("99", "x", "９", "9" * 40):
        assert june.refused("notices", given) == f"没有编号为“{given}”的通知。请运行 anzhu notices 查看。"
