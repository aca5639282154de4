"""/actions 执法, and what the buttons of its cards do."""

from bot.handlers import arguments
from bot.handlers.annex import column_of, typed
from bot.handlers.arguments import is_id, numbered
from campaign.periods import Period, shown
from service.annex import tables as annex
from service.core.letters import Draft, answer
from service.core.unit_of_work import Speaker, UnitOfWork
from service.enforcement import talks
from service.enforcement.talks import own_columns
from storage import people
from talk.texts import Listed, Say

PAGE_DIGITS = 2


def listing(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """What was entered this month; `6月` another month, `浑南区` another place; a button says `place:month:page`."""
    place, _, rest = argument.partition(":")
    name, _, page = rest.partition(":")
    month: Period | None
    if rest:
        column, month = column_of(uow, place), annex.months(uow).get(name)
        draft = None if column is None or month is None else _list(uow, me, column, month, page)
        arguments.show(uow, me, draft)
        return
    meant = typed(uow, argument)
    if meant is None:
        known = tuple(shown(one).zh for one in annex.months(uow))
        answer(uow, me, Say("action-list-unknown", known=Listed(known)))
        return
    month, column = meant[0] or talks.present_month(uow), meant[1] or _own(uow, me.person)
    arguments.show(uow, me, None if column is None or month is None else _list(uow, me, column, month, ""))


def card(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """An entry by its number."""
    arguments.show(uow, me, talks.card(uow, me.person, int(argument)) if is_id(argument) else None)


def new(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """录入 for the column of that place."""
    column = column_of(uow, argument)
    if column is None:
        answer(uow, me, Say("not-allowed"))
    else:
        talks.begin(uow, me, column)


def back(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """更正 of an entry."""
    numbered(uow, me, argument, talks.begin_back)


def _list(uow: UnitOfWork, me: Speaker, column: str, month: Period, page: str) -> Draft | None:
    number = int(page) if is_id(page) and len(page) <= PAGE_DIGITS else 1
    return talks.listing(uow, me.person, column, month, number)


def _own(uow: UnitOfWork, person: int) -> str | None:
    """Whose entries somebody sees unasked: what they enter for, or the district that they lead."""
    led = [one.subject for one in people.roles(uow.conn, person) if (one.role, one.state) == ("leader", "active")]
    return next(iter([*own_columns(uow, person), *led]), None)
