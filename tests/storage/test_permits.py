"""Permits as they are kept: each rule that a constraint states, and what is found by what."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, insert
from sqlalchemy.exc import IntegrityError

from campaign.permits import ON_SITE, Event, State
from storage import conversations, people, permits
from storage.engine import Database
from storage.permits import PermitPerson
from storage.tables import enterprises
from tests.storage.conftest import NOW

CODE = "91210112114884238K"
HOUR = timedelta(hours=1)


def enterprise(conn: Connection, code: str = CODE) -> None:
    texts = dict.fromkeys(
        ("name", "district", "sector", "supervisor", "sector_department", "principal_name", "officer_name"), ""
    )
    row = {"code": code, "likeness": "", "municipal": False, "employees": 5, "updated_at": NOW}
    conn.execute(insert(enterprises).values(**texts, **row))


def somebody(conn: Connection) -> int:
    return people.add_guest(conn, "zh-CN")


def permit(conn: Connection, number: int = 1, *, place: str = "1号机房", **values: Any) -> int:
    """A permit with everything that it must have."""
    applicant = somebody(conn)
    talk = conversations.begin(conn, "hot-work", applicant, {}, None, NOW)
    plain: dict[str, Any] = {
        "code": f"D-0605-{number:02}",
        "day": date(2023, 6, 5),
        "number": number,
        "enterprise": CODE,
        "district": "浑南区",
        "applicant": applicant,
        "conversation": talk.id,
        "level": "first",
        "upgraded": False,
        "state": State.SUBMITTED,
        "begun": False,
        "starts": NOW,
        "until": NOW + 8 * HOUR,
        "point": permits.point(conn, CODE, place),
        "token": f"TOKEN{number:07}",
        "application": {"place": place},
        "sample": True,
        "submitted_at": NOW,
        "created_at": NOW,
    }
    return permits.add(conn, **{**plain, **values})


@pytest.fixture
def kept(database: Database) -> Database:
    """A door behind which there is an enterprise."""
    database.run(enterprise)
    return database


@pytest.mark.parametrize(
    "values",
    [
        {"number": 1, "token": "ANOTHER"},
        {"number": 2, "token": "TOKEN0000001"},
        {"number": 2, "state": State.DRAFTED},
        {"number": 2, "level": "third"},
        {"number": 2, "until": NOW},
    ],
)
def test_what_no_permit_may_be(kept: Database, values: dict[str, Any]) -> None:
    kept.run(permit)
    with pytest.raises(IntegrityError):
        kept.run(lambda conn: permit(conn, **values))


@pytest.mark.parametrize("state", [state for state in State if state is not State.DRAFTED])
def test_one_job_at_a_point(kept: Database, state: State) -> None:
    first = kept.run(permit)
    second = kept.run(lambda conn: permit(conn, 2, place=" １号 机房"))
    kept.run(lambda conn: permits.change(conn, first, state=State.STARTED, begun=True))

    def begin(conn: Connection) -> None:
        permits.change(conn, second, state=state, begun=True)

    if state in ON_SITE:
        with pytest.raises(IntegrityError):
            kept.run(begin)
    else:
        kept.run(begin)
    # Before its start, or elsewhere, it holds nothing.
    kept.run(lambda conn: permits.change(conn, second, state=state, begun=False))
    holding = kept.look(lambda conn: permits.holding(conn, permits.points(conn, CODE)[0].id, but=None))
    assert [one.id for one in holding] == [first]
    elsewhere = kept.run(lambda conn: permit(conn, 3, place="2号机房"))
    kept.run(lambda conn: permits.change(conn, elsewhere, state=State.STARTED, begun=True))


def test_a_step_that_comes_twice_is_one(kept: Database) -> None:
    number = kept.run(permit)

    def add(conn: Connection, dedupe: str | None) -> bool:
        step: dict[str, Any] = {"at": NOW, "received": NOW + HOUR, "person": None, "moved_to": None, "data": {"a": 1}}
        return permits.add_step(conn, number, Event.PHOTO, dedupe, **step) is not None

    told = [kept.run(lambda conn, key=key: add(conn, key)) for key in ("photo/1", "photo/1", None, None)]  # type: ignore[misc]  # bound now
    assert told == [True, False, True, True]
    steps = kept.look(lambda conn: permits.steps(conn, number))
    assert [(step.event, step.at, step.received, step.data) for step in steps] == [
        ("photo", NOW, NOW + HOUR, {"a": 1})
    ] * 3


def test_nothing_is_heard_of_before_it_was_done(kept: Database) -> None:
    number = kept.run(permit)
    step: dict[str, Any] = {"at": NOW + HOUR, "received": NOW, "person": None, "moved_to": None, "data": {}}
    with pytest.raises(IntegrityError):
        kept.run(lambda conn: permits.add_step(conn, number, Event.PHOTO, **step))


def test_one_permit_has_one_approver(kept: Database) -> None:
    number = kept.run(permit)
    kept.run(lambda conn: permits.name(conn, number, PermitPerson("approver", "甲")))
    with pytest.raises(IntegrityError):
        kept.run(lambda conn: permits.name(conn, number, PermitPerson("approver", "乙")))
    assert kept.look(lambda conn: permits.people_of(conn, number)) == [PermitPerson("approver", "甲")]


def test_what_is_due_is_found_once_its_time_has_come(kept: Database) -> None:
    late, early, _ = (
        kept.run(lambda conn, n=n, at=at: permit(conn, n, place=str(n), look_at=at))  # type: ignore[misc]  # bound now
        for n, at in ((1, NOW + 2 * HOUR), (2, NOW + HOUR), (3, None))
    )
    found = [kept.look(lambda conn, at=NOW + n * HOUR: permits.due(conn, at)) for n in range(3)]  # type: ignore[misc]  # bound now
    assert found == [[], [early], [early, late]]


def test_permits_are_found_by_whose_they_are_and_how_they_stand(kept: Database) -> None:
    kept.run(lambda conn: enterprise(conn, "OTHER"))
    first = kept.run(permit)
    second = kept.run(
        lambda conn: permit(conn, 2, place="b", state=State.CLOSED, district="沈河区", created_at=NOW + HOUR)
    )
    third = kept.run(lambda conn: permit(conn, 1, place="c", enterprise="OTHER", day=date(2023, 6, 6), token="X"))
    guardian = kept.run(somebody)
    kept.run(lambda conn: permits.set_people(conn, second, [PermitPerson("guardian", "甲", guardian)]))

    def found(**by: Any) -> list[int]:
        return [one.id for one in kept.look(lambda conn: permits.find(conn, **by))]

    assert found() == [first, second, third]
    assert found(enterprise=CODE) == [first, second]
    assert found(district="沈河区") == [second]
    assert found(person=guardian) == [second]
    assert found(live=True) == [first, third]
    assert found(states=[State.CLOSED]) == [second]
    assert found(day=date(2023, 6, 6)) == [third]
    assert found(applied=(NOW, NOW + HOUR)) == [first, third]
    assert kept.look(lambda conn: permits.by_code(conn, "D-0605-02")).id == second  # type: ignore[union-attr]
    assert kept.look(lambda conn: permits.by_token(conn, "X")).id == third  # type: ignore[union-attr]
    assert kept.look(lambda conn: permits.by_token(conn, "Y")) is None


def test_a_prompt_is_told_once_passed_on_once_and_tapped_once(kept: Database) -> None:
    number, me = kept.run(permit), kept.run(somebody)

    def told(at: datetime) -> bool:
        return kept.run(lambda conn: permits.add_prompt(conn, number, "recheck", at, at))

    def untapped() -> list[permits.SentPrompt]:
        return [one for one in kept.look(lambda conn: permits.prompts(conn, number)) if one.acked_at is None]

    assert (told(NOW), told(NOW), told(NOW + HOUR)) == (True, False, True)
    first, second = untapped()
    assert kept.run(lambda conn: permits.pass_on(conn, first, NOW + HOUR))
    assert not kept.run(lambda conn: permits.pass_on(conn, first, NOW + HOUR))
    assert kept.run(lambda conn: permits.acknowledge(conn, number, "recheck", NOW, NOW + HOUR, me))
    assert not kept.run(lambda conn: permits.acknowledge(conn, number, "recheck", NOW, NOW + HOUR, me))
    assert untapped() == [second]
    (one, _) = kept.look(lambda conn: permits.prompts(conn, number))
    assert (one.rank, one.acked_at, one.acked_by) == (1, NOW + HOUR, me)


def test_attempts_are_counted_by_district_and_time_and_named_to_their_enterprise(kept: Database) -> None:
    me = kept.run(somebody)
    for hours, district in ((0, "浑南区"), (1, "浑南区"), (2, "沈河区")):
        at = NOW + hours * HOUR
        kept.run(lambda conn, at=at, d=district: permits.attempt(conn, CODE, d, at, me, "certified", {"name": "甲"}))  # type: ignore[misc]  # bound now

    def number(*by: Any) -> int:
        return kept.look(lambda conn: permits.attempts(conn, *by))

    assert number(None, NOW) == 3
    assert number("浑南区", NOW) == 2
    assert number("浑南区", NOW + HOUR) == 1
    assert number(None, NOW, NOW + 2 * HOUR) == 2
    assert [one.data["name"] for one in kept.look(lambda conn: permits.attempts_of(conn, CODE))] == ["甲"] * 3
