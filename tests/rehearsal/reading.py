"""What a message says to somebody who knows nothing but their chat."""

import re

from tests.telegram.fake_api import ShownMessage

ITEM = re.compile(r"^(\d+)\. (.+?)：(.+)$", re.MULTILINE)
BUNDLE = re.compile(r"（\d+项）$")
EXAMPLE = re.compile(r"如“(.+?)”")
NUMBER = re.compile(r"^(\d+)号 ")
"""How a line of /hazards begins."""

_CARD = re.compile(r"^【[^】]+】(.+)\n请您", re.MULTILINE)
_SOON = re.compile(r"^⏰ (.+)：(?:今天|\d+月\d+日)", re.MULTILINE)
_OVERDUE = re.compile(r"^⚠️ (.+)已逾期", re.MULTILINE)
_UNMET = re.compile(r"^⚠️ (.+)已填报，还没有达到要求", re.MULTILINE)
_RECEIPT = re.compile(r"^(?:✅ )?(?:已收到您的|同时记为)?(.+?)(?:填报（未达要求）)?[。：]回执编号 ", re.MULTILINE)
_TOLD = re.compile(r"^【[^】]+】.+? (\d+)号(?:重大事故隐患|隐患（是否重大待认定）)\n(.+)")
_STANDS = re.compile(r"^【[^】]+】.+? (\d+)号(?:重大事故隐患|隐患（是否重大待认定）)：.+\n")
_ENTERED = re.compile(r"^✅ 已记入台账，编号(\d+)，")
_REPORTED = re.compile(
    r"^✅ (?:已记入台账，编号(\d+)，已报告.+|(\d+)号隐患的整改方案已记入台账，报告已完整)。回执编号 "
)
_LETTER = re.compile(
    r"采纳后|已按您的填报|请您先填|已填好.+请您核对|对.+说明情况：|监管部门(?:已接受|退回了)|有一项退回重填|的状态：|退回补正：|请您审阅后打印|抽查结果"
)
_HOT_WORK = re.compile(r"作业票 ?D-\d{4}-\d+|特种作业操作证到期提醒")
_ANNEX = re.compile(r"^【[^】]+】(\D+)(\d+)月进展情况调度表（(.+?)，", re.MULTILINE)
RETURNED_CELL = re.compile(r"^(\D+)第(\d+)项已退回：", re.MULTILINE)
_MONTHLY = ("调度情况（截至", "发现、整改和报出情况", "半年人员身份复核")
_BESIDE = re.compile(r"^(?:还有|今天（.+?）截止\d+项)：(.+)。$", re.MULTILINE)
_PHOTO = re.compile(r"请发送.*(?:照片|文件|报告)|请拍")


def buttons_of(message: ShownMessage) -> dict[str, str]:
    """What can be tapped under a message: the data by the label."""
    return {button["text"]: button["callback_data"] for row in message.buttons for button in row}


def is_annex(text: str) -> bool:
    """Whether a message is a card of the annex table."""
    return _ANNEX.search(text) is not None


def annex_in(text: str, column: str = "", month: int = 0) -> tuple[str, int, str] | None:
    """The column, the month and the state of the annex table whose card a message is; None for what is no card, or
    (where they are given) that of another column or month.
    """
    found = _ANNEX.search(text)
    if found is None or (column and found[1] != column) or (month and int(found[2]) != month):
        return None
    return found[1], int(found[2]), found[3]


def is_put_away(text: str) -> bool:
    """Whether a talk was put away (/cancel), with a button that leads back into it."""
    return text.startswith("已放下")


def is_monthly(text: str) -> bool:
    """Whether it comes once a month beside the reminders: the annex table, the city's card and its picture, and roles
    that staff are to look through.
    """
    return is_annex(text) or any(sign in text for sign in _MONTHLY)


def titles_in(text: str) -> list[str]:
    """Whose title a reminder names, as it is written there: duties, and bundles by the bundle's title."""
    if is_annex(text):
        # The draft of the annex table names rows, not duties.
        return []
    listed = [BUNDLE.sub("", title) for _, title, _ in ITEM.findall(text)]
    return listed or [title for shape in (_CARD, _SOON, _OVERDUE, _UNMET) for title in shape.findall(text)]


def tells_unmet(text: str, title: str) -> bool:
    """Whether a reminder says that a duty was answered and is not met: of that people are reminded."""
    return f"{title}：未达要求" in text or text.startswith(f"⚠️ {title}已填报，还没有达到要求")


def beside(text: str) -> list[str]:
    """The titles of the overdue, and of what is due today, that a reminder names behind its numbered lines."""
    return [title for line in _BESIDE.findall(text) for title in line.split("、")]


def receipts_in(text: str) -> list[str]:
    """Whose title a message gives a receipt for; the report of a hazard goes by the number of the hazard."""
    reported = _REPORTED.search(text)
    return [f"{reported[1] or reported[2]}号"] if reported else _RECEIPT.findall(text)


def told_of(text: str) -> tuple[int, str] | None:
    """The hazard that somebody is told something about, and what."""
    found = _TOLD.search(text)
    return None if found is None else (int(found[1]), found[2])


def card_in(text: str) -> int | None:
    """The number of the hazard whose card a message is."""
    found = _STANDS.search(text)
    return None if found is None else int(found[1])


def entered_in(text: str) -> int | None:
    """The number under which what somebody reported entered the ledger."""
    found = _ENTERED.search(text)
    return None if found is None else int(found[1])


def is_letter(text: str) -> bool:
    """Whether it came because of what somebody else did: no reminder, and no reply."""
    return told_of(text) is not None or _LETTER.search(text) is not None


def is_of_hot_work(text: str) -> bool:
    """Whether it is about a permit, or about certificates, which nobody answers in the chat."""
    return _HOT_WORK.search(text) is not None


def wants_photo(text: str) -> bool:
    """Whether a photo or a file is asked for."""
    return _PHOTO.search(text) is not None
