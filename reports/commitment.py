"""《自查自改情况报告及主要负责人承诺书》, 三(一)1 and 四(二)1: one page of A4 to be signed, as PDF and as .docx."""

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any

from docx.document import Document as Pages
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.shared import Pt
from docx.table import Table

from reports import typesetting, word
from service.dossiers.inspection_file import Dossier, HazardLine
from talk.texts import CHINESE, FullDay, show

TITLE = "自查自改情况报告及主要负责人承诺书"
ROOM = 24
"""Lines of the table of hazards that the page has room for; a longer table goes behind it."""
WIDTHS = {"place": 5, "criterion": 10, "person": 5, "measures": 7, "contingency": 6, "dates": 8}
"""Chinese letters in a line of its columns."""
COLUMNS = ("序号", "部位", "判定标准", "责任人", "整改措施", "资金（元）", "应急预案", "发现、期限、完成")
FIELDS = ("number", "place", "criterion", "person", "measures", "funds", "contingency", "dates")
LEDGER = "重大事故隐患台账及整改方案"


def document(dossier: Dossier) -> dict[str, Any]:
    """Return the words and figures of the page, as JSON for the template."""
    enterprise = dossier.enterprise
    report, check = dossier.duty("first-round"), dossier.duty("criteria-check")
    rows = [line(number, hazard) for number, hazard in enumerate(dossier.ledger.own, 1)]
    clause = "三（一）1" if report is None else report.clause
    return {
        "title": TITLE,
        "subtitle": dossier.campaign,
        "rehearsal": dossier.rehearsal,
        "enterprise": [
            ["企业名称", enterprise.name, "所属区县", enterprise.district],
            ["统一社会信用代码", enterprise.code, "行业", dossier.sector],
            ["主要负责人", dossier.principal, "安全管理人员", dossier.officer],
            ["涉及风险", "、".join(dossier.tags) or "无", "职工人数", f"{enterprise.employees}人"],
        ],
        "situation": [
            *_situation(dossier),
            *(
                []
                if check is None or check.at is None
                else [f"对照自查于{show(FullDay(check.at.date()), CHINESE)}填报，回执{check.receipt}。"]
            ),
        ],
        "ledger": LEDGER,
        "hazards": rows,
        "apart": sum(map(_lines, rows)) > ROOM,
        "platform": _platform(dossier),
        "commitment": _commitment(dossier),
        "bureau": enterprise.supervisor,
        "ground": f"{dossier.document}{dossier.plan_name}{clause}",
        "made": f"{dossier.at:%Y-%m-%d %H:%M}",
    }


def criterion(hazard: HazardLine) -> str:
    """Return the criterion by which a hazard is major, in its printed words."""
    if not hazard.criterion:
        return "待监管部门判定"
    return f"{hazard.criterion}（装置已设置但失效，按第14条判定）" if hazard.device_failed else hazard.criterion


def line(number: int, hazard: HazardLine) -> dict[str, str]:
    """Return a hazard as a row of the table."""
    return {
        "number": str(number),
        "place": hazard.place,
        "criterion": criterion(hazard),
        "person": hazard.person,
        "measures": hazard.measures,
        "funds": "" if hazard.funds is None else f"{hazard.funds:f}",
        "deadline": "" if hazard.deadline is None else hazard.deadline.isoformat(),
        "contingency": hazard.contingency,
        "dates": _dates(hazard),
    }


def _dates(hazard: HazardLine) -> str:
    """Return when it was found, until when it is to be rectified, and how it stands, a line each."""
    if hazard.closed_on is not None:
        last = f"{hazard.closed_on}销号"
    elif hazard.rectified:
        last = "已完成整改"
    else:
        last = "未完成整改"
    lines = (
        f"{hazard.found_on}发现",
        "" if hazard.deadline is None else f"{hazard.deadline}到期",
        "" if hazard.finished_on is None else f"{hazard.finished_on}完成",
        last,
    )
    return "\n".join(filter(None, lines))


def _lines(row: Mapping[str, str]) -> int:
    return max(sum(ceil(len(part) / width) or 1 for part in row[field].split("\n")) for field, width in WIDTHS.items())


def pdf(dossier: Dossier) -> bytes:
    """Draw the page as PDF."""
    return typesetting.pdf("commitment", document(dossier), dossier.at)


def docx(dossier: Dossier) -> bytes:
    """Draw the page as .docx, which can be changed by hand before it is signed."""
    said = document(dossier)
    pages = word.blank(said["title"], rehearsal=said["rehearsal"], sides=2, top=1.5, bottom=1.2)
    _heading(pages, said["title"], 17)
    word.write(pages.add_paragraph(), said["subtitle"], 10, align=WD_ALIGN_PARAGRAPH.CENTER)
    _filled(word.grid(pages, len(said["enterprise"]), (3.4, 6.4, 2.8, 4.4)), said["enterprise"])
    _bold(pages, "一、自查自改情况")
    for sentence in said["situation"]:
        _indented(pages, sentence)
    _bold(pages, f"二、{said['ledger']}")
    if not said["hazards"]:
        _indented(pages, "无。")
    elif said["apart"]:
        _indented(pages, f"共{len(said['hazards'])}个，见附表。")
    else:
        _hazards(pages, said["hazards"])
    _bold(pages, "三、双控系统填报")
    _indented(pages, said["platform"])
    _bold(pages, "四、主要负责人承诺")
    for sentence in said["commitment"]:
        _indented(pages, sentence)
    word.write(pages.add_paragraph(), "")
    word.write(pages.add_paragraph(), "主要负责人（签字）：____________________　　　　企业（盖章）：")
    word.write(pages.add_paragraph(), "")
    word.write(pages.add_paragraph(), "日期：　　　　年　　　月　　　日", align=WD_ALIGN_PARAGRAPH.RIGHT)
    word.write(pages.add_paragraph(), f"报送：{said['bureau']}　　依据：{said['ground']}　　生成：{said['made']}", 8.5)
    if said["apart"]:
        pages.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        _heading(pages, f"附表：{said['ledger']}", 14)
        _hazards(pages, said["hazards"])
    return word.saved(pages)


def _situation(dossier: Dossier) -> list[str]:
    ledger = dossier.ledger
    compared = f"本企业对照《工贸企业重大事故隐患判定标准》与本企业有关的{dossier.criteria}条开展了风险辨识和自查自改，"
    if not ledger.found:
        return [f"{compared}未发现重大事故隐患（零报告）。"]
    figures = f"已完成整改{ledger.rectified}个，尚未完成整改{len(ledger.left)}个"
    return [f"{compared}共发现重大事故隐患{ledger.found}个，{figures}。"]


def _platform(dossier: Dossier) -> str:
    report = dossier.duty("first-round")
    asked = () if report is None else report.said
    answer = next((said.answer for said in asked if said.key == "platform"), "")
    return "已在双控系统填报。" if answer == "已填报" else "尚未在双控系统填报，将对照本次填报内容录入。"


def _commitment(dossier: Dossier) -> Sequence[str]:
    ledger = dossier.ledger
    return (
        "本人作为企业安全生产第一责任人，郑重承诺：",
        "1. 以上内容经本人审核，真实、完整，没有隐瞒和漏报。",
        "2. 对尚未完成整改的重大事故隐患，按照责任人、措施、资金、期限、应急预案落实整改；整改完成前，落实防范措施。"
        if ledger.left
        else "2. 今后发现重大事故隐患，立即报告并按照责任人、措施、资金、期限、应急预案落实整改。",
        *(f"{number}. {promise}" for number, promise in enumerate(dossier.promises, 3)),
    )


def _heading(pages: Pages, words: str, size: float) -> None:
    word.write(pages.add_paragraph(), words, size, bold=True, align=WD_ALIGN_PARAGRAPH.CENTER)


def _bold(pages: Pages, words: str) -> None:
    word.write(pages.add_paragraph(), words, bold=True)


def _indented(pages: Pages, words: str) -> None:
    paragraph = pages.add_paragraph()
    paragraph.paragraph_format.first_line_indent = Pt(21)
    word.write(paragraph, words)


def _hazards(pages: Pages, rows: Sequence[Mapping[str, str]]) -> None:
    cells = [COLUMNS, *([row[field] for field in FIELDS] for row in rows)]
    _filled(word.grid(pages, len(cells), (1, 2, 3.6, 1.7, 2.6, 1.5, 2, 2.6)), cells, 9)


def _filled(table: Table, rows: Sequence[Sequence[str]], size: float = word.BODY) -> None:
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            word.write(cell.paragraphs[0], words, size)
