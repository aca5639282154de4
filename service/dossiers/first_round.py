"""The first-round report (首轮自查自改报告): its figures from the ledger, and the form that is signed."""

from typing import Any

from service.core.letters import answer
from service.core.unit_of_work import Speaker, UnitOfWork
from service.dossiers.inspection_file import Ledger, ledger_figures
from service.dossiers.papers import FirstRoundPaper
from storage import people
from storage.conversations import Conversation
from talk.texts import Say, Words

FORM = "first-round"


def brief(uow: UnitOfWork, enterprise: str, *, signed_page: bool) -> dict[str, Any]:
    """What the dialog is told of the ledger, and whether it asks for the signed page."""
    return {"ledger": _figures(ledger_figures(uow, enterprise)), "signed_page": signed_page}


def moved(uow: UnitOfWork, talk: Conversation) -> bool:
    """Whether the ledger holds other figures by now than those that were confirmed."""
    return bool(talk.brief["ledger"] != _figures(ledger_figures(uow, str(talk.brief["enterprise"]))))


def order_form(uow: UnitOfWork, me: Speaker, talk: Conversation) -> None:
    """The form, and what goes into the city's platform, for whoever fills it in and for the principal who signs."""
    enterprise = str(talk.brief["enterprise"])
    to_sign = Say("first-round-papers-to-sign") if talk.brief["signed_page"] else Say("first-round-papers")
    others = [one for one in people.holders(uow.conn, "principal", enterprise) if one != me.person]
    for_others = Say("first-round-papers-by-another", name=me.name)
    to = ((me.person, to_sign), *((other, for_others) for other in others))
    uow.papers.append(FirstRoundPaper(to, enterprise))


def to_ledger(uow: UnitOfWork, me: Speaker, talk: Conversation) -> None:
    """The figures are not right: where they are put right."""
    answer(uow, me, Say("first-round-to-ledger", title=Words(**talk.brief["title"])))


def _figures(ledger: Ledger) -> dict[str, int]:
    return {"found": ledger.found, "rectified": ledger.rectified, "left": len(ledger.left)}
