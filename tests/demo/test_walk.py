"""The demo, started as a newcomer starts it and walked in a real browser, in at most twelve clicks.

`ANZHU_WALK_PICTURE=docs/demo.png pytest tests/demo` renews the picture of the README.
"""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

CLICKS = 12
OFFICE = {"width": 1600, "height": 900}


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """The address of a demo at work; at the end it must stop by itself when asked."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    demo = subprocess.Popen(
        [sys.executable, "-m", "bot", "demo", "--port", str(port), "--no-browser"],
        env={**os.environ, "ANZHU_DATA_DIR": str(tmp_path), "LANG": "zh_CN.UTF-8"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert demo.stdout is not None
    line = demo.stdout.readline().strip()
    assert line.startswith("http://127.0.0.1:")
    yield line
    demo.send_signal(signal.SIGTERM)
    assert demo.wait(5) == 0
    demo.stdout.close()


async def click(page: Page, name: str, label: str, counted: list[str]) -> None:
    """Click the newest button of a label in somebody's chat."""
    counted.append(label)
    chat = page.get_by_role("region", name=name)
    await chat.get_by_role("button", name=label, exact=True).last.click()


async def test_a_newcomer_sees_it_work(browser: Browser, address: str) -> None:
    page = await browser.new_page(viewport=OFFICE)  # type: ignore[arg-type]  # a size
    await page.goto(address)
    clicks: list[str] = []
    principal = page.get_by_role("region", name="郑演丙")
    await expect(principal).to_contain_text("5月30日前首轮清单")

    for label, shows in (
        ("第1项", "5月调度确认"),
        ("第1项", "【浑南区应急管理局】5月调度确认"),
        ("已调度", "由您本人主持"),
        ("是", "5月调度是哪天开展的"),
        ("今天", "以什么形式"),
        ("会议调度", "议定了哪些事项"),
        ("落实整改", "✓落实整改"),
        ("完成", "还有什么问题"),
        ("没有", "请您核对"),
        ("确认提交", "✅ 已收到您的5月调度确认"),
    ):
        await click(page, "郑演丙", label, clicks)
        await expect(principal).to_contain_text(shows.removeprefix("✅ "))
    if picture := os.environ.get("ANZHU_WALK_PICTURE"):
        await page.wait_for_timeout(500)  # buttons that were tapped are fading
        await page.screenshot(path=picture)

    await page.get_by_role("button", name="下一个截止日", exact=True).click()
    clicks.append("下一个截止日")
    await expect(page.get_by_role("banner")).to_contain_text("2023年5月30日")
    # What was answered is not asked for again; what was not, is.
    reminder = principal.get_by_role("listitem").last
    await expect(reminder).to_contain_text("5月30日前首轮清单（6项）：今天（5月30日）截止")
    await expect(reminder).not_to_contain_text("5月调度确认")
    await click(page, "孙演清", "进度", clicks)
    await expect(page.get_by_role("region", name="孙演清")).to_contain_text("浑南区填报进度")
    assert len(clicks) <= CLICKS
