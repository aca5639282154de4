"""/annex 调度表, and what the buttons of its cards do: `verb:month:column:rest`."""

from bot.handlers.arguments import is_id
from campaign.periods import Period, shown
from service.annex import cards as annex_cards
from service.annex import chief, city
from service.annex import filing as annex_filing
from service.annex import tables as annex_tables
from service.annex.tables import Table
from service.core.letters import Draft, answer, send
from service.core.permissions import Act, Target, may, own_district
from service.core.unit_of_work import Speaker, UnitOfWork
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


def annex(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """The table of the month that can be filled in; `6月`, `2023-06` another, for the city also with a district."""
    verb, *parts = argument.split(":")
    if verb in VERBS and len(parts) >= PARTS - 1:
        _tapped(uow, me, verb, parts[0], parts[1], parts[2:])
        return
    meant = typed(uow, argument)
    own = own_district(uow, me.person)
    if own is None and not may(uow, me.person, Act.SEE_ANNEX, Target()):
        answer(uow, me, Say("not-allowed"))
    elif meant is None:
        known = tuple(shown(name).zh for name in annex_tables.months(uow))
        answer(uow, me, Say("annex-unknown", known=Listed(known)))
    else:
        month, named = meant
        column = named or own
        _show(uow, me, month or annex_tables.present(uow, column), column)


def typed(uow: UnitOfWork, text: str) -> tuple[Period | None, str | None] | None:
    """The month and the column that words name; None where a word names neither."""
    month, column = None, None
    by_name = {
        name: one
        for one in annex_tables.months(uow).values()
        for name in (one.name, shown(one.name).zh, shown(one.name).en, str(one.first.month))
    }
    for word in text.split():
        district = uow.pack.district_by_name(word)
        if word in by_name:
            month = by_name[word]
        elif district is not None:
            column = district.name
        elif word == uow.pack.annex.city_column:
            column = word
        else:
            return None
    return month, column


def column_of(uow: UnitOfWork, place: str) -> str | None:
    """The column that a button means by its place among them."""
    known = uow.pack.columns
    return known[int(place)] if is_id(place) and int(place) < len(known) else None


def _show(uow: UnitOfWork, me: Speaker, month: Period | None, column: str | None) -> None:
    if month is None or not may(
        uow, me.person, Act.SEE_ANNEX, Target() if column is None else Target.of_column(uow.pack, column)
    ):
        answer(uow, me, Say("not-allowed"))
    elif uow.now.date() < month.first:
        answer(uow, me, Say("annex-not-begun", month=shown(month.name), day=month.first))
    elif column is None:
        send(uow, me, city.table(uow, month))
    else:
        send(uow, me, annex_cards.card(uow, me.person, annex_tables.table(uow, month, column, filing=True)))


def _tapped(uow: UnitOfWork, me: Speaker, verb: str, named: str, place: str, rest: list[str]) -> None:
    month = annex_tables.months(uow).get(named)
    column = column_of(uow, place)
    where = Target() if column is None else Target.of_column(uow.pack, column)
    if month is None or (place and column is None) or not may(uow, me.person, Act.SEE_ANNEX, where):
        answer(uow, me, Say("not-allowed"))
        return
    if uow.now.date() < month.first:
        answer(uow, me, Say("annex-not-begun", month=shown(month.name), day=month.first))
        return
    if verb == "paper":
        annex_filing.print_(uow, me, month, column)
        return
    said, page = [*rest, "", ""][:2]
    if verb == "chief" and column is None:
        chief.ask(uow, me, month)
        return
    if column is None:
        draft = _of_city(uow, month, verb, said, _page(said if verb == "columns" else page))
        send(uow, me, draft if draft is not None else city.table(uow, month))
        return
    match verb:
        case "submit":
            annex_filing.submit(uow, me, month, column, said)
        case "approve":
            annex_filing.approve(uow, me, month, column, said)
        case "withdraw":
            annex_filing.withdraw(uow, me, month, column)
        case "file" | "sure":
            annex_filing.file(uow, me, month, column, said, sure=verb == "sure")
        case "return":
            annex_filing.begin_return(uow, me, month, column, said)
        case "override":
            annex_filing.begin_override(uow, me, month, column, said)
        case _:
            send(
                uow,
                me,
                _of_column(uow, me, annex_tables.table(uow, month, column, filing=True), verb, said, _page(page)),
            )


def _page(said: str) -> int:
    return max(int(said), 1) if is_id(said) and len(said) <= PAGE_DIGITS else 1


def _of_column(uow: UnitOfWork, me: Speaker, found: Table, verb: str, said: str, page: int) -> Draft:
    if verb == "block" and said in {one.id for one in uow.pack.annex.blocks}:
        return annex_cards.block(uow, found, said, page)
    if verb == "cell" and uow.pack.annex.row(said) is not None:
        return annex_cards.cell(uow, me.person, found, said, page)
    if verb == "records" and uow.pack.annex.row(said) is not None:
        return annex_cards.records(uow, found, said, page)
    return annex_cards.card(uow, me.person, found)


def _of_city(uow: UnitOfWork, month: Period, verb: str, said: str, page: int) -> Draft | None:
    row = uow.pack.annex.row(said)
    if verb == "block" and said in {one.id for one in uow.pack.annex.blocks}:
        return city.block(uow, month, said, page)
    if verb == "cell" and row is not None:
        return city.cell(uow, month, row)
    return city.columns(uow, month, page) if verb == "columns" else None
