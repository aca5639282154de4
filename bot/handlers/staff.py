"""What staff see and decide: who owes what (/district), the people of it, answers by phone, risks of an enterprise."""

from collections.abc import Callable

from bot.handlers import arguments
from bot.handlers.arguments import is_id, numbered
from service.core.letters import Draft, answer, send
from service.core.permissions import Act, Target, may
from service.core.unit_of_work import Speaker, UnitOfWork
from service.desk import enterprise_card, nudges, phone_list
from service.desk import exports as owes_tools
from service.desk import progress as desk_progress
from service.desk import sheet as owes_sheet
from service.desk.progress import Place
from service.duties import by_phone
from service.hazards.cards import open_in
from service.registry import risks
from storage import registry
from storage.registry import Enterprise
from talk.texts import Say


def district(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """/district: how one's district stands (the city: district by district); a district by its name, an enterprise by
    its name or code.
    """
    arguments.show(uow, me, desk_progress.show(uow, me.person, argument))


def city(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """A page of the districts."""
    allowed = may(uow, me.person, Act.SEE_CITY_PROGRESS, Target())
    arguments.show(uow, me, desk_progress.districts(uow, _page(argument)) if allowed else None)


def place(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """The duties of a place: `6:2`, the second page of the seventh district."""
    number, _, page = argument.partition(":")
    _in_place(uow, me, number, lambda place: send(uow, me, desk_progress.duties_of(uow, place, _page(page))))


def progress(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """Who stands where with a duty: `obligation|period|district`."""
    arguments.show(uow, me, desk_progress.duty(uow, me.person, argument))


def owed(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """The enterprises that stand alike with a duty: `overdue|obligation|period|district:page`."""
    which, _, page = argument.rpartition(":")
    arguments.show(uow, me, desk_progress.enterprises_of(uow, me.person, which, _page(page)))


def own_duties(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """What the districts owe themselves."""
    allowed = may(uow, me.person, Act.SEE_CITY_PROGRESS, Target())
    arguments.show(uow, me, desk_progress.own_duties(uow, _page(argument)) if allowed else None)


def own_duty(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """Which districts have answered one of their duties: `obligation|period|:page`."""
    which, _, page = argument.rpartition(":")
    allowed = may(uow, me.person, Act.SEE_CITY_PROGRESS, Target())
    arguments.show(uow, me, desk_progress.own_duty(uow, me.person, which, _page(page)) if allowed else None)


def tools(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """名单和导出."""
    _in_place(uow, me, argument, lambda place: send(uow, me, owes_tools.menu(uow, me.person, place)))


def unreached(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """联系不上: `6:2`."""
    number, _, page = argument.partition(":")
    _in_place(uow, me, number, lambda place: owes_tools.unreached(uow, me, place, _page(page)))


def phones(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """电话名单."""
    _in_place(uow, me, argument, lambda place: phone_list.ask(uow, me, place))


def export(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """导出表格."""
    _in_place(uow, me, argument, lambda place: owes_sheet.ask(uow, me, place))


def group(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """复制到工作群."""
    _in_place(uow, me, argument, lambda place: owes_tools.group_text(uow, me, place))


def enterprise(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """The card of an enterprise."""
    _of_enterprise(uow, me, argument, lambda one, _: enterprise_card.card(uow, me.person, one))


def enterprise_duties(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """全部任务 of an enterprise: `CODE:2`."""
    _of_enterprise(uow, me, argument, lambda one, page: enterprise_card.duties_of(uow, one, page))


def enterprise_hazards(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """重大隐患 of an enterprise: `CODE:2`."""
    _of_enterprise(
        uow, me, argument, lambda one, page: open_in(uow, one, page, lambda more: f"a:firm-hazards:{one.code}:{more}")
    )


def nudge(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """催办, everybody who owes a duty: `obligation|period|district`."""
    nudges.of_duty(uow, me, argument)


def nudge_enterprise(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """催办, the people of an enterprise."""
    nudges.of_enterprise(uow, me, argument)


def nudge_districts(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """催办, the districts that owe one of their own duties."""
    nudges.of_districts(uow, me, argument)


def phone_duties(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """电话代录: which duty of an enterprise; `CODE` or `CODE:2`."""
    code, _, page = argument.partition(":")
    by_phone.choose(uow, me, code, _page(page))


def take_by_phone(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """电话代录 of a duty."""
    numbered(uow, me, argument, by_phone.begin)


def phone_card(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """What was taken by phone, for the principal to confirm."""
    numbered(uow, me, argument, by_phone.show)


def phone_cards(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """Several of them: `CODE:2`."""
    code, _, page = argument.partition(":")
    by_phone.listing(uow, me, code, _page(page))


def phone_true(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """属实."""
    numbered(uow, me, argument, by_phone.confirm)


def phone_wrong(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """有误."""
    numbered(uow, me, argument, by_phone.dispute)


def adopt(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """采纳: the registry is changed as an enterprise proposed."""
    numbered(uow, me, argument, lambda uow, me, number: risks.decide(uow, me, number, accept=True))


def dismiss(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """不采纳: the registry stays as it is."""
    numbered(uow, me, argument, lambda uow, me, number: risks.decide(uow, me, number, accept=False))


def _in_place(uow: UnitOfWork, me: Speaker, number: str, then: Callable[[Place], None]) -> None:
    found = desk_progress.seen(uow, me.person, number)
    if found is None:
        answer(uow, me, Say("not-allowed"))
    else:
        then(found)


def _of_enterprise(uow: UnitOfWork, me: Speaker, argument: str, then: Callable[[Enterprise, int], Draft]) -> None:
    code, _, page = argument.partition(":")
    found = registry.enterprise(uow.conn, code)
    allowed = found is not None and enterprise_card.may_see(uow, me.person, found)
    arguments.show(uow, me, then(found, _page(page)) if found is not None and allowed else None)


def _page(argument: str) -> int:
    return int(argument) if is_id(argument) else 1
