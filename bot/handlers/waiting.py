"""待您处理: what waits for a decision of staff, and the card of each."""

from bot.handlers.arguments import is_id
from service.annex import cards, tables
from service.core.letters import Draft, answer, send
from service.core.unit_of_work import Speaker, UnitOfWork
from service.desk import waiting as cases
from service.desk.waiting import Waiting
from service.duties import filling as duty_cases
from service.duties import problems
from service.duties.owned import with_rule
from service.people import joining
from service.registry import risks
from storage import annex, duties, people, proposals, raised_problems, registry
from talk.texts import Say


def waiting(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """The list, a page of it, or one thing by `kind:number`."""
    kind, _, number = argument.partition(":")
    if not number:
        send(uow, me, cases.listing(uow, me.person, int(kind) if is_id(kind) else 1))
        return
    owned = cases.by_person(uow).get(me.person, [])
    one = next((one for one in owned if (one.kind, str(one.id)) == (kind, number)), None)
    draft = None if one is None else _card(uow, me, one)
    if draft is None:
        answer(uow, me, Say("waiting-gone"))
    else:
        send(uow, me, draft)


def _card(uow: UnitOfWork, me: Speaker, one: Waiting) -> Draft | None:
    match one.kind:
        case "explanation":
            duty = duties.get(uow.conn, one.id)
            return None if duty is None else duty_cases.explanation(uow, with_rule(uow, duty))
        case "principal":
            membership = people.membership(uow.conn, one.id)
            return None if membership is None else joining.second(uow, membership)
        case "risk":
            proposal = proposals.get(uow.conn, one.id)
            of = None if proposal is None else registry.enterprise(uow.conn, proposal.enterprise)
            return None if proposal is None or of is None else risks.card(uow, proposal, of)
        case "problem":
            problem = raised_problems.get(uow.conn, one.id)
            of = None if problem is None else registry.enterprise(uow.conn, problem.enterprise)
            return None if problem is None or of is None else problems.card(uow, problem, of)
        case "annex":
            table = next((table for table in annex.returned(uow.conn) if table.id == one.id), None)
            if table is None:
                return None
            month = tables.months(uow)[table.month]
            return cards.card(uow, me.person, tables.table(uow, month, table.district, filing=True))
