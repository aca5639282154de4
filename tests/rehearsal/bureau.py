"""What bureaus do, as a plan by chance: spot checks with findings, and enforcement; some of it is entered late, some
taken back with a reason.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from campaign.workdays import is_workday
from tests.recount import IN_ENTERPRISES, OWN

A_DAY = 0.2
"""How likely a bureau does something on a working day."""
FINDS = 0.12
"""How likely a spot check finds each of the things that it looks for."""
LATE = 0.25
"""How likely something is entered days after it was done."""
TAKEN_BACK = 0.08
OF_THE_CITY = ("C1", "C10")
"""What a district does not do."""
FINDINGS = tuple(f"B{number}" for number in range(2, 9))
WEIGHTS: Mapping[str, int] = {
    "B1": 40,
    "C1": 6,
    "C2": 20,
    "C3": 12,
    "C4": 3,
    "C5": 1,
    "C6": 4,
    "C7": 6,
    "C8": 3,
    "C9": 2,
    "C10": 3,
}
REASONS = ("重复录入", "日期有误", "经复核不成立")


@dataclass
class Action:
    """Something that is done on a day, entered on the same or a later one, and perhaps taken back on a third."""

    row: str
    figures: tuple[Decimal, ...]
    enterprise: str | None
    day: date
    entered: date
    taken_back: date | None
    reason: str
    is_entered: bool = False
    number: int = 0
    """Under which it stands; 0: it was not entered, or was taken back."""
    month: int = 0
    """In which it was entered in fact."""


@dataclass
class Check:
    """A spot check that is made on a day, with the rows in which it finds something; dates as of an action."""

    enterprise: str
    findings: tuple[str, ...]
    day: date
    entered: date
    taken_back: date | None
    reason: str
    name: str = ""
    is_entered: bool = False


def planned(
    columns: Mapping[str, Sequence[str]], first: date, last: date, seed: int
) -> tuple[dict[str, list[Action]], dict[str, list[Check]]]:
    """By column the actions and the spot checks of a campaign. `columns`: the enterprises of each by their codes."""
    found: dict[str, list[Action]] = {column: [] for column in columns}
    checks: dict[str, list[Check]] = {column: [] for column in columns}
    for column, enterprises in columns.items():
        dice = random.Random(f"actions/{seed}/{column}")
        rows = {
            row: weight
            for row, weight in WEIGHTS.items()
            if (column == OWN or row not in OF_THE_CITY) and (enterprises or row not in IN_ENTERPRISES)
        }
        for number in range((last - first).days + 1):
            day = first + timedelta(days=number)
            if not is_workday(day) or dice.random() >= A_DAY:
                continue
            row = dice.choices([*rows], [*rows.values()])[0]
            enterprise = dice.choice(enterprises) if row in IN_ENTERPRISES else None
            entered = day + timedelta(days=dice.randint(1, 12) if dice.random() < LATE else 0)
            back = entered + timedelta(days=dice.randint(1, 25)) if dice.random() < TAKEN_BACK else None
            reason = dice.choice(REASONS)
            if entered > last:
                continue
            if row == "B1" and enterprise is not None:
                findings = tuple(one for one in FINDINGS if dice.random() < FINDS)
                checks[column].append(Check(enterprise, findings, day, entered, back, reason))
            else:
                found[column].append(Action(row, _figures(row, dice), enterprise, day, entered, back, reason))
    return found, checks


def _figures(row: str, dice: random.Random) -> tuple[Decimal, ...]:
    many = Decimal(dice.randint(1, 4))
    match row:
        case "C3":
            return many, many * dice.choice((Decimal("0.5"), Decimal("1.25"), Decimal(2)))
        case "C8":
            return many, Decimal(dice.randint(0, int(many)))
        case _:
            return () if row in IN_ENTERPRISES else (many,)
