"""Whoever guesses at invitations is made to wait, and nobody else is."""

import hashlib
import hmac
from base64 import urlsafe_b64decode

import pytest

from service.core.codes import CODE_LETTERS, plain_code
from service.people import inviting, joining
from storage import invitations
from talk.messages import Address
from tests.service.conftest import FOOD
from tests.town import SECRET, Person, Town

REFUSED = "这个邀请码不能用。请核对，或向监管部门重新索取。"
PAUSE = "试的次数过多，请一小时后再试。"
INVITES = "邀请您以安全管理人员身份加入"
OLD = "K7Q4-M2PX"


def given(town: Town) -> str:
    """A good code."""
    return town.use(lambda uow: inviting.invite(uow, "officer", FOOD, "浑南区应急管理局")).code


def given_before(town: Town) -> None:
    """A code of eight letters, kept as codes were before the keys had purposes."""
    kept = hmac.new(urlsafe_b64decode(SECRET), f"invitation/{plain_code(OLD)}".encode(), hashlib.sha256).hexdigest()
    town.use(
        lambda uow: invitations.add_invitation(
            uow.conn, kept, "officer", FOOD, "浑南区应急管理局", uow.wall, uow.wall + inviting.GOOD_FOR
        )
    )


async def flood(town: Town, people: int) -> None:
    """Wrong codes, five of each stranger."""
    for number in range(people):
        stranger = town.newcomer(f"猜{number}")
        for _ in range(5):
            await stranger.say("/start AAAA-AAAA-AAAA")


def test_a_code_has_sixty_bits_and_fits_into_a_link(town: Town) -> None:
    codes = {given(town) for _ in range(50)}
    assert len(codes) == 50
    for code in codes:
        plain = plain_code(code)
        assert len(plain) == 12
        assert set(plain) <= set(CODE_LETTERS)
        # What a link of Telegram may carry: 64 letters, digits, _ and -.
        assert len(code) <= 64
        assert code.replace("-", "").isalnum()


async def test_forty_one_strangers_who_guess_keep_nobody_out(town: Town) -> None:
    await flood(town, 41)
    assert INVITES in await town.newcomer("钱演七").say(f"/start {given(town)}")


async def test_a_short_code_of_before_is_good_under_a_flood_and_nobody_guesses_on(town: Town) -> None:
    given_before(town)
    await flood(town, 41)
    typo = town.newcomer("打错")
    assert await typo.say("/start K7Q4-M2PY") == REFUSED
    assert await typo.say(f"/start {OLD}") == PAUSE
    # A long code is heard from the same address all the same, and a short one from anybody at the first try.
    assert INVITES in await typo.say(f"/start {given(town)}")
    assert INVITES in await town.newcomer("钱演七").say(f"/start {OLD}")


async def test_without_a_flood_a_short_code_may_be_mistyped(town: Town) -> None:
    given_before(town)
    person = town.newcomer("钱演七")
    assert await person.say("/start K7Q4-M2PY") == REFUSED
    assert INVITES in await person.say(f"/start {OLD}")


async def test_the_pause_of_an_address_grows(town: Town) -> None:
    guesser = town.newcomer("猜")
    for hour in range(4):
        for _ in range(5):
            assert await guesser.say("/start AAAA-AAAA-AAAA") == REFUSED, hour
        assert await guesser.say("/start AAAA-AAAA-AAAA") == PAUSE
        town.pass_time(minutes=61)
    assert await guesser.say(f"/start {given(town)}") == PAUSE
    town.pass_time(hours=23)
    assert INVITES in await guesser.say(f"/start {given(town)}")


@pytest.mark.parametrize("channel", ["telegram", "terminal", "web"])
async def test_every_channel_makes_a_guesser_wait(town: Town, channel: str) -> None:
    guesser = Person(town, Address(channel, "test", "7"), "猜")
    for _ in range(5):
        assert await guesser.say("/start AAAA-AAAA-AAAA") == REFUSED
    assert await guesser.say(f"/start {given(town)}") == PAUSE


async def test_a_voided_code_is_refused_like_any_other(town: Town) -> None:
    code = given(town)
    reading = town.newcomer("钱演七")
    await reading.say(f"/start {code}")
    await reading.tap("同意加入")
    number = town.use(lambda uow: inviting.number_of(uow, code))
    assert number is not None
    assert town.use(lambda uow: inviting.void(uow, ids=(number,))) == 1
    assert await reading.tap("是我") == REFUSED
    assert await town.newcomer("又一个").say(f"/start {code}") == REFUSED
    assert joining.PAUSES[0][0] == 5
