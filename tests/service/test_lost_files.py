"""A file takes the words down with it: it does not. Who is told of a file that could not be handed on."""

import re
from collections.abc import Callable

import pytest

from talk.messages import Address, FileRef, Outbound, Outcome, Rejected, Sent
from tests.service.noticing import write
from tests.service.test_hazards import report_with_plan
from tests.town import Person, Town

pytestmark = pytest.mark.parametrize("town_url", ["sqlite"], indirect=True)

REFUSED = Rejected("400 Bad Request: DOCUMENT_INVALID")
LOST = re.compile("没有发到（|没能转给收件人（")
KEPT_NO_MORE = "原文件已不在本机保存，或打不开了"
GONE = Rejected("not kept, or does not open: ab", ours=True)


@pytest.fixture
def refuse(town: Town, monkeypatch: pytest.MonkeyPatch) -> Callable[[Rejected], None]:
    """Let the platform take words and no file."""

    def refuse(end: Rejected) -> None:
        async def send(address: Address, message: Outbound, replaces: str | None) -> Outcome:
            del address, replaces
            return end if message.files else Sent("m")

        monkeypatch.setattr(town.channel, "send", send)

    return refuse


async def told(town: Town, *people: Person) -> list[list[str]]:
    """What each is told once all that may leave has left; the words that a file went with are among it."""
    await town.app.delivery.round()
    for person in people:
        person.look()
    return [[one.text for one in person.screen if LOST.search(one.text)] for person in people]


@pytest.mark.parametrize(("end", "why"), [(REFUSED, "聊天平台不接收这个文件"), (GONE, KEPT_NO_MORE)])
async def test_the_reader_the_sender_and_staff_are_told(
    town: Town,
    officer: Person,
    clerk: Person,
    photo: FileRef,
    refuse: Callable[[Rejected], None],
    end: Rejected,
    why: str,
) -> None:
    refuse(end)
    await report_with_plan(officer, photo)
    by_reader, by_sender = await told(town, clerk, officer)
    assert by_reader == [
        f"文件“现场.jpg”没有发到（{why}），一同发出的文字不受影响。需要这个文件的，请联系发送人用其他方式提供。"
    ]
    (line,) = by_sender
    assert line.startswith(f"您发来的文件“现场.jpg”没能转给收件人（{why}），对方只收到了文字。请换一张图片")
    assert "企业报告了这处重大事故隐患" in clerk.screen[-2].text


async def test_staff_are_told_of_what_passes_within_an_enterprise(
    town: Town, principal: Person, officer: Person, clerk: Person, photo: FileRef, refuse: Callable[[Rejected], None]
) -> None:
    """A clerk is no reader of it; and each is told once, however often the file is refused on the same day."""
    await report_with_plan(officer, photo)
    await town.app.delivery.round()
    clerk.look()
    refuse(REFUSED)
    for _ in range(2):
        await principal.press_data("a:photos:1")
    to_reader, to_sender, to_staff = await told(town, principal, officer, clerk)
    assert len(to_reader) == 2
    assert len(to_sender) == 1
    assert to_staff == [
        "沈阳白桦示范食品有限公司发来的文件“现场.jpg”没能转给收件人（聊天平台不接收这个文件），对方只收到了文字。需要时请联系该企业。"
    ]


async def test_a_notice_reaches_everybody_though_its_file_reaches_nobody(
    town: Town, principal: Person, clerk: Person, photo: FileRef, refuse: Callable[[Rejected], None]
) -> None:
    await write(clerk)
    await clerk.tap("修改")
    await clerk.tap("修改")
    await clerk.tap("正文")
    await clerk.say("请看附件。")
    await clerk.attach(photo)
    await clerk.tap("预览")
    await town.app.delivery.round()
    refuse(REFUSED)
    await clerk.tap("确认发送")
    to_reader, to_sender = await told(town, principal, clerk)
    assert any("请看附件。" in one.text for one in principal.screen)
    assert len(to_reader) == len(to_sender) == 1
    assert "已发出（平台已接收）1" in await clerk.tap("刷新")


async def test_who_asked_for_a_paper_that_is_refused_is_told_to_ask_again(
    town: Town, principal: Person, clerk: Person, refuse: Callable[[Rejected], None]
) -> None:
    """It is drawn by the bot, and nobody else's business."""
    refuse(REFUSED)
    await principal.say("/file")
    to_reader, to_staff = await told(town, principal, clerk)
    assert to_reader
    assert all("请稍后再要一次" in one for one in to_reader)
    assert to_staff == []
