"""Which job of the writer took longest, by its name in the program, for some minutes."""

from functools import partial

from sqlalchemy import Connection

from storage.engine import Database
from storage.jobs import SPAN, Jobs, name_of


def quick(conn: Connection, times: list[float] | None = None) -> None:
    del conn
    if times:
        times.pop()


def test_the_longest_job_is_known_for_some_minutes_and_the_one_at_work() -> None:
    now = SPAN * 1000
    jobs = Jobs(lambda: now)

    def take(seconds: float) -> None:
        nonlocal now

        def slow(conn: Connection) -> tuple[float, str]:
            del conn
            nonlocal now
            now += seconds
            return jobs.longest()

        assert jobs.run(partial(slow), None)[0] >= seconds  # type: ignore[arg-type]  # it looks at no connection

    assert jobs.longest() == (0.0, "")
    take(2.0)
    take(1.0)
    seconds, name = jobs.longest()
    assert seconds == 2.0
    assert name.endswith("test_the_longest_job_is_known_for_some_minutes_and_the_one_at_work.take.slow")
    now += SPAN
    assert jobs.longest()[0] == 2.0
    now += SPAN
    assert jobs.longest() == (0.0, "")
    take(1.0)
    now += 3 * SPAN
    assert jobs.longest() == (0.0, "")


def test_a_job_is_called_as_the_program_calls_it() -> None:
    assert name_of(partial(partial(quick, times=[1.0]))) == "tests.storage.test_jobs.quick"
    assert name_of(lambda: None) == "tests.storage.test_jobs.test_a_job_is_called_as_the_program_calls_it.lambda"


def test_the_writer_of_each_database_tells_it(database: Database) -> None:
    database.jobs = Jobs()
    database.run(quick)
    seconds, name = database.jobs.longest()
    assert seconds > 0
    assert name == "tests.storage.test_jobs.quick"
