"""A change of a dialog that gives kept answers another meaning fails here, unless it comes with a new `rev`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.subjects import TALKS
from tests.dialogs.journal import JOURNALS, Journal, as_recorded, driven, read, record
from tests.dialogs.talker import duty_brief

every_journal = pytest.mark.parametrize("path", JOURNALS, ids=[path.stem for path in JOURNALS])


@every_journal
def test_a_journal_drives_to_its_stated_end(path: Path) -> None:
    journal = read(path)
    assert driven(journal) == journal["end"]


def test_every_dialog_has_a_journal() -> None:
    assert {read(path)["dialog"] for path in JOURNALS} == set(TALKS)


def changed(journal: Journal, key: str, change: Mapping[str, Any]) -> Journal:
    """Give the journal of a dialog in which one question was changed: to it, the kept answer is the odd one."""
    answers = [{**one, **change} if one["key"] == key else one for one in journal["answers"]]
    return {**journal, "answers": answers}


@every_journal
def test_a_changed_key_rev_or_value_is_noticed(path: Path) -> None:
    journal = read(path)
    for key in journal["end"]["visited"]:
        changes: list[dict[str, Any]] = [{"rev": 0}, {"value": {"unknown": 1}}]
        if key != "photos":
            changes.append({"key": f"{key}-of-old"})
        for change in changes:
            assert driven(changed(journal, key, change)) == {"asks": key}
        # Photos are asked on request only: without them the confirmation is another one.
        if key == "photos":
            assert driven(changed(journal, key, {"key": "photos-of-old"})) == {"asks": "confirm"}


@every_journal
def test_a_changed_brief_is_noticed_by_the_confirmation(path: Path) -> None:
    journal = read(path)
    if "confirm" in journal["end"]["visited"]:
        assert driven({**journal, "brief": journal["brief"] | {"more": 1}}) == {"asks": "confirm"}


def test_answers_under_a_new_rev_are_added_to_the_old_ones() -> None:
    journal = read(JOURNALS[[path.stem for path in JOURNALS].index("feedback")])
    before = {"key": "text", "rev": 0, "value": 5}
    assert driven({**journal, "answers": [before, *journal["answers"]]}) == journal["end"]


def test_a_journal_is_recorded_as_it_is_kept() -> None:
    (kept,) = (read(path) for path in JOURNALS if path.stem == "dispatch-edited-with-photos")
    lines = ["[yes]", "[yes]", "[today]", "[remote]", "1、2", "[same]", "^day", "[yesterday]", "<调度会.jpg>", "^form"]
    brief = duty_brief(previous={"form": "remote", "problems": "资金3万元"})
    told = record("monthly-dispatch", brief, [*lines, "@2023-06-07T10:00:00+08:00", "[meeting]", "[confirm]"])
    assert {**told, "end": as_recorded(told["end"], kept["end"])} == kept


def test_a_talk_that_does_not_end_is_not_recorded() -> None:
    with pytest.raises(AssertionError):
        record("monthly-dispatch", duty_brief(), ["[yes]"])
    with pytest.raises(AssertionError, match="未能识别"):
        record("monthly-dispatch", duty_brief(), ["也许吧"])
