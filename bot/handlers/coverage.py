"""/coverage 覆盖情况, and what its buttons do: `verb:place:page`."""

from bot.handlers.arguments import is_id, numbered
from service.annex.tables import columns
from service.district import cards as coverage_cards
from service.district import coverage, trainings
from service.district import sheet as coverage_sheet
from service.letters import answer, send
from service.mine import own_district
from service.work import Speaker, Work
from talk.texts import Listed, Say

VERBS = frozenset({"show", "unchecked", "untrained", "record", "trainings", "export", "city"})
PAGE_DIGITS = 3


def coverage_(work: Work, me: Speaker, argument: str) -> None:
    """The counters of one's district; for the city those of all, or of the one that is named."""
    verb, *parts = argument.split(":")
    if verb in VERBS and parts:
        _tapped(work, me, verb, *[*parts, ""][:2])
        return
    named = work.pack.district_by_name(argument)
    if argument and named is None and argument != work.pack.annex.city_column:
        answer(work, me, Say("coverage-unknown", known=Listed(columns(work))))
        return
    column = named.name if named is not None else argument or own_district(work, me.person)
    if not coverage.may_see(work, me.person, column):
        answer(work, me, Say("not-allowed"))
    elif column is None:
        send(work, me, coverage_cards.city(work, 1))
    else:
        send(work, me, coverage_cards.card(work, me.person, column))


def training(work: Work, me: Speaker, argument: str) -> None:
    """The card of a training."""
    numbered(work, me, argument, trainings.show)


def undo(work: Work, me: Speaker, argument: str) -> None:
    """撤销登记."""
    numbered(work, me, argument, trainings.begin_undo)


def _tapped(work: Work, me: Speaker, verb: str, place: str, said: str) -> None:
    known = columns(work)
    if verb == "city":
        place, said = "", place
    column = known[int(place)] if is_id(place) and int(place) < len(known) else None
    if (place and column is None) or not coverage.may_see(work, me.person, column):
        answer(work, me, Say("not-allowed"))
        return
    page = int(said) if is_id(said) and len(said) <= PAGE_DIGITS else 1
    if verb == "export":
        coverage_sheet.ask(work, me, column)
    elif column is None:
        send(work, me, coverage_cards.city(work, page))
    elif verb == "record":
        trainings.begin(work, me, column)
    elif verb == "unchecked":
        send(work, me, coverage_cards.unchecked(work, column, page))
    elif verb == "untrained":
        send(work, me, coverage_cards.untrained(work, column, page))
    elif verb == "trainings":
        send(work, me, coverage_cards.trainings(work, column, page))
    else:
        send(work, me, coverage_cards.card(work, me.person, column))
