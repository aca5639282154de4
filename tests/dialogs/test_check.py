"""A spot check is entered by whoever checked, and planned by whoever sends them."""

from datetime import date
from typing import Any

from bot.dialogs.written import names_apart
from bot.subjects import TALKS
from campaign.checks import CODES, Checked, Conditions, Finding, Wanted
from talk.messages import FileRef
from talk.texts import CHINESE, render
from tests.dialogs.journal import JOURNALS, read
from tests.dialogs.talker import PACK, Talker, photo
from tests.service.lines import code

FOOD = "91210112114884238K"


def brief(**changed: Any) -> dict[str, Any]:
    """Give what an inspector begins with."""
    (kept,) = (read(path)["brief"] for path in JOURNALS if path.stem == "check-record-found")
    return {**kept, **changed}


def test_a_clean_check_is_four_answers() -> None:
    talk = Talker(TALKS["check-record"].opened, brief(drawn=[3, 4]))
    assert talk.prompt[0] == "沈阳白桦示范食品有限公司是哪天检查的？"
    talk.taps("today")
    assert talk.buttons == ["赵演三", "钱演四", "孙演五", "按抽取的"]
    talk.taps("drawn")
    assert talk.buttons == ["第1项", "第2项", "第3项", "第4项", "都没有"]
    talk.taps("none")
    assert talk.buttons == ["第1项", "第2项", "第3项", "都没有"]
    talk.taps("none")
    assert "提交后由赵演三、钱演四各自签名" in render(talk.question.ask, CHINESE)
    assert talk.taps("confirm").end.result == Checked(date(2023, 6, 6), (3, 4), (), ())


def test_only_what_was_tapped_is_asked_about() -> None:
    talk = Talker(TALKS["check-record"].opened, brief()).taps("today").says("1、3").toggles("B2", "B5").toggles("B6")
    asked = []
    while talk.asked != "confirm":
        asked.append(talk.asked)
        talk = talk.says("没有记录") if talk.asked.endswith("note") else talk.sends(photo())
    assert asked == [f"found/{row}/{part}" for row in ("B2", "B5", "B6") for part in ("note", "photos")]
    result = talk.taps("confirm").end.result
    assert result.inspectors == (3, 5)
    assert result.findings == tuple(Finding(row, "没有记录", (photo(),)) for row in ("B2", "B5", "B6"))


def test_disorder_in_outsourcing_is_told_by_the_cases_of_note_2() -> None:
    rows = [{"row": row.name, "label": row.label, "figure": row.counts.named[0], "cases": row.cases}
            for row in PACK.annex.rows if row.name in ("B6", "B7")]  # fmt: skip
    talk = Talker(TALKS["check-record"].opened, brief(rows=rows)).taps("today").says("1、3").toggles("B7")
    assert "2. 双方未签订安全生产协议" in talk.prompt[1]
    talk.says("2、3").says("与2家承租单位").taps("none")
    (found,) = talk.taps("confirm").end.result.findings
    assert found.note == "双方未签订安全生产协议；安全生产管理职责不清；与2家承租单位"


def test_what_the_enterprise_admitted_stands_beside_its_row_and_is_no_answer() -> None:
    rows: list[dict[str, Any]] = [
        {"row": row.name, "label": row.label, "figure": row.counts.named[0], "cases": row.cases}
        for row in PACK.annex.rows
        if row.is_found_in_checks
    ]
    days = ("2023-06-02", "2023-05-30", "2023-05-29", "2023-05-28")
    rows[1] |= {"admitted": [{"day": day, "said": {"zh": f"未带队{day[-1]}"}} for day in days]}
    talk = Talker(TALKS["check-record"].opened, brief(rows=rows)).taps("today").says("1、2")
    assert talk.prompt[1].splitlines()[1:3] == [
        "2. 企业主要负责人未带队检查",
        "企业自报：6月2日“未带队2”、5月30日“未带队0”、5月29日“未带队9”，另有1项",
    ]
    assert "只是检查线索，不作为查出的问题" in talk.prompt[1]
    assert talk.buttons == ["第1项", "第2项", "第3项", "第4项", "都没有"]
    talk.taps("none")
    assert "企业自报" not in talk.prompt[1]
    assert talk.taps("none", "confirm").end.result.findings == ()


def test_a_finding_that_was_tapped_by_mistake_is_taken_out_again() -> None:
    talk = Talker(TALKS["check-record"].opened, brief()).taps("today")
    talk.says("赵演三 、钱演四".replace(" ", "")).toggles("B2").toggles("none")
    talk.says("没有记录").taps("none").edits("rows/B2").taps("none")
    assert talk.asked == "confirm"
    assert talk.taps("confirm").end.result.findings == ()


def test_known_and_new_inspectors_in_one_line() -> None:
    talk = Talker(TALKS["check-record"].opened, brief()).taps("today")
    assert "1. 赵演三\n2. 钱演四\n3. 孙演五" in talk.prompt[1]
    talk.says("钱 演四，李演六/２").taps("none", "none")
    assert talk.taps("confirm").end.result == Checked(date(2023, 6, 6), (4,), ("李演六",), ())


def test_two_people_at_the_least_and_people_at_that() -> None:
    talk = Talker(TALKS["check-record"].opened, brief()).taps("today")
    two = "检查人应为2至10名。请点选，或一次写全姓名，如“张三、李四”。"
    for text in ("", "赵演三", "1", "1、1", "李演六", "李演六，李 演六", "、、"):
        assert talk.refused(text) == two
    assert talk.refused("、".join(f"{'甲' * number}" for number in range(1, 13))) == two
    assert "不像姓名" in talk.refused("赵演三、9")
    assert "不像姓名" in talk.refused(f"赵演三、{'甲' * 61}")
    assert "最多500字" in talk.refused("甲、" * 5_000)


def test_a_long_name_is_no_button() -> None:
    people = [{"id": 1, "name": "阿不都热依木·买买提明"}, {"id": 2, "name": "钱演四"}]
    talk = Talker(TALKS["check-record"].opened, brief(inspectors=people)).taps("today")
    assert talk.buttons == ["第1项", "钱演四"]
    assert "1. 阿不都热依木·买买提明" in talk.prompt[1]


def test_the_day_lies_in_the_campaign_and_not_ahead() -> None:
    talk = Talker(TALKS["check-record"].opened, brief())
    assert "还没到" in talk.refused("6月7日")
    assert "5月21日" in talk.refused("5月21日")
    assert talk.refused("2022年6月1日")


def test_a_photo_is_a_picture() -> None:
    talk = (
        Talker(TALKS["check-record"].opened, brief())
        .taps("today")
        .says("1、2")
        .toggles("B2")
        .toggles("none")
        .says("没有记录")
    )
    refused = talk.question.receive([FileRef("0" * 64, "检查表.pdf", "application/pdf", 1)])
    assert "“检查表.pdf”不是照片" in render(refused.what, CHINESE)
    assert talk.question.receive([photo(), photo()]) == (photo(), photo())


def test_enterprises_as_people_name_them() -> None:
    talk = Talker(TALKS["check-pick"].opened, {"place": "浑南区"})
    assert talk.says("白桦示范").end.result == "白桦示范"
    talk = Talker(TALKS["check-pick"].opened, {"place": "浑南区"})
    assert "“91210112114884238”不是有效" in talk.refused(f"{FOOD}、91210112114884238")
    assert f"一次最多{CODES}个代码，这里有500个" in talk.refused("\n".join(code(number) for number in range(500)))
    assert "最多60字" in talk.refused("字" * 10_000)
    assert talk.says(f"９１２１０１１２１１４８８４２３８ｋ；{FOOD}").end.result == FOOD


def test_names_as_people_write_them() -> None:
    assert names_apart("赵演三、钱演四,孙演五；\n李 演六/赵 演三") == ("赵演三", "钱演四", "孙演五", "李演六")
    talk = Talker(TALKS["check-inspectors"].opened, {"place": "浑南区"})
    assert "不像姓名" in talk.refused("13800000000")
    assert talk.says("赵演三，钱演四").end.result == "赵演三\n钱演四"


def test_a_draw_is_asked_for() -> None:
    sample = TALKS["check-draw"].sampled()
    talk = Talker(TALKS["check-draw"].opened, {**sample, "places": []}).toggles("unchecked")
    assert "从6名执法人员中抽取2名" in talk.prompt[1]
    assert talk.refused("0")
    assert talk.refused("201")
    talk.says("十家")
    assert "种子在选择范围之前已生成，指纹0123456789ABCDEF" in render(talk.question.ask, CHINESE)
    assert talk.taps("confirm").end.result == Wanted(Conditions(unchecked=True), 10)


def test_reasons() -> None:
    drawn = Talker(TALKS["check-drop"].opened, {"check": 7, "name": "…", "drawn": True})
    assert drawn.refused("") == "请回复文字，不超过500字。"
    assert drawn.buttons == []
    assert Talker(TALKS["check-drop"].opened, {"check": 7, "name": "…", "drawn": False}).taps("none").end.result == ""
    back = Talker(TALKS["check-take-back"].opened, {"check": 7, "name": "…", "day": "2023-06-05"})
    assert back.prompt[0] == "为什么冲销…6月5日的抽查结果？"
    assert back.refused(" ")
    assert back.says("登记错了").taps("confirm").end.result == "登记错了"


def test_who_enters_and_checked_signs_and_who_was_named_objects() -> None:
    own = Talker(TALKS["check-record"].opened, brief(me="赵演三")).taps("today").says("1、2").taps("none", "none")
    assert "提交即为您本人签名" in own.prompt[0]
    talk = Talker(TALKS["check-object"].opened, {"check": 7, "inspector": 3, "name": "…", "day": "2023-06-05"})
    assert talk.refused("")
    assert talk.says("当天没有参加").taps("confirm").end.result == "当天没有参加"
