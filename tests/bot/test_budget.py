"""The budgets of addresses: what is taken, what is warned of, what is dropped, by a clock that the test sets."""

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from bot.budget import EACH, JOINING_EACH, JOINING_TOGETHER, KNOWN, TOGETHER, Budget, Standing, Verdict
from talk.messages import Address

DAY = 86_400.0


def at(number: int) -> Address:
    return Address("telegram", "1", str(number))


@dataclass
class Street:
    """Addresses in front of a budget."""

    budget: Budget = field(default_factory=Budget)
    now: float = 1_000.0

    def say(
        self, number: int, standing: Standing = Standing.STRANGER, *, joining: bool = False, weight: float = 1
    ) -> Verdict:
        """A message of an address."""
        if not self.budget.knows(at(number), self.now):
            self.budget.learn(at(number), standing, self.now)
        return self.budget.judge(at(number), weight, self.now, joining=joining, warns=True)


def test_a_stranger_is_warned_once_and_then_there_is_silence() -> None:
    street = Street()
    verdicts = [street.say(1) for _ in range(5_000)]
    burst = int(EACH[Standing.STRANGER].burst)
    assert verdicts == [Verdict.TAKE] * burst + [Verdict.WARN] + [Verdict.DROP] * (5_000 - burst - 1)


def test_one_stranger_takes_nothing_from_another() -> None:
    street = Street()
    for _ in range(1_000):
        street.say(1)
    assert street.say(2) is Verdict.TAKE


def test_after_a_while_a_stranger_is_heard_again_and_warned_again() -> None:
    street = Street()
    for _ in range(20):
        street.say(1)
    street.now += 3_600
    verdicts = [street.say(1) for _ in range(20)]
    assert verdicts.count(Verdict.TAKE) == EACH[Standing.STRANGER].burst
    assert verdicts.count(Verdict.WARN) == 1


def test_however_many_strangers_there_are_members_guests_and_newcomers_are_heard() -> None:
    street = Street()
    for number in range(4_000):
        street.say(number)
    assert street.say(20_000) is Verdict.DROP
    assert street.say(20_001, joining=True) is Verdict.TAKE
    assert street.say(20_002, Standing.GUEST) is Verdict.TAKE
    assert street.say(20_003, Standing.MEMBER) is Verdict.TAKE


def test_a_flood_of_strangers_stops_real_ones_for_seconds_only() -> None:
    street = Street()
    for number in range(5_000):
        street.say(number)
    street.now += 10
    assert street.say(9_999) is Verdict.TAKE


def test_what_strangers_leave_behind_in_a_day_is_bounded() -> None:
    street = Street()
    taken = 0
    for second in range(0, int(DAY), 60):
        street.now = 1_000.0 + second
        taken += sum(street.say(second * 100 + number) is not Verdict.DROP for number in range(100))
    _, long = TOGETHER[Standing.STRANGER]
    assert taken <= long.burst + long.rate * DAY + 1 < 25_000


def test_one_stranger_leaves_little_behind_in_a_day() -> None:
    street = Street()
    taken = 0
    for second in range(0, int(DAY), 10):
        street.now = 1_000.0 + second
        taken += street.say(1) is not Verdict.DROP
    assert taken <= EACH[Standing.STRANGER].burst + DAY * EACH[Standing.STRANGER].rate + 2


def test_codes_have_a_share_of_their_own_which_is_bounded_too() -> None:
    street = Street()
    one = [street.say(1, joining=True) for _ in range(100)]
    assert one.count(Verdict.TAKE) == JOINING_EACH.burst
    many = [street.say(number, joining=True) for number in range(2, 5_000)]
    assert many.count(Verdict.TAKE) <= JOINING_TOGETHER[0].burst


def test_a_member_may_send_what_waited_on_the_phone_but_not_a_flood() -> None:
    street = Street()
    verdicts = [street.say(1, Standing.MEMBER) for _ in range(10_000)]
    assert verdicts.count(Verdict.TAKE) == EACH[Standing.MEMBER].burst
    assert verdicts.count(Verdict.WARN) == 1
    street.now += 5
    assert street.say(1, Standing.MEMBER) is Verdict.TAKE


def test_members_who_flood_take_nothing_from_one_another() -> None:
    street = Street()
    for number in range(100):
        for _ in range(100):
            street.say(number, Standing.MEMBER)
    assert street.say(500, Standing.MEMBER) is Verdict.TAKE


def test_work_and_bytes_are_weighed_as_well_as_messages() -> None:
    street = Street()
    assert street.say(1, weight=9) is Verdict.WARN
    street.say(2, Standing.MEMBER)
    street.budget.worked(at(2), 60)
    assert street.say(2, Standing.MEMBER) is Verdict.WARN
    street.now += 120
    assert street.say(2, Standing.MEMBER) is Verdict.TAKE


def test_who_joins_is_heard_as_a_member_at_once() -> None:
    street = Street()
    for _ in range(20):
        street.say(1)
    street.budget.doubt(at(1))
    assert not street.budget.knows(at(1), street.now)
    assert street.say(1, Standing.GUEST) is Verdict.TAKE
    street.budget.doubt(at(1))
    assert street.say(1, Standing.MEMBER) is Verdict.TAKE


def test_only_so_many_addresses_are_remembered() -> None:
    street = Street()
    for number in range(KNOWN + 500):
        street.say(number)
    assert not street.budget.knows(at(0), street.now)
    assert street.budget.knows(at(KNOWN + 499), street.now)


Step = tuple[int, Standing, bool, float, float]
steps = st.tuples(
    st.integers(0, 5), st.sampled_from(list(Standing)), st.booleans(), st.floats(0, 50), st.floats(-5, 100)
)


@given(st.lists(steps, max_size=60))
def test_whatever_comes_nobody_is_given_more_than_the_allowance(
    given: list[Step],
) -> None:
    street = Street()
    begun = latest = street.now
    taken: dict[tuple[int, bool], float] = {}
    standings: dict[int, Standing] = {}
    for number, standing, joining, weight, wait in given:
        street.now += wait
        latest = max(latest, street.now)
        known = standings.setdefault(number, standing)
        street.budget.learn(at(number), known, street.now)
        special = joining and known is Standing.STRANGER
        if street.budget.judge(at(number), weight, street.now, joining=joining, warns=False) is Verdict.TAKE:
            taken[number, special] = taken.get((number, special), 0) + weight
    for (number, special), spent in taken.items():
        allowance = JOINING_EACH if special else EACH[standings[number]]
        # A clock that is put back and runs on again earns the same seconds twice.
        assert spent <= allowance.burst + allowance.rate * (latest - begun + 5 * len(given)) + 1e-6
