"""The first-round report (首轮自查自改报告): its figures from the ledger, and the form that is signed."""

from typing import Any

from service.dossier import Ledger, ledger_figures
from service.letters import answer
from service.work import Paper, PaperKind, Speaker, Talking, Work
from storage import people
from talk.texts import Say, Words

FORM = "first-round"


def brief(work: Work, enterprise: str, *, signed_page: bool) -> dict[str, Any]:
    """What the dialog is told of the ledger, and whether it asks for the signed page."""
    return {"ledger": _figures(ledger_figures(work, enterprise)), "signed_page": signed_page}


def moved(work: Work, talk: Talking) -> bool:
    """Whether the ledger holds other figures by now than those that were confirmed."""
    return bool(talk.brief["ledger"] != _figures(ledger_figures(work, str(talk.brief["enterprise"]))))


def order_form(work: Work, me: Speaker, talk: Talking) -> None:
    """The form, and what goes into the city's platform, for whoever fills it in and for the principal who signs."""
    enterprise = str(talk.brief["enterprise"])
    to_sign = Say("first-round-papers-to-sign") if talk.brief["signed_page"] else Say("first-round-papers")
    others = [one for one in people.holders(work.conn, "principal", enterprise) if one != me.person]
    for_others = Say("first-round-papers-by-another", name=me.name)
    to = ((me.person, to_sign), *((other, for_others) for other in others))
    work.papers.append(Paper(PaperKind.FIRST_ROUND, enterprise, to))


def to_ledger(work: Work, me: Speaker, talk: Talking) -> None:
    """The figures are not right: where they are put right."""
    answer(work, me, Say("first-round-to-ledger", title=Words(**talk.brief["title"])))


def _figures(ledger: Ledger) -> dict[str, int]:
    return {"found": len(ledger.hazards), "rectified": ledger.rectified, "left": len(ledger.left)}
