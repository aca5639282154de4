"""What is drawn for whom: the files of each kind of paper, kept on the shelf."""

from collections.abc import Callable
from functools import partial

from reports import (
    annex,
    chief,
    commitment,
    coverage,
    district_report,
    inspection,
    owes,
    permit,
    phone_list,
    platform,
    receipts,
)
from service.annex import chief as chief_facts
from service.annex import sheet as annex_sheet
from service.annex.chief import Chief
from service.annex.sheet import Sheet
from service.core.unit_of_work import Paper, PaperKind, UnitOfWork
from service.desk import phone_list as calls
from service.desk import sheet as owes_sheet
from service.desk.phone_list import PhoneList
from service.desk.sheet import Progress
from service.district import report as district_facts
from service.district import sheet as coverage_sheet
from service.district.report import Report
from service.district.sheet import CoverageSheet
from service.dossiers import inspection_file
from service.dossiers.inspection_file import Dossier
from service.hot_work import papers as permit_papers
from service.hot_work.sheet import PermitSheet
from service.notices import receipts as notice_receipts
from service.notices.receipts import Receipts
from storage.files import FileStore
from talk.messages import FileRef
from talk.texts import CHINESE, Say, render

Drawing = Callable[[FileStore], list[FileRef]]
"""Draws and keeps. RefusedFileError when a file became too big to be sent, OSError when the disk is full."""


def drawing(uow: UnitOfWork, paper: Paper) -> Drawing:
    """What there is to draw of a paper, with its facts gathered; the drawing itself needs no database."""
    match paper.kind:
        case PaperKind.FIRST_ROUND:
            return partial(_first_round, inspection_file.gather(uow, paper.enterprise))
        case PaperKind.INSPECTION_FILE:
            return partial(_inspection_file, inspection_file.gather(uow, paper.enterprise))
        case PaperKind.PERMIT:
            return partial(_permit, permit_papers.of(uow, paper))
        case PaperKind.RECEIPTS:
            return partial(_receipts, notice_receipts.gathered(uow, paper))
        case PaperKind.ANNEX:
            return partial(_annex, annex_sheet.asked_for(uow, paper))
        case PaperKind.CHIEF:
            return partial(_chief, chief_facts.asked_for(uow, paper))
        case PaperKind.OWES:
            return partial(_owes, owes_sheet.gathered(uow, paper))
        case PaperKind.PHONE_LIST:
            return partial(_phone_list, calls.gathered(uow, paper))
        case PaperKind.COVERAGE:
            return partial(_coverage, coverage_sheet.asked_for(uow, paper))
        case PaperKind.REPORT:
            return partial(_report, district_facts.asked_for(uow, paper))


def _first_round(facts: Dossier, file_store: FileStore) -> list[FileRef]:
    form = f"{facts.enterprise.name}{render(Say('first-round-file-form'), CHINESE)}"
    entry = f"{facts.enterprise.name}{render(Say('first-round-file-platform'), CHINESE)}"
    return [
        file_store.keep(commitment.pdf(facts), f"{form}.pdf"),
        file_store.keep(commitment.docx(facts), f"{form}.docx"),
        file_store.keep(platform.xlsx(facts), f"{entry}.xlsx"),
        file_store.keep(platform.json_file(facts), f"{entry}.json"),
    ]


def _inspection_file(facts: Dossier, file_store: FileStore) -> list[FileRef]:
    name = f"{facts.enterprise.name}{render(Say('file-name'), CHINESE)}{facts.at:%Y%m%d}.pdf"
    return [file_store.keep(inspection.pdf(facts, file_store), name)]


def _permit(sheet: PermitSheet, file_store: FileStore) -> list[FileRef]:
    name = f"{sheet.code}{render(Say('permit-file-name'), CHINESE)}"
    return [file_store.keep(permit.pdf(sheet), f"{name}.pdf"), file_store.keep(permit.card(sheet), f"{name}.png")]


def _receipts(facts: Receipts, file_store: FileStore) -> list[FileRef]:
    name = render(Say("notice-file-name", number=facts.number), CHINESE)
    return [file_store.keep(receipts.xlsx(facts), f"{name}.xlsx")]


def _annex(sheet: Sheet, file_store: FileStore) -> list[FileRef]:
    name = f"{sheet.column or sheet.city}{sheet.month.name}{render(Say('annex-file-name'), CHINESE)}"
    return [file_store.keep(annex.docx(sheet), f"{name}.docx"), file_store.keep(annex.xlsx(sheet), f"{name}.xlsx")]


def _chief(facts: Chief, file_store: FileStore) -> list[FileRef]:
    name = render(Say("chief-file-name", month=facts.month.name), CHINESE)
    return [file_store.keep(chief.picture(facts), f"{name}.png")]


def _owes(facts: Progress, file_store: FileStore) -> list[FileRef]:
    name = f"{facts.place}{render(Say('owes-file-name'), CHINESE)}{facts.at:%Y%m%d}"
    return [file_store.keep(owes.xlsx(facts), f"{name}.xlsx")]


def _phone_list(facts: PhoneList, file_store: FileStore) -> list[FileRef]:
    name = f"{facts.place}{render(Say('phone-list-file-name'), CHINESE)}{facts.at:%Y%m%d}"
    return [file_store.keep(phone_list.xlsx(facts), f"{name}.xlsx")]


def _coverage(facts: CoverageSheet, file_store: FileStore) -> list[FileRef]:
    name = f"{facts.place}{render(Say('coverage-file-name'), CHINESE)}{facts.at:%Y%m%d}"
    return [file_store.keep(coverage.xlsx(facts), f"{name}.xlsx")]


def _report(facts: Report, file_store: FileStore) -> list[FileRef]:
    return [file_store.keep(district_report.docx(facts), district_report.file_name(facts))]
