"""/checks 抽查, and what the buttons of its cards do."""

from collections.abc import Callable

from bot.handlers.arguments import is_id, numbered
from service.checks import cards as check_cards
from service.checks import draws as check_draws
from service.checks import plans as check_plans
from service.checks import results as check_results
from service.checks.places import own_place, places
from service.core.letters import Draft, answer, send
from service.core.permissions import Act, Target, may
from service.core.unit_of_work import Speaker, UnitOfWork
from storage import checks
from storage.checks import PLANNED, RECORDED, Check
from talk.texts import Say

PAGE_DIGITS = 3


def overview(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """/checks: those of one's place; for the city also `/checks 浑南区`. Buttons: `planned:3`, `recorded:3:2`."""
    state, _, rest = argument.partition(":")
    if state in (PLANNED, RECORDED):
        number, _, page = rest.partition(":")
        known = places(uow)
        place = known[int(number)] if is_id(number) and int(number) < len(known) else None
        _of_place(uow, me, place, lambda place: check_cards.listing(uow, place, state, _page(page)))
        return
    named = uow.pack.district_by_name(argument) if argument else None
    place = own_place(uow, me.person, Act.SEE_CHECK) if named is None else named.name
    _of_place(uow, me, place, lambda place: check_cards.hub(uow, me.person, place))


def _of_place(uow: UnitOfWork, me: Speaker, place: str | None, draft: Callable[[str], Draft]) -> None:
    if place is None or not may(uow, me.person, Act.SEE_CHECK, Target.of_column(uow.pack, place)):
        answer(uow, me, Say("not-allowed"))
    else:
        send(uow, me, draft(place))


def show(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """The card of a check."""
    numbered(uow, me, argument, check_results.show)


def add(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """加企业."""
    del argument
    check_plans.begin_pick(uow, me)


def plan(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """One enterprise, by its code."""
    check_plans.plan(uow, me, argument)


def adopt(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """One enterprise, as suggested."""
    check_plans.plan_suggested(uow, me, argument)


def suggested(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """建议名单."""
    place = own_place(uow, me.person, Act.PLAN_CHECK)
    _of_place(uow, me, place, lambda place: check_cards.suggestions(uow, place, _page(argument)))


def draw(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """随机抽取."""
    del argument
    check_draws.begin(uow, me)


def drawn(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """A draw with its seed and result."""
    found = checks.draw(uow.conn, int(argument)) if is_id(argument) else None
    if found is None:
        answer(uow, me, Say("not-allowed"))
    else:
        _of_place(uow, me, found.place, lambda _: check_cards.draw(uow, found))


def drop(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """撤下."""
    numbered(uow, me, argument, check_plans.begin_drop)


def record(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """登记结果."""
    numbered(uow, me, argument, check_results.begin_record)


def hazard(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """录入隐患."""
    numbered(uow, me, argument, check_results.begin_hazard)


def take_back(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """冲销."""
    numbered(uow, me, argument, check_results.begin_take_back)


def hazards(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """查看隐患: `7`, or `7:2` the second page."""
    _paged(uow, me, argument, lambda check, page: check_cards.hazards_found(uow, check, page))


def photos(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """查看照片: `7`, or `7:2` the second page."""
    _paged(uow, me, argument, lambda check, page: check_cards.photos(uow, check, page))


def inspectors(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """执法人员."""
    place = own_place(uow, me.person, Act.PLAN_CHECK)
    _of_place(uow, me, place, lambda place: check_cards.inspectors(uow, place, _page(argument)))


def name(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """加人员."""
    del argument
    check_plans.begin_inspectors(uow, me)


def dismiss(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """移出."""
    numbered(uow, me, argument, check_plans.dismiss)


def _paged(uow: UnitOfWork, me: Speaker, argument: str, draft: Callable[[Check, int], Draft]) -> None:
    number, _, page = argument.partition(":")
    check = checks.get(uow.conn, int(number)) if is_id(number) else None
    if check is None:
        answer(uow, me, Say("not-allowed"))
    else:
        _of_place(uow, me, check.place, lambda _: draft(check, _page(page)))


def _page(said: str) -> int:
    return int(said) if is_id(said) and len(said) <= PAGE_DIGITS else 1
