"""The pages as plain forms, without a script; who may send them; what people wrote stays text."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from bot.channels.web.app import FORM_BYTES, LIVE, TEXT_BYTES, Jump
from bot.channels.web.pages import UPLOADS
from storage.files import SIZE_LIMIT
from talk.messages import Button, Kind, Outbound
from talk.texts import CHINESE, ENGLISH, Say, render
from tests.samples import photo
from tests.web.fake_desk import ASKED, CITY, OFFICER, PRINCIPAL, FakeDesk, buttons

HERE = "http://127.0.0.1:8700"
PHOTO = photo("整改后", "PNG")
DESK, ONE = "/", "/chat/1"
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def desk(tmp_path: Path) -> FakeDesk:
    return FakeDesk(tmp_path)


@pytest.fixture
def browser_of(desk: FakeDesk) -> Iterator[TestClient]:
    with TestClient(desk.app(8700), base_url=HERE, raise_server_exceptions=False) as client:
        yield client


def once(page: Response, form: str = "taps-1") -> str:
    """The number of a form on a page."""
    found = re.search(rf'id="{form}".*?name="once" value="(\d+)"', page.text, re.DOTALL)
    assert found
    return found[1]


def messages(page: Response, person: int = 1) -> list[str]:
    """What the chat of a person shows, each message in one line, tags and white space gone."""
    chat = page.text.partition(f'id="chat-{person}"')[2].partition("</ol>")[0]
    bubbles = re.findall(r'<div class="bubble">(.*?)</div>', chat, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]*>", " ", bubble).split()) for bubble in bubbles]


def buttons_of(page: Response) -> list[tuple[str, str, str]]:
    """The buttons of messages on a page: what each carries, its class, its words."""
    found = re.findall(r'name="tap" value="([^"]*)"\s+class="([^"]*)">([^<]*)</button>', page.text)
    return [(data, look.strip(), words) for data, look, words in found]


def test_the_desk_shows_everybody_with_the_first_in_front(browser_of: TestClient, desk: FakeDesk) -> None:
    page = browser_of.get(DESK)
    assert page.status_code == 200
    for persona in desk.people:
        assert f'id="chat-{persona.person_id}"' in page.text
        assert persona.place in page.text
    assert 'class="chat open" id="chat-1"' in page.text
    assert 'class="chat open" id="chat-3"' in browser_of.get("/?open=3").text
    assert 'class="chat open" id="chat-1"' in browser_of.get("/?open=999").text
    assert 'class="chat open" id="chat-1"' in browser_of.get("/?open=三").text


def test_the_rehearsal_is_named_once_in_the_bar(browser_of: TestClient) -> None:
    assert browser_of.get(DESK).text.count("【系统测试，非正式通知】") == 1


async def test_a_prompt_is_tapped_and_answered_without_a_script(browser_of: TestClient, desk: FakeDesk) -> None:
    await desk.say(PRINCIPAL.address, ASKED)
    page = browser_of.get(DESK)
    assert buttons_of(page)[:2] == [("t:已调度", "likely", "已调度"), ("t:还没有", "", "还没有")]
    sent = browser_of.post(ONE, data={"once": once(page), "tap": "t:已调度", "back": "desk"}, follow_redirects=False)
    assert (sent.status_code, sent.headers["location"]) == (303, "/?open=1#chat-1")
    (taken,) = desk.taken.values()
    assert (taken.kind, taken.data, taken.text, taken.address) == (Kind.BUTTON, "t:已调度", "", PRINCIPAL.address)
    # Sent in real time; what the chat shows is campaign time.
    assert datetime.now(UTC) - taken.at < timedelta(minutes=5)
    assert taken.raw["at"] == desk.time.isoformat()
    shown = messages(browser_of.get("/?open=1"))
    assert len(shown) == 3
    assert shown[1] == "郑演丙 已调度 09:00"
    assert "本月调度是哪天开展的？" in shown[2]


def test_words_are_sent_from_the_page_of_one_chat_and_lead_back_to_it(browser_of: TestClient, desk: FakeDesk) -> None:
    page = browser_of.get(ONE)
    sent = browser_of.post(
        ONE, data={"once": once(page), "text": "\r\n第一行\r\n第二行\0 ", "back": "chat"}, follow_redirects=False
    )
    assert (sent.status_code, sent.headers["location"]) == (303, "/chat/1")
    (taken,) = desk.taken.values()
    assert (taken.kind, taken.text) == (Kind.TEXT, "第一行\n第二行")
    assert '<p class="text">第一行\n第二行</p>' in browser_of.get(ONE).text


def test_a_command_is_shown_as_the_words_of_its_button(browser_of: TestClient, desk: FakeDesk) -> None:
    browser_of.post(ONE, data={"once": once(browser_of.get(ONE)), "text": "/tasks"})
    assert [taken.text for taken in desk.taken.values()] == ["/tasks"]
    assert messages(browser_of.get(ONE))[0] == "郑演丙 任务 09:00"


def test_only_staff_have_the_button_for_progress(browser_of: TestClient) -> None:
    assert 'value="/district"' not in browser_of.get(f"/chat/{OFFICER.person_id}").text
    assert 'value="/district"' in browser_of.get(f"/chat/{CITY.person_id}").text


def test_a_form_sent_twice_is_taken_once(browser_of: TestClient, desk: FakeDesk) -> None:
    form = {"once": once(browser_of.get(ONE)), "text": "已更换除尘风机"}
    browser_of.post(ONE, data=form)
    browser_of.post(ONE, data=form)
    assert len(desk.taken) == 1
    browser_of.post(ONE, data=form | {"once": once(browser_of.get(ONE))})
    assert len(desk.taken) == 2


def test_other_words_in_a_form_that_was_used_are_not_lost(browser_of: TestClient, desk: FakeDesk) -> None:
    number = once(browser_of.get(ONE))
    for text in ("一", "二"):
        browser_of.post(ONE, data={"once": number, "text": text})
    assert [taken.text for taken in desk.taken.values()] == ["一", "二"]


def test_update_ids_rise_and_fit_the_database(browser_of: TestClient, desk: FakeDesk) -> None:
    for text in "一二三":
        browser_of.post(ONE, data={"once": once(browser_of.get(ONE)), "text": text})
    ids = list(desk.taken)
    assert ids == sorted(ids)
    assert max(ids) < 2**63


def test_an_empty_form_says_nothing(browser_of: TestClient, desk: FakeDesk) -> None:
    sent = browser_of.post(ONE, data={"once": once(browser_of.get(ONE)), "text": "  "}, follow_redirects=False)
    assert sent.status_code == 303
    assert not desk.taken


@pytest.mark.parametrize("number", ["", "x", "-1", "1e3", str(2**42), "١٢٣"])
def test_a_form_without_a_number_of_ours_is_refused(browser_of: TestClient, desk: FakeDesk, number: str) -> None:
    assert browser_of.post(ONE, data={"once": number, "text": "在吗"}).status_code == 400
    assert not desk.taken


# Files


def send_file(
    client: TestClient, data: bytes, name: str = "现场.png", *, text: str = "", back: str = "desk"
) -> Response:
    """Send a file as a browser does."""
    form = {"once": once(client.get(ONE)), "text": text, "back": back}
    return client.post(ONE, data=form, files={"files": (name, data, "image/png")})


def test_a_photo_is_kept_shown_and_given_back_as_a_download(browser_of: TestClient, desk: FakeDesk) -> None:
    page = send_file(browser_of, PHOTO, text="整改后")
    (taken,) = desk.taken.values()
    assert (taken.kind, taken.text, [file.name for file in taken.files]) == (Kind.FILE, "整改后", ["现场.png"])
    link = f"/chat/1/files/{taken.files[0].sha256}"
    assert f'<img src="{link}" alt="">' in page.text
    got = browser_of.get(link)
    assert got.content == PHOTO
    assert got.headers["content-type"] == "image/png"
    assert got.headers["content-disposition"].startswith("attachment;")
    assert got.headers["x-content-type-options"] == "nosniff"


def test_a_file_that_does_not_open_is_said_in_words(browser_of: TestClient, desk: FakeDesk) -> None:
    send_file(browser_of, PHOTO)
    (taken,) = desk.taken.values()
    sha256 = taken.files[0].sha256
    (desk.folder / sha256[:2] / sha256).write_bytes(PHOTO + b"x")
    got = browser_of.get(f"/chat/1/files/{sha256}")
    assert (got.status_code, "打不开，没有附上" in got.text) == (410, True)
    assert PHOTO not in got.content


def test_a_file_is_only_given_to_the_chat_it_stands_in(browser_of: TestClient, desk: FakeDesk) -> None:
    send_file(browser_of, PHOTO)
    (taken,) = desk.taken.values()
    assert browser_of.get(f"/chat/2/files/{taken.files[0].sha256}").status_code == 404
    assert browser_of.get("/chat/1/files/..%2f..%2fetc%2fpasswd").status_code == 404


@pytest.mark.parametrize("back", ["desk", "chat"])
def test_a_file_that_is_not_kept_is_refused_and_what_was_typed_stays(
    browser_of: TestClient, desk: FakeDesk, back: str
) -> None:
    page = send_file(browser_of, b"\0\1\2", "a.exe", text="说明<文字>", back=back)
    assert page.status_code == 422
    assert f'role="alert">{render(Say("unsupported"), CHINESE)}</p>' in page.text
    assert "说明&lt;文字&gt;</textarea>" in page.text
    assert page.text.count('class="chat') == (4 if back == "desk" else 1) + page.text.count('class="chat-page')
    assert not desk.taken


def test_one_act_several_updates_files_chosen_at_once(browser_of: TestClient, desk: FakeDesk) -> None:
    """Files chosen at once in the page are one message; too many are refused as a whole, and what was typed stays."""
    pages = []
    for number in (3, UPLOADS + 1):
        form = {"once": once(browser_of.get(ONE)), "text": "整改后", "back": "desk"}
        files = [("files", (f"{nth}.png", PHOTO, "image/png")) for nth in range(number)]
        pages.append(browser_of.post(ONE, data=form, files=files))
    page = pages[-1]
    (taken,) = desk.taken.values()
    assert [file.name for file in taken.files] == ["0.png", "1.png", "2.png"]
    assert (page.status_code, "最多10个文件" in page.text, "整改后</textarea>" in page.text) == (422, True, True)


def test_a_form_too_big_is_refused_with_the_limit(browser_of: TestClient, desk: FakeDesk) -> None:
    page = send_file(browser_of, b"\0" * (FORM_BYTES + 1))
    assert page.status_code == 413
    assert "文件合计不能超过20MB，没有发送。" in page.text
    assert not desk.taken


def test_a_file_of_the_limit_is_taken(browser_of: TestClient, desk: FakeDesk) -> None:
    assert send_file(browser_of, b"a" * SIZE_LIMIT).status_code == 200
    assert [file.size for taken in desk.taken.values() for file in taken.files] == [SIZE_LIMIT]


def test_a_form_that_does_not_say_how_long_it_is_is_refused(browser_of: TestClient) -> None:
    assert browser_of.post(ONE, content=iter([b"once=1"])).status_code == 411


# The clock


def test_the_clock_is_moved_and_what_became_due_is_there(browser_of: TestClient, desk: FakeDesk) -> None:
    page = browser_of.get(DESK)
    assert "2023年5月23日（周二） <b>09:00</b>" in page.text
    page = browser_of.post("/clock", data={"once": once(page, "clock-form"), "to": "morning", "open": "3"})
    assert desk.jumps == [Jump.MORNING]
    assert "2023年5月24日（周三） <b>08:30</b>" in page.text
    assert 'class="chat open" id="chat-3"' in page.text
    assert "还有3天" in messages(page)[0]


def test_a_clock_form_drawn_before_the_last_move_only_shows_the_new_time(
    browser_of: TestClient, desk: FakeDesk
) -> None:
    form = {"once": once(browser_of.get(DESK), "clock-form"), "to": "morning"}
    browser_of.post("/clock", data=form)
    page = browser_of.post("/clock", data=form)
    assert desk.jumps == [Jump.MORNING]
    browser_of.post("/clock", data=form | {"once": once(page, "clock-form")})
    assert desk.jumps == [Jump.MORNING, Jump.MORNING]


def test_the_clock_only_goes_where_a_button_leads(browser_of: TestClient, desk: FakeDesk) -> None:
    form = {"once": once(browser_of.get(DESK), "clock-form"), "to": "yesterday"}
    assert browser_of.post("/clock", data=form).status_code == 400
    assert not desk.jumps


# Who may send


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:8701"},
        {"origin": "https://127.0.0.1:8700"},
        {"origin": "http://localhost:8700"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
@pytest.mark.parametrize("path", [ONE, "/clock"])
def test_a_form_of_another_origin_is_refused(
    browser_of: TestClient, desk: FakeDesk, headers: dict[str, str], path: str
) -> None:
    form = {"once": once(browser_of.get(DESK)), "text": "在吗", "to": "morning"}
    assert browser_of.post(path, data=form, headers=headers).status_code == 403
    assert not desk.taken
    assert not desk.jumps


def test_a_form_of_our_own_origin_is_taken(browser_of: TestClient, desk: FakeDesk) -> None:
    form = {"once": once(browser_of.get(ONE)), "text": "在吗"}
    browser_of.post(ONE, data=form, headers={"origin": HERE, "sec-fetch-site": "same-origin"})
    browser_of.post(
        ONE, data=form | {"text": "二"}, headers={"host": "localhost:8700", "origin": "http://localhost:8700"}
    )
    assert len(desk.taken) == 2


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8700", "127.0.0.1", "127.0.0.1:80", ""])
@pytest.mark.parametrize("path", [DESK, ONE, "/events", "/static/chat.js"])
def test_a_name_that_is_not_ours_gets_nothing_but_the_address(browser_of: TestClient, host: str, path: str) -> None:
    page = browser_of.get(path, headers={"host": host})
    assert page.status_code == 421
    assert page.text == "请从 http://127.0.0.1:8700/ 打开。"


def test_every_answer_forbids_scripts_of_others(browser_of: TestClient, desk: FakeDesk) -> None:
    desk.failing = True
    answers = [
        browser_of.get(DESK),
        browser_of.get("/static/chat.css"),
        browser_of.get("/nothing"),
        browser_of.get(DESK, headers={"host": "evil.example"}),
        browser_of.post(ONE, data={"once": once(browser_of.get(ONE)), "text": "在吗"}),
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 404, 421, 500]
    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_pages_hold_no_script_or_style_of_their_own(browser_of: TestClient) -> None:
    for path in (DESK, ONE, "/nothing"):
        page = browser_of.get(path).text
        assert re.findall(r"<script(?! type=\"module\" src=\"/static/chat.js\"></script>)", page) == []
        assert re.findall(r"<style|\sstyle=|\son[a-z]+=|javascript:", page) == []


# What people wrote


async def test_what_people_wrote_is_shown_as_text(browser_of: TestClient, desk: FakeDesk) -> None:
    desk.people[0] = replace(PRINCIPAL, name=f'"><b>{SCRIPT}', place=f"'{SCRIPT}", role_title=f"<i>{SCRIPT}")
    await desk.say(PRINCIPAL.address, Outbound(f"【局】{SCRIPT}\n⚠️ {SCRIPT}", buttons(f'"><img src=x>{SCRIPT[:8]}')))
    send_file(browser_of, PHOTO, f"{SCRIPT}.png", text=f"{SCRIPT}\nhttp://evil.example/ {{{{ 7*7 }}}}")
    for path in (DESK, ONE, "/chat/1/messages"):
        page = browser_of.get(path).text
        assert "<script>" not in page
        assert "<img src=x" not in page
        assert "<b>&lt;" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
        assert "http://evil.example/ {{ 7*7 }}</p>" in page
        assert 'href="http://evil' not in page


async def test_a_message_is_drawn_in_its_parts(browser_of: TestClient, desk: FakeDesk) -> None:
    await desk.say(PRINCIPAL.address, Outbound("【浑南区应急管理局】6月调度确认\n⚠️ 已逾期1天。\n请补填。"))
    page = browser_of.get(ONE).text
    assert '<p class="rehearsal">【系统测试，非正式通知】</p>' in page
    assert '<p class="heading">【浑南区应急管理局】6月调度确认</p>' in page
    assert '<span class="hidden">⚠️ </span>已逾期1天。\n请补填。</p>' in page
    assert 'class="message bot danger"' in page


async def test_only_the_newest_question_stands_out(browser_of: TestClient, desk: FakeDesk) -> None:
    await desk.say(PRINCIPAL.address, ASKED)
    await desk.say(PRINCIPAL.address, ASKED)
    page = browser_of.get(ONE).text
    assert page.count("message bot live") == 1
    assert page.count('value="t:还没有"') == 2


async def test_in_a_several_choice_what_is_picked_is_seen_and_the_end_is_the_likely_button(
    browser_of: TestClient, desk: FakeDesk
) -> None:
    rows = ((Button("✓落实整改", "p:T:measures"), Button("安排资金", "p:T:funds")), (Button("完成", "p:T:!done"),))
    await desk.say(PRINCIPAL.address, Outbound("议定了哪些事项？", rows))
    looks = [look for _, look, _ in buttons_of(browser_of.get(ONE))]
    assert looks == ["picked", "", "likely"]


# Languages, and what goes wrong


async def test_a_chat_speaks_the_language_of_its_person(browser_of: TestClient, desk: FakeDesk) -> None:
    desk.people[0] = replace(PRINCIPAL, language=ENGLISH)
    await desk.say(PRINCIPAL.address, Outbound("Hello"))
    page = browser_of.get(DESK).text
    assert '<html lang="en">' in page
    assert ">Send</button>" in page
    assert ">发送</button>" in page
    assert '<html lang="zh-CN">' in browser_of.get("/?open=2").text
    assert "Tue 23 May</li>" in browser_of.get(ONE).text


@pytest.mark.parametrize("path", ["/chat/99", "/chat/99/messages", "/chat/x", "/nothing", "/chat/1/files/abc"])
def test_what_is_not_there_is_said_in_words(browser_of: TestClient, path: str) -> None:
    page = browser_of.get(path)
    assert page.status_code == 404
    assert "没有这个页面。" in page.text


def test_what_could_not_be_kept_is_never_acknowledged(browser_of: TestClient, desk: FakeDesk) -> None:
    desk.failing = True
    form = {"once": once(browser_of.get(ONE)), "text": "在吗"}
    page = browser_of.post(ONE, data=form)
    assert (page.status_code, "没有处理成功，请再试一次。" in page.text) == (500, True)
    part = browser_of.post(ONE, data=form, headers={LIVE: "1"})
    assert (part.status_code, part.text) == (500, "没有处理成功，请再试一次。")
    desk.failing = False
    browser_of.post(ONE, data=form)
    assert [taken.text for taken in desk.taken.values()] == ["在吗"]


def test_the_script_gets_sentences_and_parts_instead_of_pages(browser_of: TestClient, desk: FakeDesk) -> None:
    number = once(browser_of.get(ONE))
    live = {LIVE: "1"}
    sent = browser_of.post(ONE, data={"once": number, "text": "在吗"}, headers=live, follow_redirects=False)
    assert (sent.status_code, sent.text) == (204, "")
    part = browser_of.get("/chat/1/messages", headers=live)
    assert part.text.lstrip().startswith("<ol")
    assert int(re.findall(r'data-once="(\d+)"', part.text)[0]) > int(number)
    refused = browser_of.post(ONE, data={"once": number}, files={"files": ("a.exe", b"\0", "image/png")}, headers=live)
    assert (refused.status_code, refused.text) == (422, render(Say("unsupported"), CHINESE))
    moved = browser_of.post(
        "/clock", data={"once": once(browser_of.get(ONE), "clock-form"), "to": "morning"}, headers=live
    )
    assert moved.status_code == 204
    assert "5月24日" in browser_of.get("/clock?open=1", headers=live).text
    assert len(desk.taken) == 1


def test_a_text_or_a_form_of_the_clock_that_is_too_big_is_refused(browser_of: TestClient, desk: FakeDesk) -> None:
    number = once(browser_of.get(ONE))
    files = {"files": ("a.txt", b"x", "text/plain")}
    page = browser_of.post(ONE, data={"once": number, "text": "长" * TEXT_BYTES}, files=files)
    assert (page.status_code, "没有处理成功" in page.text) == (400, True)
    page = browser_of.post("/clock", data={"once": number, "to": "morning", "x": "x" * TEXT_BYTES})
    assert (page.status_code, "没有处理成功" in page.text) == (413, True)
    assert not desk.taken
    assert not desk.jumps
