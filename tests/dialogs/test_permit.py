"""Transcripts of applications for hot work."""

from datetime import datetime, time
from typing import Any

import pytest

from bot.subjects import TALKS
from campaign.applications import Application, MeasureTaken, Who
from campaign.hot_work import Level
from campaign.talks.hot_work import Forbidden
from talk.outline import paths
from talk.questions import Confirm
from talk.texts import CHINESE, render
from tests.dialogs.permit_briefs import (
    GUARD,
    LEADER,
    OFFICER,
    RULES,
    SHENYANG,
    WELDER,
    application_brief,
    usual,
    welder,
)
from tests.dialogs.talker import Talker, photo

SITE = photo("现场.jpg")


def applies(**changed: Any) -> Talker:
    return Talker(TALKS["permit-application"].opened, application_brief(**changed))


def placed(
    talk: Talker, surroundings: str = "elsewhere", air: str = "indoors", *, stopped: str | None = None
) -> Talker:
    """Go up to the times."""
    talk.says("2号车间", "除尘管道", "焊接支架").taps(surroundings)
    if stopped is not None:
        talk.taps(stopped)
    return talk.taps("other", air).toggles("arc")


def timed(talk: Talker, starts: str = "10:00", until: str = "12:00") -> Talker:
    """Go up to the people."""
    return talk.says(starts, until)


def manned(talk: Talker) -> Talker:
    """Go up to the sample."""
    return talk.toggles("w21").taps("m6", "m7")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2023, 6, day, hour, minute, tzinfo=SHENYANG)


def test_a_first_application_is_asked_in_full_and_shows_what_it_binds() -> None:
    talk = applies()
    assert talk.prompt == ["动火地点在哪里？", "请点选，或直接回复新的名称：\n1. 1号车间\n2. 2号车间"]
    assert talk.buttons == ["1号车间", "2号车间"]
    talk.taps("s2")
    assert talk.buttons == ["除尘管道"]
    talk.taps("s1").says("焊接支架")
    assert talk.buttons == ["运行设备", "罐区防火堤内", "易燃易爆场所", "其他场所", "固定动火区"]
    talk.taps("elsewhere").says("其他部位").taps("indoors")
    assert talk.buttons == ["电焊", "气焊气割", "氩弧焊", "切割打磨"]
    talk.says("1、4")
    assert talk.buttons == ["半小时后", "1小时后", "2小时后", "明早8点"]
    talk.says("10:00")
    assert talk.prompt[0] == "参照GB 30871-2022，按二级动火管理。计划到什么时候结束？"
    assert talk.buttons == ["至12:00", "至14:00", "至17:00", "至18:00", "连续3天"]
    talk.taps("17")
    assert talk.prompt[1].splitlines()[1:3] == [
        "1. 李演四　焊接与热切割作业　应复审日期2025年6月30日",
        "2. 赵演八　焊接与热切割作业　有效期至2023年6月7日",
    ]
    talk.says("李演四").taps("m6").says("陈演七")
    assert talk.buttons == ["检测", "无可燃介质"]
    talk.taps("none").taps("m3").taps("none")
    assert "建议：火灾、灼烫、触电" in talk.prompt[1]
    talk.taps("preset")
    assert talk.prompt[0] == "参照GB 30871-2022，按二级动火管理。请逐项核对安全措施，是否已全部落实？"
    assert talk.buttons == ["全部落实"]
    talk.taps("preset")
    assert talk.prompt[0] == "“灭火器材到位”的数量是多少？"
    talk.says("4具").sends(SITE)
    assert talk.buttons == ["都没有"]
    assert "10. 与外单位相连的部位" in talk.prompt[1]
    talk.taps("none")
    assert talk.summary == [
        "动火地点：2号车间",
        "动火部位：除尘管道",
        "作业内容：焊接支架",
        "场所：其他场所",
        "动火对象：其他部位",
        "室内或露天：室内",
        "动火方式：电焊、切割打磨",
        "开始时间：6月6日 10:00",
        "结束时间：6月6日 17:00",
        "动火人：李演四",
        "作业负责人：刘演六",
        "监护人：陈演七",
        "气体分析：检测",
        "分析人：王演三",
        "其他作业：无",
        "风险辨识：火灾、灼烫、触电",
        "安全措施：灭火器材到位、电焊机接地、周边无装卸喷漆、可燃物已清除、交叉作业已协调、警戒隔离",
        "灭火器材到位：4个",
        "现场照片：1个文件",
        "十不准：无",
    ]
    assert talk.prompt == [
        (
            "参照GB 30871-2022，按二级动火管理。有效期到6月6日 17:00，到时自动失效。"
            "确认后送审批人（参照GB 30871-2022：所在基层单位）；批准前不得动火。"
        )
    ]
    asked = talk.taps("confirm").end.result
    assert asked == Application(
        place="2号车间",
        part="除尘管道",
        content="焊接支架",
        surroundings="elsewhere",
        stopped=False,
        workpiece="other",
        wind=False,
        ways=("arc", "grinding"),
        welders=(WELDER,),
        leader=LEADER,
        guardian=GUARD,
        tester=OFFICER,
        starts=at(6, 10),
        until=at(6, 17),
        hours=None,
        no_sample="",
        risks=("fire", "burn", "shock"),
        others=(),
        measures=(
            MeasureTaken("extinguishers", 4),
            *map(MeasureTaken, ("machine", "nearby", "cleared", "crossing", "cordon")),
        ),
        photos=(SITE,),
    )


def test_a_job_like_the_last_one_in_a_new_place_takes_twelve_taps() -> None:
    talk = applies(usual=usual())
    assert talk.prompt == [
        "上次：1号车间（3号料仓下料口），更换法兰。焊工李演四，负责人刘演六，监护人陈演七。这次是同样的作业吗？"
    ]
    assert talk.buttons == ["与上次相同", "重新填写"]
    talk.taps("yes").says("5号车间").taps("s1", "elsewhere", "indoors", "30", "2h")
    assert talk.asked == "sample"
    talk.taps("s1", "preset").sends(SITE).taps("none")
    assert talk.prompt[0].startswith(
        "沿用上次：\n作业内容：更换法兰\n动火对象：其他部位　方式：电焊\n动火人：李演四　负责人"
    )
    assert "气体分析：不检测（无可燃介质）" in talk.prompt[0]
    assert "数量：灭火器材到位4" in talk.prompt[0]
    talk.taps("confirm")
    assert len(talk.given) == 12
    asked = talk.end.result
    assert (asked.place, asked.part, asked.starts, asked.until) == (
        "5号车间",
        "3号料仓下料口",
        at(6, 9, 30),
        at(6, 11, 30),
    )
    assert (asked.welders, asked.leader, asked.guardian, asked.content) == ((WELDER,), LEADER, GUARD, "更换法兰")
    assert MeasureTaken("extinguishers", 4) in asked.measures
    assert asked.photos == (SITE,)


def test_no_repeat_job_takes_more_than_twelve_answers_whatever_is_said() -> None:
    last = usual(no_sample="", tester=OFFICER)
    # Over days the hours are asked besides.
    found = [
        path
        for path in paths(TALKS["permit-application"].opened, application_brief(usual=last))
        if dict(path.steps)["like"] and "hours" not in dict(path.steps)
    ]
    assert len(found) > 10
    assert max(len(path.visited) for path in found) == 12


def test_what_no_longer_holds_of_the_last_job_is_asked_again() -> None:
    gone = application_brief()["members"][:2]
    talk = applies(usual=usual(), members=gone, welders=[welder(21, "李演四", until="2023-06-05", fault="expired")])
    talk.taps("yes", "s1", "s1", "elsewhere", "indoors", "30", "2h")
    assert talk.asked == "welders"
    assert talk.prompt == [
        "登记册中没有证书在6月6日仍有效的焊工，本次不能动火。",
        "不能列入：\n1. 李演四：证书有效期至2023年6月5日，已过",
    ]
    again = applies(usual=usual(), members=gone).taps("yes", "s1", "s1", "elsewhere", "indoors", "30", "2h")
    assert again.asked == "guardian"


# Who


def test_nobody_without_a_valid_certificate_is_taken_and_it_is_said_why() -> None:
    talk = timed(placed(applies()), "10:00", "明天20:00")
    assert talk.asked == "hours"
    talk = timed(placed(applies()))
    assert talk.refused("孙演九").startswith("孙演九不能列入作业票：证书应复审日期2023年5月1日，已过，未复审。")
    assert "证书有效期至2023年6月5日，已过" in talk.refused("李演四、周演十")
    assert "证书工种是高处作业，不含焊接与热切割" in talk.refused("吴演一")
    assert talk.refused("冯演二") == (
        "登记册中没有“冯演二”。请先把特种作业操作证导入登记册，再列入作业票；名字写错的，请重新回复。"
    )
    assert talk.asked == "welders"
    assert talk.says("李演四、赵演八").asked == "leader"


def test_a_name_is_taken_as_a_whole_only() -> None:
    people = [welder(21, "张演强"), welder(22, "孙演九"), welder(23, "孙演九", fault="trade", trade="高处作业")]
    members = [{"person": 9, "name": "张演强", "role": "worker"}, {"person": 8, "name": "刘演六", "role": "worker"}]
    talk = timed(placed(applies(welders=people, members=members)))
    # Somebody else than 张演强, who holds a certificate.
    assert "登记册中没有“张演”" in talk.refused("张演")
    # One of two certificates of one name is valid: it counts.
    assert talk.says("张演强和孙演九").answers["welders"].value["ids"] == ["w21", "w22"]
    assert talk.edits("welders").says("2 1").answers["welders"].value["ids"] == ["w21", "w22"]
    assert "请点选，或回复姓名或序号" in talk.edits("welders").refused("3")
    talk.says("1").says("刘演")
    assert talk.answers["leader"].value == {"name": "刘演", "person": None}
    peace = timed(placed(applies(welders=[welder(21, "王和平"), welder(22, "张演强")])))
    assert peace.says("王和平").answers["welders"].value["ids"] == ["w21"]
    assert peace.edits("welders").says("张演强 王和平").answers["welders"].value["ids"] == ["w21", "w22"]
    twice = timed(placed(applies(welders=[welder(21, "张演强"), welder(22, "张演强")])))
    assert twice.refused("张演强") == "有几位“张演强”。请点选其中一位。"


def test_two_spellings_of_one_name_meet_on_a_permit() -> None:
    people = [welder(21, "阿不都•热合曼"), welder(22, "⻢演⼀", fault="trade", trade="高处作业"), welder(23, "卡∙提")]
    members = [{"person": 9, "name": "阿里木·江", "role": "worker"}]
    talk = timed(placed(applies(welders=people, members=members)))
    assert "证书工种是高处作业" in talk.refused("马演一")
    assert talk.says("阿不都·热合曼、卡提").answers["welders"].value["ids"] == ["w21", "w23"]
    assert talk.edits("welders").says("阿不都 热合曼").answers["welders"].value["ids"] == ["w21"]
    assert talk.says("阿里木．江").answers["leader"].value == {"name": "阿里木·江", "person": 9}
    # Whoever cannot be the guardian cannot be it in another spelling.
    assert "监护人不能同时是动火人" in talk.refused("阿不都‧热合曼")


def test_a_certificate_must_last_to_the_end_of_the_job() -> None:
    talk = timed(placed(applies()), "10:00", "6月8日17:00").taps("08-17")
    assert "赵演八：证书有效期至2023年6月7日，到作业结束时已过" in talk.prompt[1]
    assert "到作业结束时已过" in talk.refused("赵演八")


def test_the_guardian_is_no_welder() -> None:
    talk = timed(placed(applies())).toggles("w21").taps("m6")
    assert talk.buttons == ["王演三", "刘演六", "陈演七"]
    assert talk.refused("李演四") == ("监护人不能同时是动火人：监护人须全程看护，不得离开或做其他事。请另选一人。")
    # A welder who is named later pushes the guardian out.
    talk.taps("m7").edits("welders")
    assert talk.toggles("w22").asked == "sample"
    other = timed(placed(applies(welders=[*application_brief()["welders"], welder(26, "陈演七")])))
    other.toggles("w21").taps("m6", "m7").edits("welders").toggles("w26")
    assert other.asked == "guardian"


def test_a_guardian_without_the_bot_is_named_and_marked() -> None:
    talk = timed(placed(applies())).toggles("w21").taps("m6").says("郑演丙")
    assert "监护人：郑演丙（未使用本系统）" in talk.summary
    talk.taps("s1", "none", "preset", "preset").says("2").sends(SITE).taps("none", "confirm")
    assert talk.end.result.guardian == Who("郑演丙")
    assert talk.edits("guardian").refused("13800000000").endswith("请点选一位，或回复姓名（2至60字）。")


def test_a_hard_rule_has_a_way_round_for_a_long_name() -> None:
    """Names of other peoples and of passports are longer than Chinese ones."""
    name = "Maria Fernanda González Rodríguez de la Cruz"
    talk = timed(placed(applies())).toggles("w21").taps("m6").says(name)
    assert f"监护人：{name}（未使用本系统）" in talk.summary


def test_two_of_one_name_are_told_apart_by_a_tap() -> None:
    members = [*application_brief()["members"], {"person": 9, "name": "刘演六", "role": "worker"}]
    talk = timed(placed(applies(members=members))).toggles("w21")
    assert talk.refused("刘演六") == "有几位“刘演六”。请点选其中一位。"
    assert talk.taps("m9").answers["leader"].value == {"name": "刘演六", "person": 9}


# When


def test_a_permit_is_not_made_up_afterwards() -> None:
    talk = placed(applies())
    assert talk.refused("8:30") == (
        "6月6日 08:30已过。作业票不能补办；已经动火的，请立即停止。还未动火的，请回复之后的时间，如“明天08:30”。"
    )
    assert "最晚填6月13日" in talk.refused("6月20日8:00")
    assert talk.says("现在").asked == "until"


def test_a_start_that_has_passed_is_asked_again_when_the_application_is_taken_up_later() -> None:
    talk = timed(placed(applies()))
    later = Talker(
        TALKS["permit-application"].opened, application_brief(earliest=at(6, 11).isoformat()), given=talk.given
    )
    assert later.asked == "from"


def test_a_job_crosses_midnight() -> None:
    talk = placed(applies()).says("22:00")
    assert talk.buttons == ["次日00:00", "次日02:00", "次日06:00", "连续3天"]
    talk.says("02:00")
    assert talk.asked == "welders"
    manned(talk).taps("m3", "none", "preset")
    assert talk.prompt[0] == (
        "涉及夜间（20:00至06:00），参照GB 30871-2022由二级升级为一级管理。请逐项核对安全措施，是否已全部落实？"
    )
    talk.taps("preset").says("2").sends(SITE).taps("none", "confirm")
    asked = talk.end.result
    assert (asked.starts, asked.until) == (at(6, 22), at(7, 2))
    assert asked.assessed(RULES).level is Level.FIRST


@pytest.mark.parametrize("said", ["02:00", "次日2:00", "明天凌晨2点", "0200"])
def test_the_end_after_midnight_is_read_however_it_is_said(said: str) -> None:
    talk = placed(applies()).says("22:00")
    if said == "次日2:00":
        assert "请回复结束时间" in talk.refused(said)
    else:
        assert talk.says(said).answers["until"].value == at(7, 2).isoformat()


def test_the_end_is_never_later_than_the_level_allows() -> None:
    talk = placed(applies(), "danger", stopped="no").says("10:00")
    assert talk.refused("19:00") == (
        "参照GB 30871-2022，按一级动火管理。参照GB 30871-2022，"
        "最长8小时，最晚到6月6日 18:00。请回复之前的时间；做不完的，到时另办新票。"
    )
    assert "请重新回复" in talk.refused("明天9:00") or "最长8小时" in talk.refused("明天9:00")
    talk.says("18:00")
    second = placed(applies()).says("14:00")
    assert second.refused("23:00").startswith(
        "涉及夜间（20:00至06:00），参照GB 30871-2022由二级升级为一级管理。"
        "参照GB 30871-2022，最长8小时，最晚到6月6日 22:00。"
    )
    assert "最长72小时，最晚到6月9日 14:00" in second.refused("6月10日8:00")


def test_a_changed_start_asks_for_an_end_that_no_longer_fits() -> None:
    talk = placed(applies(), "danger", stopped="no").says("10:00", "18:00").edits("from").says("9:30")
    assert talk.asked == "until"


def test_a_rest_day_a_holiday_and_the_wind_go_one_level_up_and_it_is_said_why() -> None:
    def line(day: str, air: str = "indoors") -> str:
        brief = {"latest": at(30, 9).isoformat()}
        talk = manned(timed(placed(applies(**brief), air=air), f"{day}10:00", f"{day}12:00"))
        return talk.taps("m3", "none", "preset").prompt[0].split("请逐项")[0]

    assert line("6月24日") == "6月24日是法定节假日，参照GB 30871-2022由二级升级为一级管理。"
    assert line("6月10日") == "6月10日是休息日，参照GB 30871-2022由二级升级为一级管理。"
    assert line("6月7日", "windy") == "露天风力5级及以上，参照GB 30871-2022由二级升级为一级管理。"
    # A working day in lieu of the holiday.
    assert line("6月25日", "windy").startswith("露天风力")


def test_a_plant_that_is_stopped_cleaned_and_tested_is_second_level_and_sampled() -> None:
    talk = placed(applies(), "running", stopped="yes").says("10:00")
    assert talk.prompt[0].startswith("参照GB 30871-2022，按二级动火管理。")
    manned(talk.says("12:00"))
    assert talk.asked == "tester"
    special = placed(applies(), "running", stopped="no").says("10:00")
    assert special.prompt[0].startswith("参照GB 30871-2022，按特级动火管理。")
    # No stop lowers the level within the dike of a tank farm.
    assert applies().says("罐区", "1号罐", "焊接").taps("dike").asked == "workpiece"


def test_a_job_over_days_names_its_hours_by_day() -> None:
    talk = placed(applies()).says("10:00").taps("days")
    assert talk.buttons == ["8点–17点", "9点–18点", "8点–20点"]
    assert talk.refused("22:00-23:00").startswith(
        "20:00至次日06:00是夜间，参照GB 30871-2022，动火须升级管理、另行办票。"
    )
    assert talk.refused("17:00-8:00") == "每日时段的结束须晚于开始，不能跨夜。请重新回复，如“8:00–17:00”。"
    assert "请回复每日时段" in talk.refused("白天")
    manned(talk.says("8点到16点半")).taps("s1", "none", "preset", "preset").says("2").sends(SITE).taps("none")
    assert "每日时段：每个工作日08:00–16:30" in talk.summary
    assert "休息日、节假日不在本票时间内，须另行办票。" in talk.prompt[0]
    assert "有效期到6月8日 16:30" in talk.prompt[0]
    asked = talk.taps("confirm").end.result
    assert asked.hours == (time(8), time(16, 30))
    assert [(one.start, one.end) for one in asked.spells] == [
        (at(6, 10), at(6, 16, 30)),
        (at(7, 8), at(7, 16, 30)),
        (at(8, 8), at(8, 16, 30)),
    ]


def test_days_without_a_working_day_are_no_job_over_days() -> None:
    talk = placed(applies(latest=at(30, 9).isoformat())).says("6月22日10:00", "6月24日17:00")
    assert talk.buttons == []
    assert talk.refused("8:00-17:00").startswith("计划时间里没有一个工作日有这个时段。")


# What makes it safe


def test_measures_are_suggested_by_what_is_done_and_can_be_chosen_by_number() -> None:
    talk = applies().says("罐区", "1号罐", "焊接").taps("dike", "vessel", "calm").says("2").says("10:00", "12:00")
    manned(talk).taps("m3").says("7、3")
    assert talk.prompt[0] == "“高处作业”须另办作业票，票号是多少？"
    assert talk.refused("在办理").startswith("未能识别“在办理”。请回复票号")
    talk.says("G-0606-03").says("还没有")
    assert "建议：火灾、爆炸、灼烫、中毒窒息" in talk.prompt[1]
    assert "6. 高处坠落" in talk.says("1、2").prompt[1] or talk.asked == "measures"
    assert "1. 动火设备内部构件清洗干净" in talk.prompt[1]
    assert "其他措施：" in talk.prompt[1]
    talk.says("1、2")
    assert talk.prompt[0] == "“断开加盲板”的数量是多少？"


def test_a_prohibition_forbids_the_job_and_says_which() -> None:
    talk = manned(timed(placed(applies()))).taps("s1", "none", "preset", "preset").says("2").sends(SITE)
    assert (
        talk.prompt[0]
        == "最后核对“十不准”（共10条，参照县级政府网站ynlf.gov.cn所载条文）：本次作业有没有其中任何一种情形？"
    )
    assert "请回复序号" in talk.refused("看情况")
    assert talk.says("5、10").end.result == Forbidden("2号车间", (5, 10))


@pytest.mark.parametrize("said", ["无", "没有", "都没有", "0"])
def test_none_of_the_prohibitions_is_said_in_one_word(said: str) -> None:
    talk = manned(timed(placed(applies()))).taps("s1", "none", "preset", "preset").says("2").sends(SITE)
    assert isinstance(talk.says(said).question, Confirm)


def test_an_edit_asks_for_the_confirmation_again() -> None:
    talk = manned(timed(placed(applies()))).taps("s1", "none", "preset", "preset").says("2").sends(SITE)
    talk.taps("none", "confirm").edits("place").says("3号车间")
    assert isinstance(talk.question, Confirm)
    assert "3号车间" in render(talk.question.ask, CHINESE) or "动火地点：3号车间" in talk.summary
