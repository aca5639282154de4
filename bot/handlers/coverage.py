"""/coverage 覆盖情况, and what its buttons do: `verb:place:page`."""

from bot.handlers.arguments import is_id, numbered
from service.core.letters import answer, send
from service.core.unit_of_work import Speaker, UnitOfWork
from service.district import cards as coverage_cards
from service.district import coverage, trainings
from service.district import sheet as coverage_sheet
from service.duties.owned import own_district
from talk.texts import Listed, Say

VERBS = frozenset({"show", "unchecked", "untrained", "record", "trainings", "export", "city"})
PAGE_DIGITS = 3


def coverage_(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """The counters of one's district; for the city those of all, or of the one that is named."""
    verb, *parts = argument.split(":")
    if verb in VERBS and parts:
        _tapped(uow, me, verb, *[*parts, ""][:2])
        return
    named = uow.pack.district_by_name(argument)
    if argument and named is None and argument != uow.pack.annex.city_column:
        answer(uow, me, Say("coverage-unknown", known=Listed(uow.pack.columns)))
        return
    column = named.name if named is not None else argument or own_district(uow, me.person)
    if not coverage.may_see(uow, me.person, column):
        answer(uow, me, Say("not-allowed"))
    elif column is None:
        send(uow, me, coverage_cards.city(uow, 1))
    else:
        send(uow, me, coverage_cards.card(uow, me.person, column))


def training(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """The card of a training."""
    numbered(uow, me, argument, trainings.show)


def undo(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """撤销登记."""
    numbered(uow, me, argument, trainings.begin_undo)


def _tapped(uow: UnitOfWork, me: Speaker, verb: str, place: str, said: str) -> None:
    known = uow.pack.columns
    if verb == "city":
        place, said = "", place
    column = known[int(place)] if is_id(place) and int(place) < len(known) else None
    if (place and column is None) or not coverage.may_see(uow, me.person, column):
        answer(uow, me, Say("not-allowed"))
        return
    page = int(said) if is_id(said) and len(said) <= PAGE_DIGITS else 1
    if verb == "export":
        coverage_sheet.ask(uow, me, column)
    elif column is None:
        send(uow, me, coverage_cards.city(uow, page))
    elif verb == "record":
        trainings.begin(uow, me, column)
    elif verb == "unchecked":
        send(uow, me, coverage_cards.unchecked(uow, column, page))
    elif verb == "untrained":
        send(uow, me, coverage_cards.untrained(uow, column, page))
    elif verb == "trainings":
        send(uow, me, coverage_cards.trainings(uow, column, page))
    else:
        send(uow, me, coverage_cards.card(uow, me.person, column))
