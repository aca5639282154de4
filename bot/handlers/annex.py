"""/annex 调度表, and what the buttons of its cards do: `verb:month:column:rest`."""

from bot.handlers.arguments import is_id
from campaign.periods import Period, shown
from service.actions import target_of
from service.annex import cards, chief, city, filing, tables
from service.annex.tables import Table, columns
from service.letters import Draft, answer, send
from service.mine import own_district
from service.permissions import Act, Target, may
from service.work import Speaker, Work
from talk.texts import Listed, Say

VERBS = frozenset(
    (
        "show",
        "block",
        "cell",
        "records",
        "chief",
        "columns",
        "submit",
        "approve",
        "return",
        "withdraw",
        "file",
        "sure",
        "override",
        "paper",
    )
)
PARTS = 3
"""Of a button at the least: verb, month, column."""
PAGE_DIGITS = 2


def annex(work: Work, me: Speaker, argument: str) -> None:
    """The table of the month that can be filled in; `6月`, `2023-06` another, for the city also with a district."""
    verb, *parts = argument.split(":")
    if verb in VERBS and len(parts) >= PARTS - 1:
        _tapped(work, me, verb, parts[0], parts[1], parts[2:])
        return
    meant = typed(work, argument)
    own = own_district(work, me.person)
    if own is None and not may(work, me.person, Act.SEE_ANNEX, Target()):
        answer(work, me, Say("not-allowed"))
    elif meant is None:
        known = tuple(shown(name).zh for name in tables.months(work))
        answer(work, me, Say("annex-unknown", known=Listed(known)))
    else:
        month, named = meant
        column = named or own
        _show(work, me, month or tables.present(work, column), column)


def typed(work: Work, text: str) -> tuple[Period | None, str | None] | None:
    """The month and the column that words name; None where a word names neither."""
    month, column = None, None
    by_name = {
        name: one
        for one in tables.months(work).values()
        for name in (one.name, shown(one.name).zh, shown(one.name).en, str(one.first.month))
    }
    for word in text.split():
        district = work.pack.district_by_name(word)
        if word in by_name:
            month = by_name[word]
        elif district is not None:
            column = district.name
        elif word == work.pack.annex.city_column:
            column = word
        else:
            return None
    return month, column


def column_of(work: Work, place: str) -> str | None:
    """The column that a button means by its place among them."""
    known = columns(work)
    return known[int(place)] if is_id(place) and int(place) < len(known) else None


def _show(work: Work, me: Speaker, month: Period | None, column: str | None) -> None:
    if month is None or not may(
        work, me.person, Act.SEE_ANNEX, Target() if column is None else target_of(work, column)
    ):
        answer(work, me, Say("not-allowed"))
    elif work.now.date() < month.first:
        answer(work, me, Say("annex-not-begun", month=shown(month.name), day=month.first))
    elif column is None:
        send(work, me, city.table(work, month))
    else:
        send(work, me, cards.card(work, me.person, tables.table(work, month, column, filing=True)))


def _tapped(work: Work, me: Speaker, verb: str, named: str, place: str, rest: list[str]) -> None:
    month = tables.months(work).get(named)
    column = column_of(work, place)
    where = Target() if column is None else target_of(work, column)
    if month is None or (place and column is None) or not may(work, me.person, Act.SEE_ANNEX, where):
        answer(work, me, Say("not-allowed"))
        return
    if work.now.date() < month.first:
        answer(work, me, Say("annex-not-begun", month=shown(month.name), day=month.first))
        return
    if verb == "paper":
        filing.print_(work, me, month, column)
        return
    said, page = [*rest, "", ""][:2]
    if verb == "chief" and column is None:
        chief.ask(work, me, month)
        return
    if column is None:
        draft = _of_city(work, month, verb, said, _page(said if verb == "columns" else page))
        send(work, me, draft if draft is not None else city.table(work, month))
        return
    match verb:
        case "submit":
            filing.submit(work, me, month, column, said)
        case "approve":
            filing.approve(work, me, month, column, said)
        case "withdraw":
            filing.withdraw(work, me, month, column)
        case "file" | "sure":
            filing.file(work, me, month, column, said, sure=verb == "sure")
        case "return":
            filing.begin_return(work, me, month, column, said)
        case "override":
            filing.begin_override(work, me, month, column, said)
        case _:
            send(
                work, me, _of_column(work, me, tables.table(work, month, column, filing=True), verb, said, _page(page))
            )


def _page(said: str) -> int:
    return max(int(said), 1) if is_id(said) and len(said) <= PAGE_DIGITS else 1


def _of_column(work: Work, me: Speaker, found: Table, verb: str, said: str, page: int) -> Draft:
    if verb == "block" and said in {one.id for one in work.pack.annex.blocks}:
        return cards.block(work, found, said, page)
    if verb == "cell" and work.pack.annex.row(said) is not None:
        return cards.cell(work, me.person, found, said, page)
    if verb == "records" and work.pack.annex.row(said) is not None:
        return cards.records(work, found, said, page)
    return cards.card(work, me.person, found)


def _of_city(work: Work, month: Period, verb: str, said: str, page: int) -> Draft | None:
    row = work.pack.annex.row(said)
    if verb == "block" and said in {one.id for one in work.pack.annex.blocks}:
        return city.block(work, month, said, page)
    if verb == "cell" and row is not None:
        return city.cell(work, month, row)
    return city.columns(work, month, page) if verb == "columns" else None
