"""The shipped pack against obligations.md, fact by fact, written down here a second time."""

from datetime import date
from hashlib import sha256

import pytest

from campaign.duties import title_of
from campaign.forms import ChoicesAsk
from campaign.notation import Mark, Within
from campaign.obligations import Obligation
from campaign.pack import Pack
from campaign.pack_check import check
from campaign.scope import Profile
from tests.campaign.registry import SECTORS, TAGS

CLAUSES = {
    "study-plan": "三(一)1、四(一)",
    "criteria-check": "三(一)1、四(二)1",
    "first-round": "三(一)1、四(二)1",
    "monthly-dispatch": "三(一)1",
    "led-inspection": "三(一)1",
    "hazard-report": "三(一)1",
    "weekly-rectification": "三(一)1",
    "post-responsibility": "三(一)2",
    "management-lists": "三(一)2",
    "hot-work-check": "三(一)3",
    "hot-work-education": "三(一)3",
    "hot-work-permit": "三(一)3",
    "outsourcing-check": "三(一)4",
    "emergency-plan": "三(一)5",
    "plan-filing": "三(一)5",
    "drill": "三(一)5",
    "equipment-check": "三(一)6",
    "control-inventory": "三(一)7",
    "control-check": "三(一)7",
    "municipal-plan": "五(一)",
    "mentoring": "五(二)",
    "municipal-summary": "五(四)",
    "contact": "五(四)",
    "mobilise": "四(一)",
    "criteria-training": "三(二)1",
    "officer-training": "三(二)2",
    "registry": "三(二)1",
    "expert-round": "三(一)6",
    "guidance-report": "四(二)2",
    "joint-checks": "三(二)3",
    "look-back": "四(二)3",
    "annex-table": "五(四)、附件注1",
    "phase-report": "五(四)",
    "summary": "五(四)",
    "evaluation": "四(四)",
    "city-verification": "三(一)6",
}
MUNICIPAL = {"municipal-plan", "mentoring", "municipal-summary"}
OF_CITY = {"city-verification"}
DISTRICT = {name for place, name in enumerate(CLAUSES) if place >= 22} - OF_CITY
BY_EVENT = {"hazard-report", "weekly-rectification", "hot-work-permit"}
ROUTINE = {
    "criteria-check",
    "post-responsibility",
    "hot-work-check",
    "outsourcing-check",
    "equipment-check",
    "control-check",
    "officer-training",
    # Continuous: there is no end after which they could not be answered again.
    "mentoring",
    "registry",
    "joint-checks",
}
PRESENCE = {
    "hot-work-check": "hot-work",
    "outsourcing-check": "outsourcing",
    "control-inventory": "control-systems",
    "control-check": "control-systems",
}

START = "05-22"
MONTH_ENDS = ("05-31", "06-30", "07-31", "08-31", "09-30", "10-31", "11-30", "12-31")
ONCE = {
    "study-plan": ("05-30", "N"),
    "criteria-check": ("06-15", "D"),
    "first-round": ("06-15", "N"),
    "post-responsibility": ("05-30", "N"),
    "management-lists": ("05-30", "D"),
    "hot-work-check": ("05-30", "N"),
    "hot-work-education": ("06-30", "N"),
    "outsourcing-check": ("05-30", "N"),
    "emergency-plan": ("06-30", "D"),
    "plan-filing": ("06-30", "N"),
    "equipment-check": ("06-15", "D"),
    "control-inventory": ("05-30", "N"),
    "control-check": ("06-15", "N"),
    "municipal-plan": ("05-31", "D"),
    "contact": ("05-25", "N"),
    "mobilise": ("05-31", "N"),
    "criteria-training": ("05-30", "N"),
    "officer-training": ("06-15", "D"),
    "expert-round": ("06-15", "N"),
    "guidance-report": ("06-15", "N"),
    "city-verification": ("06-15", "N"),
}
DAYS: dict[str, list[tuple[str, str, str, str]]] = {
    # period, opens, due, mark; every variant of an obligation one after the other
    **{name: [("once", START, due, mark)] for name, (due, mark) in ONCE.items()},
    "monthly-dispatch": [
        (f"2023-{end[:2]}", START if end[:2] == "05" else f"{end[:2]}-01", end, "D") for end in MONTH_ENDS
    ],
    "led-inspection": [
        *((f"2023-{end[:2]}", START if end[:2] == "05" else f"{end[:2]}-01", end, "D") for end in MONTH_ENDS),
        ("2023-Q2", START, "06-30", "D"),
        ("2023-Q3", "07-01", "09-30", "D"),
        ("2023-Q4", "10-01", "12-31", "D"),
    ],
    "drill": [
        ("2023-H1", START, "06-30", "D"),
        ("2023-H2", "07-01", "12-31", "D"),
        ("once", START, "12-31", "D"),
    ],
    "mentoring": [("once", START, "", "")],
    "registry": [("once", START, "", "")],
    "joint-checks": [("once", START, "", "")],
    "municipal-summary": [("once", "12-01", "12-15", "N")],
    "look-back": [("phase-2", "06-01", "08-31", "D")],
    "annex-table": [(f"2023-{month:02}", f"{month:02}-25", f"{month:02}-28", "N") for month in range(5, 13)],
    "phase-report": [
        ("phase-1", "05-31", "06-03", "N"),
        ("phase-2", "08-31", "09-03", "N"),
        ("phase-3", "11-30", "12-03", "N"),
    ],
    "summary": [("once", "12-01", "12-15", "N")],
    "evaluation": [("once", "12-01", "12-31", "N")],
}


def days(pack: Pack, obligation: Obligation) -> list[tuple[str, str, str, str]]:
    found = []
    for variant in obligation.variants:
        for period in variant.periods(pack.campaign, pack.phase_periods):
            due = variant.due_on(period)
            mark = variant.due.mark if variant.due else ""
            opens = variant.opens_on(period)
            assert opens.year == 2023
            found.append((period.name, f"{opens:%m-%d}", f"{due:%m-%d}" if due else "", mark))
    return found


def test_nothing_is_wrong_in_it() -> None:
    assert check("shenyang_2023") == []


def test_every_duty_is_there_with_its_clause(pack: Pack) -> None:
    assert {obligation.id: obligation.clause for obligation in pack.obligations} == CLAUSES
    assert pack.obligation("study-plan").clause_shown == "三（一）1、四（一）"


@pytest.mark.parametrize("name", sorted(CLAUSES.keys() - BY_EVENT))
def test_days(pack: Pack, name: str) -> None:
    assert days(pack, pack.obligation(name)) == DAYS[name]


def test_duties_by_event(pack: Pack) -> None:
    triggers = {obligation.id: obligation.trigger for obligation in pack.obligations if obligation.trigger}
    assert triggers == {
        "hazard-report": "hazard-found",
        "weekly-rectification": "hazard-open",
        "hot-work-permit": "hot-job",
    }
    assert {obligation.id for obligation in pack.obligations if obligation.form is None} == {"hot-work-permit"}
    assert pack.obligation("hazard-report").form == "hazard-plan"
    assert pack.obligation("weekly-rectification").form == "weekly-rectification"
    assert pack.hazards.reinspection == "required [D]"
    assert pack.obligation("hazard-report").variants[0].due == Within(24, Mark.DERIVED)
    assert pack.obligation("hot-work-permit").variants[0].due is None
    weeks = days(pack, pack.obligation("weekly-rectification"))
    assert len(weeks) == 32
    assert weeks[0] == ("2023-W21", "05-22", "05-28", "D")
    assert weeks[-1] == ("2023-W52", "12-25", "12-31", "D")


def test_who_owes_and_who_answers(pack: Pack) -> None:
    for obligation in pack.obligations:
        assert (obligation.subject == "district") == (obligation.id in DISTRICT), obligation.id
        assert (obligation.subject == "municipal") == (obligation.id in MUNICIPAL), obligation.id
        assert (obligation.subject == "city") == (obligation.id in OF_CITY), obligation.id
        owner = "clerk" if obligation.id in DISTRICT else "city" if obligation.id in OF_CITY else "principal"
        assert obligation.owner == ("officer" if obligation.id == "hot-work-permit" else owner)
    assert len(DISTRICT) == 13


def test_scopes(pack: Pack) -> None:
    narrow = {
        obligation.id: [variant.scope.tags for variant in obligation.variants]
        for obligation in pack.obligations
        if any(variant.scope.tags for variant in obligation.variants)
    }
    assert narrow == {
        "led-inspection": [("metal-smelting",), ()],
        "drill": [
            ("metal-smelting", "crowded-place"),
            (),
        ],  # crowded places by article 8 of the regulation on emergencies
        "plan-filing": [("metal-smelting", "crowded-place")],
    }
    for obligation in pack.obligations:
        for variant in obligation.variants:
            assert variant.scope.sectors == variant.scope.without_tags == ()


def test_the_equipment_check_asks_everybody_which_places_there_are(pack: Pack) -> None:
    asked = {
        field.key: [option.id for option in field.options]
        for field in pack.form("equipment-check").fields
        if isinstance(field, ChoicesAsk) and field.tags
    }
    assert asked == {
        "places": ["metal-smelting", "explosive-dust", "ammonia", "confined-space"],
        "environment": ["environmental-equipment"],
    }


def test_routine_and_presence(pack: Pack) -> None:
    assert {obligation.id for obligation in pack.obligations if obligation.routine} == ROUTINE
    presence = {
        obligation.id: obligation.presence for obligation in pack.obligations if obligation.presence is not None
    }
    assert {name: asked.tag for name, asked in presence.items()} == PRESENCE
    assert all(asked.ask.zh.startswith("本企业有无") for asked in presence.values())


def test_words_suit_a_phone_and_a_sentence(pack: Pack) -> None:
    for obligation in pack.obligations:
        assert len(obligation.title.zh.replace("{period}", "")) <= 15, obligation.id
        assert obligation.title.en, obligation.id
        assert obligation.demand.en, obligation.id
        assert not obligation.demand.zh.endswith("。"), obligation.id
        assert 1 <= obligation.minutes <= 10


def test_what_comes_again_says_which_period(pack: Pack) -> None:
    for obligation in pack.obligations:
        periods = {name for name, *_ in DAYS.get(obligation.id, [])}
        titles = {title_of(obligation, period).zh for period in periods}
        assert len(titles) == len(periods) or len(periods) == 1, obligation.id


def test_only_days_of_the_notice_are_named_as_demanded(pack: Pack) -> None:
    """A day marked [D] stands in no demand: a message would call it required."""
    for obligation in pack.obligations:
        for variant in obligation.variants:
            if variant.due is not None and variant.due.mark is Mark.DERIVED:
                for month, day in ((5, 30), (5, 31), (6, 15), (6, 30), (8, 31), (12, 31)):
                    assert f"{month}月{day}日" not in obligation.demand.zh, obligation.id


def test_the_bundle_is_what_enterprises_owe_by_the_end_of_may(pack: Pack) -> None:
    (bundle,) = pack.bundles
    assert bundle.title.zh == "5月30日前首轮清单"
    assert (bundle.due.day, bundle.due.mark) == (date(2023, 5, 30), Mark.NOTICE)
    due_then = {
        (name, period)
        for name, rows in DAYS.items()
        for period, _, due, _ in rows
        if due in {"05-30", "05-31"} and name not in DISTRICT
    }
    assert {(part.obligation, part.period) for part in bundle.parts} == due_then
    assert pack.bundle_of("monthly-dispatch", "2023-05") == bundle
    assert pack.bundle_of("monthly-dispatch", "2023-06") is None


def test_phases(pack: Pack) -> None:
    assert [(phase.number, phase.start.day, phase.end.day) for phase in pack.phases] == [
        (1, date(2023, 5, 22), date(2023, 5, 31)),
        (2, date(2023, 6, 1), date(2023, 8, 31)),
        (3, date(2023, 9, 1), date(2023, 11, 30)),
        (4, date(2023, 12, 1), date(2023, 12, 31)),
    ]
    assert (pack.start, pack.end) == (date(2023, 5, 22), date(2023, 12, 31))


def test_districts(pack: Pack) -> None:
    assert [district.name for district in pack.districts] == [
        *("和平区", "沈河区", "大东区", "皇姑区", "铁西区", "苏家屯区", "浑南区"),
        *("沈北新区", "于洪区", "辽中区", "新民市", "法库县", "康平县", "经济技术开发区"),
    ]
    assert all(district.bureau == f"{district.name}应急管理局" for district in pack.districts)
    assert pack.city_bureau == "沈阳市应急管理局"
    zone = pack.district_by_name(" 经开区 ")
    assert zone is not None
    assert zone.name == "经济技术开发区"


def test_sectors_and_tags(pack: Pack) -> None:
    assert {sector.name.zh: sector.id for sector in pack.sectors} == SECTORS
    assert {tag.name.zh: tag.id for tag in pack.tags} == TAGS


def test_annex(pack: Pack) -> None:
    labels = {f"{row.block}{row.row}": row.label for row in pack.annex.rows}
    assert labels == {
        "A1": "企业自查发现的重大事故隐患（个）",
        "A2": "企业自查发现重大事故隐患中已完成整改的（个）",
        "A3": "部门检查发现的重大事故隐患（个）",
        "A4": "部门检查发现重大事故隐患中已完成整改的（个）",
        "A5": "政府挂牌督办的重大事故隐患（个）",
        "A6": "挂牌督办重大事故隐患中已完成整改的（个）",
        "B1": "部门抽查检查的企业总数（家）",
        "B2": "企业主要负责人未按要求亲自研究排查整治工作（家）",
        "B3": "企业主要负责人未带队检查（家）",
        "B4": "企业未制定分管负责人职责清单（家）",
        "B5": "企业未依法建立安全管理机构和配足安全管理人员（家）",
        "B6": "电焊等特种作业岗位人员无证上岗作业（家）",
        "B7": "外包外租安全管理混乱（家）",
        "B8": "未按规定开展应急演练、员工不熟悉逃生出口（家）",
        "C1": "帮扶指导重点市、县（个次）",
        "C2": "帮扶指导重点企业（家次）",
        "C3": "行政处罚（次、万元）",
        "C4": "企业和企业主要负责人“一案双罚”（次）",
        "C5": "移送司法机关（人）",
        "C6": "责令停产整顿（家）",
        "C7": "曝光、约谈、联合惩戒企业（家）",
        "C8": "公布典型执法案例（个），其中危险作业罪案例（个）",
        "C9": "责任倒查追责问责（人）",
        "C10": "约谈通报有关地区及部门（次）",
    }
    assert [block.title for block in pack.annex.blocks] == [
        *("总体情况", "对企业自查自改进行抽查检查情况", "部门精准严格执法情况"),
    ]
    assert pack.annex.title == "全市工贸行业重大事故隐患专项排查整治2023行动进展情况调度表"


def test_every_figure_of_the_annex_has_a_source_of_its_own(pack: Pack) -> None:
    counts = {f"{row.block}{row.row}": row.counts for row in pack.annex.rows}
    assert {name for name, count in counts.items() if count.ledger} == {f"A{n}" for n in range(1, 7)}
    assert {name for name, count in counts.items() if count.spot_check} == {f"B{n}" for n in range(1, 9)}
    assert {name for name, count in counts.items() if count.enforcement} == {f"C{n}" for n in range(1, 11)}
    assert {name: count.figures for name, count in counts.items() if count.figures != 1} == {"C3": 2, "C8": 2}
    sources = [source for count in counts.values() for source in (*count.ledger, *count.spot_check, *count.enforcement)]
    assert len(sources) == len(set(sources)) == 26


def test_what_the_notice_asks_for_beside_the_table_is_noted_and_stands_in_no_table(pack: Pack) -> None:
    assert {row.name: row.label for row in pack.annex.further} == {
        "D1": "查封、扣押（次）",
        "D2": "属地交叉检查（家次）",
        "D3": "生产安全事故（起），其中死亡（人）",
    }
    assert not {row.name for row in pack.annex.further} & {row.name for row in pack.annex.rows}
    assert pack.annex.row("D1") is None
    disorder = pack.annex.row("B7")
    assert disorder is not None
    assert disorder.cases == (
        "承包承租方不具备安全生产条件、未取得相应资质",
        "双方未签订安全生产协议",
        "安全生产管理职责不清",
        "未纳入本企业统一管理",
    )
    assert all(case.replace("双方", "") in pack.annex.notes[1] for case in disorder.cases)


def test_the_64_criteria(pack: Pack) -> None:
    per_article = {article.number: len(article.criteria) for article in pack.standard.articles}
    assert per_article == {3: 3, 4: 8, 5: 13, 6: 8, 7: 7, 8: 7, 9: 2, 10: 2, 11: 10, 12: 2, 13: 2}
    for article in pack.standard.articles:
        for place, criterion in enumerate(article.criteria, 1):
            assert criterion.id == f"{article.number}-{place}"
            assert criterion.device == ("未设置" in criterion.text.zh)
            assert (criterion.note is not None) == (criterion.id == "3-3")
    # The digest of criteria-order-10.json, line by line "id text": no character of the wording may move.
    wording = "\n".join(
        f"{criterion.id} {criterion.text.zh}" for article in pack.standard.articles for criterion in article.criteria
    )
    assert sha256(wording.encode()).hexdigest() == ("76ada21cca1e05b80b730962dba1b5c674b24cdc1b08284f712ffbcf3500831a")
    assert pack.standard.document == "应急管理部令第10号"
    assert pack.standard.source.startswith("https://www.mem.gov.cn/")


def test_a_criterion_is_found_by_article_place_and_fact(pack: Pack) -> None:
    for article in pack.standard.articles:
        facts = [(criterion.place, criterion.fact) for criterion in article.criteria]
        assert len(set(facts)) == len(facts)
        assert len(article.places) <= 6
        for criteria in article.places.values():
            # Beside them a card has 本组均无, then 完成, and 上一步: six buttons.
            assert len(criteria) <= 4
        for words in (word for pair in facts for word in pair):
            assert words.en
    assert {place.zh for place in pack.standard.articles[1].places} == {"吊运区域", "冶炼设备", "煤气区域"}


@pytest.mark.parametrize(
    ("sector", "tags", "articles"),
    [
        ("commerce", set(), [3]),
        ("commerce", {"crowded-place", "hot-work"}, [3]),
        ("metallurgy", {"metal-smelting"}, [3, 4]),
        ("nonferrous", set(), [3, 5]),
        ("building-materials", set(), [3, 6]),
        ("machinery", {"explosive-dust"}, [3, 7, 11]),
        ("light", {"ammonia", "confined-space"}, [3, 8, 12, 13]),
        ("textile", set(), [3, 9]),
        ("tobacco", set(), [3, 10]),
    ],
)
def test_criteria_go_by_sector_and_tag(pack: Pack, sector: str, tags: set[str], articles: list[int]) -> None:
    assert [article.number for article in pack.articles_for(Profile(sector, tags), pack.start)] == articles
    found = {int(criterion.id.split("-")[0]) for criterion in pack.criteria_for(Profile(sector, tags), pack.start)}
    assert sorted(found) == articles


def test_titles(pack: Pack) -> None:
    def titles(name: str, period: str) -> tuple[str, str | None]:
        words = title_of(pack.obligation(name), period)
        return words.zh, words.en

    assert titles("monthly-dispatch", "2023-06") == ("6月调度确认", "June dispatch")
    assert titles("led-inspection", "2023-Q2") == ("第二季度带队检查", "Q2 inspection led by the principal")
    assert titles("drill", "2023-H1") == ("上半年应急救援演练", "First-half emergency drill")
    assert titles("drill", "once") == ("应急救援演练", "Emergency drill")
    assert titles("phase-report", "phase-3") == ("第三阶段专项整治情况报告", "Phase 3 report")
    assert titles("weekly-rectification", "2023-W26") == (
        "重大隐患每周调度（6月26日—7月2日）",
        "Weekly dispatch of open hazards (26 June – 2 July)",
    )
    owed = title_of(pack.obligation("hazard-report"), "hazard/41", owed=True)
    assert (owed.zh, owed.en) == ("重大隐患整改方案（41号）", "Plan for a major hazard (No. 41)")
    assert title_of(pack.obligation("drill"), "2023-H1", owed=True).zh == "上半年应急救援演练"
    assert titles("hazard-report", "hazard/41") == ("重大隐患即时报告（41号）", "Report of a major hazard (No. 41)")
