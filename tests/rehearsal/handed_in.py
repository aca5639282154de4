"""What became of every duty by what its people did in their chats: the screens that they confirmed with the receipts
that came for them, what they promised and explained, and what staff returned or accepted. The bot's tables are not
asked.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, Literal

from service.imports import columns
from service.imports.sheets import read_sheet
from service.registry.enterprise_rows import COLUMNS
from tests.recount import Turn
from tests.rehearsal import clauses
from tests.rehearsal.clauses import Firm, Lines
from tests.rehearsal.people import Done, Person
from tests.rehearsal.stage import REGISTRY

SCREEN: Final = "请您核对："
SURE: Final = "确认提交"
_PART: Final = re.compile(r"^\d+\. (.+)$")
_LINE: Final = re.compile(r"^([^：]+)：(.*)$")
_RECEIPT: Final = re.compile(
    r"^(?:✅ )?(?:已收到您的|同时记为)?(.+?)(填报（未达要求）)?[。：]回执编号 (\w{4}-\w{4})(（未达要求）)?",
    re.MULTILINE,
)
_PROMISED: Final = re.compile(r"^已记下：(.+?)，(\d+月\d+日)（.+?）前达到要求。$", re.MULTILINE)
_EXPLAINED: Final = re.compile(r"^已收到(.+)的情况说明，等待工作人员处理", re.MULTILINE)
_ACCEPTED: Final = re.compile(r"^已接受(.+)的情况说明", re.MULTILINE)
_REFUSED: Final = re.compile(r"^已退回(.+)的情况说明", re.MULTILINE)
_WHOSE: Final = re.compile(r"^(.+?)对.+说明情况：", re.MULTILINE)
_RETURNED: Final = re.compile(r"^已退回(.+?)的(.+?)(?:，并已通知对方|。对方没有可用的聊天账号)", re.MULTILINE)
_HALTED: Final = re.compile(r"^开始：(.+)$", re.MULTILINE)
_UNTIL: Final = re.compile(r"^结束：(.+)$", re.MULTILINE)

ENTERED: Final = "已按情况说明登记："
DISPATCH: Final = "调度确认"

What = Literal["filed", "promised", "explained", "excused", "refused", "returned"]
DECIDED: Final[Sequence[tuple[What, re.Pattern[str]]]] = (("excused", _ACCEPTED), ("refused", _REFUSED))


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a duty; of a filing what was confirmed, and its receipt; `day`: what was promised."""

    at: datetime
    what: What
    said: Lines = field(default_factory=dict[str, str])
    code: str = ""
    told_unmet: bool = False
    day: date | None = None


def firms() -> dict[str, Firm]:
    """By code every enterprise of the list that was imported."""
    rows = read_sheet(REGISTRY, COLUMNS).rows
    return {
        row.cells[columns.CODE]: Firm(
            row.cells["企业名称"], int(row.cells["职工人数"] or 0), tuple(row.cells["风险标签"].split("、"))
        )
        for row in rows
    }


def events(people: Sequence[Person]) -> dict[tuple[str, str], list[Event]]:
    """By subject and title what happened to each duty, in order."""
    codes = {firm.name: code for code, firm in firms().items()}
    found: defaultdict[tuple[str, str], list[Event]] = defaultdict(list)
    for person in people:
        for done in person.done:
            if person.role in ("principal", "officer", "clerk", "city"):
                for title, event in _own(done):
                    found[person.subject, title].append(event)
            if person.role in ("clerk", "city"):
                for place, title, event in _of_others(done):
                    found[codes.get(place, place), title].append(event)
    return {key: sorted(some, key=lambda event: event.at) for key, some in found.items()}


def _own(done: Done) -> Iterator[tuple[str, Event]]:
    """What somebody did about a duty of their own."""
    parts = _parts(done.screen)
    alone = next(iter(parts.values())) if len(parts) == 1 else {}
    studied = next((part["学习日期"] for part in parts.values() if "学习日期" in part), None)
    for text in done.said:
        for title, unmet, code, also in _RECEIPT.findall(text):
            said = parts.get(title, alone)
            if title.endswith(DISPATCH) and title not in parts and "由您本人主持" not in alone:
                # What met it besides its own duty: the study of the criteria with its day, or a weekly check-in.
                said = {} if studied is None else {"时间": studied}
            yield title, Event(done.at, "filed", said, code, told_unmet=bool(unmet or also))
        for title, day in _PROMISED.findall(text):
            yield title, Event(done.at, "promised", day=clauses.day(day))
        for title in _EXPLAINED.findall(text):
            yield title, Event(done.at, "explained")


def _of_others(done: Done) -> Iterator[tuple[str, str, Event]]:
    """What staff did about a duty of somebody else: whose, which, and what."""
    whose = _WHOSE.search(done.screen)
    for text in done.said:
        for what, pattern in DECIDED:
            for title in pattern.findall(text):
                yield whose[1] if whose else "", title, Event(done.at, what)
        for place, title in _RETURNED.findall(text):
            if not title.endswith("情况说明"):
                yield place, title, Event(done.at, "returned")


def _parts(screen: str) -> dict[str, dict[str, str]]:
    """What a screen that is confirmed says, by the titles of its parts; of a single one by no title."""
    _, begins, told = screen.partition(SCREEN)
    found: dict[str, dict[str, str]] = {"": {}}
    part = ""
    for line in told.splitlines() if begins else ():
        heading, answer = _PART.match(line), _LINE.match(line)
        if heading is not None and answer is None:
            part = heading[1]
            found.pop("", None)
            found[part] = {}
        elif answer is not None:
            found[part][answer[1]] = answer[2]
    return found


@dataclass
class Story:
    """What became of a duty in the end. Of instants: `first` and `at`, of the first and the newest filing."""

    status: str = "open"
    first: datetime | None = None
    at: datetime | None = None
    code: str = ""
    met: bool = True
    met_by: date | None = None
    done_on: date | None = None
    odd: list[str] = field(default_factory=list[str])

    @property
    def is_unmet(self) -> bool:
        """Answered, and the answer does not meet the clause."""
        return self.status == "answered" and not self.met

    def late(self, due: datetime | None, latest: date | None) -> bool:
        """By the day of the deed where that is told, else by the first filing."""
        if self.done_on is not None and latest is not None:
            return self.done_on > latest
        return self.first is not None and due is not None and self.first > due

    def take(self, obligation: str, event: Event, firm: Firm | None, latest: date | None) -> None:
        """One more thing that happened."""
        match event.what:
            case "filed":
                self._filed(obligation, event, firm, latest)
            case "promised":
                self.met_by = event.day
            case "explained" | "excused":
                self.status, self.met_by = event.what, None
            case "refused" | "returned":
                self.status, self.met_by = "returned", None

    def _filed(self, obligation: str, event: Event, firm: Firm | None, latest: date | None) -> None:
        said = event.said
        self.met = not clauses.is_unmet(obligation, said, firm)
        if self.met == event.told_unmet:
            self.odd.append(f"{obligation}: the receipt {event.code} says otherwise of {dict(said)}")
        on = clauses.deed(obligation, said)
        over = latest is not None and event.at.date() > latest
        if obligation in clauses.KEPT_UP and over and on is not None and self.done_on is not None:
            on = min(on, self.done_on)
        self.status, self.at, self.code, self.met_by, self.done_on = "answered", event.at, event.code, None, on
        self.first = self.first or event.at


def standstills(people: Sequence[Person]) -> list[Turn]:
    """What was entered of enterprises as staff accepted what they had explained."""
    codes = {firm.name: code for code, firm in firms().items()}
    found = []
    for person in people:
        for done in person.done if person.role in ("clerk", "city") else ():
            whose, since, until = (pattern.search(done.screen) for pattern in (_WHOSE, _HALTED, _UNTIL))
            first = clauses.day(since[1]) if since else None
            if whose and first and any(ENTERED in text for text in done.said):
                last = clauses.day(until[1]) if until else None
                found.append(Turn(codes[whose[1]], "停产", first, last, entered=done.at.date()))
    return found
