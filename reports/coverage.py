"""Coverage as a workbook: the counters, then every enterprise to be checked and everybody to be trained, by name."""

from campaign.roles import OFFICER, PRINCIPAL
from reports.drawing import File, draws
from reports.workbook import Sheet, about, book, shown
from service.district.sheet import CoveragePaper, CoverageSheet
from talk.texts import CHINESE, Say, render

_ENTERPRISE = (("地区", 14), ("企业名称", 36), ("统一社会信用代码", 22))
_ROLES = {PRINCIPAL: "主要负责人", OFFICER: "安全管理人员"}


@draws(CoveragePaper)
def draw(facts: CoverageSheet) -> list[File]:
    """Draw the workbook: four sheets; whoever is not checked or trained yet stands first."""
    name = f"{facts.place}{render(Say('coverage-file-name'), CHINESE)}{facts.at:%Y%m%d}"
    return [File(f"{name}.xlsx", book(_counters(facts), _checks(facts), _trainings(facts), _about(facts)))]


def _counters(facts: CoverageSheet) -> Sheet:
    figures = [
        (
            len(column.to_check),
            column.checked,
            len(column.unchecked),
            column.to_train,
            column.trained,
            column.to_train - column.trained,
            sum(column.unmet.values()),
        )
        for column in facts.columns
    ]
    rows = [(column.column, *map(str, numbers)) for column, numbers in zip(facts.columns, figures, strict=True)]
    if len(rows) > 1:
        rows.append(("合计", *(str(sum(column)) for column in zip(*figures, strict=True))))
    heads = ("应检（家）", "已检（家）", "未检（家）", "应训（人）", "已训（人）", "未训（人）", "未达要求（项）")
    return "覆盖情况", (("地区", 16), *((head, 12) for head in heads)), rows


def _checks(facts: CoverageSheet) -> Sheet:
    rows = [
        (
            column.column,
            enterprise.name,
            enterprise.code,
            facts.dangers_of(enterprise),
            "未检" if day is None else "已检",
            shown(day),
        )
        for column in facts.columns
        for enterprise in sorted(column.to_check, key=lambda enterprise: enterprise.code in column.checked_on)
        for day in [column.checked_on.get(enterprise.code)]
    ]
    return "检查名单", (*_ENTERPRISE, ("较大危险因素", 28), ("状态", 8), ("最近检查", 12)), rows


def _trainings(facts: CoverageSheet) -> Sheet:
    rows = [
        (
            column.column,
            post.enterprise.name,
            post.enterprise.code,
            _ROLES[post.role],
            str(post.owed),
            str(post.trained),
            str(post.owed - post.trained),
        )
        for column in facts.columns
        for post in sorted(column.trainees, key=lambda post: post.trained >= post.owed)
    ]
    return "培训名单", (*_ENTERPRISE, ("身份", 14), ("应训", 8), ("已训", 8), ("未训", 8)), rows


def _about(facts: CoverageSheet) -> Sheet:
    return about(
        ("范围", facts.place),
        ("截至", facts.at),
        ("应检", f"登记信息含下列风险之一的企业：{'、'.join(facts.dangers.values())}"),
        ("已检", "有抽查检查记录且未撤销的企业"),
        ("应训", "每家企业的主要负责人1人，安全管理人员按已加入人数计，至少1人"),
        ("未达要求", "企业已填报，但所报情况未达到要求的任务；不影响已检、已训"),
        ("已训", "有培训登记且未撤销的人员"),
        rehearsal=facts.rehearsal,
        width=80,
    )
