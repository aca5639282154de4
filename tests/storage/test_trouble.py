"""What fails again and again is told when it begins, at growing distance, and when it is over."""

import errno
import logging

import pytest
from sqlalchemy.exc import OperationalError

from storage.trouble import Trouble

MINUTE = 60.0


class Clock:
    """A clock that a test sets, in seconds."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    """Give the clock."""
    return Clock()


@pytest.fixture
def trouble(clock: Clock) -> Trouble:
    """Give something that may fail."""
    return Trouble(logging.getLogger("anzhu"), "the database is away", clock)


def test_an_hour_of_failures_is_few_lines(trouble: Trouble, clock: Clock, caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(3600):
        trouble.failed(OSError(errno.EHOSTUNREACH, "no route"))
        clock.now += 1
    trouble.over()
    trouble.over()
    assert [record.getMessage() for record in caplog.records] == [
        "the database is away: OSError EHOSTUNREACH",
        "the database is away: OSError EHOSTUNREACH (failed 121 times in 2 min)",
        "the database is away: OSError EHOSTUNREACH (failed 361 times in 6 min)",
        "the database is away: OSError EHOSTUNREACH (failed 841 times in 14 min)",
        "the database is away: OSError EHOSTUNREACH (failed 1801 times in 30 min)",
        "the database is away: OSError EHOSTUNREACH (failed 2761 times in 46 min)",
        "over: the database is away (failed 3600 times in 60 min)",
    ]


def test_what_comes_and_goes_each_second_is_told_no_more_often(
    trouble: Trouble, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(600):
        trouble.failed("x")
        trouble.over()
        clock.now += 1
    assert len(caplog.records) == 6  # three times that it began, three times that it is over, within ten minutes


def test_after_a_quiet_time_it_is_told_at_once(
    trouble: Trouble, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(2):
        trouble.failed("x")
        trouble.over()
        clock.now += 20 * MINUTE
    assert [record.getMessage() for record in caplog.records] == [
        "the database is away: x",
        "over: the database is away (failed 1 times in 0 min)",
    ] * 2


def test_what_never_failed_is_not_told_to_be_over(trouble: Trouble, caplog: pytest.LogCaptureFixture) -> None:
    trouble.over()
    assert caplog.records == []


def test_the_words_of_the_database_stand_alone(trouble: Trouble, caplog: pytest.LogCaptureFixture) -> None:
    trouble.failed(OperationalError(None, {}, Exception("refused\n\tis it running?")))
    assert caplog.messages == ["the database is away: Exception refused is it running?"]


def test_of_a_statement_nothing_is_told(trouble: Trouble, caplog: pytest.LogCaptureFixture) -> None:
    trouble.failed(OperationalError("SELECT secret", {}, Exception("secret")))
    assert caplog.messages == ["the database is away: Exception"]
