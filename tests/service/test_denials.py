"""Refusals and guesses at codes are in the audit: one event a person and hour, and their number when it is over."""

from typing import Any

from sqlalchemy import select

from storage.tables import audit, denials
from tests.service.conftest import CITY, DISTRICT, FOOD
from tests.town import Town


def noted(town: Town, event: str) -> list[tuple[int | None, str, dict[str, Any]]]:
    found = select(audit.c.actor, audit.c.subject, audit.c.data).where(audit.c.event == event).order_by(audit.c.id)
    return [
        (one.actor, one.subject, one.data) for one in town.app.database.look(lambda conn: conn.execute(found).all())
    ]


async def test_who_tries_what_is_not_theirs_is_noted_once_an_hour(town: Town) -> None:
    principal = await town.join("郑演丙", "principal", FOOD)
    who = principal.id
    for _ in range(5):
        await principal.press_data("a:answers:999:1")
    assert noted(town, "refused") == [(who, f"person/{who}", {})]
    town.pass_time(hours=1)
    town.tick()
    (_, (actor, subject, data)) = noted(town, "refused")
    assert (actor, subject, data["more"] >= 4, data["hour"]) == (
        who, f"person/{who}", True, "2023-06-05T01:00:00+00:00",
    )  # fmt: skip
    assert town.app.database.look(lambda conn: conn.execute(select(denials)).all()) == []
    town.tick()
    assert len(noted(town, "refused")) == 2


async def test_guesses_of_strangers_are_one_event_however_many_they_are(town: Town) -> None:
    for nth in range(6):
        stranger = town.newcomer(f"路人{nth}")
        await stranger.say("/start ABCD-2345")
    assert noted(town, "code-guessed") == [(None, "strangers", {})]
    town.pass_time(hours=1)
    town.tick()
    assert noted(town, "code-guessed")[1][2]["more"] == 5


async def test_what_is_allowed_leaves_no_refusal(town: Town) -> None:
    clerk = await town.join("孙演九", "clerk", DISTRICT)
    await town.join("赵演六", "city", CITY)
    await clerk.say("/tasks")
    assert noted(town, "refused") == []
