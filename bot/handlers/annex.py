"""/annex 调度表, and what the buttons of its cards do."""

from collections.abc import Callable, Mapping
from typing import Final, TypeVarTuple, Unpack

from bot.dialogs import annex
from bot.handlers.subject import Subject
from campaign.annex import AnnexBlock
from campaign.periods import Period, shown
from campaign.talks.annex import TABLE, OverrideBrief, ReturnBrief
from service.annex import actions, cards, chief, city, filing, tables
from service.annex.grounds import Kind
from service.core.letters import Draft
from service.core.permissions import CITY_ITSELF, Act, Area, may, own_district
from service.core.refusal import RefusedError, existing, not_allowed
from service.core.talk_spec import TalkSpec
from service.core.unit_of_work import Speaker, UnitOfWork
from service.enforcement.actions import SHOW as SHOW_ACTION
from service.hazards.actions import SHOW as SHOW_HAZARD
from talk.actions import Action
from talk.texts import Listed, Say

Args = TypeVarTuple("Args")

SUBJECT: Final = Subject()

SUBJECT.talk(
    TalkSpec(
        brief=OverrideBrief,
        dialog=annex.override,
        title=lambda brief: Say("annex-override-title", label=brief.label),
        permission=cards.to_fill,
        finish=filing.overridden,
    )
)
SUBJECT.talk(
    TalkSpec(
        brief=ReturnBrief,
        dialog=annex.give_back,
        title=lambda brief: Say("annex-return-title", place=brief.column),
        permission=cards.to_return,
        finish=filing.returned,
    )
)
SUBJECT.opens(TABLE)(filing.open_of)

SHOWN_BY: Final[Mapping[Kind, Action[int]]] = {"hazard": SHOW_HAZARD, "action": SHOW_ACTION}
"""By which button the card of a record is shown, by the record's kind."""


@SUBJECT.command(actions.SHOWING)
def typed(uow: UnitOfWork, me: Speaker, argument: str) -> Draft:
    """The table of the month that can be filled in; `6月`, `2023-06` another, for the city also with a district."""
    meant = tables.named(uow, argument)
    column = None if meant is None else meant[1]
    own = column or own_district(uow, me.person, actions.SHOWING.name, argument)
    if own is None and not may(uow, me.person, Act.SEE_ANNEX, CITY_ITSELF):
        raise not_allowed()
    if meant is None:
        known = tuple(shown(name).zh for name in tables.months(uow))
        raise RefusedError(Say("annex-unknown", known=Listed(known)))
    month = meant[0] or tables.present(uow, own)
    return _show(uow, me, *_seen(uow, me, month, own))


@SUBJECT.on(actions.SHOW)
def show(uow: UnitOfWork, me: Speaker, month: str, place: int | None) -> Draft:
    """The table of a column, or of the whole city."""
    return _show(uow, me, *_tapped(uow, me, month, place))


@SUBJECT.on(actions.BLOCK)
def block(uow: UnitOfWork, me: Speaker, month: str, place: int | None, name: str, page: int) -> Draft:
    """A block with all its rows."""
    period, column = _tapped(uow, me, month, place)
    known = _block(uow, name)
    if column is None:
        return city.block(uow, period, known, page)
    return cards.block(uow, tables.table(uow, period, column, filing=True), known, page)


@SUBJECT.on(actions.CELL)
def cell(uow: UnitOfWork, me: Speaker, month: str, place: int | None, row: str, page: int) -> Draft:
    """A row, with the records behind it or (of the whole city) its columns."""
    period, column = _tapped(uow, me, month, place)
    known = existing(uow.pack.annex.row(row))
    if column is None:
        return city.cell(uow, period, known)
    return cards.cell(uow, me.person, tables.table(uow, period, column, filing=True), row, page)


@SUBJECT.on(actions.RECORDS)
def records(uow: UnitOfWork, me: Speaker, month: str, place: int | None, row: str, page: int) -> Draft:
    """逐条查看 of a row of a column."""
    period, column = _tapped(uow, me, month, place)
    if column is None or uow.pack.annex.row(row) is None:
        raise not_allowed()
    found = tables.table(uow, period, column, filing=True)
    return cards.records(uow, found, row, page, SHOWN_BY)


@SUBJECT.on(actions.COLUMNS)
def columns(uow: UnitOfWork, me: Speaker, month: str, place: int | None, page: int) -> Draft:
    """各地区, for the city."""
    return city.columns(uow, _of_city(uow, me, month, place), page)


@SUBJECT.on(actions.CHIEF)
def chief_card(uow: UnitOfWork, me: Speaker, month: str, place: int | None) -> None:
    """本月简报, for the city."""
    chief.ask(uow, me, _of_city(uow, me, month, place))


@SUBJECT.on(actions.PAPER)
def paper(uow: UnitOfWork, me: Speaker, month: str, place: int | None) -> None:
    """下载表格."""
    filing.order_paper(uow, me, *_tapped(uow, me, month, place))


def _of_column(
    step: Callable[[UnitOfWork, Speaker, Period, str, Unpack[Args]], None],
) -> Callable[[UnitOfWork, Speaker, str, int | None, Unpack[Args]], None]:
    """Make the handler of a step that the table of a column takes; the whole city's takes none."""

    def handler(uow: UnitOfWork, me: Speaker, month: str, place: int | None, *rest: *Args) -> None:
        period, column = _tapped(uow, me, month, place)
        if column is None:
            raise not_allowed()
        step(uow, me, period, column, *rest)

    return handler


SUBJECT.on(actions.SUBMIT)(_of_column(filing.submit))
SUBJECT.on(actions.APPROVE)(_of_column(filing.approve))
SUBJECT.on(actions.RETURN)(_of_column(filing.begin_return))
SUBJECT.on(actions.WITHDRAW)(_of_column(filing.withdraw))
SUBJECT.on(actions.FILE)(_of_column(filing.ask_before_filing))
SUBJECT.on(actions.CONFIRM)(_of_column(filing.file))
SUBJECT.on(actions.OVERRIDE)(_of_column(filing.begin_override))


def _show(uow: UnitOfWork, me: Speaker, month: Period, column: str | None) -> Draft:
    if column is None:
        return city.table(uow, month)
    return cards.card(uow, me.person, tables.table(uow, month, column, filing=True))


def _tapped(uow: UnitOfWork, me: Speaker, month: str, place: int | None) -> tuple[Period, str | None]:
    """The month and column of a button, where this person may see them."""
    known = uow.pack.columns
    if place is not None and place >= len(known):
        raise not_allowed()
    return _seen(uow, me, tables.months(uow).get(month), None if place is None else known[place])


def _of_city(uow: UnitOfWork, me: Speaker, month: str, place: int | None) -> Period:
    """The month of a button that is about the whole city."""
    period, column = _tapped(uow, me, month, place)
    if column is not None:
        raise not_allowed()
    return period


def _seen(uow: UnitOfWork, me: Speaker, month: Period | None, column: str | None) -> tuple[Period, str | None]:
    """A month that has begun, and a column (None: the whole city) that this person may see."""
    area = CITY_ITSELF if column is None else Area.of_column(uow.pack, column)
    if month is None or not may(uow, me.person, Act.SEE_ANNEX, area):
        raise not_allowed()
    if uow.now.date() < month.first:
        raise RefusedError(Say("annex-not-begun", month=shown(month.name), day=month.first))
    return month, column


def _block(uow: UnitOfWork, name: str) -> AnnexBlock:
    return existing(next((block for block in uow.pack.annex.blocks if block.id == name), None))
