"""What the notice asks of an answer, written down a second time: which lines of a confirmed screen do not meet their
clause, and which of them says when the deed was done. It knows no pack, only words.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

Lines = Mapping[str, str]
"""What somebody confirmed: the answers by what they are called on the screen."""


@dataclass(frozen=True, slots=True)
class Firm:
    """An enterprise by the list that was imported: its name, how many people work there, and which risks it has."""

    name: str
    employees: int
    tags: tuple[str, ...]


Rule = Callable[[Lines, Firm | None], bool]

_NUMBER: Final = re.compile(r"\d+")
_DAY: Final = re.compile(r"(?:(\d{4})年)?(\d+)月(\d+)日")
YEAR: Final = 2023
FIRST: Final = date(2023, 5, 22)
"""Of the campaign."""


def number(text: str) -> int:
    """The number of an answer."""
    found = _NUMBER.search(text)
    return int(found[0]) if found else 0


def day(text: str) -> date | None:
    """The day of an answer; None where it names none."""
    found = _DAY.search(text)
    return None if found is None else date(int(found[1] or YEAR), int(found[2]), int(found[3]))


def says(label: str, *words: str) -> Rule:
    """One of these words is the answer."""
    return lambda said, _: said.get(label) in words


def zero(label: str) -> Rule:
    """None at all."""
    return lambda said, _: label in said and number(said[label]) == 0


def some(label: str) -> Rule:
    """One or more."""
    return lambda said, _: label in said and number(said[label]) > 0


def fewer(label: str, than: str) -> Rule:
    """Less than another number of the same screen."""
    return lambda said, _: label in said and than in said and number(said[label]) < number(said[than])


def without(label: str, *wanted: str, among: Sequence[str] = ()) -> Rule:
    """Not all that is wanted is picked; who adds own words, where they can (`among`), lacks nothing."""

    def rule(said: Lines, _: Firm | None) -> bool:
        if label not in said:
            return False
        picked = said[label].split("、")
        own = [one for one in picked if among and one not in among and one != "无"]
        return not own and any(one not in picked for one in wanted)

    return rule


def both(*rules: Rule) -> Rule:
    """All of these."""
    return lambda said, firm: all(rule(said, firm) for rule in rules)


def picks(label: str, what: str) -> Rule:
    """This is among what is picked."""
    return lambda said, _: what in said.get(label, "").split("、")


def any_of(label: str) -> Rule:
    """Anything is picked."""
    return lambda said, _: said.get(label, "无") not in ("无", "")


def large(_: Lines, firm: Firm | None) -> bool:
    """Of whom the law on work safety (article 24) wants an organisation or full-time staff."""
    return firm is not None and (firm.employees > 100 or "金属冶炼" in firm.tags)


def fewer_than_employed(label: str) -> Rule:
    """Less than all who work there."""
    return lambda said, firm: firm is not None and label in said and number(said[label]) < firm.employees


POSTS = ("管理岗位", "操作岗位", "劳务派遣人员", "实习生")
RANGES = ("数据丢失", "黑客攻击", "系统瘫痪", "设备失效")

UNMET: Final[Mapping[str, Sequence[Rule]]] = {
    "mobilise": (says("主要负责同志召开", "否"),),
    "criteria-training": (fewer("已训", "应训"), says("标准直达企业", "还没有")),
    "officer-training": (fewer("已训", "应训"),),
    "registry": (fewer("已明确监管", "企业底数"),),
    "expert-round": (zero("指导企业"),),
    "guidance-report": (zero("帮扶企业"), zero("安全生产月活动")),
    "joint-checks": (says("检查人签名", "还不全"),),
    "evaluation": (says("总结评估报告", "无"), says("长效机制", "未建立")),
    "city-verification": (fewer("已查验", "市级单位"),),
    "monthly-dispatch": (says("由您本人主持", "否"), says("由负责人主持", "否")),
    "study-plan": (
        without("逐级部署", "全员全岗位"),
        says("主要负责人亲自动员", "否"),
        says("标准化建设", "还没有开展"),
    ),
    "first-round": (says("双控系统", "还没有"),),
    "led-inspection": (says("由主要负责人带队", "否"),),
    "post-responsibility": (
        without("覆盖岗位", "管理岗位", "操作岗位", among=POSTS),
        says("监督考核机制", "未建立"),
    ),
    "management-lists": (
        says("分管负责人职责清单", "未制定"),
        says("专项行动工作清单", "未制定"),
        both(large, says("安全管理机构", "未设置"), zero("专职安全管理人员")),
        both(zero("专职安全管理人员"), zero("兼职安全管理人员")),
    ),
    "hot-work-check": (
        zero("排查人员"),
        some("未落实岗位责任"),
        without("作业管理", "方案审批", "条件确认", "现场监护", "应急处置"),
        says("招请无证人员责任", "未写入"),
    ),
    "hot-work-education": (
        fewer_than_employed("应参加"),
        fewer("实际参加", "应参加"),
        says("观看培训片", "未观看"),
    ),
    "outsourcing-check": (
        picks("未签协议处理", "限期补签"),
        picks("条件资质处理", "限期整改"),
        says("管理台账", "还不全"),
        says("双方职责", "还没明确"),
        without("管理措施", "管理制度", "安全技术交底", "安全培训教育", "定期安全检查"),
    ),
    "emergency-plan": (says("应急工作责任制", "未建立"), says("修订完善", "还没有")),
    "plan-filing": (lambda said, _: "备案日期" in said and (day(said["备案日期"]) or FIRST) < FIRST,),
    "drill": (says("熟知逃生出口", "还没有"),),
    "equipment-check": (
        without("已排查", "信息系统"),
        both(any_of("危险场所"), without("已排查", "危险场所设备", "应急救援装备")),
        both(picks("环保设备", "有环保设备"), without("已排查", "环保设备设施")),
    ),
    "control-check": (
        without("排查范围", "数据丢失", "黑客攻击", among=RANGES),
        says("应急预案", "未制定"),
    ),
    "mentoring": (says("协作组", "未成立"), zero("帮扶企业"), says("帮扶安排", "还没固定")),
}
"""By obligation which answers do not meet the clause."""

DEEDS: Final[Mapping[str, str]] = {
    "monthly-dispatch": "时间",
    "study-plan": "部署日期",
    "led-inspection": "检查日期",
    "post-responsibility": "公示日期",
    "hot-work-education": "教育日期",
    "plan-filing": "备案日期",
    "drill": "演练日期",
    "municipal-summary": "上报日期",
    "mobilise": "会议日期",
    "criteria-training": "最后一场",
    "expert-round": "完成日期",
    "guidance-report": "报送日期",
    "phase-report": "报送日期",
    "summary": "报送日期",
    "evaluation": "报送日期",
    "city-verification": "完成日期",
}
"""What dates a deed by the notice, and the line that tells it."""
LATEST: Final = {"mobilise": date(2023, 5, 25)}
"""The last day of a deed that has another one than the report of it."""
KEPT_UP: Final = ("post-responsibility",)
"""A first round with a deed that is dated, kept up since (常态推进): told anew after its day it is no later."""


def is_unmet(obligation: str, said: Lines, firm: Firm | None) -> bool:
    """Whether what was confirmed does not meet the clause; who says that there is no such thing owes nothing more."""
    if said.get("有无") in ("没有", "无", "否"):
        return False
    return any(rule(said, firm) for rule in UNMET.get(obligation, ()))


def deed(obligation: str, said: Lines) -> date | None:
    """The day of the deed, where the notice dates that and the screen tells it."""
    return day(said.get(DEEDS.get(obligation, ""), ""))
