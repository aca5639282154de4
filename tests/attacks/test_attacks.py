"""What strangers and members do on purpose, to the process that serves all: nobody else notices."""

import pytest

from bot.budget import EACH, Standing
from storage.tables import identities, inbox, outbox
from tests.attacks import hostile
from tests.attacks.conftest import MEMORY, Attacked

FLOOD = 1000
ONE_LIBRARY = pytest.mark.parametrize("library", ["ptb"])
"""What happens behind the library is tried with one of them."""


def is_a_sentence(text: str) -> bool:
    """Whether an answer has no word of a library in it."""
    return not any(word in text for word in ("Error", "Traceback", "Exception", "zlib", "PIL", "error"))


# What looks at a file knows no library, and each of these takes all the seconds that a look may take.
@ONE_LIBRARY
async def test_files_that_stopped_everybody_are_answered_and_hold_up_nobody(attacked: Attacked) -> None:
    api, sender = attacked.api, attacked.officer
    for name, make in hostile.FILES.items():
        data = make()
        shown = len(sender.shown)
        api.send_document(sender, data, name)
        assert "最近的一项" in await attacked.answers(attacked.principal)
        assert is_a_sentence(await attacked.shown(sender, shown, 60))
    assert attacked.peak() < MEMORY
    # None of them is taken up again at the next start, either; nor does one at work keep the bot from ending.
    api.send_document(sender, hostile.photo_of_packets(), "packets.jpg")
    await attacked.ends()
    await attacked.process.start()
    assert "最近的一项" in await attacked.answers(attacked.principal)
    await attacked.ends()


@ONE_LIBRARY
async def test_documents_of_a_stranger_are_not_even_fetched(attacked: Attacked) -> None:
    stranger = attacked.api.chat(9001, "路人")
    before = len(attacked.kept())
    for number in range(15):
        attacked.api.send_document(stranger, b"%PDF-1.7 " + bytes([number]) * 1000, "a.pdf")
    assert "最近的一项" in await attacked.answers(attacked.principal)
    await attacked.quiet()
    assert [call for call in attacked.api.calls if call.method == "getfile"] == []
    assert len(attacked.kept()) == before


@ONE_LIBRARY
async def test_a_stranger_who_floods_is_told_once_and_leaves_a_few_rows(attacked: Attacked) -> None:
    stranger = attacked.api.chat(9001, "路人")
    rows = [attacked.rows(table) for table in (inbox, outbox, identities)]
    for number in range(FLOOD):
        attacked.api.say(stranger, f"你好{number}")
    assert "最近的一项" in await attacked.answers(attacked.principal)
    await attacked.quiet()
    assert "最近的一项" in await attacked.answers(attacked.principal)
    few = EACH[Standing.STRANGER].burst + 3
    assert len(stranger.shown) <= few
    after = [attacked.rows(table) for table in (inbox, outbox, identities)]
    # Two of the principal, and what the stranger has a budget for.
    assert all(new - old <= 2 + few for old, new in zip(rows, after, strict=True))
    await attacked.ends()


@ONE_LIBRARY
async def test_forty_strangers_who_guess_keep_no_newcomer_out(attacked: Attacked) -> None:
    api = attacked.api
    for guess in range(10):
        for number in range(40):
            api.say(api.chat(9100 + number, "路人"), f"/start {guess:06d}{number:06d}")
    newcomer = api.chat(9009, "周演四")
    assert "邀请您" in await attacked.answers(newcomer, f"/start {attacked.code}")
    assert "最近的一项" in await attacked.answers(attacked.principal)
    refused = {one.text for number in range(40) for one in api.chat(9100 + number).shown}
    assert len(refused) <= 4
    assert all(map(is_a_sentence, refused))


@ONE_LIBRARY
async def test_chats_of_strangers_that_ask_for_patience_delay_nobody(attacked: Attacked) -> None:
    api = attacked.api
    strangers = [api.chat(9200 + number, "路人") for number in range(3)]
    for stranger in strangers:
        api.throttle(600, stranger)
        api.say(stranger, "在吗")
    await api.until(lambda: {call.chat for call in api.sends() if call.status == 429} >= {one.id for one in strangers})
    for chat in (attacked.principal, attacked.officer):
        assert "最近的一项" in await attacked.answers(chat)


@ONE_LIBRARY
async def test_a_member_who_floods_delays_nobody(attacked: Attacked) -> None:
    for _ in range(FLOOD):
        attacked.api.say(attacked.officer, "/tasks")
    for _ in range(3):
        assert "最近的一项" in await attacked.answers(attacked.principal)
    await attacked.ends()


@ONE_LIBRARY
async def test_updates_as_no_platform_sends_them_are_set_aside(attacked: Attacked) -> None:
    api = attacked.api

    def message(**more: object) -> dict[str, object]:
        who: dict[str, object] = {"id": 1, "first_name": "x", "language_code": ["zh"]}
        return {"message": {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "from": who, **more}}

    for odd in (
        {"update_id": api.upcoming, **message(text="x")},
        {"update_id": 2**70, **message(text="x")},
        {"update_id": "7"},
        {"update_id": api.upcoming, "message": []},
        {},
    ):
        api.feed(odd)
    assert "最近的一项" in await attacked.answers(attacked.principal)
    await attacked.quiet()
    log = (attacked.folder / "log.txt").read_text()
    assert "Traceback" not in log
    await attacked.ends()
