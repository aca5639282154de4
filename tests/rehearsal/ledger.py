"""What somebody does about hazards, and when: what they find at random, what they are told, what they know of each."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.rehearsal.reading import NUMBER

STAFF = ("clerk", "city")
CHANCES = {"principal": 0.45, "officer": 0.6, "clerk": 0.9, "city": 0.9}
"""How likely somebody finds a hazard or two of their own accord in the whole campaign."""
MERGES, MISTAKES = 0.3, 0.04
"""How likely a look at a hazard shows that it is another one, or none at all."""
LISTS = 0.25
"""How likely a hazard that an enterprise reports is listed for supervision (挂牌督办)."""


@dataclass
class Plans:
    """What one person has in mind about hazards. `knows`: enterprises by name, to staff who look after them;
    `slow`: how many days they let pass at the most; `careless`: they do nothing at all.
    """

    role: str
    dice: random.Random
    slow: int
    careless: bool
    knows: Sequence[str] = ()
    _days: list[tuple[date, str, int]] = field(default_factory=list[tuple[date, str, int]])
    _intents: dict[int, str] = field(default_factory=dict[int, str])
    _today: date = date.min
    _line: int = 0

    def find(self, first: date, last: date) -> None:
        """Chance decides on which days something is found."""
        span = (last - first).days
        if self.careless or (self.role in STAFF and not self.knows):
            return
        if self.dice.random() < CHANCES[self.role] * min(1.0, max(span, 30) / 120):
            for _ in range(self.dice.randint(1, 2)):
                self._days.append((first + timedelta(days=self.dice.randint(1, max(span - 2, 1))), "report", 0))

    def due(self, today: date) -> list[str]:
        """What was planned until today, as it is typed."""
        self._today = today
        now = [one for one in self._days if one[0] <= today]
        self._days = [one for one in self._days if one[0] > today]
        said: list[str] = []
        for _, what, number in now:
            if what == "report":
                said.append("/report")
            else:
                self._intents[number] = what
                # Some remember the number, others look it up.
                self._line = number if self.role not in STAFF and self.dice.random() < 0.3 else 0
                said.append("/hazards" if self._line else f"/hazards {number}")
        return said

    def entered(self, number: int) -> None:
        """What they reported is in the ledger; they see to it."""
        if self.role not in STAFF:
            self._later(2, 15, "update", number)

    def told(self, number: int, what: str) -> str | None:
        """A letter about a hazard: the button to tap, or None."""
        if self.role in STAFF:
            if "企业报告了这处" in what and self.slow and self.dice.random() < LISTS:
                self._later(1, 12, "list", number)
            if "请复查" in what and self.slow and self.dice.random() < 0.7:
                self._later(1, self.slow, "judge", number)
                return None
            return (
                "查看"
                if "请复查" in what or "请认定" in what or "请决定" in what or self.dice.random() < 0.05
                else None
            )
        if "请制定整改方案" in what:
            self._intents[number] = "plan"
            return "查看"
        if "复查不通过" in what or "重新打开" in what:
            self._later(1, self.slow + 5, "update", number)
        return "查看" if self.dice.random() < 0.1 else None

    def looks(self, number: int, labels: Sequence[str]) -> str | None:
        """A hazard's card: what to tap, or None."""
        intent = self._intents.pop(number, "")
        if self.role in STAFF:
            return self._judges(number, intent, labels)
        if "制定方案" in labels and (intent or self.dice.random() < 0.3):
            return "制定方案"
        return "更新进展" if intent == "update" and "更新进展" in labels else None

    def _judges(self, number: int, intent: str, labels: Sequence[str]) -> str | None:
        if intent == "list" and "挂牌督办" in labels:
            self._later(20, 60, "lift", number)
            return "挂牌督办"
        if intent == "lift" and "解除挂牌" in labels:
            return "解除挂牌"
        if "并入另一处" in labels and self.dice.random() < MERGES:
            return "并入另一处"
        if "撤销误登" in labels and self.dice.random() < MISTAKES:
            return "撤销误登"
        if "属于重大" in labels:
            return "属于重大" if self.dice.random() < 0.6 else "不属重大"
        if "同意延期" in labels:
            return "同意延期" if self.dice.random() < 0.7 else "不同意延期"
        if "复查通过" in labels:
            return "复查通过" if self.dice.random() < 0.85 else "复查不通过"
        if "销号" in labels:
            self._later(10, 40, "look back", number)
            return "销号"
        if intent == "look back" and "回头看合格" in labels:
            return "回头看合格" if self.dice.random() < 0.9 else "重新打开"
        return None

    def wants(self, title: str) -> bool:
        """Whether a line of a list is opened: of hazards the one that is looked up."""
        found = NUMBER.match(title)
        return found is None or int(found[1]) == self._line

    def _later(self, soonest: int, latest: int, what: str, number: int) -> None:
        days = self.dice.randint(soonest, max(soonest, latest))
        self._days.append((self._today + timedelta(days=days), what, number))
