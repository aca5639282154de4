"""The progress of a place as a workbook: the duties of its enterprises, and whom no message reaches."""

from operator import attrgetter

from reports.drawing import File, draws
from reports.workbook import Sheet, about, book, listed
from service.desk.sheet import Progress, ProgressPaper
from talk.texts import CHINESE, Say, render

_WHERE = (
    ("所属区县", 14, attrgetter("district")),
    ("企业名称", 36, attrgetter("enterprise")),
    ("统一社会信用代码", 22, attrgetter("code")),
    ("监管部门", 26, attrgetter("supervisor")),
)


@draws(ProgressPaper)
def draw(facts: Progress) -> list[File]:
    """Draw the workbook: two sheets, and one that explains them."""
    name = f"{facts.place}{render(Say('owes-file-name'), CHINESE)}{facts.at:%Y%m%d}"
    return [File(f"{name}.xlsx", book(_duties(facts), _unreachable(facts), _about(facts)))]


def _duties(facts: Progress) -> Sheet:
    return listed(
        "任务",
        facts.duties,
        *_WHERE,
        ("任务", 32, lambda duty: duty.title),
        ("截止日期", 12, lambda duty: duty.due),
        ("状态", 14, lambda duty: duty.state),
        ("逾期天数", 10, lambda duty: duty.days_late or ""),
        ("提交时间", 18, lambda duty: duty.answered_at),
        ("回执编号", 14, lambda duty: duty.receipt),
        ("填报方式", 44, lambda duty: duty.mark or ("企业填报" if duty.answered_at else "")),
        ("情况说明、未达要求的原因", 44, lambda duty: duty.reason),
        ("承诺达到日期", 14, lambda duty: duty.met_by),
        ("未附材料", 24, lambda duty: duty.missing),
    )


def _unreachable(facts: Progress) -> Sheet:
    return listed(
        "联系不上",
        facts.unreachable,
        *_WHERE,
        ("身份", 16, lambda post: post.role),
        ("姓名", 12, lambda post: post.name),
        ("原因", 28, lambda post: post.reason),
    )


def _about(facts: Progress) -> Sheet:
    return about(
        ("范围", facts.place),
        ("截至", facts.at),
        ("任务", f"{len(facts.duties)}项"),
        ("联系不上", f"{len(facts.unreachable)}人"),
        ("未达要求", "已填报，但所报情况没有达到方案要求，不计入已填报；是否属实以检查为准。"),
        ("说明", "“代录”是工作人员按电话答复录入的，计为已填报，由企业主要负责人确认。含个人信息，请按规定保管。"),
        rehearsal=facts.rehearsal,
    )
