"""What bureaus do and enter, as a plan by chance: spot checks with findings, enforcement; some of it late, some of it
taken back with a reason.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from campaign.workdays import is_workday
from service import actions
from service.work import Speaker, Work
from storage import people
from talk.messages import Address
from talk.texts import CHINESE
from tests.recount import IN_ENTERPRISES, OWN
from tests.telegram.fake_api import ACCOUNT

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

    column: str
    row: str
    figures: tuple[Decimal, ...]
    enterprise: str | None
    day: date
    entered: date
    taken_back: date | None
    reason: str
    number: int = 0


@dataclass
class Bureaus:
    """The plans of all bureaus, and the chats of those who enter for each column."""

    plan: list[Action] = field(default_factory=list[Action])
    chats: dict[str, int] = field(default_factory=dict[str, int])

    def enter(self, work: Work, today: date) -> None:
        """Enter what is due today, and take back what is."""
        for one in self.plan:
            if one.entered == today:
                me = self._speaker(work, one.column)
                one.number = actions.enter(
                    work, me, one.column, one.row, one.day, one.figures, "现场检查", enterprise=one.enterprise
                )
            if one.taken_back == today:
                actions.take_back(work, self._speaker(work, one.column), one.number, one.reason)

    def _speaker(self, work: Work, column: str) -> Speaker:
        address = Address("telegram", ACCOUNT, str(self.chats[column]))
        who = people.meet(work.conn, address, CHINESE, work.wall)
        assert who.person is not None, column
        return Speaker(who.person, who)


def planned(columns: Mapping[str, Sequence[str]], first: date, last: date, seed: int) -> list[Action]:
    """All actions of a campaign. `columns`: the enterprises of each by their codes."""
    found: list[Action] = []
    for column, enterprises in columns.items():
        dice = random.Random(f"actions/{seed}/{column}")
        rows = {
            row: weight
            for row, weight in WEIGHTS.items()
            if (column == OWN or row not in OF_THE_CITY) and (enterprises or row not in IN_ENTERPRISES)
        }
        for number in range((last - first).days + 1):
            day = first + timedelta(days=number)
            if is_workday(day) and dice.random() < A_DAY:
                row = dice.choices([*rows], [*rows.values()])[0]
                found += _actions(column, row, enterprises, day, dice)
    return [one for one in found if one.entered <= last]


def _actions(column: str, row: str, enterprises: Sequence[str], day: date, dice: random.Random) -> list[Action]:
    """An action of a row; a spot check with all that it found."""
    enterprise = dice.choice(enterprises) if row in IN_ENTERPRISES else None
    entered = day + timedelta(days=dice.randint(1, 12) if dice.random() < LATE else 0)
    rows = [row, *(one for one in FINDINGS if row == "B1" and dice.random() < FINDS)]
    return [
        Action(
            column,
            one,
            _figures(one, dice),
            enterprise,
            day,
            entered,
            entered + timedelta(days=dice.randint(1, 25)) if dice.random() < TAKEN_BACK else None,
            dice.choice(REASONS),
        )
        for one in rows
    ]


def _figures(row: str, dice: random.Random) -> tuple[Decimal, ...]:
    many = Decimal(dice.randint(1, 4))
    match row:
        case "C3":
            return many, many * dice.choice((Decimal("0.5"), Decimal("1.25"), Decimal(2)))
        case "C8":
            return many, Decimal(dice.randint(0, int(many)))
        case _:
            return () if row in IN_ENTERPRISES else (many,)
