"""/checks 抽查, and what the buttons of its cards do."""

from collections.abc import Callable

from bot.handlers.arguments import is_id, numbered
from service.actions import target_of
from service.checks import cards as check_cards
from service.checks import draws as check_draws
from service.checks import plans as check_plans
from service.checks import results as checks
from service.checks.places import own_place, places
from service.letters import Draft, answer, send
from service.permissions import Act, may
from service.work import Speaker, Work
from storage import checks as storage
from storage.checks import PLANNED, RECORDED, Check
from talk.texts import Say

PAGE_DIGITS = 3


def overview(work: Work, me: Speaker, argument: str) -> None:
    """/checks: those of one's place; for the city also `/checks 浑南区`. Buttons: `planned:3`, `recorded:3:2`."""
    state, _, rest = argument.partition(":")
    if state in (PLANNED, RECORDED):
        number, _, page = rest.partition(":")
        known = places(work)
        place = known[int(number)] if is_id(number) and int(number) < len(known) else None
        _of_place(work, me, place, lambda place: check_cards.listing(work, place, state, _page(page)))
        return
    named = work.pack.district_by_name(argument) if argument else None
    place = own_place(work, me.person, Act.SEE_CHECK) if named is None else named.name
    _of_place(work, me, place, lambda place: check_cards.hub(work, me.person, place))


def _of_place(work: Work, me: Speaker, place: str | None, draft: Callable[[str], Draft]) -> None:
    if place is None or not may(work, me.person, Act.SEE_CHECK, target_of(work, place)):
        answer(work, me, Say("not-allowed"))
    else:
        send(work, me, draft(place))


def show(work: Work, me: Speaker, argument: str) -> None:
    """The card of a check."""
    numbered(work, me, argument, checks.show)


def add(work: Work, me: Speaker, argument: str) -> None:
    """加企业."""
    del argument
    check_plans.begin_pick(work, me)


def plan(work: Work, me: Speaker, argument: str) -> None:
    """One enterprise, by its code."""
    check_plans.plan(work, me, argument)


def adopt(work: Work, me: Speaker, argument: str) -> None:
    """One enterprise, as suggested."""
    check_plans.plan_suggested(work, me, argument)


def suggested(work: Work, me: Speaker, argument: str) -> None:
    """建议名单."""
    place = own_place(work, me.person, Act.PLAN_CHECK)
    _of_place(work, me, place, lambda place: check_cards.suggestions(work, place, _page(argument)))


def draw(work: Work, me: Speaker, argument: str) -> None:
    """随机抽取."""
    del argument
    check_draws.begin(work, me)


def drawn(work: Work, me: Speaker, argument: str) -> None:
    """A draw with its seed and result."""
    found = storage.draw(work.conn, int(argument)) if is_id(argument) else None
    if found is None:
        answer(work, me, Say("not-allowed"))
    else:
        _of_place(work, me, found.place, lambda _: check_cards.draw(work, found))


def drop(work: Work, me: Speaker, argument: str) -> None:
    """撤下."""
    numbered(work, me, argument, check_plans.begin_drop)


def record(work: Work, me: Speaker, argument: str) -> None:
    """登记结果."""
    numbered(work, me, argument, checks.begin_record)


def hazard(work: Work, me: Speaker, argument: str) -> None:
    """录入隐患."""
    numbered(work, me, argument, checks.begin_hazard)


def take_back(work: Work, me: Speaker, argument: str) -> None:
    """冲销."""
    numbered(work, me, argument, checks.begin_take_back)


def hazards(work: Work, me: Speaker, argument: str) -> None:
    """查看隐患: `7`, or `7:2` the second page."""
    _paged(work, me, argument, lambda check, page: check_cards.hazards_found(work, check, page))


def photos(work: Work, me: Speaker, argument: str) -> None:
    """查看照片: `7`, or `7:2` the second page."""
    _paged(work, me, argument, lambda check, page: check_cards.photos(work, check, page))


def inspectors(work: Work, me: Speaker, argument: str) -> None:
    """执法人员."""
    place = own_place(work, me.person, Act.PLAN_CHECK)
    _of_place(work, me, place, lambda place: check_cards.inspectors(work, place, _page(argument)))


def name(work: Work, me: Speaker, argument: str) -> None:
    """加人员."""
    del argument
    check_plans.begin_inspectors(work, me)


def dismiss(work: Work, me: Speaker, argument: str) -> None:
    """移出."""
    numbered(work, me, argument, check_plans.dismiss)


def _paged(work: Work, me: Speaker, argument: str, draft: Callable[[Check, int], Draft]) -> None:
    number, _, page = argument.partition(":")
    check = storage.get(work.conn, int(number)) if is_id(number) else None
    if check is None:
        answer(work, me, Say("not-allowed"))
    else:
        _of_place(work, me, check.place, lambda _: draft(check, _page(page)))


def _page(said: str) -> int:
    return int(said) if is_id(said) and len(said) <= PAGE_DIGITS else 1
