"""The desk of staff: who owes what (/district), an enterprise, lists and exports, nudges, what waits for them."""

from functools import partial
from typing import Final

from bot.handlers.subject import Subject
from service.annex import cards, tables
from service.core.letters import Draft, send
from service.core.refusal import RefusedError
from service.core.unit_of_work import Speaker, UnitOfWork
from service.desk import actions, enterprise_card, exports, nudges, phone_list, sheet, waiting
from service.desk import progress as desk_progress
from service.desk.actions import Alike, DutyOfPlace
from service.desk.places import seen
from service.desk.waiting import Waiting
from service.duties import filling, problems
from service.duties.owned import with_rule
from service.hazards.cards import open_in
from service.people import joining
from service.registry import risks
from storage import annex, duties, people, proposals, raised_problems, registry
from talk.actions import PAGE
from talk.texts import Say

SUBJECT: Final = Subject()

SUBJECT.command(actions.DISTRICT_COMMAND)(desk_progress.show)
SUBJECT.on(actions.DISTRICT)(desk_progress.show)
SUBJECT.on(actions.NUDGE)(nudges.of_duty)
SUBJECT.on(actions.NUDGE_ENTERPRISE)(nudges.of_enterprise)
SUBJECT.on(actions.NUDGE_DISTRICTS)(nudges.of_districts)


@SUBJECT.on(actions.CITY)
def city(uow: UnitOfWork, me: Speaker, page: int) -> None:
    """A page of the districts."""
    seen(uow, me.person, None)
    send(uow, me, desk_progress.districts(uow, page))


@SUBJECT.on(actions.DUTIES)
def duties_of(uow: UnitOfWork, me: Speaker, place: int | None, page: int) -> None:
    """A page of the duties of a place."""
    send(uow, me, desk_progress.duties_of(uow, seen(uow, me.person, place), page))


@SUBJECT.on(actions.DUTY)
def duty(uow: UnitOfWork, me: Speaker, which: DutyOfPlace) -> None:
    """Who stands where with a duty."""
    send(uow, me, desk_progress.duty(uow, me.person, which))


@SUBJECT.on(actions.ENTERPRISES)
def enterprises(uow: UnitOfWork, me: Speaker, which: Alike, page: int) -> None:
    """A page of the enterprises that stand alike with a duty."""
    send(uow, me, desk_progress.enterprises_of(uow, me.person, which, page))


@SUBJECT.on(actions.OWN_DUTIES)
def own_duties(uow: UnitOfWork, me: Speaker, page: int) -> None:
    """A page of what the districts owe themselves."""
    seen(uow, me.person, None)
    send(uow, me, desk_progress.own_duties(uow, page))


@SUBJECT.on(actions.OWN_DUTY)
def own_duty(uow: UnitOfWork, me: Speaker, which: DutyOfPlace, page: int) -> None:
    """A page of the districts that owe one of their own duties."""
    seen(uow, me.person, None)
    send(uow, me, desk_progress.own_duty(uow, me.person, which, page))


@SUBJECT.on(actions.EXPORTS)
def exports_of(uow: UnitOfWork, me: Speaker, place: int | None) -> None:
    """名单和导出."""
    send(uow, me, exports.menu(uow, me.person, seen(uow, me.person, place)))


@SUBJECT.on(actions.UNREACHED)
def unreached(uow: UnitOfWork, me: Speaker, place: int | None, page: int) -> None:
    """A page of those whom no message reaches."""
    exports.unreached(uow, me, seen(uow, me.person, place), page)


@SUBJECT.on(actions.PHONE_LIST)
def phones(uow: UnitOfWork, me: Speaker, place: int | None) -> None:
    """电话名单."""
    phone_list.ask(uow, me, seen(uow, me.person, place))


@SUBJECT.on(actions.WORKBOOK)
def workbook(uow: UnitOfWork, me: Speaker, place: int | None) -> None:
    """导出表格."""
    sheet.ask(uow, me, seen(uow, me.person, place))


@SUBJECT.on(actions.GROUP_TEXT)
def group_text(uow: UnitOfWork, me: Speaker, place: int | None) -> None:
    """复制到工作群."""
    send(uow, me, desk_progress.group_text(uow, seen(uow, me.person, place)))


@SUBJECT.on(actions.ENTERPRISE)
def enterprise(uow: UnitOfWork, me: Speaker, code: str) -> None:
    """The card of an enterprise."""
    send(uow, me, enterprise_card.card(uow, me.person, enterprise_card.seen(uow, me.person, code)))


@SUBJECT.on(actions.ENTERPRISE_DUTIES)
def enterprise_duties(uow: UnitOfWork, me: Speaker, code: str, page: int) -> None:
    """A page of 全部任务 of an enterprise."""
    send(uow, me, enterprise_card.duties_of(uow, enterprise_card.seen(uow, me.person, code), page))


@SUBJECT.on(actions.ENTERPRISE_HAZARDS)
def enterprise_hazards(uow: UnitOfWork, me: Speaker, code: str, page: int) -> None:
    """A page of 重大隐患 of an enterprise."""
    found = enterprise_card.seen(uow, me.person, code)
    send(uow, me, open_in(uow, found, page, partial(actions.ENTERPRISE_HAZARDS.data, code)))


@SUBJECT.on(actions.WAITING)
def waits(uow: UnitOfWork, me: Speaker, which: str, number: str) -> None:
    """A page of what waits for somebody, or the card of one thing."""
    if not number:
        send(uow, me, waiting.listing(uow, me.person, PAGE.read(which)))
        return
    own = waiting.by_person(uow).get(me.person, [])
    case = next((case for case in own if (case.kind, str(case.id)) == (which, number)), None)
    draft = None if case is None else _card(uow, me, case)
    if draft is None:
        raise RefusedError(Say("waiting-gone"))
    send(uow, me, draft)


def _card(uow: UnitOfWork, me: Speaker, case: Waiting) -> Draft | None:
    """Return the card of one thing that waits; None: it is gone."""
    match case.kind:
        case "explanation":
            duty = duties.get(uow.conn, case.id)
            return None if duty is None else filling.explanation(uow, with_rule(uow, duty))
        case "principal":
            membership = people.membership(uow.conn, case.id)
            return None if membership is None else joining.second(uow, membership)
        case "risk":
            proposal = proposals.get(uow.conn, case.id)
            enterprise = None if proposal is None else registry.enterprise(uow.conn, proposal.enterprise)
            return None if proposal is None or enterprise is None else risks.card(uow, proposal, enterprise)
        case "problem":
            problem = raised_problems.get(uow.conn, case.id)
            enterprise = None if problem is None else registry.enterprise(uow.conn, problem.enterprise)
            return None if problem is None or enterprise is None else problems.card(uow, problem, enterprise)
        case "annex":
            table = next((table for table in annex.returned(uow.conn) if table.id == case.id), None)
            if table is None:
                return None
            month = tables.months(uow)[table.month]
            return cards.card(uow, me.person, tables.table(uow, month, table.district, filing=True))
