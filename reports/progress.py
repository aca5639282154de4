"""The progress of a place as a workbook: the duties of its enterprises, and whom no message reaches."""

from reports.drawing import File, draws
from reports.workbook import Sheet, about, book, minute
from service.desk.sheet import Progress, ProgressPaper
from talk.texts import CHINESE, Say, render

_WHERE = (("所属区县", 14), ("企业名称", 36), ("统一社会信用代码", 22), ("监管部门", 26))


@draws(ProgressPaper)
def draw(facts: Progress) -> list[File]:
    """Draw the workbook: two sheets, and one that explains them."""
    name = f"{facts.place}{render(Say('owes-file-name'), CHINESE)}{facts.at:%Y%m%d}"
    return [File(f"{name}.xlsx", book(_duties(facts), _unreachable(facts), _about(facts)))]


def _duties(facts: Progress) -> Sheet:
    columns = (
        *_WHERE,
        ("任务", 32),
        ("截止日期", 12),
        ("状态", 14),
        ("逾期天数", 10),
        ("提交时间", 18),
        ("回执编号", 14),
        ("填报方式", 44),
        ("情况说明", 44),
    )
    rows = [
        (
            duty.district,
            duty.enterprise,
            duty.code,
            duty.supervisor,
            duty.title,
            "" if duty.due is None else duty.due.isoformat(),
            duty.state,
            str(duty.days_late) if duty.days_late else "",
            minute(duty.answered_at),
            duty.receipt,
            duty.mark or ("企业填报" if duty.answered_at else ""),
            duty.reason,
        )
        for duty in facts.duties
    ]
    return "任务", columns, rows


def _unreachable(facts: Progress) -> Sheet:
    rows = [
        (post.district, post.enterprise, post.code, post.supervisor, post.role, post.name, post.reason)
        for post in facts.unreachable
    ]
    return "联系不上", (*_WHERE, ("身份", 16), ("姓名", 12), ("原因", 28)), rows


def _about(facts: Progress) -> Sheet:
    return about(
        ("范围", facts.place),
        ("截至", minute(facts.at)),
        ("任务", f"{len(facts.duties)}项"),
        ("联系不上", f"{len(facts.unreachable)}人"),
        ("说明", "“代录”是工作人员按电话答复录入的，计为已填报，由企业主要负责人确认。含个人信息，请按规定保管。"),
        rehearsal=facts.rehearsal,
    )
