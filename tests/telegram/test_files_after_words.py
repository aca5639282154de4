"""A file takes the words down with it: it does not, on the platform with its rules for photos and documents."""

import io
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PIL import Image

from bot.cli.doctor import examine
from talk.texts import CHINESE, render
from tests.samples import photo
from tests.telegram.conftest import Bureau, at_work, settings_for
from tests.telegram.fake_api import Chat, FakeApi
from tests.telegram.rules import Refusal

TOO_BIG = Refusal(413, "Request Entity Too Large")


@pytest.fixture
async def bureau(api: FakeApi, tmp_path: Path, sqlite_template: Path) -> AsyncIterator[Bureau]:
    """Give a bureau at work, over one of the libraries: what each sends is seen in `test_ports`."""
    async with at_work(api, settings_for(api, "ptb", tmp_path, sqlite_template)) as working:
        yield working


def image(width: int, height: int, form: str) -> bytes:
    out = io.BytesIO()
    Image.new("L", (width, height), 200).save(out, form)
    return out.getvalue()


async def report(bureau: Bureau, chat: Chat, data: bytes, name: str) -> str:
    """Report a hazard with a picture, and leave its plan for later."""
    await bureau.say(chat, "/report")
    await bureau.say(chat, f"1号冷库机房（{name}）")
    await bureau.tap(chat, "说不准")
    await bureau.say(chat, "没有氨气报警装置")
    await bureau.answered(chat, lambda: bureau.api.send_document(chat, data, name))
    await bureau.tap(chat, "还没有")
    await bureau.tap(chat, "先报告")
    return await bureau.tap(chat, "确认提交")


async def test_words_arrive_whatever_becomes_of_the_picture(api: FakeApi, bureau: Bureau) -> None:
    """One town for all: long and large pictures, a photo refused as such, a file refused, one that has vanished."""
    principal = await bureau.join()
    clerk = await bureau.join(7002, "孙演九", "clerk", "浑南区")
    for number, (data, name, method) in enumerate(
        (
            (image(800, 24_000, "PNG"), "长截图.png", "senddocument"),
            (image(12_000, 9_000, "JPEG"), "现场.jpg", "senddocument"),
            (photo("甲"), "照片.jpg", "sendphoto"),
        ),
        1,
    ):
        before = len(api.sends(clerk))
        await report(bureau, principal, data, name)
        words, file = api.sends(clerk)[before:]
        assert f"沈阳白桦示范食品有限公司 {number}号隐患（是否重大待认定）" in words.params["text"]
        assert (words.method, file.method) == ("sendmessage", method)
        shown, sent = clerk.shown[-2:]
        assert shown.buttons
        assert (sent.text, sent.buttons) == ("", [])
    assert {call.status for call in api.sends()} == {200}

    api.fail("sendPhoto", Refusal(400, "Bad Request: PHOTO_SAVE_FILE_INVALID"))
    await report(bureau, principal, photo("乙"), "门口.jpg")
    assert [call.method for call in api.sends(clerk)[-3:]] == ["sendmessage", "sendphoto", "senddocument"]
    assert clerk.shown[-1].file is not None

    api.fail("sendPhoto", TOO_BIG)
    api.fail("sendDocument", TOO_BIG)
    await report(bureau, principal, photo("丙"), "后门.jpg")
    assert "文件“后门.jpg”没有发到（聊天平台不接收这个文件）" in clerk.shown[-1].text
    assert "5号隐患（是否重大待认定）" in clerk.shown[-2].text
    assert "您发来的文件“后门.jpg”没能转给收件人（聊天平台不接收这个文件）" in principal.shown[-1].text
    (found,) = [one for one in examine(bureau.settings) if one.check == "sent-files"]
    told = render(found.what, CHINESE)
    assert found.level == "warning"
    assert "七天内有1个文件没能发到：后门.jpg" in told
    assert "413 Request Entity Too Large" in told
    assert next(one.level for one in examine(bureau.settings) if one.check == "outbox") == "ok"

    for path in bureau.settings.files.glob("??/*"):
        path.unlink()
    await bureau.answered(clerk, lambda: api.tap_data(clerk, clerk.shown[-2], "a:photos:5"))
    assert "文件“后门.jpg”没有发到（原文件已不在本机保存，或打不开了）" in clerk.shown[-1].text
