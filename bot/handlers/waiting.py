"""待您处理: what waits for a decision of staff, and the card of each."""

from bot.handlers.arguments import is_id
from service import duties as duty_cases
from service import joining, problems, risks
from service.annex import cards, tables
from service.desk import waiting as cases
from service.desk.waiting import Waiting
from service.letters import Draft, answer, send
from service.mine import mine_of
from service.work import Speaker, Work
from storage import annex, duties, people, proposals, registry
from storage import problems as stored_problems
from talk.texts import Say


def waiting(work: Work, me: Speaker, argument: str) -> None:
    """The list, a page of it, or one thing by `kind:number`."""
    kind, _, number = argument.partition(":")
    if not number:
        send(work, me, cases.listing(work, me.person, int(kind) if is_id(kind) else 1))
        return
    mine = cases.by_person(work).get(me.person, [])
    one = next((one for one in mine if (one.kind, str(one.id)) == (kind, number)), None)
    draft = None if one is None else _card(work, me, one)
    if draft is None:
        answer(work, me, Say("waiting-gone"))
    else:
        send(work, me, draft)


def _card(work: Work, me: Speaker, one: Waiting) -> Draft | None:
    match one.kind:
        case "explanation":
            duty = duties.get(work.conn, one.id)
            return None if duty is None else duty_cases.explanation(work, mine_of(work, duty))
        case "principal":
            membership = people.membership(work.conn, one.id)
            return None if membership is None else joining.second(work, membership)
        case "risk":
            proposal = proposals.get(work.conn, one.id)
            of = None if proposal is None else registry.enterprise(work.conn, proposal.enterprise)
            return None if proposal is None or of is None else risks.card(work, proposal, of)
        case "problem":
            problem = stored_problems.get(work.conn, one.id)
            of = None if problem is None else registry.enterprise(work.conn, problem.enterprise)
            return None if problem is None or of is None else problems.card(work, problem, of)
        case "annex":
            table = next((table for table in annex.returned(work.conn) if table.id == one.id), None)
            if table is None:
                return None
            month = tables.months(work)[table.month]
            return cards.card(work, me.person, tables.table(work, month, table.district, filing=True))
