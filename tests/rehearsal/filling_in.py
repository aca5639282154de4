"""What somebody answers to the questions about a permit, by the words of each question."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from tests.rehearsal import reading
from tests.rehearsal.acting import Deed, Photographed, Tapped, Typed, card_in
from tests.rehearsal.people import Person
from tests.telegram.fake_api import ShownMessage


@dataclass
class Facts:
    """A job as its applicant knows it. `welders`: names in the order in which they are tried; `forbidden`: the
    prohibitions that apply.
    """

    place: str
    part: str
    content: str
    surroundings: str
    workpiece: str
    starts: datetime
    until: datetime
    welders: list[str]
    leader: str
    guardian: str
    tester: str
    gas: str
    value: str
    remark: str = ""
    wrong: str = ""
    forbidden: str = ""
    like: bool = False


PHOTO = object()
Said = Callable[[Facts], object]

ANSWERS: Sequence[tuple[str, Said]] = (
    (r"这次是同样的作业吗？", lambda job: "与上次相同" if job.like else "重新填写"),
    (r"动火地点在哪里？", lambda job: job.place),
    (r"动火部位是什么？", lambda job: job.part),
    (r"做什么作业？", lambda job: job.content),
    (r"动火点属于哪一类场所？", lambda job: job.surroundings),
    (r"是否已全部停车", lambda _: "没有全做到"),
    (r"在什么上面动火？", lambda job: job.workpiece),
    (r"在室内还是露天？", lambda _: "室内"),
    (r"动火方式有哪些？", lambda _: "1、4"),
    (r"计划什么时候开始？", lambda job: f"{job.starts:%H:%M}"),
    (r"计划到什么时候结束？", lambda job: f"{job.until:%H:%M}"),
    # What cannot be taken is said without the question.
    (r"由谁动火？|不能列入作业票：", lambda job: job.welders.pop(0) if len(job.welders) > 1 else job.welders[0]),
    (r"作业负责人是谁？", lambda job: job.leader),
    (r"监护人是谁？", lambda job: job.guardian),
    (r"由谁做气体分析？", lambda job: job.tester),
    (r"本次不强制气体分析", lambda _: "无可燃介质"),
    (r"是否涉及其他特殊作业？", lambda _: "不涉及"),
    (r"风险辨识结果有哪些？", lambda _: "按建议"),
    (r"是否已全部落实？", lambda _: "全部落实"),
    (r"的数量是多少？", lambda _: "4"),
    (r"最后核对“十不准”", lambda job: job.forbidden or "都没有"),
    (r"由谁取样分析的？", lambda job: job.tester),
    (r"测的是哪种气体？", lambda job: job.gas),
    (r"的读数是多少？", lambda job: job.value),
    (r"什么时候取样的？", lambda _: "现在"),
    (r"还测了别的气体吗？", lambda _: "完成"),
    (r"哪一项不对？", lambda job: job.wrong),
    (r"请用一句话说明|为什么", lambda job: job.remark),
    (r"看火情况如何？", lambda _: "无火种余烟"),
    (r"完工验收结果如何？", lambda _: "验收合格"),
    (r"有没有未到位的？", lambda _: "全部到位"),
    (r"请拍一张", lambda _: PHOTO),
)
SURE = ("确认提交", "不批准", "作废")
"""What is tapped where all is said."""


def answer(person: Person, said: Sequence[ShownMessage], job: Facts) -> Deed | None:
    """What somebody does about the newest question among what was said; None where nothing is asked."""
    for message in reversed(said):
        if card_in(message.text)[0]:
            continue
        buttons = reading.buttons_of(message)
        sure = next((label for label in SURE if label in buttons), None)
        if sure is not None:
            return Tapped(person, message, sure)
        for words, says in ANSWERS:
            if re.search(words, message.text) is None:
                continue
            found = says(job)
            if found is PHOTO:
                return Photographed(person)
            label = str(found)
            return Tapped(person, message, label) if label in buttons else Typed(person, label)
    return None
