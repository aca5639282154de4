"""The enterprises' registers of welders, as a list that is imported; and the crews that do hot work."""

import csv
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from campaign.certificates import check_sign
from service.core.unit_of_work import UnitOfWork
from service.imports import columns
from service.imports.sheets import read_sheet
from service.workers import worker_import
from storage.registry import Enterprise
from tests.rehearsal.people import Person

COLUMNS = worker_import.COLUMNS.names
TRADE = "焊接与热切割作业"
SURNAMES = "何吴冯陈褚卫沈韩杨朱"
GIVEN = "松柏桐槐榆柳枫杉樟楠"
MEMBERS = ("guardian", "tester", "welder")
FAR = date(2026, 3, 31)
"""The end of a certificate that nothing happens to meanwhile."""


@dataclass(frozen=True, slots=True)
class Welder:
    """A line of a register. `until`: the last day of its validity: of the review, or of the card."""

    enterprise: str
    name: str
    number: str
    issued: date
    review: date
    valid: date

    @property
    def until(self) -> date:
        """The last day on which he may weld."""
        return min(self.review, self.valid)


@dataclass(frozen=True, slots=True)
class Crew:
    """Who does hot work in an enterprise."""

    enterprise: str
    officer: Person
    principal: Person
    guardian: Person
    tester: Person
    welder: Person
    register: tuple[Welder, ...]

    @property
    def people(self) -> tuple[Person, ...]:
        """Everybody."""
        return (self.officer, self.principal, self.guardian, self.tester, self.welder)

    def fit(self, on: date) -> list[Welder]:
        """Whose certificate is valid on a day."""
        return [one for one in self.register if one.until >= on]

    def unfit(self, on: date) -> list[Welder]:
        """Whose is not."""
        return [one for one in self.register if one.until < on]


def name_of(serial: int, seat: int) -> str:
    """A name that nobody bears, another one for each seat of an enterprise."""
    return f"{SURNAMES[(serial + seat) % len(SURNAMES)]}试{GIVEN[(serial // len(SURNAMES) + 3 * seat) % len(GIVEN)]}"


def registers(enterprises: Sequence[Enterprise], first: date, last: date, seed: int) -> list[Welder]:
    """The welders of all enterprises: one who can be named all along, or until some day of the campaign; in some also
    one whose review is overdue, or whose card is over.
    """
    dice = random.Random(f"welders/{seed}")
    found: list[Welder] = []
    for serial, enterprise in enumerate(enterprises):
        ends = dice.random()
        middle = first + timedelta(days=dice.randint(5, max(6, (last - first).days)))
        review = middle if ends < 0.12 else FAR
        found.append(_welder(enterprise.code, serial, 2, date(2020, 4, 1), review, FAR))
        if dice.random() < 0.5:
            overdue = first - timedelta(days=dice.randint(1, 200))
            found.append(_welder(enterprise.code, serial, 3, date(2020, 4, 1), overdue, FAR))
        elif dice.random() < 0.2:
            over = first - timedelta(days=dice.randint(1, 200))
            found.append(_welder(enterprise.code, serial, 3, date(2016, 4, 1), over, over))
    return found


def _welder(enterprise: str, serial: int, seat: int, issued: date, review: date, valid: date) -> Welder:
    # 999999 is the code of no place.
    body = f"99999919{70 + serial % 30}0{1 + seat}{10 + serial % 18}{serial % 1000:03}"
    return Welder(enterprise, name_of(serial, seat), f"T{body}{check_sign(body)}", issued, review, valid)


def bring(uow: UnitOfWork, welders: Sequence[Welder], folder: Path) -> None:
    """Into the register, by a file, as the command does."""
    path = folder / "workers.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, COLUMNS, restval="")
        rows.writeheader()
        rows.writerows(_lines(welders))
    sheet = read_sheet(path, worker_import.COLUMNS)
    report = worker_import.import_workers(uow, sheet.rows)
    assert not report.refused, report.refused
    assert not report.warnings, report.warnings


def _lines(welders: Sequence[Welder]) -> Iterator[dict[str, str]]:
    for one in welders:
        yield {
            columns.CODE: one.enterprise,
            columns.PERSON: one.name,
            columns.TRADE: TRADE,
            columns.NUMBER: one.number,
            columns.ISSUED: one.issued.isoformat(),
            columns.REVIEW: one.review.isoformat(),
            columns.VALID: one.valid.isoformat(),
        }
