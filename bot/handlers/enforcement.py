"""/actions 执法: what a bureau did is listed, shown, entered and taken back."""

from typing import Final

from bot.dialogs import enforcement
from bot.handlers.subject import Subject
from campaign.periods import shown
from campaign.roles import LEADER
from campaign.talks.enforcement import ActionBrief, TakeBackActionBrief
from service.annex import tables
from service.core.letters import Draft
from service.core.permissions import subjects_of, which_district
from service.core.refusal import RefusedError, existing, not_allowed
from service.core.talk_spec import TalkSpec
from service.core.unit_of_work import Speaker, UnitOfWork
from service.enforcement import actions, entries
from talk.texts import Listed, Say

SUBJECT: Final = Subject()

SUBJECT.talk(
    TalkSpec(
        brief=ActionBrief,
        dialog=enforcement.act,
        title=lambda brief: Say("action-title", place=brief.place),
        permission=entries.to_enter,
        finish=entries.entered,
        hears=entries.hears,
    )
)
SUBJECT.talk(
    TalkSpec(
        brief=TakeBackActionBrief,
        dialog=enforcement.take_back,
        title=lambda brief: Say("action-back-title", number=brief.number),
        permission=entries.to_take_back,
        finish=entries.taken_back,
    )
)


SUBJECT.on(actions.SHOW)(entries.card)
SUBJECT.on(actions.TAKE_BACK)(entries.begin_back)


@SUBJECT.command(actions.LISTING)
def listing(uow: UnitOfWork, me: Speaker, argument: str) -> Draft:
    """Return what was entered this month; `6月` another month, `浑南区` another place."""
    meant = tables.named(uow, argument)
    if meant is None:
        known = tuple(shown(month).zh for month in tables.months(uow))
        raise RefusedError(Say("action-list-unknown", known=Listed(known)))
    month, column = meant[0] or entries.present_month(uow), meant[1] or _own(uow, me.person, argument)
    return entries.listing(uow, me, existing(column), existing(month), 1)


@SUBJECT.on(actions.LIST)
def page(uow: UnitOfWork, me: Speaker, place: int, month: str, page: int) -> Draft:
    """Return a page of what was entered for a column in a month."""
    return entries.listing(uow, me, _column(uow, place), existing(tables.months(uow).get(month)), page)


@SUBJECT.on(actions.ENTER)
def enter(uow: UnitOfWork, me: Speaker, place: int) -> None:
    """录入 for a column."""
    entries.begin(uow, me, _column(uow, place))


def _column(uow: UnitOfWork, place: int) -> str:
    columns = uow.pack.columns
    if place >= len(columns):
        raise not_allowed()
    return columns[place]


def _own(uow: UnitOfWork, person: int, words: str) -> str | None:
    """Return whose entries somebody sees unasked: what they enter for, or the district that they lead; RefusedError
    where that is several.
    """
    own = list(dict.fromkeys([*entries.own_columns(uow, person), *subjects_of(uow, person, (LEADER,))]))
    if len(own) > 1:
        raise which_district(own, actions.LISTING.name, words)
    return next(iter(own), None)
