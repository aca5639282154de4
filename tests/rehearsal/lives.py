"""Firms that stop work, close, merge and move away, as a plan by chance; some of it is entered late, or by mistake."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tests.recount import Turn

OFTEN = 0.12
"""How likely something becomes of an enterprise in the whole campaign."""
WEIGHTS: Mapping[str, int] = {"停产": 6, "注销": 2, "迁出": 1, "合并": 1}
LATE = 0.4
"""How likely it is entered days after it was so."""
TAKEN_BACK = 0.15


@dataclass
class Change:
    """What becomes of an enterprise, and when it is entered, and perhaps taken back."""

    turn: Turn
    enter: date
    take_back: date | None = None
    is_tried: bool = False


def planned_lives(columns: Mapping[str, Sequence[str]], first: date, last: date, seed: int) -> dict[str, list[Change]]:
    """By column what becomes of its enterprises, in the order of its entry."""
    found: dict[str, list[Change]] = {}
    for column, enterprises in columns.items():
        dice = random.Random(f"lives/{seed}/{column}")
        chosen = [one for one in enterprises if dice.random() < OFTEN]
        stays = [one for one in enterprises if one not in chosen]
        changes = [change for one in chosen for change in _life(one, stays, first, last, dice)]
        found[column] = sorted(changes, key=lambda change: change.enter)
    return found


def _life(enterprise: str, stays: Sequence[str], first: date, last: date, dice: random.Random) -> list[Change]:
    span = (last - first).days
    day = first + timedelta(days=dice.randint(2, max(2, span // 2)))
    entered = day + timedelta(days=dice.randint(1, 10) if dice.random() < LATE else 0)
    what = dice.choices([*WEIGHTS], [*WEIGHTS.values()])[0]
    if what == "合并" and not stays:
        what = "注销"
    until = day + timedelta(days=dice.randint(10, 60)) if what == "停产" and dice.random() < 0.5 else None
    into = dice.choice(stays) if what == "合并" else ""
    changes = [Change(Turn(enterprise, what, day, until, into), entered)]
    if dice.random() < TAKEN_BACK:
        changes[0].take_back = entered + timedelta(days=dice.randint(1, 5))
    elif what == "停产" and until is None and dice.random() < 0.7:
        # It goes on again, which is entered on the day or a little later.
        again = max(entered, day + timedelta(days=dice.randint(8, 50)))
        changes.append(Change(Turn(enterprise, "复产", again), again + timedelta(days=dice.choice((0, 0, 3)))))
    return [change for change in changes if change.enter <= last]
