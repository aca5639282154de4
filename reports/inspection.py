"""迎检资料: everything an enterprise has answered in one PDF, in the order of 三(一)1-7, for an inspector to read."""

from collections.abc import Collection, Mapping, Sequence
from itertools import chain, groupby
from typing import Any

from reports import commitment, pictures, typesetting
from reports.drawing import File, draws
from service.checks.history import Made
from service.dossiers.inspection_file import PICTURES, Answered, Dossier, HazardLine
from service.dossiers.papers import InspectionFile, InspectionFilePaper
from storage.files import FileStore
from talk.messages import FileRef
from talk.texts import CHINESE, FullDay, Say, render, show

SIGNED = "first-round"
"""The duty whose files are the signed page."""
ROOM = 16_000_000
"""Bytes of photos at the most: a file of more than 20 MB is not kept."""


@draws(InspectionFilePaper)
def draw(facts: InspectionFile) -> list[File]:
    """Draw the file as .pdf."""
    dossier = facts.dossier
    name = f"{dossier.enterprise.name}{render(Say('file-name'), CHINESE)}{dossier.at:%Y%m%d}.pdf"
    return [File(name, pdf(dossier, facts.file_store))]


def pdf(dossier: Dossier, file_store: FileStore) -> bytes:
    """Draw the file as PDF, with the photos that the store holds."""
    shown = photos(dossier, file_store)
    return typesetting.pdf("inspection", document(dossier, shown, gone(dossier, file_store)), dossier.at, shown)


def photos(dossier: Dossier, file_store: FileStore) -> dict[str, bytes]:
    """Return the photos that can be shown as JPEG, by their names in the file. They are as large as their number
    allows, since a file too big cannot be sent; the signed page stays large, for it is to be read.
    """
    signed = dossier.duty(SIGNED)
    pages = {_name(file): file for file in (() if signed is None else signed.files) if file.mime in PICTURES}
    files = [duty.files for duty in dossier.duties] + [hazard.files for hazard in dossier.ledger.hazards]
    others = {_name(file): file for file in chain.from_iterable(files) if file.mime in PICTURES}
    large = pictures.printed_all(pages, file_store, pictures.SIDES[0])
    for side in pictures.SIDES:
        if len(others) * pictures.expected(side) <= ROOM:
            shown = pictures.printed_all(others, file_store, side) | large
            if sum(map(len, shown.values())) <= ROOM:
                return shown
    return large


def gone(dossier: Dossier, file_store: FileStore) -> set[str]:
    """Return the hashes of what was sent in and does not lie on the disk any more."""
    files = [duty.files for duty in dossier.duties] + [hazard.files for hazard in dossier.ledger.hazards]
    return {file.sha256 for file in chain.from_iterable(files) if not file_store.is_kept(file.sha256)}


def document(dossier: Dossier, shown: Mapping[str, bytes], gone: Collection[str] = ()) -> dict[str, Any]:
    """Return the words and figures of the file, as JSON for the template; it names the pictures that are shown, and
    says of each file that is `gone`, by its hash, that it is.
    """
    enterprise, ledger = dossier.enterprise, dossier.ledger
    answered = [duty for duty in dossier.duties if duty.at is not None]
    facts: dict[str, Any] = {
        "rehearsal": dossier.rehearsal,
        "campaign": dossier.campaign,
        "ground": f"{dossier.document}{dossier.plan_name}",
        "at": f"{show(FullDay(dossier.at.date()), CHINESE)}{dossier.at:%H:%M}",
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
            {"clause": clause, "duties": [_duty(duty, shown, gone) for duty in duties]}
            for clause, duties in groupby(dossier.duties, lambda duty: duty.clause.split("、")[0])
        ],
        "ledger": {
            "found": ledger.found,
            "rectified": ledger.rectified,
            "left": len(ledger.left),
            "department": len(ledger.hazards) - ledger.found,
            "hazards": [_hazard(hazard, shown, gone) for hazard in ledger.hazards],
        },
        "checks": [_check(made) for made in dossier.checks],
        "page": commitment.document(dossier),
        "signed": {"pictures": [], "files": []},
    }
    for duty in (duty for part in facts["parts"] for duty in part["duties"]):
        if duty.pop("id") == SIGNED:
            # The signed page is shown where the commitment is.
            facts["signed"] = {"pictures": duty["pictures"], "files": duty["files"]}
            duty["pictures"], duty["files"] = [], []
    return facts


def _hazard(hazard: HazardLine, shown: Mapping[str, bytes], gone: Collection[str]) -> dict[str, Any]:
    return commitment.line(hazard.number, hazard) | {
        "found": f"{hazard.found_on.isoformat()}{'企业自查' if hazard.own else '部门检查'}",
        "state": hazard.state,
        "history": "；".join(hazard.history),
        **_files(hazard.files, shown, gone),
    }


def _check(made: Made) -> dict[str, Any]:
    found = "；".join(made.findings) or "未发现调度表所列的问题"
    signed = f"待签{made.unsigned}人" if made.unsigned else "检查人已全部签名"
    return {
        "day": made.day.isoformat(),
        "bureau": made.bureau,
        "inspectors": made.inspectors,
        "signed": "" if made.taken_back else signed,
        "found": f"已冲销：{made.taken_back}" if made.taken_back else found,
        "again": "" if made.taken_back else "；".join((*([made.again] if made.again else []), *made.hazards)),
    }


def _files(files: Sequence[FileRef], shown: Mapping[str, bytes], gone: Collection[str]) -> dict[str, Any]:
    """Return the files that are shown as pictures, and the names of those that are not."""
    return {
        "pictures": [{"name": file.name, "picture": _name(file)} for file in files if _name(file) in shown],
        "files": [_named(file, gone) for file in files if _name(file) not in shown],
    }


def _duty(duty: Answered, shown: Mapping[str, bytes], gone: Collection[str]) -> dict[str, Any]:
    return {
        "id": duty.obligation,
        "title": duty.title,
        "clause": duty.clause,
        "demand": duty.demand,
        "due": "" if duty.due is None else duty.due.isoformat(),
        "state": _state(duty),
        "receipt": duty.receipt or "",
        "by": duty.by,
        "said": [[said.question, said.answer] for said in duty.said],
        **_files(duty.files, shown, gone),
    }


def _state(duty: Answered) -> str:
    if duty.status == "explained":
        return "已说明情况，等待监管部门处理"
    if duty.status == "excused":
        return "已说明情况，监管部门已接受"
    if duty.at is None:
        return "填报中，尚未提交" if duty.said else "未填报"
    handed_in = f"{duty.at:%Y-%m-%d %H:%M}提交{f'（{duty.lateness}）' if duty.lateness else ''}"
    if duty.first is not None:
        handed_in += f"，首次提交{duty.first:%Y-%m-%d %H:%M}"
    handed_in += "；已退回补正" if duty.status == "returned" else ""
    handed_in += f"；所报情况未达要求：{'；'.join(duty.unmet)}" if duty.unmet else ""
    return f"{handed_in}；{duty.marks}" if duty.marks else handed_in


def _named(file: FileRef, gone: Collection[str]) -> str:
    return render(Say("file-gone-named", name=file.name), CHINESE) if file.sha256 in gone else file.name


def _name(file: FileRef) -> str:
    return f"{file.sha256}.jpg"
