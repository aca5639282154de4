"""What staff see and decide: who owes what (/district), the people of it, answers by phone, risks of an enterprise."""

from collections.abc import Callable

from bot.handlers import arguments
from bot.handlers.arguments import is_id, numbered
from service import risks
from service.desk import by_phone, enterprise_card, nudges, owes, phone_list
from service.desk import sheet as owes_sheet
from service.desk import tools as owes_tools
from service.desk.owes import Place
from service.hazards import cards as hazard_cards
from service.letters import Draft, answer, send
from service.permissions import Act, Target, may
from service.work import Speaker, Work
from storage import registry
from storage.registry import Enterprise
from talk.texts import Say


def district(work: Work, me: Speaker, argument: str) -> None:
    """/district: how one's district stands (the city: district by district); a district by its name, an enterprise by
    its name or code.
    """
    arguments.show(work, me, owes.show(work, me.person, argument))


def city(work: Work, me: Speaker, argument: str) -> None:
    """A page of the districts."""
    allowed = may(work, me.person, Act.SEE_CITY_PROGRESS, Target())
    arguments.show(work, me, owes.districts(work, _page(argument)) if allowed else None)


def place(work: Work, me: Speaker, argument: str) -> None:
    """The duties of a place: `6:2`, the second page of the seventh district."""
    number, _, page = argument.partition(":")
    _in_place(work, me, number, lambda place: send(work, me, owes.duties_of(work, place, _page(page))))


def progress(work: Work, me: Speaker, argument: str) -> None:
    """Who stands where with a duty: `obligation|period|district`."""
    arguments.show(work, me, owes.duty(work, me.person, argument))


def owed(work: Work, me: Speaker, argument: str) -> None:
    """The enterprises that stand alike with a duty: `overdue|obligation|period|district:page`."""
    which, _, page = argument.rpartition(":")
    arguments.show(work, me, owes.enterprises_of(work, me.person, which, _page(page)))


def own_duties(work: Work, me: Speaker, argument: str) -> None:
    """What the districts owe themselves."""
    allowed = may(work, me.person, Act.SEE_CITY_PROGRESS, Target())
    arguments.show(work, me, owes.own_duties(work, _page(argument)) if allowed else None)


def own_duty(work: Work, me: Speaker, argument: str) -> None:
    """Which districts have answered one of their duties: `obligation|period|:page`."""
    which, _, page = argument.rpartition(":")
    allowed = may(work, me.person, Act.SEE_CITY_PROGRESS, Target())
    arguments.show(work, me, owes.own_duty(work, me.person, which, _page(page)) if allowed else None)


def tools(work: Work, me: Speaker, argument: str) -> None:
    """名单和导出."""
    _in_place(work, me, argument, lambda place: send(work, me, owes_tools.menu(work, me.person, place)))


def unreached(work: Work, me: Speaker, argument: str) -> None:
    """联系不上: `6:2`."""
    number, _, page = argument.partition(":")
    _in_place(work, me, number, lambda place: owes_tools.unreached(work, me, place, _page(page)))


def phones(work: Work, me: Speaker, argument: str) -> None:
    """电话名单."""
    _in_place(work, me, argument, lambda place: phone_list.ask(work, me, place))


def export(work: Work, me: Speaker, argument: str) -> None:
    """导出表格."""
    _in_place(work, me, argument, lambda place: owes_sheet.ask(work, me, place))


def group(work: Work, me: Speaker, argument: str) -> None:
    """复制到工作群."""
    _in_place(work, me, argument, lambda place: owes_tools.group_text(work, me, place))


def enterprise(work: Work, me: Speaker, argument: str) -> None:
    """The card of an enterprise."""
    _of_enterprise(work, me, argument, lambda one, _: enterprise_card.card(work, me.person, one))


def enterprise_duties(work: Work, me: Speaker, argument: str) -> None:
    """全部任务 of an enterprise: `CODE:2`."""
    _of_enterprise(work, me, argument, lambda one, page: enterprise_card.duties_of(work, one, page))


def enterprise_hazards(work: Work, me: Speaker, argument: str) -> None:
    """重大隐患 of an enterprise: `CODE:2`."""
    _of_enterprise(work, me, argument, lambda one, page: hazard_cards.of_enterprise(work, one, page))


def nudge(work: Work, me: Speaker, argument: str) -> None:
    """催办, everybody who owes a duty: `obligation|period|district`."""
    nudges.of_duty(work, me, argument)


def nudge_enterprise(work: Work, me: Speaker, argument: str) -> None:
    """催办, the people of an enterprise."""
    nudges.of_enterprise(work, me, argument)


def nudge_districts(work: Work, me: Speaker, argument: str) -> None:
    """催办, the districts that owe one of their own duties."""
    nudges.of_districts(work, me, argument)


def phone_duties(work: Work, me: Speaker, argument: str) -> None:
    """电话代录: which duty of an enterprise; `CODE` or `CODE:2`."""
    code, _, page = argument.partition(":")
    by_phone.choose(work, me, code, _page(page))


def take_by_phone(work: Work, me: Speaker, argument: str) -> None:
    """电话代录 of a duty."""
    numbered(work, me, argument, by_phone.begin)


def phone_card(work: Work, me: Speaker, argument: str) -> None:
    """What was taken by phone, for the principal to confirm."""
    numbered(work, me, argument, by_phone.show)


def phone_cards(work: Work, me: Speaker, argument: str) -> None:
    """Several of them: `CODE:2`."""
    code, _, page = argument.partition(":")
    by_phone.listing(work, me, code, _page(page))


def phone_true(work: Work, me: Speaker, argument: str) -> None:
    """属实."""
    numbered(work, me, argument, by_phone.confirm)


def phone_wrong(work: Work, me: Speaker, argument: str) -> None:
    """有误."""
    numbered(work, me, argument, by_phone.dispute)


def adopt(work: Work, me: Speaker, argument: str) -> None:
    """采纳: the registry is changed as an enterprise proposed."""
    numbered(work, me, argument, lambda work, me, number: risks.decide(work, me, number, accept=True))


def dismiss(work: Work, me: Speaker, argument: str) -> None:
    """不采纳: the registry stays as it is."""
    numbered(work, me, argument, lambda work, me, number: risks.decide(work, me, number, accept=False))


def _in_place(work: Work, me: Speaker, number: str, then: Callable[[Place], None]) -> None:
    found = owes.seen(work, me.person, number)
    if found is None:
        answer(work, me, Say("not-allowed"))
    else:
        then(found)


def _of_enterprise(work: Work, me: Speaker, argument: str, then: Callable[[Enterprise, int], Draft]) -> None:
    code, _, page = argument.partition(":")
    found = registry.enterprise(work.conn, code)
    allowed = found is not None and enterprise_card.may_see(work, me.person, found)
    arguments.show(work, me, then(found, _page(page)) if found is not None and allowed else None)


def _page(argument: str) -> int:
    return int(argument) if is_id(argument) else 1
