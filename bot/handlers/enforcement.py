"""/actions 执法, and what the buttons of its cards do."""

from bot.handlers import arguments
from bot.handlers.annex import column_of, typed
from bot.handlers.arguments import is_id, numbered
from campaign.periods import Period, shown
from service import enforcement
from service.annex import tables as annex
from service.enforcement import own_columns
from service.letters import Draft, answer
from service.work import Speaker, Work
from storage import people
from talk.texts import Listed, Say

PAGE_DIGITS = 2


def listing(work: Work, me: Speaker, argument: str) -> None:
    """What was entered this month; `6月` another month, `浑南区` another place; a button says `place:month:page`."""
    place, _, rest = argument.partition(":")
    name, _, page = rest.partition(":")
    month: Period | None
    if rest:
        column, month = column_of(work, place), annex.months(work).get(name)
        draft = None if column is None or month is None else _list(work, me, column, month, page)
        arguments.show(work, me, draft)
        return
    meant = typed(work, argument)
    if meant is None:
        known = tuple(shown(one).zh for one in annex.months(work))
        answer(work, me, Say("action-list-unknown", known=Listed(known)))
        return
    month, column = meant[0] or enforcement.present_month(work), meant[1] or _own(work, me.person)
    arguments.show(work, me, None if column is None or month is None else _list(work, me, column, month, ""))


def card(work: Work, me: Speaker, argument: str) -> None:
    """An entry by its number."""
    arguments.show(work, me, enforcement.card(work, me.person, int(argument)) if is_id(argument) else None)


def new(work: Work, me: Speaker, argument: str) -> None:
    """录入 for the column of that place."""
    column = column_of(work, argument)
    if column is None:
        answer(work, me, Say("not-allowed"))
    else:
        enforcement.begin(work, me, column)


def back(work: Work, me: Speaker, argument: str) -> None:
    """更正 of an entry."""
    numbered(work, me, argument, enforcement.begin_back)


def _list(work: Work, me: Speaker, column: str, month: Period, page: str) -> Draft | None:
    number = int(page) if is_id(page) and len(page) <= PAGE_DIGITS else 1
    return enforcement.listing(work, me.person, column, month, number)


def _own(work: Work, person: int) -> str | None:
    """Whose entries somebody sees unasked: what they enter for, or the district that they lead."""
    led = [one.subject for one in people.roles(work.conn, person) if (one.role, one.state) == ("leader", "active")]
    return next(iter([*own_columns(work, person), *led]), None)
