"""A conversation in the terminal: lines in, messages out, buttons by a sign."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.channels.terminal import Terminal, address_of
from storage.files import FileStore
from storage.keys import KeyRing
from talk.messages import Broken, Button, Kind, Outbound, Rejected, Sent
from talk.texts import CHINESE
from tests.cli.conftest import FOOD, Anzhu, Join

NOW = datetime(2023, 6, 5, 1, tzinfo=UTC)
HERE = address_of("路人")
KEYS = KeyRing.of(b"s" * 32)
OPTIONS = ((Button("已调度", "p:T:yes"), Button("还没有", "p:T:no")), (Button("上一步", "p:T:!back"),))


@pytest.fixture
def screen(tmp_path: Path) -> Terminal:
    return Terminal(HERE, FileStore(tmp_path, keys=KEYS), CHINESE, io.StringIO())


def shown(screen: Terminal) -> str:
    out = screen._out
    assert isinstance(out, io.StringIO)
    return out.getvalue()


async def test_buttons_have_a_sign_and_the_way_back_is_a_command(screen: Terminal) -> None:
    outcome = await screen.send(HERE, Outbound("开展了吗？", OPTIONS), None)
    assert isinstance(outcome, Sent)
    assert shown(screen) == "开展了吗？\n#1 已调度  #2 还没有\n/back 上一步\n\n"


@pytest.mark.parametrize(
    ("line", "data"),
    [
        ("#1", "p:T:yes"), ("＃２", "p:T:no"), ("[1]", "p:T:yes"), (" 还没有 ", "p:T:no"), ("#3", ""), ("#0", ""),
        ("上一步", ""), ("1", ""), ("1#", ""),
    ],
)  # fmt: skip
async def test_a_sign_or_its_words_are_a_tap_and_a_number_is_none(screen: Terminal, line: str, data: str) -> None:
    await screen.send(HERE, Outbound("开展了吗？", OPTIONS), None)
    await screen.send(HERE, Outbound("未能识别。"), None)
    inbound = screen.read(line, NOW)
    assert (inbound.kind, inbound.data) == (Kind.BUTTON if data else Kind.TEXT, data)
    assert inbound.text == ("" if data else line.strip())


async def test_the_newest_options_count(screen: Terminal) -> None:
    await screen.send(HERE, Outbound("旧", ((Button("一", "a:one:"),),)), None)
    await screen.send(HERE, Outbound("新", ((Button("第6项", "a:six:"), Button("第7项", "a:seven:")),)), None)
    assert screen.read("#1", NOW).data == "a:six:"
    assert screen.read("第7项", NOW).data == "a:seven:"
    assert screen.read("一", NOW).data == ""


async def test_what_strangers_wrote_cannot_steer_the_terminal(screen: Terminal) -> None:
    await screen.send(HERE, Outbound("姓名\x1b[2J\u202e", ((Button("\x07好", "a:x:"),),)), None)
    assert not set("\x1b\x07\u202e") & set(shown(screen))


async def test_a_file_is_named_with_its_place(screen: Terminal, tmp_path: Path) -> None:
    file = FileStore(tmp_path).keep_drawn(b"x", "我的资料.txt")
    await screen.send(HERE, Outbound("", files=(file,)), None)
    assert shown(screen) == f"文件 我的资料.txt：{tmp_path}/{file.sha256[:2]}/{file.sha256}\n\n"


async def test_a_file_takes_no_words_down_one_that_is_gone_is_not_named(screen: Terminal, tmp_path: Path) -> None:
    file = FileStore(tmp_path).keep_drawn(b"x", "我的资料.txt")
    FileStore(tmp_path).path(file.sha256).unlink()
    came = await screen.send(HERE, Outbound("", files=(file,)), None)
    assert isinstance(came, Rejected)
    assert came.ours
    assert shown(screen) == ""


async def test_a_file_that_is_encrypted_is_named_without_its_place(screen: Terminal, tmp_path: Path) -> None:
    file = FileStore(tmp_path, keys=KEYS, encrypts=True).keep_drawn(b"x" * 2000, "我的资料.txt")
    await screen.send(HERE, Outbound("", files=(file,)), None)
    assert "文件 我的资料.txt：2KB，已加密保存" in shown(screen)
    assert str(tmp_path) not in shown(screen)


async def test_numbers_of_messages_rise(screen: Terminal) -> None:
    numbers = [screen.read(str(number), NOW).update_id for number in range(100)]
    assert numbers == sorted(set(numbers))


async def test_a_terminal_that_is_gone_keeps_the_message_for_later(screen: Terminal) -> None:
    class Gone(io.StringIO):
        def write(self, text: str) -> int:
            raise BrokenPipeError(32, text)

    screen._out = Gone()
    assert isinstance(await screen.send(HERE, Outbound("在吗"), None), Broken)
    assert screen.gone


def test_a_stranger_hears_how_to_join_and_nothing_else(june: Anzhu) -> None:
    said = june.good("chat", "--as", "new:路人", say="\n你好\n/tasks\n/start AAAA-AAAA\n").out
    assert said.count("您还没有加入") == 2
    assert "这个邀请码不能用" in said
    assert "沈阳" not in said


def test_an_id_reaches_somebody_who_joined_elsewhere(june: Anzhu, join: Join) -> None:
    join("郑演丙", "principal", FOOD)
    # The same name is the same person, and so is the id.
    assert (
        "您已加入：沈阳白桦示范食品0001有限公司企业主要负责人"
        in june.good("chat", "--as", "new:郑演丙", say="/start\n").out
    )
    assert "您已加入：沈阳白桦示范食品0001有限公司企业主要负责人" in june.good("chat", "--as", "1", say="/start\n").out
    (person,) = june.good("people", "--json").json
    assert person["channels"] == ["terminal"]


def test_a_person_who_left_is_no_longer_there(june: Anzhu, join: Join) -> None:
    join("郑演丙", "principal", FOOD)
    assert "您已退出" in june.good("chat", "--as", "1", say="/me\n退出\n确定退出\n").out
    assert june.good("people", "--json").out == "[]\n"
    june.refused("chat", "--as", "1")


def test_files_are_sent_by_their_path(june: Anzhu, join: Join, tmp_path: Path) -> None:
    join("郑演丙", "principal", FOOD)
    note = tmp_path / "会议纪要.txt"
    note.write_text("调度会议纪要", encoding="utf-8")
    (tmp_path / "empty.txt").touch()
    (tmp_path / "page.html").write_text("<html>", encoding="utf-8")
    duty = next(
        one["id"]
        for one in june.good("duties", "--enterprise", FOOD, "--json").json
        if (one["obligation"], one["period"]) == ("monthly-dispatch", "2023-06")
    )
    assert duty
    lines = (
        "/tasks", "更多", "9", "1", "1", "今天", "会议调度", "更换除尘风机", "没有",
        f"file: {tmp_path}/nowhere.txt", f"file: {tmp_path}/empty.txt", f"file: {tmp_path}/page.html",
        f"file: {tmp_path}", f"FILE： {note}", "确认提交",
    )  # fmt: skip
    said = june.good("chat", "--as", "1", say="\n".join(lines)).out
    assert f"“{tmp_path}/nowhere.txt”无法读写" in said
    assert "“empty.txt”是空文件，没有发送。" in said
    assert "“page.html”的格式不能接收，没有发送。" in said
    assert "附件：1个文件" in said
    assert "✅ 已收到您的6月调度确认。" in said
    kept = [path for path in (tmp_path / "files").rglob("*") if path.is_file()]
    assert [path.read_text(encoding="utf-8") for path in kept] == ["调度会议纪要"]


def test_a_line_that_is_no_utf8_is_answered_too(bare: Anzhu) -> None:
    assert (
        "您还没有加入"
        in bare.apart("chat", "--as", "new:路人", say="你好\n", PYTHONIOENCODING="utf-8:surrogateescape").out
    )


def test_people_without_chinese_are_spoken_to_in_english(bare: Anzhu) -> None:
    assert "You have not joined yet" in bare.apart("chat", "--as", "new:Guest", say="hello\n", LC_ALL="en_US.UTF-8").out


def test_a_stranger_sends_no_files(june: Anzhu, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("x", encoding="utf-8")
    said = june.good("chat", "--as", "new:路人", say=f"file: {tmp_path}/note.txt\n").out
    assert "请先加入，再发送文件" in said
    assert not (tmp_path / "files").exists() or not list((tmp_path / "files").rglob("*.*"))
