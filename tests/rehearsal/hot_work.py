"""A day's job of a crew: applied for, decided, prepared, done, and what goes wrong with it, as chance has it.

Each does what his chat shows him: the buttons of the card, the prompts that come.
"""

import random
import re
from collections import Counter
from collections.abc import Callable, Generator
from datetime import datetime, timedelta

from tests.rehearsal import reading
from tests.rehearsal.acting import Deed, Eyes, Script, Tapped, Typed, Waited, later, texts
from tests.rehearsal.crews import Crew
from tests.rehearsal.filling_in import Facts, answer
from tests.rehearsal.people import Person, Temper
from tests.telegram.fake_api import ShownMessage

SUBMITTED = re.compile(r"作业票 ?(D-\d{4}-\d+) ?已送审批")
KINDS = (
    ("易燃易爆场所", "管道"),
    ("易燃易爆场所", "其他部位"),
    ("运行设备", "储罐容器"),
    ("其他场所", "涉粉尘部位"),
    ("其他场所", "其他部位"),
    ("固定动火区", "其他部位"),
)
"""Where, and what is worked on; of the last two no gas sample is asked for."""
PLACES = ("1号车间", "2号车间北侧", "锅炉房", "液氨机房", "喷涂车间外", "仓库西侧")
DEAD = ("抱歉", "未能识别", "不在范围内", "不能这样操作", "这一项您现在不能办理", "已记录，但不再改变")
"""What nobody is told who does what the card offers; after its end a permit tells the last of them."""
LATE: dict[Temper, tuple[int, int]] = {"prompt": (4, 20), "forgetful": (30, 120), "silent": (60, 240)}
"""Minutes until an approver looks at the card."""
POLL = 5
"""Minutes between two looks at the phone while people work."""
PAUSED = "已暂停"
GAS = "气体超限：停止动火，撤离人员"
OVER = ("已过期", "已取消", "已关闭")

Act = Generator[Deed, list[ShownMessage], list[ShownMessage]]
Sure = Generator[Deed, list[ShownMessage], bool]


class Job:
    """One job. `now` tells the time; `odd` is what nobody could make sense of."""

    def __init__(self, crew: Crew, begins: datetime, dice: random.Random, now: Callable[[], datetime]) -> None:
        self.crew, self.begins, self.dice, self.now = crew, begins, dice, now
        self.odd: Counter[str] = Counter()
        self.eyes = Eyes()
        self.measured = False
        surroundings, workpiece = dice.choice(KINDS)
        starts = begins + timedelta(minutes=dice.choice((45, 60, 75, 90)))
        self.leader = dice.choice((crew.officer, crew.tester))
        # Of a fixed area and of the second level anybody of the enterprise approves who has no other part in it.
        shared = surroundings in ("其他场所", "固定动火区") and self.leader is crew.officer and dice.random() < 0.3
        self.approver = crew.tester if shared else crew.principal
        self.job = Facts(
            place=dice.choice(PLACES),
            part=dice.choice(("支架", "法兰", "护栏", "除尘管道")),
            content=dice.choice(("焊接支架", "更换法兰", "切割旧管")),
            surroundings=surroundings,
            workpiece=workpiece,
            starts=starts,
            until=starts + timedelta(minutes=dice.choice((150, 240, 330, 420))),
            welders=[*(one.name for one in crew.fit(begins.date())[:1])],
            leader=self.leader.name,
            guardian=crew.guardian.name,
            tester=crew.tester.name,
            gas=dice.choice(("氢气", "氨", "天然气（甲烷）")),
            value="0.05%",
            like=dice.random() < 0.5,
        )
        if crew.unfit(begins.date()) and dice.random() < 0.6:
            self.job.welders.insert(0, crew.unfit(begins.date())[0].name)
        if dice.random() < 0.04:
            self.job.forbidden = "5、8"
        self.temper: Temper = self.approver.temper
        self.careless = dice.random() < 0.45
        self.incident = dice.choice(("", "", "stop", "break", "leave", "gas"))
        self.forgets = dice.random() < 0.15
        self.finish_at = self.job.until - timedelta(minutes=dice.choice((10, 25, 40)))

    def script(self) -> Script:
        """The whole day."""
        yield Waited(self.begins)
        if not (yield from self._applies()):
            return
        if not (yield from self._is_approved()):
            return
        if self.dice.random() < 0.05:
            yield later(self.now(), 10)
            yield from self._says(self.crew.officer, "取消作业", "图纸有变，今天不做")
            return
        if (yield from self._starts()) and (yield from self._works()):
            yield from self._ends()

    # Applying and deciding

    def _applies(self) -> Sure:
        said = yield Typed(self.crew.officer, "/permit")
        if "没有证书有效的焊工" in texts(said):
            if self.crew.fit(self.begins.date()):
                self.odd[f"a valid welder is unknown: {self.crew.enterprise}"] += 1
            return False
        if not self.job.welders:
            self.odd[f"an application without any welder: {self.crew.enterprise}"] += 1
            return False
        said = yield from self._talks(self.crew.officer, said)
        found = SUBMITTED.search(texts(said))
        if found is None:
            if not self.job.forbidden:
                self.odd[f"not handed in: {texts(said)[:80]}"] += 1
            return False
        self.eyes.code = found[1]
        # A job like the last one has the leader of the last one.
        card = self.eyes.card(self.crew.officer)
        named = re.search(r"负责人：(\S+?)　", "" if card is None else card.text)
        if named is None or named[1] not in (self.crew.officer.name, self.crew.tester.name):
            self.odd[f"no leader on the card of {self.eyes.code}"] += 1
            return False
        self.leader = self.crew.officer if named[1] == self.crew.officer.name else self.crew.tester
        return True

    def _is_approved(self) -> Sure:
        yield later(self.now(), self.dice.randint(*LATE[self.temper]))
        what = self.dice.random()
        if self.temper == "silent" and what < 0.5:
            return False
        if what > 0.94:
            yield from self._says(self.approver, "不予批准", "附近在喷漆")
            return False
        if what > 0.8 and self.eyes.state(self.approver) == "待审批":
            self.job.wrong = "动火部位"
            yield from self._says(self.approver, "退回修改", "部位写得不清楚")
            yield later(self.now(), self.dice.randint(5, 15))
            self.job.part = "2号管廊第3个支架"
            said = yield from self._taps(self.crew.officer, "修改申请")
            said = yield from self._talks(self.crew.officer, said)
            if SUBMITTED.search(texts(said)) is None:
                self.odd[f"not handed in again: {texts(said)[:80]}"] += 1
            yield later(self.now(), self.dice.randint(5, 15))
        if self.eyes.state(self.approver) in OVER:
            return False
        said = yield from self._taps(self.approver, "批准")
        return self._told(said, "已批准")

    # On site

    def _starts(self) -> Sure:
        yield Waited(max(self.now() + timedelta(minutes=3), self.job.starts - timedelta(minutes=12)))
        if not (yield from self._arrives()) or not (yield from self._measures()):
            return False
        yield Waited(max(self.now(), self.job.starts))
        return (yield from self._goes("开始作业", "已开工"))

    def _arrives(self) -> Sure:
        if "监护到场" not in self._labels(self.crew.guardian):
            return self.eyes.state(self.crew.guardian) not in OVER
        yield later(self.now(), self.dice.randint(0, 3))
        said = yield from self._says(self.crew.guardian, "监护到场")
        return self._told(said, "已记录监护人到场")

    def _measures(self) -> Sure:
        """A gas sample, where one is asked for; one that is over the limit is taken anew once the cause is gone."""
        if "气体检测" not in self._labels(self.crew.tester):
            return True
        while self.eyes.state(self.crew.tester) not in OVER:
            self.job.value = "0.6%" if self.dice.random() < 0.07 else "0.05%"
            said = yield from self._says(self.crew.tester, "气体检测")
            self.measured = True
            if self.job.value == "0.05%":
                return self._told(said, "合格，已记录")
            self._told(said, "气体超限")
            yield later(self.now(), self.dice.randint(15, 30))
        return False

    def _goes(self, label: str, done: str) -> Sure:
        """Start, or go on: when the card offers it, else what it says is missing comes first."""
        wanted = ""
        for _ in range(3):
            if self.eyes.state(self.leader) in OVER:
                return False
            if label in self._labels(self.leader):
                said = yield from self._taps(self.leader, label)
                if "还需：气体检测" in texts(said):
                    # By now the sample is too old.
                    yield from self._measures()
                    continue
                return self._told(said, done)
            card = self.eyes.card(self.leader)
            missing = re.search(r"前还需：(.+)", "" if card is None else card.text)
            wanted = "" if missing is None else missing[1]
            if "同一部位" in wanted:
                # An earlier job there was never accepted; it holds its place until it is.
                return False
            if not wanted or not re.search("气体检测|监护人到场|现场照片", wanted):
                # The card in hand is as old as its last change: it is looked at anew.
                yield later(self.now(), 1)
                yield Typed(self.leader, self.eyes.code)
                continue
            if "监护人到场" in wanted or "现场照片" in wanted:
                yield from self._arrives()
            if "气体检测" in wanted:
                yield from self._measures()
        self.odd[f"no {label} at {self.eyes.state(self.leader)}: {wanted}"] += 1
        return False

    def _works(self) -> Sure:
        """Until the job is done, or its time over; whether there is something to finish."""
        happens = self.now() + (self.finish_at - self.now()) * self.dice.uniform(0.2, 0.8)
        while True:
            yield later(self.now(), POLL)
            state = self.eyes.state(self.leader)
            if state in OVER:
                yield from self._goes_on_after_the_end()
                return False
            if state in (PAUSED, GAS):
                if not (yield from self._resumes()):
                    return True
                continue
            rung = self.eyes.prompts([self.crew.tester, self.crew.guardian], "气体复测时间已到")
            if rung and not self.careless:
                yield later(self.now(), self.dice.randint(1, 6))
                over = self.dice.random() < 0.1
                said = yield Typed(self.crew.tester, f"{self.eyes.code} {'0.6%' if over else '0.05%'}")
                self._told(said, "气体超限" if over else "合格")
            ends = self.eyes.prompts([self.crew.guardian, self.leader], "分钟到期")
            if ends and self.dice.random() < 0.5:
                yield Tapped(*ends[0], "收到")
            if self.incident and self.now() >= happens:
                what, self.incident = self.incident, ""
                yield from self._goes_wrong(what)
            elif self.now() >= self.finish_at and not self.forgets:
                return True

    def _goes_wrong(self, what: str) -> Script:
        match what:
            case "stop":
                who = self.dice.choice((self.crew.welder, self.crew.guardian, self.crew.officer))
                said = yield from self._taps(who, "立即停止")
                self._told(said, "已叫停")
                why = next((one for one in reversed(said) if "说明原因" in reading.buttons_of(one)), None)
                if why is not None and self.dice.random() < 0.5:
                    yield Tapped(who, why, "说明原因")
                    yield Typed(who, "火花飞溅")
            case "break":
                said = yield from self._taps(self.leader, "暂时休息")
                self._told(said, "已暂停")
            case "leave":
                said = yield from self._taps(self.crew.guardian, "我要离开")
                self._told(said, "已记录监护人离开")
            case _ if "气体检测" in self._labels(self.crew.tester):
                self.job.value = "0.7%"
                said = yield from self._says(self.crew.tester, "气体检测")
                self._told(said, "气体超限")
            case _:
                return

    def _resumes(self) -> Sure:
        """Some time after a suspension the crew goes on, or gives up for the day."""
        yield later(self.now(), self.dice.randint(10, 70))
        if self.dice.random() < 0.2 or self.eyes.state(self.leader) in OVER:
            return False
        yield from self._arrives()
        return (yield from self._goes("恢复作业", "已恢复作业"))

    def _goes_on_after_the_end(self) -> Script:
        """Somebody who works on after the end is found out by his own re-check."""
        if self.measured and self.eyes.state(self.leader) == "已过期" and self.dice.random() < 0.6:
            yield later(self.now(), self.dice.randint(5, 30))
            yield Typed(self.crew.tester, f"{self.eyes.code} 0.05%")

    # The end

    def _ends(self) -> Script:
        if self.eyes.state(self.leader) in OVER or "作业完工" not in self._labels(self.leader):
            return
        said = yield from self._taps(self.leader, "作业完工")
        if not self._told(said, "已完工") or self.dice.random() < 0.05:
            return
        yield later(self.now(), self.dice.randint(2, 10))
        said = yield from self._taps(self.crew.guardian, "开始看火")
        self._told(said, "已开始看火")
        looked = 0
        while looked < 2:
            yield later(self.now(), POLL)
            if rung := self.eyes.prompts([self.crew.guardian], "看火检查时间已到"):
                yield later(self.now(), self.dice.randint(0, 4))
                said = yield Tapped(*rung[-1], "看火无异常")
                self._told((yield from self._talks(self.crew.guardian, said)), "已记录看火检查")
                looked += 1
        yield later(self.now(), self.dice.randint(2, 20))
        if self.dice.random() < 0.05:
            return
        said = yield from self._says(self.leader, "验收关闭")
        self._told(said, "已验收关闭")

    # One thing after another

    def _labels(self, person: Person) -> frozenset[str]:
        card = self.eyes.card(person)
        return frozenset() if card is None else frozenset(reading.buttons_of(card))

    def _taps(self, person: Person, label: str) -> Act:
        card = self.eyes.card(person)
        if card is None or label not in reading.buttons_of(card):
            self.odd[f"no {label} for {person.role} at {self.eyes.state(person) or 'no card'}"] += 1
            return []
        return (yield Tapped(person, card, label))

    def _says(self, person: Person, label: str, remark: str = "") -> Act:
        """Tap a button that asks something, and answer."""
        self.job.remark = remark
        said = yield from self._taps(person, label)
        return (yield from self._talks(person, said))

    def _talks(self, person: Person, said: list[ShownMessage]) -> Act:
        for _ in range(40):
            deed = answer(person, said, self.job)
            if deed is None:
                return said
            said = yield deed
            refused = next((sign for sign in DEAD if sign in texts(said)), None)
            if refused is not None:
                self.odd[f"refused: {texts(said)[:80]}"] += 1
        self.odd[f"asks without end: {texts(said)[:80]}"] += 1
        return said

    def _told(self, said: list[ShownMessage], words: str) -> bool:
        """Whether what was done is confirmed; that its time was over by then is no wonder."""
        if words in texts(said):
            return True
        if self.eyes.state(self.crew.officer) not in OVER:
            self.odd[f"not {words} but: {texts(said)[:100]}"] += 1
        return False
