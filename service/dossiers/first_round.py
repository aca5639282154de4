"""The first-round report (首轮自查自改报告): its figures from the ledger, and the form that is signed."""

from campaign.roles import PRINCIPAL
from campaign.talks.dossiers import FirstRound, FirstRoundBrief, LedgerFigures, ToLedger
from campaign.talks.duties import DutyFacts
from service.core.duty_talk import OwnedDuty
from service.core.letters import answer
from service.core.unit_of_work import Speaker, UnitOfWork
from service.dossiers.inspection_file import ledger_figures
from service.dossiers.papers import FirstRoundPaper
from service.duties import filling
from storage import people
from storage.conversations import Conversation
from talk.texts import Say


def brief(uow: UnitOfWork, owned: OwnedDuty, facts: DutyFacts) -> FirstRoundBrief:
    """Return the brief of a report: what the ledger holds, and whether the signed page is asked for."""
    return FirstRoundBrief(**facts, ledger=_figures(uow, owned.duty.subject), signed_page=owned.rule.signed_page)


def reported(
    uow: UnitOfWork, me: Speaker, talk: Conversation, brief: FirstRoundBrief, result: FirstRound | ToLedger
) -> None:
    """Hand in the report, unless the ledger is wrong, or holds other figures by now than those that were confirmed."""
    match result:
        case ToLedger():
            answer(uow, me, Say("first-round-to-ledger", title=brief.title))
        case FirstRound() if brief.ledger != _figures(uow, str(brief.enterprise)):
            filling.ask_anew(uow, me, talk, Say("first-round-moved", title=brief.title))
        case FirstRound():
            if filling.submit(uow, me, talk, brief, result) and not brief.signed_page:
                order_form(uow, me, brief)


def order_form(uow: UnitOfWork, me: Speaker, brief: FirstRoundBrief) -> None:
    """Order the form, and what goes into the city's platform, for whoever fills it in and for the principal who
    signs.
    """
    enterprise = str(brief.enterprise)
    to_sign = Say("first-round-papers-to-sign") if brief.signed_page else Say("first-round-papers")
    others = [person for person in people.holders(uow.conn, PRINCIPAL, enterprise) if person != me.person]
    for_others = Say("first-round-papers-by-another", name=me.name)
    to = ((me.person, to_sign), *((other, for_others) for other in others))
    uow.papers.append(FirstRoundPaper(to, enterprise))


def _figures(uow: UnitOfWork, enterprise: str) -> LedgerFigures:
    ledger = ledger_figures(uow, enterprise)
    return LedgerFigures(ledger.found, ledger.rectified, len(ledger.left))
