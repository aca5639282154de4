"""How the annex table is filed: a clerk and a leader of each district, and the city, each desk a script.

Each does what the chat shows: the draft that comes, the buttons under it, what is returned.
"""

import re
from collections.abc import Callable, Generator
from dataclasses import dataclass
from datetime import date, timedelta

from campaign.workdays import workday_not_after, workday_not_before
from tests.recount import OWN
from tests.rehearsal import reading
from tests.rehearsal.acting import Deed, Script, texts
from tests.rehearsal.desk import Act, Desk
from tests.rehearsal.enforcement import enforce
from tests.rehearsal.registering import register
from tests.rehearsal.returning import gives_back
from tests.rehearsal.spot_checks import inspect
from tests.telegram.fake_api import ShownMessage

DUE = 28
BLOCKS = ("总体情况", "抽查检查", "精准执法")
ENTERED = BLOCKS[-1]
"""Where figures are changed by hand: what is there was not all entered; the others have records of their own."""
COUNTED = re.compile(r"自动统计为(\d+)")
CITY_FILED = re.compile(r"】(\d+)月调度表：已报出(\d+)个，共(\d+)个")
REMARKS = ("帮扶次数没有录入", "处罚金额请核对", "抽查家数与台账不符")

Sure = Generator[Deed, list[ShownMessage], bool]


@dataclass(frozen=True, slots=True)
class Habits:
    """Who does something else in a month: files late, tries the next month, files once more."""

    late: str
    early: str
    twice: str


@dataclass(kw_only=True)
class Filing(Desk):
    """What a district and the city have in common: a column is filled in, reviewed and filed."""

    # The table

    def fills(self, month: int, returned: str = "") -> Act:
        """Look the draft over, perhaps change a figure; the card as it is then. `returned`: the block and the place
        of the cell that came back.
        """
        said = yield from self.says(self.clerk, f"/annex {month}月 {self.column}")
        if returned:
            block, _, place = returned.partition("第")
            return (yield from self.looks(said, block, place, changes=block == ENTERED))
        if self.dice.random() < 0.15:
            return (yield from self.looks(said, ENTERED, "", changes=True))
        if self.dice.random() < 0.5:
            return (yield from self.looks(said, self.dice.choice(BLOCKS), "", changes=False))
        return said

    def looks(self, said: list[ShownMessage], block: str, place: str, *, changes: bool) -> Act:
        """Into a block, and perhaps at a cell of it."""
        listed = yield from self.taps(self.clerk, said[-1] if said else None, block)
        if not listed or not (place or changes or self.dice.random() < 0.6):
            return said
        label = f"第{place}项" if place else ""
        if label and label not in reading.buttons_of(listed[-1]):
            listed = yield from self.taps(self.clerk, listed[-1], "更多")
        items = [one for one in reading.buttons_of(listed[-1]) if one.startswith("第")] if listed else []
        cell = yield from self.taps(self.clerk, listed[-1], label or self.dice.choice(items))
        if cell and "更多" in reading.buttons_of(cell[-1]) and self.dice.random() < 0.3:
            cell = yield from self.taps(self.clerk, cell[-1], "更多")
        if changes:
            cell = yield from self.changes((yield from self.taps(self.clerk, cell[-1] if cell else None, "改数")))
        return (yield from self.taps(self.clerk, cell[-1] if cell else None, "返回全表"))

    def changes(self, said: list[ShownMessage]) -> Act:
        """改数, asked one thing after the other."""
        for _ in range(8):
            if not said:
                return said
            text, labels = said[-1].text, reading.buttons_of(said[-1])
            counted = COUNTED.search(text)
            if "确认提交" in labels:
                return (yield from self.taps(self.clerk, said[-1], "确认提交"))
            if "另改一个数" in labels:
                other = self.dice.choice(("另改一个数", "恢复统计数"))
                said = yield from self.taps(self.clerk, said[-1], other)
            elif "理由是什么" in text:
                said = yield from self.says(self.clerk, self.dice.choice(("含纸质上报1处", "含现场移交1件")))
            elif counted is not None:
                money = "万元" if "处罚金额" in text else ""
                said = yield from self.says(self.clerk, f"{int(counted[1]) + 1}{money}")
            else:
                break
        self.odd[f"asks without end: {texts(said)[:60]}"] += 1
        return said

    def files(self, month: int, returned: str = "") -> Sure:
        """Until it is filed."""
        yield from self.fills(month, returned)
        patience = 0.25
        for _ in range(8):
            if not (yield from self.submits(month)):
                continue
            yield from self.waits(0.3)
            if self.reviewer is not self.clerk and self.dice.random() < patience:
                patience = 0.0
                said = yield from self.taps(self.reviewer, self.newest(self.reviewer, month, "审核通过"), "退回")
                said = (yield from self.says(self.reviewer, self.dice.choice(REMARKS))) if said else []
                self.told(said, "已退回")
                said = yield from self.says(self.clerk, f"/annex {month}月")
                self.told(said, "已退回：")
                yield from self.looks(said, ENTERED, "", changes=self.dice.random() < 0.5)
                continue
            said = yield from self.taps(self.reviewer, self.newest(self.reviewer, month, "审核通过"), "审核通过")
            self.told(said, "由联络人报出" if self.reviewer is not self.clerk else "已审核待报出")
            yield from self.waits(0.3)
            said = yield from self.taps(self.clerk, self.newest(self.clerk, month, "报出"), "报出")
            if "没有报出" not in texts(said) and self.told(said, "报出后不能再改"):
                said = yield from self.taps(self.clerk, said[-1], "确认报出")
            if "没有报出" not in texts(said) and self.told(said, "✅"):
                self.clerk.answered.setdefault(f"{month}月进展情况调度表", self.now())
                # What a leader returned on the way is dealt with.
                self.heard.update(one.id for one in self.clerk.chat.shown)
                return True
        self.odd[f"{self.column} cannot file {month}月"] += 1
        return False

    def submits(self, month: int) -> Sure:
        """填报; figures that changed meanwhile are shown first, and one that fell wants a reason."""
        said = yield from self.taps(self.clerk, self.newest(self.clerk, month, "填报"), "填报")
        while said and ("数据已有变化" in texts(said) or "还没有写明原因" in texts(said)):
            if "还没有写明原因" in texts(said):
                self.refused["fell"] += 1
                cell = yield from self.changes((yield from self.taps(self.clerk, said[-1], "改数")))
                said = yield from self.taps(self.clerk, cell[-1] if cell else None, "返回全表")
            said = yield from self.taps(self.clerk, said[-1] if said else None, "填报")
        return self.told(said, "已请领导审核" if self.reviewer is not self.clerk else "已填报待审核")

    # The days

    def waits(self, likely: float) -> Generator[Deed, list[ShownMessage], None]:
        """Perhaps until the next working day, where the table is not due by then."""
        tomorrow = workday_not_before(self.now().date() + timedelta(days=1))
        if self.dice.random() < likely and self.now().day < tomorrow.day <= DUE and tomorrow <= self.last:
            yield self.at(tomorrow)
            yield from self.enters()

    def enters(self) -> Generator[Deed, list[ShownMessage], None]:
        """What the bureau did is entered, or taken back."""
        yield from register(self)
        yield from gives_back(self)
        yield from inspect(self)
        yield from enforce(self)


@dataclass(kw_only=True)
class District(Filing):
    """A district: its clerk fills in and files, its leader reviews."""

    habits: Callable[[int], Habits]

    def script(self) -> Script:
        """The whole campaign."""
        planned: dict[int, tuple[date, str]] = {}
        while True:
            yield from self.enters()
            for month, card in self.news():
                returned = _cell_in(card.text)
                if returned or month not in planned:
                    planned[month] = (self._day(month, returned), returned)
            due = sorted(month for month, (day, _) in planned.items() if day <= self.now().date())
            for month in due:
                _, returned = planned.pop(month)
                if (yield from self.files(month, returned)) and not returned:
                    yield from self._oversteps(month)
            yield self.tomorrow()

    def _day(self, month: int, returned: str) -> date:
        """When a draft that has come is seen to."""
        today = self.now().date()
        if returned:
            return workday_not_before(today + timedelta(days=self.dice.randint(0, 2)))
        if self.habits(month).late == self.column:
            return min(self.last, workday_not_before(today.replace(day=DUE) + timedelta(days=self.dice.randint(1, 5))))
        by = workday_not_after(today.replace(day=DUE))
        day = workday_not_before(today + timedelta(days=self.dice.randint(0, 3)))
        return max(today, min(day, by))

    def _oversteps(self, month: int) -> Generator[Deed, list[ShownMessage], None]:
        """What cannot be done is tried by some: the next month already, the same month once more. What is filed in a
        later month is no occasion.
        """
        if self.now().month != month:
            return
        if self.habits(month).early == self.column and month < 12:
            said = yield from self.says(self.clerk, f"/annex {month + 1}月")
            if self.told(said, "还没有开始"):
                self.refused["early"] += 1
        if self.habits(month).twice == self.column:
            shown = reversed(self.clerk.chat.shown)
            again = next((one for one in shown if "确认报出" in reading.buttons_of(one)), None)
            said = yield from self.taps(self.clerk, again, "确认报出")
            if self.told(said, "报出，不再改动"):
                self.refused["twice"] += 1


class City(Filing):
    """The city: it files 市本级, sees who has filed, and returns a cell now and then."""

    def script(self) -> Script:
        """The whole campaign."""
        planned: dict[int, date] = {}
        overview: dict[int, date] = {}
        while True:
            yield from self.enters()
            today = self.now().date()
            for month, _ in self.news():
                planned[month] = overview[month] = max(today, workday_not_after(today.replace(day=DUE)))
            for month in [one for one, day in planned.items() if day <= today]:
                del planned[month]
                yield from self.files(month)
            for month in [one for one, day in overview.items() if day <= self.now().date()]:
                del overview[month]
                yield from self._oversees(month)
            yield self.tomorrow()

    def _oversees(self, month: int) -> Generator[Deed, list[ShownMessage], None]:
        """Who has filed, the city's table, and a cell that goes back."""
        said = yield from self.says(self.clerk, f"/annex {month}月")
        filed = CITY_FILED.search(texts(said))
        if filed is None:
            self.odd[f"no view of the city but: {texts(said)[:60]}"] += 1
            return
        whole = said[-1]
        listed = yield from self.taps(self.clerk, whole, self.dice.choice(BLOCKS))
        rows = [label for label in reading.buttons_of(listed[-1]) if label.startswith("第")] if listed else []
        if rows:
            said = yield from self.taps(self.clerk, listed[-1], self.dice.choice(rows))
            if "：" not in texts(said):
                self.odd["a row of the city without columns"] += 1
        if self.dice.random() < 0.8:
            yield from self._returns(month, whole)

    def _returns(self, month: int, whole: ShownMessage) -> Generator[Deed, list[ShownMessage], None]:
        listed = yield from self.taps(self.clerk, whole, "各地区")
        done = [
            f"第{number}项"
            for number, column, state in reading.ITEM.findall(texts(listed))
            if state.startswith("已报出") and column != OWN
        ]
        if not done:
            return
        card = yield from self.taps(self.clerk, listed[-1], self.dice.choice(done))
        if not card:
            return
        block = ENTERED if self.dice.random() < 0.6 else self.dice.choice(BLOCKS)
        rows = yield from self.taps(self.clerk, card[-1], block)
        items = [label for label in reading.buttons_of(rows[-1]) if label.startswith("第")]
        cell = yield from self.taps(self.clerk, rows[-1], self.dice.choice(items))
        asked = yield from self.taps(self.clerk, cell[-1], "退回此项")
        said = (yield from self.says(self.clerk, "与台账不符，请核实")) if asked else []
        self.told(said, "已退回")


def _cell_in(text: str) -> str:
    """The block, as its button calls it, and the place of a cell that was returned: 总体情况第2; empty for none."""
    found = reading.RETURNED_CELL.search(text)
    if found is None:
        return ""
    block = next(name for name in BLOCKS if name[:2] in found[1])
    return f"{block}第{found[2]}"
