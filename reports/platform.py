"""The answers of an enterprise, to be entered in the city's platform (双控系统): as .xlsx and as .json."""

import json
from typing import Any

from reports.commitment import criterion
from reports.workbook import Sheet, book, listed, shown
from service.dossiers.inspection_file import Dossier
from talk.cleaning import writable_all


def json_file(dossier: Dossier) -> bytes:
    """Return the content as a JSON file."""
    return json.dumps(writable_all(content(dossier)), ensure_ascii=False, indent=2).encode()


def content(dossier: Dossier) -> dict[str, Any]:
    """Return all that was answered: the enterprise, its duties, its ledger; days and instants as ISO 8601."""
    enterprise, ledger = dossier.enterprise, dossier.ledger
    return {
        "campaign": dossier.campaign,
        "document": dossier.document,
        "as_of": dossier.at.isoformat(),
        "rehearsal": dossier.rehearsal,
        "enterprise": {
            "name": enterprise.name,
            "code": enterprise.code,
            "district": enterprise.district,
            "sector": dossier.sector,
            "tags": list(dossier.tags),
            "principal": dossier.principal,
            "officer": dossier.officer,
            "employees": enterprise.employees,
            "supervisor": enterprise.supervisor,
        },
        "duties": [
            {
                "id": duty.obligation,
                "clause": duty.clause,
                "title": duty.title,
                "due": None if duty.due is None else duty.due.isoformat(),
                "submitted_at": None if duty.at is None else duty.at.isoformat(),
                "late": duty.late,
                "receipt": duty.receipt,
                "answers": [{"question": said.question, "answer": said.answer} for said in duty.said],
                "files": [{"name": file.name, "sha256": file.sha256} for file in duty.files],
            }
            for duty in dossier.duties
        ],
        "ledger": {
            "found": ledger.found,
            "rectified": ledger.rectified,
            "left": len(ledger.left),
            "hazards": [
                {
                    "number": hazard.number,
                    "place": hazard.place,
                    "found_by": "enterprise" if hazard.own else "department",
                    "criterion": hazard.criterion,
                    "device_failed": hazard.device_failed,
                    "found_on": hazard.found_on.isoformat(),
                    "state": hazard.state,
                    "person": hazard.person,
                    "measures": hazard.measures,
                    "funds": None if hazard.funds is None else str(hazard.funds),
                    "deadline": None if hazard.deadline is None else hazard.deadline.isoformat(),
                    "contingency": hazard.contingency,
                }
                for hazard in ledger.hazards
            ],
        },
    }


def xlsx(dossier: Dossier) -> bytes:
    """Draw the content as a workbook, with a sheet for the enterprise, one for the answers, one for the ledger."""
    return book(_enterprise(dossier), _answers(dossier), _hazards(dossier))


def _enterprise(dossier: Dossier) -> Sheet:
    enterprise = dossier.enterprise
    rows = [
        ("企业名称", enterprise.name),
        ("统一社会信用代码", enterprise.code),
        ("所属区县", enterprise.district),
        ("行业", dossier.sector),
        ("涉及风险", "、".join(dossier.tags)),
        ("主要负责人", dossier.principal),
        ("安全管理人员", dossier.officer),
        ("职工人数", str(enterprise.employees)),
        ("负责日常监管的部门", enterprise.supervisor),
        ("发现重大事故隐患（个）", str(dossier.ledger.found)),
        ("已完成整改（个）", str(dossier.ledger.rectified)),
        ("未完成整改（个）", str(len(dossier.ledger.left))),
        ("截至", shown(dossier.at)),
    ]
    if dossier.rehearsal:
        rows.append(("说明", "系统测试，非正式文件"))
    return "企业", (("项目", 24), ("内容", 48)), rows


def _answers(dossier: Dossier) -> Sheet:
    return listed(
        "填报",
        [(duty, said) for duty in dossier.duties for said in duty.said],
        ("条款", 16, lambda line: line[0].clause),
        ("任务", 28, lambda line: line[0].title),
        ("问题", 56, lambda line: line[1].question),
        ("回答", 40, lambda line: line[1].answer),
        ("提交时间", 18, lambda line: line[0].at),
        ("回执编号", 14, lambda line: line[0].receipt),
    )


def _hazards(dossier: Dossier) -> Sheet:
    return listed(
        "隐患台账",
        dossier.ledger.hazards,
        ("编号", 8, lambda hazard: hazard.number),
        ("部位", 20, lambda hazard: hazard.place),
        ("判定标准", 56, criterion),
        ("来源", 10, lambda hazard: "企业自查" if hazard.own else "部门检查"),
        ("发现日期", 12, lambda hazard: hazard.found_on),
        ("状态", 12, lambda hazard: hazard.state),
        ("责任人", 14, lambda hazard: hazard.person),
        ("整改措施", 32, lambda hazard: hazard.measures),
        ("资金（元）", 12, lambda hazard: hazard.funds),
        ("期限", 12, lambda hazard: hazard.deadline),
        ("应急预案", 32, lambda hazard: hazard.contingency),
    )
