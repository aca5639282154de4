"""The desk of staff: who owes what (/district), an enterprise, lists and exports, nudges, what waits for them."""

from typing import Final

from bot.handlers.subject import Subject
from campaign.identity import normalise_code
from service.annex import cards, tables
from service.core.letters import Draft, send
from service.core.permissions import Act, subjects_of
from service.core.refusal import RefusedError, existing
from service.core.unit_of_work import Speaker, UnitOfWork
from service.desk import actions, enterprise_card, exports, nudges, phone_list, progress, sheet, waiting
from service.duties import filling, problems
from service.duties.owned import with_rule
from service.hazards.cards import of_number
from service.people import joining, seats
from service.registry import risks
from storage import registry
from storage.annex import AnnexVersion
from storage.duties import Duty
from storage.hazards import Hazard
from storage.people import Post
from storage.proposals import Proposal
from storage.raised_problems import Problem
from talk.actions import PAGE
from talk.messages import Inbound
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


@SUBJECT.hears(actions.ENTERPRISE_CODE)
def enterprise_code(uow: UnitOfWork, me: Speaker, inbound: Inbound) -> bool:
    """Show staff the enterprise whose code was typed alone; False for others, to whom it opens nothing."""
    if not subjects_of(uow, me.person, Act.SEE_DISTRICT_PROGRESS.roles):
        return False
    send(uow, me, progress.show(uow, me, normalise_code(inbound.text)))
    return True


@SUBJECT.on(actions.WAITING)
def waits(uow: UnitOfWork, me: Speaker, which: str, number: str) -> Draft:
    """Return a page of what waits for somebody, or the card of one thing."""
    if not number:
        return waiting.listing(uow, me.person, PAGE.read(which))
    own = waiting.by_person(uow).get(me.person, [])
    case = next((case for case in own if (case.kind, str(case.about.id)) == (which, number)), None)
    if case is None:
        raise RefusedError(Say("waiting-gone"))
    match case.about:
        case Duty() as duty:
            return filling.explanation(uow, with_rule(uow, duty))
        case Post(state="pending") as post:
            return joining.second(uow, post)
        case Post() as post:
            return seats.draft(uow, me.person, post)
        case Proposal() as proposal:
            return risks.card(uow, proposal, existing(registry.enterprise(uow.conn, proposal.enterprise)))
        case Problem() as problem:
            return problems.card(uow, problem, existing(registry.enterprise(uow.conn, problem.enterprise)))
        case Hazard() as hazard:
            return of_number(uow, me, hazard.id)
        case AnnexVersion() as table:
            month = tables.months(uow)[table.month]
            return cards.card(uow, me.person, tables.table(uow, month, table.district, filing=True))
