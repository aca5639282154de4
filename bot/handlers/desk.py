"""The desk of staff: who owes what (/district), an enterprise, lists and exports, nudges, what waits for them."""

from typing import Final

from bot.handlers.subject import Subject
from service.annex import cards, tables
from service.core.letters import Draft
from service.core.refusal import RefusedError
from service.core.unit_of_work import Speaker, UnitOfWork
from service.desk import actions, enterprise_card, exports, nudges, phone_list, progress, sheet, waiting
from service.desk.waiting import Waiting
from service.duties import filling, problems
from service.duties.owned import with_rule
from service.people import joining
from service.registry import risks
from storage import annex, duties, people, proposals, raised_problems, registry
from talk.actions import PAGE
from talk.texts import Say

SUBJECT: Final = Subject()

SUBJECT.command(actions.DISTRICT_COMMAND)(progress.show)
SUBJECT.on(actions.DISTRICT)(progress.show)
SUBJECT.on(actions.CITY)(progress.city)
SUBJECT.on(actions.DUTIES)(progress.duties_of)
SUBJECT.on(actions.DUTY)(progress.duty)
SUBJECT.on(actions.ENTERPRISES)(progress.enterprises_of)
SUBJECT.on(actions.OWN_DUTIES)(progress.own_duties)
SUBJECT.on(actions.OWN_DUTY)(progress.own_duty)
SUBJECT.on(actions.NUDGE)(nudges.of_duty)
SUBJECT.on(actions.NUDGE_ENTERPRISE)(nudges.of_enterprise)
SUBJECT.on(actions.NUDGE_DISTRICTS)(nudges.of_districts)
SUBJECT.on(actions.EXPORTS)(exports.menu)
SUBJECT.on(actions.UNREACHED)(exports.unreached)
SUBJECT.on(actions.PHONE_LIST)(phone_list.ask)
SUBJECT.on(actions.WORKBOOK)(sheet.ask)
SUBJECT.on(actions.GROUP_TEXT)(progress.group_text)
SUBJECT.on(actions.ENTERPRISE)(enterprise_card.card)
SUBJECT.on(actions.ENTERPRISE_DUTIES)(enterprise_card.duties_of)
SUBJECT.on(actions.ENTERPRISE_HAZARDS)(enterprise_card.hazards_of)


@SUBJECT.on(actions.WAITING)
def waits(uow: UnitOfWork, me: Speaker, which: str, number: str) -> Draft:
    """Return a page of what waits for somebody, or the card of one thing."""
    if not number:
        return waiting.listing(uow, me.person, PAGE.read(which))
    own = waiting.by_person(uow).get(me.person, [])
    case = next((case for case in own if (case.kind, str(case.id)) == (which, number)), None)
    draft = None if case is None else _card(uow, me, case)
    if draft is None:
        raise RefusedError(Say("waiting-gone"))
    return draft


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
