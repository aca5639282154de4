"""Welders that nobody is, and a list of them on its way into the register."""

from dataclasses import replace

from campaign.certificates import check_sign
from service.core.unit_of_work import UnitOfWork
from service.imports.sheets import Row, Sheet
from service.workers.worker_import import WorkersReport, import_workers, report_lines
from storage import workers as kept
from storage.keys import KeyRing
from storage.workers import Worker
from talk.texts import CHINESE, render
from tests.service.conftest import FOOD
from tests.town import Town

OTHER = "91210112155117772D"


def number(serial: int, born: str = "19850312") -> str:
    """A sound number that no person has: 999999 is the code of no place."""
    body = f"999999{born}{serial:03}"
    return f"T{body}{check_sign(body)}"


def line(serial: int = 1, number_of_line: int = 2, /, **cells: str) -> Row:
    """A welder, valid until the end of August 2023."""
    plain = {
        "统一社会信用代码": FOOD,
        "姓名": "何演松",
        "作业类别": "焊接与热切割作业",
        "证号": number(serial),
        "初领日期": "2017-09-01",
        "应复审日期": "2023-08-31",
        "有效期至": "2023-08-31",
    }
    return Row(number_of_line, {**plain, **cells})


def without(row_: Row, *columns: str) -> Row:
    return Row(row_.line, {column: cell for column, cell in row_.cells.items() if column not in columns})


def bring(town: Town, *rows: Row, dry_run: bool = False) -> WorkersReport:
    return town.use(lambda uow: import_workers(uow, rows, dry_run=dry_run))


def told(report: WorkersReport, language: str = CHINESE) -> str:
    return "\n".join(render(say, language) for say in report_lines(report, Sheet(())))


def register(town: Town, enterprise: str = FOOD) -> list[Worker]:
    return town.use(lambda uow: kept.find(uow.conn, enterprise))


def with_another_key(uow: UnitOfWork) -> UnitOfWork:
    return replace(uow, context=replace(uow.context, keys=KeyRing.of(b"t" * 32)))
