"""Transcripts of the short talks about permits."""

from typing import Literal

from bot.subjects import TALKS
from campaign.applications import OtherPermit
from campaign.permit_life import Checked
from campaign.talks.hot_work import Accepted, Looked, OnSite, Reason, SentBack, SiteCheck
from tests.dialogs.talker import Talker, photo

NAMED = {"permit": 7, "number": "D-0606-07", "place": "2号车间"}
FIELDS = [
    {"key": key, "label": {"zh": label, "en": label}, "value": {"zh": value, "en": value}}
    for key, label, value in (
        ("place", "动火地点", "2号车间"),
        ("until", "结束时间", "6月6日 17:00"),
        ("welders", "动火人", "李演四"),
    )
]


def test_an_application_goes_back_with_the_one_question_that_is_wrong() -> None:
    talk = Talker(TALKS["permit-return"].opened, {**NAMED, "fields": FIELDS})
    assert talk.prompt == [
        "作业票 D-0606-07：哪一项不对？",
        "请点选，或回复序号：\n1. 动火地点：2号车间\n2. 结束时间：6月6日 17:00\n3. 动火人：李演四",
    ]
    assert talk.buttons == ["动火地点", "结束时间", "第3项"]
    assert "1至3" in talk.refused("都不对")
    assert talk.says("3").prompt[0] == "请用一句话说明“动火人”哪里不对。"
    assert talk.says("李演四今天请假").end.result == SentBack("welders", "李演四今天请假")


def test_a_refusal_and_a_cancellation_say_why_and_ask_once_more() -> None:
    told: tuple[tuple[Literal["refuse", "cancel"], str, str], ...] = (
        ("refuse", "为什么不批准作业票 D-0606-07（2号车间）？", "不批准"),
        ("cancel", "为什么作废作业票 D-0606-07（2号车间）？", "作废"),
    )
    for act, question, yes in told:
        talk = Talker(TALKS["permit-reason"].opened, {"act": act, **NAMED})
        assert talk.prompt[0] == question
        talk.says("现场有喷漆作业")
        assert "不能恢复" in talk.prompt[0]
        assert talk.buttons == [yes]
        assert talk.taps("confirm").end.result == Reason(act, "现场有喷漆作业")


def test_why_a_job_was_stopped_can_wait() -> None:
    talk = Talker(TALKS["permit-stopped"].opened, NAMED)
    assert talk.prompt == ["作业票 D-0606-07 已停止。因为什么停止？", "先处置现场，原因可稍后再补。"]
    assert talk.buttons == ["以后再说", "气体报警", "监护人离开", "火花飞溅"]
    assert talk.taps("s1").end.result == Reason("stop", "气体报警")
    assert Talker(TALKS["permit-stopped"].opened, NAMED).taps("none").end.result == Reason("stop", "")


def test_the_guardian_arrives_with_a_photo() -> None:
    here = photo("到场.jpg")
    assert Talker(TALKS["permit-arrival"].opened, NAMED).sends(here).end.result == OnSite((here,))
    assert Talker(TALKS["permit-arrival"].opened, NAMED).taps("none").end.result == OnSite(())


MEASURES = {
    "applicant": "王演三",
    "measures": [
        {"id": "extinguishers", "text": {"zh": "配备消防器材", "en": "at hand"}, "number": 2},
        {"id": "cordon", "text": {"zh": "已设警戒线", "en": "cordoned off"}},
        {
            "id": "machine",
            "text": {"zh": "电焊机接地", "en": "earthed"},
            "by": "刘演六",
            "at": "2023-06-06T08:40:00+08:00",
        },
    ],
    "others": [{"id": "confined", "name": {"zh": "受限空间", "en": "Confined space"}}],
}


def test_each_measure_is_looked_at_on_site_and_another_permit_told_by_its_number() -> None:
    def talk() -> Talker:
        return Talker(TALKS["permit-measures"].opened, {**NAMED, **MEASURES})

    assert talk().prompt == [
        "作业票 D-0606-07（2号车间）：请在现场逐项核对安全措施，有没有未到位的？",
        (
            "申请时由王演三填报：\n1. 配备消防器材（2）\n2. 已设警戒线\n"
            "有未到位的，请回复序号，如“2、5”：有一项未到位就不能开工。确认后，各项记您的姓名和时间。\n"
            "已现场确认：电焊机接地（刘演六 08:40）。"
        ),
    ]
    assert talk().buttons == ["全部到位"]
    every = talk().taps("none").says("S-0606-01").end.result
    assert every == SiteCheck(
        Checked(("extinguishers", "cordon", "other/confined")), (OtherPermit("confined", "S-0606-01"),)
    )
    # A number names what is lacking, and so does a permit that is not there.
    some = talk().says("2").taps("none").end.result
    assert some == SiteCheck(Checked(("extinguishers",), ("cordon", "other/confined")))
    assert talk().says("没有").says("还没有").end.result.checked.lacking == ("other/confined",)
    assert talk().refused("不清楚")


def test_a_look_sees_fire_or_not() -> None:
    assert Talker(TALKS["permit-look"].opened, NAMED).buttons == ["无火种余烟", "发现火情"]
    assert Talker(TALKS["permit-look"].opened, NAMED).taps("clear").end.result == Looked(clear=True)
    assert Talker(TALKS["permit-look"].opened, NAMED).says("发现火情").end.result == Looked(clear=False)


def test_a_place_is_accepted_with_a_photo_or_not_at_all() -> None:
    after = photo("验收.jpg")
    acceptance = TALKS["permit-acceptance"].opened
    assert Talker(acceptance, NAMED).taps("safe").sends(after).end.result == Accepted(safe=True, photos=(after,))
    assert Talker(acceptance, NAMED).taps("unsafe").end.result == Accepted(safe=False, photos=())
