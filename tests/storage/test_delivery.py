"""Delivery: everything that is due leaves, once if it can be, and nobody waits for somebody else."""

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import pairwise
from typing import TypeVar

import pytest
from sqlalchemy.exc import OperationalError

from scheduler import delivery as module
from scheduler.delivery import Delivery
from storage import outbox
from storage.engine import Database, Job, Turn
from storage.outbox import DEADLINE, NOTICE, Claimed, Letter
from storage.sending import LEASE, UNKNOWN, Unsent
from talk.messages import (
    Address,
    Broken,
    Capabilities,
    Channel,
    ChannelDown,
    Outbound,
    Outcome,
    Refused,
    Rejected,
    Sent,
    Throttled,
)
from tests.storage.post import ACCOUNT, CHANNEL, account_row, fill, put, row, rows, seconds, states
from tests.storage.post import letter as letter_of_the_tests

R = TypeVar("R")


class Fake:
    """A channel that answers as it is told, and remembers what was sent when."""

    capabilities = Capabilities()

    def __init__(self, rate: float = 0, name: str = CHANNEL) -> None:
        self.name = name
        self.account = ACCOUNT
        self.rate = rate
        self.answers: defaultdict[str, list[Outcome | Exception | float]] = defaultdict(list)
        """For an address: outcomes in turn, an exception to raise, or seconds to take first; then Sent."""
        self.sent: list[tuple[str, str, str | None]] = []
        self.times: list[float] = []
        self.arrived = asyncio.Event()

    async def send(self, address: Address, message: Outbound, replaces: str | None) -> Outcome:
        self.sent.append((address.external_id, message.text, replaces))
        self.times.append(time.perf_counter())
        self.arrived.set()
        answers = self.answers[address.external_id]
        while answers:
            match answers.pop(0):
                case float() as pause:
                    await asyncio.sleep(pause)
                case Exception() as error:
                    raise error
                case Sent() | Throttled() | Refused() | Rejected() | ChannelDown() | Broken() as outcome:
                    return outcome
        return Sent(f"m{len(self.sent)}")

    def texts(self, to: str) -> list[str]:
        return [text for who, text, _ in self.sent if who == to]


def now() -> datetime:
    return datetime.now(UTC)


def letter(to: str = "a", text: str = "", **fields: object) -> Letter:
    return letter_of_the_tests(to, text, **{"not_before": now(), **fields})


@asynccontextmanager
async def running(*deliveries: Delivery) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(one.run()) for one in deliveries]
    try:
        yield
    finally:
        for one in deliveries:
            await one.close()
        await asyncio.gather(*tasks)


async def until(holds: Callable[[], bool], limit: float = 5) -> None:
    async with asyncio.timeout(limit):
        while not holds():  # noqa: ASYNC110  # what is waited for is in a database
            await asyncio.sleep(0.01)


async def test_a_round_sends_all_that_may_leave_and_settles_it(database: Database) -> None:
    put(
        database,
        *(letter(str(number % 3), f"{number}") for number in range(12)),
        letter(not_before=now() + seconds(60)),
    )
    fake = Fake()
    assert await Delivery(database, [fake]).round() == 12
    assert states(database) == ["sent"] * 12 + ["ready"]
    for who in range(3):
        assert fake.texts(str(who)) == [str(number) for number in range(who, 12, 3)]
    assert all(one.message_id and one.sent_at for one in rows(database) if one.state == "sent")


async def test_channels_that_are_not_set_up_here_wait(database: Database) -> None:
    put(database, letter(address=Address("telegram", "bot", "1")))
    assert await Delivery(database, [Fake()]).round() == 0
    assert await Delivery(database, []).round() == 0
    assert states(database) == ["ready"]


async def test_every_outcome_is_kept(database: Database) -> None:
    fake = Fake()
    outcomes: dict[str, tuple[Outcome, str]] = {
        "sent": (Sent("m"), "sent"),
        "throttled": (Throttled(now() + seconds(60)), "ready"),
        "refused": (Refused("blocked"), "refused"),
        "rejected": (Rejected("bad"), "rejected"),
        "broken": (Broken("reset"), "ready"),
    }
    for name, (outcome, _) in outcomes.items():
        fake.answers[name] = [outcome]
    put(database, *(letter(name) for name in outcomes))
    await Delivery(database, [fake]).round()
    assert {one.external_id: one.state for one in rows(database)} == {
        name: state for name, (_, state) in outcomes.items()
    }


async def test_a_slow_address_delays_no_other(database: Database) -> None:
    fake = Fake()
    fake.answers["slow"] = [1.0]
    put(database, letter("slow"), *(letter(f"{number % 20}") for number in range(100)))
    begun = time.perf_counter()
    await Delivery(database, [fake]).round()
    assert states(database) == ["sent"] * 101
    assert time.perf_counter() - begun < 3
    others = [when for (who, _, _), when in zip(fake.sent, fake.times, strict=True) if who != "slow"]
    assert len(others) == 100
    assert max(others) < min(fake.times) + 1.0


async def test_a_reply_leaves_at_once_when_woken(database: Database) -> None:
    fake = Fake()
    delivery = Delivery(database, [fake])
    async with running(delivery):
        await until(lambda: delivery._opened)
        await asyncio.sleep(0.05)
        for number in range(3):
            fake.arrived.clear()
            begun = time.perf_counter()
            await database.write(partial(outbox.put, letter=letter(text=f"{number}"), at=now()))
            delivery.wake()
            await asyncio.wait_for(fake.arrived.wait(), 0.9 * module.IDLE)
            assert time.perf_counter() - begun < module.IDLE / 2
    assert fake.texts("a") == ["0", "1", "2"]


async def test_what_another_process_queued_leaves_soon(database: Database) -> None:
    fake = Fake()
    async with running(Delivery(database, [fake])):
        await asyncio.sleep(0.05)
        put(database, letter())
        await asyncio.wait_for(fake.arrived.wait(), 2 * module.IDLE)


async def test_a_letter_that_died_with_its_process_is_sent_again_with_the_same_text(database: Database) -> None:
    put(database, letter(text="word for word"), letter("b", "once", priority=NOTICE))
    first = Fake()
    first.answers |= {"a": [60.0], "b": [60.0]}
    dying = asyncio.create_task(Delivery(database, [first]).round())
    await until(lambda: len(first.sent) == 2)
    dying.cancel()
    second = Fake()
    later = now() + LEASE + seconds(1)
    await Delivery(database, [second], wall=lambda: later).round()
    assert second.sent == [("a", "word for word", None)]
    assert [(one.state, one.error) for one in rows(database)] == [("sent", None), ("failed", UNKNOWN)]


async def test_a_send_that_takes_long_keeps_its_lease(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TIDY_EVERY", timedelta(seconds=0.1))
    put(database, letter())
    fake = Fake()
    fake.answers["a"] = [2.5]
    delivery = Delivery(database, [fake])
    async with running(delivery):
        await until(lambda: len(fake.sent) == 1)
        (claimed,) = rows(database)
        await until(lambda: row(database, claimed.id).lease_until > claimed.lease_until + seconds(1))
        assert len(fake.sent) == 1


async def test_a_channel_that_raises_is_broken_and_says_so_once(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    fake = Fake()
    for name in "abc":
        fake.answers[name] = [KeyError("a fault of ours")]
    put(database, *(letter(name) for name in "abcd"))
    with caplog.at_level(logging.ERROR, "anzhu"):
        await Delivery(database, [fake]).round()
    assert states(database) == ["ready", "ready", "ready", "sent"]
    assert row(database, 1).error == "KeyError('a fault of ours')"
    assert [record.message for record in caplog.records] == ["channel web failed"]


async def test_a_send_that_never_comes_back_is_broken(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SEND_LIMIT", 0.05)
    fake = Fake()
    fake.answers["a"] = [60.0]
    put(database, letter())
    await Delivery(database, [fake]).round()
    assert (states(database), row(database, 1).error) == (["ready"], "TimeoutError()")


async def test_throttled_is_honoured_to_the_instant_and_then_at_once(database: Database) -> None:
    fake = Fake()
    clear = time.perf_counter() + 0.4
    fake.answers["a"] = [Throttled(now() + seconds(0.4))]
    put(database, letter("a", "first"), letter("a", "second"), letter("b"))
    async with running(Delivery(database, [fake])):
        await until(lambda: states(database) == ["sent"] * 3)
    assert fake.texts("a") == ["first", "first", "second"]
    again = next(when for (_, text, _), when in list(zip(fake.sent, fake.times, strict=True))[1:] if text == "first")
    assert clear <= again < clear + module.IDLE / 2


async def test_a_throttled_account_sends_nothing_not_even_what_was_claimed(database: Database) -> None:
    fake = Fake(rate=20)
    clear = time.perf_counter() + 0.5
    fake.answers["0"] = [Throttled(now() + seconds(0.5), whole_account=True)]
    put(database, *(letter(str(number), priority=NOTICE) for number in range(6)))
    async with running(Delivery(database, [fake])):
        await until(lambda: states(database) == ["sent"] * 6)
    assert fake.times[1] >= clear
    assert [one.attempts for one in rows(database)] == [1] * 6


async def test_a_channel_that_is_down_stops_until_a_letter_gets_through(database: Database) -> None:
    fake = Fake()
    for name in "abc":
        fake.answers[name] = [ChannelDown("401")]
    fake.answers["a"].append(ChannelDown("401"))
    put(database, *(letter(name) for name in "abc"))
    wall = now()
    delivery = Delivery(database, [fake], wall=lambda: wall)
    await delivery.round()
    assert (len(fake.sent), states(database)) == (3, ["ready"] * 3)
    wall += seconds(31)
    await delivery.round()
    assert len(fake.sent) == 4
    wall += seconds(31)
    await delivery.round()
    assert (states(database), account_row(database).down_since) == (["sent"] * 3, None)


async def test_paced_letters_keep_the_rate_and_replies_do_not_wait(database: Database) -> None:
    fake = Fake(rate=100)
    put(database, *(letter(str(number), priority=NOTICE) for number in range(150)))
    delivery = Delivery(database, [fake])
    async with running(delivery):
        await until(lambda: len(fake.sent) >= 10)
        await database.write(partial(outbox.put, letter=letter("me", "reply"), at=now()))
        delivery.wake()
        queued = len(fake.sent)
        await until(lambda: states(database) == ["sent"] * 151)
    assert [text for _, text, _ in fake.sent].index("reply") <= queued + 60
    assert max(sum(start <= when < start + 1 for when in fake.times) for start in fake.times) <= 100
    assert fake.times[-1] - fake.times[0] < 2.5


async def test_a_card_is_replaced_in_place(database: Database) -> None:
    put(database, *(letter(message=Outbound(text, card="duty/1")) for text in ("first", "second")))
    fake = Fake()
    await Delivery(database, [fake]).round()
    assert fake.sent == [("a", "first", None), ("a", "second", "m1")]


async def test_the_service_has_the_last_word(database: Database) -> None:
    put(database, *(letter(name, name, priority=DEADLINE) for name in ("same", "new", "gone")))

    def decide(_: object, letters: Sequence[Claimed]) -> dict[int, Outbound | datetime | None]:
        return {
            one.id: None if one.message.text == "gone" else Outbound("reworded")
            for one in letters
            if one.message.text != "same"
        }

    fake = Fake()
    await Delivery(database, [fake], before_send=decide).round()
    assert fake.sent == [("same", "same", None), ("new", "reworded", None)]
    assert states(database) == ["sent", "sent", "cancelled"]


async def test_closing_waits_for_what_is_on_its_way_and_gives_back_what_is_not(database: Database) -> None:
    fake = Fake(rate=2)
    fake.answers["0"] = [0.3]
    put(database, *(letter(str(number), priority=NOTICE) for number in range(4)))
    delivery = Delivery(database, [fake])
    async with running(delivery):
        await until(lambda: len(fake.sent) == 1)
    assert [(one.state, one.attempts) for one in rows(database)] == [("sent", 1)] + [("ready", 0)] * 3


async def test_closing_does_not_wait_for_ever(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "DRAIN", 0.1)
    fake = Fake()
    fake.answers["a"] = [60.0]
    put(database, letter(), letter("b"))
    begun = time.perf_counter()
    async with running(Delivery(database, [fake])):
        await until(lambda: len(fake.sent) == 2)
    assert time.perf_counter() - begun < 3
    assert states(database) == ["leased", "sent"]


async def test_a_cancelled_run_closes(database: Database) -> None:
    fake = Fake()
    fake.answers["a"] = [0.2]
    put(database, letter())
    task = asyncio.create_task(Delivery(database, [fake]).run())
    await until(lambda: len(fake.sent) == 1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert states(database) == ["sent"]


class Moody(Database):
    """A door behind which the database is away now and then."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.away = False

    async def write(self, job: Job[R], turn: Turn = Turn.MEMBER) -> R:
        if self.away:
            raise OperationalError("COMMIT", {}, OSError("database or disk is full"))
        return await self.database.write(job, turn)

    submit = submit_read = scrub = close = None  # type: ignore[assignment]  # only `write` is used


async def test_what_came_back_while_the_database_was_away_is_settled_later(
    database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "IDLE", 0.05)
    moody, fake = Moody(database), Fake()
    fake.answers["a"] = [0.1]
    put(database, letter())
    with caplog.at_level(logging.ERROR, "anzhu"):
        async with running(Delivery(moody, [fake])):
            await until(lambda: len(fake.sent) == 1)
            moody.away = True
            await asyncio.sleep(0.4)
            assert states(database) == ["leased"]
            moody.away = False
            await until(lambda: states(database) == ["sent"])
    assert len(fake.sent) == 1
    assert caplog.messages == ["delivery pauses: OSError"]


async def test_two_deliveries_share_the_work_and_send_nothing_twice(database: Database) -> None:
    database.run(lambda conn: fill(conn, 200, addresses=40))
    fakes: Iterable[Channel] = [Fake(), Fake()]
    await asyncio.gather(*(Delivery(database, [fake]).round() for fake in fakes))
    sent = [one for fake in fakes for one in fake.sent]  # type: ignore[attr-defined]  # they are fakes
    assert len(sent) == len(set(sent)) == 200
    assert set(states(database)) == {"sent"}


async def test_two_deliveries_share_the_budget_of_their_account(database: Database) -> None:
    """Not one slot is given twice, so that no second holds more than one process alone may send."""
    rate, number = 100, 150
    put(database, *(letter(str(one), priority=NOTICE) for one in range(number)))
    slots: list[datetime] = []

    def came(one: Claimed, outcome: Outcome | Unsent, _: float) -> None:
        if isinstance(outcome, Sent):
            slots.append(one.slot)

    fakes = [Fake(rate=rate), Fake(rate=rate)]
    async with running(*(Delivery(database, [fake], on_outcome=came) for fake in fakes)):
        await until(lambda: states(database) == ["sent"] * number)
    assert min(len(fake.sent) for fake in fakes) > 10
    assert min(after - before for before, after in pairwise(sorted(slots))) >= seconds(1 / rate)
    times = sorted(when for fake in fakes for when in fake.times)
    assert max(sum(start <= when < start + 1 for when in times) for start in times) <= rate * 1.05
    assert times[-1] - times[0] < 2.5


async def test_a_process_that_stood_still_sends_nothing_of_what_others_may_have_taken(database: Database) -> None:
    put(database, letter("a"), letter("b", priority=DEADLINE))
    still, awake = Fake(rate=100), Fake()
    boot = iter([0.0])
    sleeper = Delivery(database, [still], clock=lambda: next(boot, module.BEGUN_WITHIN + 0.1))
    await sleeper._turn()
    database.run(lambda conn: conn.exec_driver_sql("UPDATE outbox SET lease_until = created_at").close())
    await Delivery(database, [awake]).round()
    await sleeper.round()
    assert still.sent == []
    assert sorted(to for to, _, _ in awake.sent) == ["a", "b"]
    assert states(database) == ["sent", "sent"]


@pytest.mark.parametrize(("believed", "state"), [(True, "expired"), (False, "ready")])
async def test_a_clock_that_is_not_believed_makes_no_letter_too_late(
    database: Database, believed: bool, state: str
) -> None:
    late = datetime.now(UTC)
    put(database, letter(expires_at=late - timedelta(hours=1)))
    await Delivery(database, [Fake()], wall=lambda: late, believes=lambda _, __: believed).round()
    assert states(database) == [state]
