"""The chat in a browser, with a script and without one, and the news that keeps open pages up to date."""

import asyncio
import re
import socket
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import httpx2
import pytest
import uvicorn
from playwright.async_api import Browser, Page, expect

from bot.channels.web.app import Jump
from storage.files import SIZE_LIMIT
from talk.messages import Outbound
from talk.texts import ENGLISH
from tests.samples import photo
from tests.web.fake_desk import ASKED, CLERK, OFFICER, PRINCIPAL, FakeDesk, buttons

OFFICE, PHONE = 1600, 390
PHOTO = photo("整改后", "PNG")


@pytest.fixture
def desk(tmp_path: Path) -> FakeDesk:
    return FakeDesk(tmp_path)


@pytest.fixture
async def served(desk: FakeDesk) -> AsyncIterator[str]:
    """Serve the desk on a free port; the address."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
        config = uvicorn.Config(desk.app(port), lifespan="off", ws="none", log_config=None)
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        yield f"http://127.0.0.1:{port}/"
        server.should_exit = True
        await serving


class Opener(Protocol):
    """Opens a page of the chat in a browser of its own; with a script, once it listens for news."""

    async def __call__(self, path: str = "", *, script: bool = True, width: int = OFFICE) -> Page: ...


@pytest.fixture
async def opened(browser: Browser, served: str) -> AsyncIterator[Opener]:
    """An opener of pages; an error in one of them fails the test."""
    errors: list[str] = []

    async def open_page(path: str = "", *, script: bool = True, width: int = OFFICE) -> Page:
        context = await browser.new_context(
            java_script_enabled=script, viewport={"width": width, "height": 844}, base_url=served
        )
        page = await context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        if script:
            async with page.expect_response(re.compile("/messages$")):
                await page.goto(path)
        else:
            await page.goto(path)
        return page

    yield open_page
    assert errors == []


# News


async def test_what_is_sent_is_told_to_open_pages(served: str, desk: FakeDesk) -> None:
    async with httpx2.AsyncClient() as client, client.stream("GET", f"{served}events") as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        lines = stream.aiter_lines()

        async def event() -> tuple[str, str]:
            found = {}
            async with asyncio.timeout(5):
                while line := await anext(lines):
                    name, _, value = line.partition(": ")
                    found[name] = value
            return found["event"], found["data"]

        assert await event() == ("ready", "ready")
        await desk.say(CLERK.address, Outbound("在"))
        assert await event() == ("message", "sun")
        desk.news.clock()
        assert await event() == ("clock", "clock")


# Without a script


@pytest.mark.parametrize("width", [OFFICE, PHONE])
async def test_a_question_is_answered_without_a_script(opened: Opener, desk: FakeDesk, width: int) -> None:
    await desk.say(PRINCIPAL.address, ASKED)
    page = await opened(script=False, width=width)
    chat = page.locator("#chat-1")
    for label in ("已调度", "今天", "确认提交"):
        await chat.locator(".live").get_by_role("button", name=label).click()
    await expect(chat.locator(".message").last).to_contain_text("回执编号 K7Q4-M2PX")
    await expect(chat.locator(".message").last).to_be_in_viewport()
    assert [taken.data for taken in desk.taken.values()] == ["t:已调度", "t:今天", "t:确认提交"]
    await chat.get_by_role("textbox").fill("谢谢")
    await chat.locator("input[type=file]").set_input_files(
        {"name": "现场.png", "mimeType": "image/png", "buffer": PHOTO}
    )
    await chat.get_by_role("button", name="发送").click()
    await expect(chat.locator(".mine").last).to_contain_text("谢谢")
    await expect(chat.get_by_role("link", name="现场.png")).to_be_visible()


async def test_tabs_and_clock_work_without_a_script(opened: Opener, desk: FakeDesk) -> None:
    page = await opened(script=False, width=PHONE)
    await expect(page.locator("#chat-3")).to_be_hidden()
    await page.get_by_role("link", name="孙演辛戊").click()
    await expect(page.locator("#chat-3")).to_be_visible()
    await expect(page.locator("#chat-1")).to_be_hidden()
    await page.get_by_role("button", name="明天早上").click()
    await expect(page.locator("#now")).to_contain_text("5月24日")
    await expect(page.locator("#chat-3")).to_contain_text("逾期仍未填报的")
    assert desk.jumps == [Jump.MORNING]


# With a script


async def test_a_message_appears_by_itself_and_typed_text_and_focus_stay(opened: Opener, desk: FakeDesk) -> None:
    page = await opened()
    box = page.locator("#chat-1").get_by_role("textbox")
    await box.fill("正在写")
    await desk.say(PRINCIPAL.address, ASKED)
    await expect(page.locator("#chat-1 .live .heading")).to_have_text("【浑南区应急管理局】5月调度确认")
    await expect(box).to_have_value("正在写")
    await expect(box).to_be_focused()


async def test_what_was_read_stays_in_place_when_something_new_comes(opened: Opener, desk: FakeDesk) -> None:
    await desk.say(PRINCIPAL.address, ASKED)
    page = await opened()
    await page.locator("#chat-1 .live").evaluate("(message) => { message.dataset.marked = 'yes'; }")
    button = page.locator("#chat-1").get_by_role("button", name="还没有").first
    await button.focus()
    await desk.say(PRINCIPAL.address, Outbound("⏰ 还有3天", buttons("现在填报")))
    await expect(page.locator("#chat-1 .live")).to_contain_text("还有3天")
    await expect(page.locator("[data-marked]")).to_have_count(1)
    await expect(page.locator("[data-marked]")).not_to_have_class(re.compile("live"))
    await expect(button).to_be_focused()


async def test_a_renewed_card_is_drawn_anew_and_the_focus_stays_on_its_button(opened: Opener, desk: FakeDesk) -> None:
    await desk.say(PRINCIPAL.address, ASKED)
    page = await opened()
    await page.locator("#chat-1").get_by_role("button", name="还没有").focus()
    (entry,) = desk.chats[PRINCIPAL.address]
    desk.chats[PRINCIPAL.address] = [replace(entry, text="换了内容")]
    desk.news.message(PRINCIPAL.address)
    await expect(page.locator("#chat-1 .messages")).to_contain_text("换了内容")
    await expect(page.locator("#chat-1 .message")).to_have_count(1)
    await expect(page.locator("#chat-1").get_by_role("button", name="还没有")).to_be_focused()


async def test_enter_sends_and_shift_enter_makes_a_line(opened: Opener, desk: FakeDesk) -> None:
    page = await opened()
    box = page.locator("#chat-2").get_by_role("textbox")
    await box.press_sequentially("一")
    await box.press("Shift+Enter")
    await box.press_sequentially("二")
    await box.press("Enter")
    await expect(page.locator("#chat-2 .mine .text")).to_have_text("一\n二")
    await expect(box).to_have_value("")
    assert [(taken.address, taken.text) for taken in desk.taken.values()] == [(OFFICER.address, "一\n二")]


async def test_the_second_click_of_a_double_click_hits_nothing_new(opened: Opener, desk: FakeDesk) -> None:
    page = await opened()
    box = await page.locator("#chat-1").get_by_role("button", name="任务").bounding_box()
    assert box is not None
    await page.mouse.move(box["x"] + 10, box["y"] + 10)
    for number in (1, 2):
        # Drawn anew in between: the form has another number by now.
        await page.mouse.down(click_count=number)
        await page.mouse.up(click_count=number)
        await expect(page.locator("#chat-1 .live")).to_contain_text("待办任务2项")
        await expect(page.locator("#chat-1")).not_to_have_attribute("aria-busy", "true")
    await page.locator("#chat-1").get_by_role("button", name="帮助").click()
    await expect(page.locator("#chat-1 .message").last).to_contain_text("提醒任务、接收填报")
    assert [taken.text for taken in desk.taken.values()] == ["/tasks", "/help"]


async def test_a_jump_reaches_every_page(opened: Opener, desk: FakeDesk) -> None:
    page, other = await opened(), await opened("chat/3")
    for number, day in ((1, "5月24日"), (2, "5月25日")):
        await page.get_by_role("button", name="明天早上").click()
        for one in (page, other):
            await expect(one.locator("#now")).to_contain_text(day)
        await expect(other.locator(".danger")).to_have_count(number)
    assert desk.jumps == [Jump.MORNING, Jump.MORNING]


async def test_a_tab_tells_of_news_until_it_is_opened(opened: Opener, desk: FakeDesk) -> None:
    page = await opened(width=PHONE)
    tab = page.get_by_role("link", name="孙演辛戊")
    await desk.say(CLERK.address, Outbound("在"))
    await expect(tab).to_have_accessible_name(re.compile("有新消息"))
    await tab.click()
    await expect(page.locator("#chat-3 .message")).to_be_visible()
    await expect(tab).not_to_have_accessible_name(re.compile("有新消息"))
    await expect(page).to_have_url(re.compile(r"/\?open=3$"))


async def test_what_was_not_taken_stays_in_the_box(opened: Opener, desk: FakeDesk) -> None:
    page = await opened()
    chat = page.locator("#chat-1")
    desk.failing = True
    await chat.get_by_role("textbox").fill("在吗")
    await chat.get_by_role("button", name="发送").click()
    await expect(chat.get_by_role("alert")).to_have_text("没有处理成功，请再试一次。")
    await expect(chat.get_by_role("textbox")).to_have_value("在吗")
    desk.failing = False
    await page.route("**/chat/1", lambda route: route.abort())
    await chat.get_by_role("button", name="发送").click()
    await expect(chat.get_by_role("alert")).to_contain_text("没有发送成功")
    await page.unroute("**/chat/1")
    await chat.get_by_role("button", name="发送").click()
    await expect(chat.locator(".mine")).to_have_count(1)
    await expect(chat.get_by_role("alert")).to_be_empty()


async def test_files_too_big_are_refused_before_they_are_sent(opened: Opener, desk: FakeDesk) -> None:
    page = await opened()
    # Made in the page: a file of this size from the browser's disk did not always arrive on a busy machine.
    await page.locator("#chat-1 input[type=file]").evaluate(
        """(input, size) => {
            const chosen = new DataTransfer();
            chosen.items.add(new File([new Uint8Array(size)], "大.png", { type: "image/png" }));
            input.files = chosen.files;
            input.dispatchEvent(new Event("change", { bubbles: true }));
        }""",
        SIZE_LIMIT + 1,
    )
    await expect(page.locator("#chat-1").get_by_role("alert")).to_contain_text("文件合计不能超过20MB")
    await page.locator("#chat-1").get_by_role("button", name="发送").click()
    assert not desk.taken


async def test_the_page_follows_its_person_into_another_language(opened: Opener, desk: FakeDesk) -> None:
    page = await opened()
    desk.people[0] = replace(PRINCIPAL, language=ENGLISH)
    await desk.say(PRINCIPAL.address, Outbound("Hello"))
    await expect(page.locator("#chat-1").get_by_role("button", name="Send")).to_be_visible()


async def test_a_script_in_a_message_does_not_run(opened: Opener) -> None:
    page = await opened()
    attack = "<img src=x onerror='document.title=1'><script>document.title=1</script>"
    await page.locator("#chat-1").get_by_role("textbox").fill(attack)
    await page.locator("#chat-1").get_by_role("button", name="发送").click()
    await expect(page.locator("#chat-1 .mine .text")).to_have_text(attack)
    assert await page.title() == "安嘱 · 本地演示"


@pytest.mark.parametrize("script", [True, False])
async def test_everything_fits_and_can_be_hit_with_a_finger(opened: Opener, desk: FakeDesk, *, script: bool) -> None:
    await desk.say(PRINCIPAL.address, Outbound(f"{ASKED.text}{'长' * 300}{'w' * 300}", ASKED.buttons))
    page = await opened(script=script)
    targets = page.locator(":is(button, textarea, .attach, .bar a, .tabs a, .elsewhere):visible")
    parts = page.locator("body, .bar, .jumps button, #chat-1, #chat-1 .scroll, #chat-1 .bubble, #chat-1 .composer")
    for width in (360, 390, 768, 1024, 1280, 1600):
        await page.set_viewport_size({"width": width, "height": 844})
        for target in await targets.all():
            box = await target.bounding_box()
            assert box is not None
            assert box["height"] >= 44, (width, await target.inner_text())
        for part in await parts.all():
            box = await part.bounding_box()
            assert box is not None
            assert box["x"] + box["width"] <= width, (width, await part.get_attribute("class"))
