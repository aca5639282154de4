"""迎检资料: everything an enterprise has answered in one PDF, in the order of 三(一)1-7, for an inspector to read."""

from itertools import groupby
from typing import Any

from reports import commitment, pictures, typesetting
from service.dossier import PICTURES, Answered, Dossier
from storage.files import Shelf
from talk.messages import FileRef


def pdf(dossier: Dossier, shelf: Shelf) -> bytes:
    """The file; photos come from the shelf."""
    facts, shown = document(dossier, shelf)
    return typesetting.pdf("inspection", facts, dossier.at, shown)


def document(dossier: Dossier, shelf: Shelf) -> tuple[dict[str, Any], dict[str, bytes]]:
    """What the file says, as JSON, and the pictures that it names."""
    shown: dict[str, bytes] = {}
    enterprise, ledger = dossier.enterprise, dossier.ledger
    answered = [duty for duty in dossier.duties if duty.receipt is not None]
    facts = {
        "rehearsal": dossier.rehearsal,
        "campaign": dossier.campaign,
        "ground": f"{dossier.document}{dossier.plan_name}",
        "at": f"{dossier.at.year}年{dossier.at.month}月{dossier.at.day}日{dossier.at:%H:%M}",
        "name": enterprise.name,
        "enterprise": [
            ["企业名称", enterprise.name],
            ["统一社会信用代码", enterprise.code],
            ["所属区县", enterprise.district],
            ["行业", dossier.sector],
            ["涉及风险", "、".join(dossier.tags) or "无"],
            ["职工人数", f"{enterprise.employees}人"],
            ["主要负责人", dossier.principal],
            ["安全管理人员", dossier.officer],
            ["负责日常监管的部门", enterprise.supervisor],
            ["行业监管部门", enterprise.sector_department],
        ],
        "count": {"all": len(dossier.duties), "answered": len(answered)},
        "parts": [
            {"clause": clause, "duties": [_duty(duty, shelf, shown) for duty in duties]}
            for clause, duties in groupby(dossier.duties, lambda duty: duty.clause.split("、")[0])
        ],
        "ledger": {
            "found": len(ledger.hazards),
            "rectified": ledger.rectified,
            "left": len(ledger.left),
            "hazards": [
                commitment.line(hazard.number, hazard) | {"found": hazard.found_on.isoformat(), "state": hazard.state}
                for hazard in ledger.hazards
            ],
        },
        "page": commitment.facts(dossier),
    }
    return facts, shown


def _duty(duty: Answered, shelf: Shelf, shown: dict[str, bytes]) -> dict[str, Any]:
    files = [_file(file, shelf, shown) for file in duty.files]
    return {
        "title": duty.title,
        "clause": duty.clause,
        "demand": duty.demand,
        "due": "" if duty.due is None else duty.due.isoformat(),
        "state": _state(duty),
        "receipt": duty.receipt or "",
        "by": duty.by,
        "said": [[said.question, said.answer] for said in duty.said],
        "pictures": [file for file in files if file["picture"]],
        "files": [file["name"] for file in files if not file["picture"]],
    }


def _state(duty: Answered) -> str:
    if duty.at is None:
        return "填报中，尚未提交" if duty.said else "未填报"
    return f"{duty.at:%Y-%m-%d %H:%M}提交{'（逾期）' if duty.late else ''}"


def _file(file: FileRef, shelf: Shelf, shown: dict[str, bytes]) -> dict[str, str]:
    name = f"{file.sha256}.jpg"
    if name not in shown and file.mime in PICTURES and (picture := pictures.printed(shelf.path(file.sha256))):
        shown[name] = picture
    return {"name": file.name, "picture": name if name in shown else ""}
