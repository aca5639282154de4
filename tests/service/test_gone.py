"""Every talk is driven by a test in which whoever is gone tries each step first (`tests.service.gone`)."""

from importlib import import_module

import pytest
from sqlalchemy import select, update

from bot import subjects
from bot.subjects import TALKS
from campaign.talks.duties import PlainBrief
from campaign.talks.people import FeedbackBrief, JoinBrief, LeaveBrief
from service.core.permissions import Act, require
from service.core.unit_of_work import FREE, Speaker, UnitOfWork
from service.people import actions
from storage import inbox, registry
from storage.columns import metadata
from storage.tables import enterprises
from tests.service.conftest import FOOD
from tests.service.gone import DRIVEN
from tests.town import Town

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
        *("tries", "denials", "files", "audit", "audit_head", "channel_accounts"),
        *("factors", "recovery_codes", "paper_orders"),
    }
    assert set(FREE) <= {table.name for table in metadata.sorted_tables}


def _rename(uow: UnitOfWork) -> None:
    uow.conn.execute(update(enterprises).values(name="改名有限公司"))


def _forgetful(uow: UnitOfWork, me: Speaker, text: str) -> None:
    """Write an effect as a use case would whose author forgot to ask."""
    del me, text
    _rename(uow)


def _asking(uow: UnitOfWork, me: Speaker, text: str) -> None:
    del text
    enterprise = registry.enterprise(uow.conn, FOOD)
    assert enterprise is not None
    require(uow, me, Act.REPORT_HAZARD, enterprise)
    _rename(uow)


async def test_an_effect_of_which_nobody_was_asked_fails_alone(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    zheng = await town.join("郑演丙", "principal", FOOD)
    monkeypatch.setitem(subjects.subject("people").commands, actions.ME.name, _forgetful)
    assert "抱歉" in await zheng.say("/me")
    assert town.use(lambda uow: inbox.failed(uow.conn)) == 1
    assert town.use(_names) == {"沈阳白桦示范食品有限公司"}
    # The same write passes once an act of theirs was asked, so that it is the asking which makes the difference.
    monkeypatch.setitem(subjects.subject("people").commands, actions.ME.name, _asking)
    await zheng.say("/me")
    assert town.use(_names) == {"改名有限公司"}


def _names(uow: UnitOfWork) -> set[str]:
    return set(uow.conn.execute(select(enterprises.c.name)).scalars())
