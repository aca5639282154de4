"""The first-round report (首轮自查自改报告): its figures from the ledger, and the form that is signed."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from campaign.roles import PRINCIPAL
from campaign.talks.dossiers import FirstRound, FirstRoundBrief, LedgerFigures, ToLedger
from campaign.talks.duties import DutyFacts
from service.core.duty_talk import OwnedDuty
from service.core.letters import Draft, answer, send, signature, tell
from service.core.refusal import RefusedError
from service.core.supervision import deciders
from service.core.unit_of_work import Speaker, UnitOfWork
from service.dossiers.inspection_file import HazardLine, Ledger, ledger_figures
from service.dossiers.papers import FirstRoundPaper
from service.duties import filling
from service.duties.actions import ANSWERS
from service.hazards.actions import PLAN
from storage import people, registry
from storage.conversations import Conversation
from talk.texts import Say, listed

BUTTONS: Final = 5
"""Hazards whose plan has a button of its own under one message."""
DIGEST: Final = 12
"""Letters of the digest of what is printed, in the key of the question for the signed page."""


def brief(uow: UnitOfWork, owned: OwnedDuty, facts: DutyFacts) -> FirstRoundBrief:
    """Return the brief of a report: what the ledger holds, and whether the signed page is asked for. RefusedError: a
    hazard that it would list has no whole plan.
    """
    ledger = ledger_figures(uow, owned.duty.subject)
    if ledger.unplanned:
        raise _not_yet(ledger.unplanned)
    return FirstRoundBrief(**facts, ledger=_figures(ledger), signed_page=owned.rule.signed_page)


def reported(
    uow: UnitOfWork, me: Speaker, talk: Conversation, brief: FirstRoundBrief, result: FirstRound | ToLedger
) -> None:
    """Hand in the report, unless the ledger is wrong, or holds other figures by now than those that were confirmed."""
    match result:
        case ToLedger():
            answer(uow, me, Say("first-round-to-ledger", title=brief.title))
        case FirstRound() if brief.ledger != _figures(ledger_figures(uow, str(brief.enterprise))):
            filling.ask_anew(uow, me, talk, Say("first-round-moved", title=brief.title))
        case FirstRound():
            if filling.submit(uow, me, talk, result):
                _tell_department(uow, me, talk, brief, result)
                if not brief.signed_page:
                    order_form(uow, me, brief)


def _tell_department(
    uow: UnitOfWork, me: Speaker, talk: Conversation, brief: FirstRoundBrief, result: FirstRound
) -> None:
    """Tell whoever supervises the enterprise that it reported (报告、备案), with the page that was signed."""
    where = registry.enterprise(uow.conn, str(brief.enterprise))
    if where is None or talk.duty is None:
        raise LookupError(brief.enterprise)
    figures = brief.ledger
    draft = Draft(
        (
            Say(
                "first-round-told",
                signature=signature(where.supervisor),
                name=where.name,
                title=brief.title,
                signed="yes" if result.page else "no",
            ),
            Say("first-round-figures-label", found=figures.found, rectified=figures.rectified, left=figures.left)
            if figures.found
            else Say("first-round-none-label"),
        ),
        (ANSWERS.tap(Say("option-answers"), talk.duty, 1),),
        others=result.page,
        of=where.code,
    )
    for person in deciders(uow, where):
        if person != me.person:
            tell(uow, person, draft, kind="first-round", dedupe=f"first-round/{talk.id}/{person}")


def _not_yet(unplanned: Sequence[HazardLine]) -> RefusedError:
    """The refusal to have a form signed with empty cells: which hazard lacks what, and a button to each."""
    lines = (
        Say(
            "first-round-lacking",
            number=hazard.number,
            place=hazard.place,
            fields=listed(Say("plan-field", field=field) for field in hazard.lacking),
        )
        for hazard in unplanned
    )
    taps = tuple(
        PLAN.tap(Say("first-round-fill", number=hazard.number), hazard.number) for hazard in unplanned[:BUTTONS]
    )
    return RefusedError(Say("first-round-not-yet", number=len(unplanned)), *lines, taps=taps)


def order_form(uow: UnitOfWork, me: Speaker, brief: FirstRoundBrief) -> None:
    """Order the form, and what goes into the city's platform, for whoever fills it in and for the principal who
    signs; where a hazard has come meanwhile and has no whole plan, say so instead.
    """
    enterprise = str(brief.enterprise)
    if unplanned := ledger_figures(uow, enterprise).unplanned:
        send(uow, me, _not_yet(unplanned).card)
        return
    to_sign = Say("first-round-papers-to-sign") if brief.signed_page else Say("first-round-papers")
    others = [person for person in people.holders(uow.conn, PRINCIPAL, enterprise) if person != me.person]
    for_others = Say("first-round-papers-by-another", name=me.name)
    to = ((me.person, to_sign), *((other, for_others) for other in others))
    uow.papers.append(FirstRoundPaper(to, enterprise))


def _figures(ledger: Ledger) -> LedgerFigures:
    printed = [replace(hazard, state="", history=(), files=()) for hazard in ledger.own]
    digest = hashlib.sha256(repr(printed).encode()).hexdigest()[:DIGEST] if printed else ""
    return LedgerFigures(ledger.found, ledger.rectified, len(ledger.left), digest)
