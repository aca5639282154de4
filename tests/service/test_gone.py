"""Every talk is driven by a test in which whoever is gone tries each step first (`tests.service.gone`)."""

from importlib import import_module

from bot.subjects import TALKS
from campaign.talks.duties import PlainBrief
from campaign.talks.people import FeedbackBrief, JoinBrief, LeaveBrief
from service.core.unit_of_work import FREE
from storage.columns import metadata
from tests.service.gone import DRIVEN

OF_NO_ROLE = {JoinBrief.talk, FeedbackBrief.talk, LeaveBrief.talk}
"""Talks about nobody but oneself, which no role opens."""
NOT_SHIPPED = {PlainBrief.talk}
"""No duty of the shipped pack is answered by it; it is put together as every other duty's talk (`duty_talk`)."""


def test_every_talk_is_tried_by_who_is_gone() -> None:
    assert set(TALKS) - OF_NO_ROLE - NOT_SHIPPED == set(DRIVEN)


def test_every_test_that_is_listed_is_there() -> None:
    for driven in DRIVEN.values():
        module, _, name = driven.partition(".")
        assert callable(getattr(import_module(f"tests.service.{module}"), name, None)), driven


def test_what_anybody_may_write_is_this() -> None:
    """Every other table holds effects, one that comes new too: a write to it wants an act to have been asked."""
    assert set(FREE) == {
        *("inbox", "outbox", "identities", "conversations", "prompts", "answers"),
        *("tries", "files", "audit", "audit_head", "channel_accounts"),
        *("factors", "recovery_codes"),
    }
    assert set(FREE) <= {table.name for table in metadata.sorted_tables}
