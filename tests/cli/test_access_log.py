"""The operator's looks at personal data are in the audit, each with the command."""

import pytest
from sqlalchemy import create_engine, text

from tests.cli.conftest import Anzhu


def noted(anzhu: Anzhu) -> list[tuple[str, str]]:
    """What of such looks the audit holds: event and command."""
    engine = create_engine(anzhu.environment["ANZHU_DATABASE_URL"])
    with engine.connect() as conn:
        found = conn.execute(
            text("SELECT event, data, actor FROM audit WHERE event = 'people-listed' ORDER BY id")
        ).all()
    engine.dispose()
    assert all(one.actor is None for one in found)
    return [(one.event, str(one.data)) for one in found]


@pytest.mark.parametrize(
    ("words", "command"),
    [
        ("people --json", "people"),
        ("people", "people"),
        ("people --burden --json", "people"),
        ("permits --json", "permits"),
        ("hazards --json", "hazards"),
    ],
)
def test_a_list_of_people_is_noted_with_its_command(june: Anzhu, words: str, command: str) -> None:
    before = noted(june)
    june.good(*words.split())
    (event, data) = noted(june)[-1]
    assert len(noted(june)) == len(before) + 1
    assert (event, command in data, "people" in data) == ("people-listed", True, True)


def test_what_names_nobody_is_not_noted(june: Anzhu) -> None:
    before = noted(june)
    june.good("duties", "--json")
    june.good("outbox", "--json")
    june.good("audit", "verify")
    assert noted(june) == before


def test_who_saw_what_is_listed_and_of_one_person_alone(june: Anzhu) -> None:
    june.good("people")
    june.good("hazards", "--json")
    (first, second) = june.good("audit", "show", "--json").json
    assert (first["event"], first["person"], first["command"], first["people"]) == ("people-listed", None, "people", 0)
    assert second["command"] == "hazards"
    assert "hazards" in june.good("audit", "show").out
    assert june.good("audit", "show", "--person", "12", "--json").json == []
    assert "abc" in june.refused("audit", "show", "--person", "abc")
