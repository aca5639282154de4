"""What answers admit of major hazards, beside the ledger. It is computed whenever it is shown: what is reported, or
answered otherwise, is said no more.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from campaign.admissions import Admission, is_why, why_key
from campaign.forms import Form
from campaign.hazards import State
from campaign.standard import Criterion
from campaign.talks.criteria import AdmittedBefore, CriteriaCheckBrief
from campaign.talks.duties import DeniedBefore
from service.core.duty_talk import OwnedDuty
from service.core.unit_of_work import UnitOfWork
from service.duties import closing
from service.duties.owned import with_rule
from service.talks import flow
from storage import conversations, duties, hazards
from storage.duties import Duty
from storage.hazards import Hazard
from talk.texts import Phrase, Say, Words, listed

SHOWN: Final = 6
"""Hazards that are named on one line."""
_NOT_THERE: Final = (State.MERGED, State.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Admitted:
    """What the answer of a duty admits, and which hazards of the ledger it may mean."""

    title: Words
    admission: Admission
    criterion: Criterion | None
    """None: major hazards of any criterion."""
    there: Sequence[Hazard]
    """Those that are open, or were found since the duty opened."""
    own_why: str
    """The sentence that came with it, on why the self-check had not found it; "": none was asked for."""
    check_why: str
    """The sentence that came with the self-check afterwards; "": none was asked for."""

    @property
    def why(self) -> str:
        """The sentence on why the self-check did not find it."""
        return self.own_why or self.check_why

    @property
    def missing(self) -> bool:
        """Whether the ledger lacks it. One hazard of a criterion can be about several people or units."""
        return len(self.there) < (self.admission.number if self.criterion is None else 1)


def of_duty(uow: UnitOfWork, owned: OwnedDuty) -> list[Admitted]:
    """Return what the answer of a duty admits, whether it is in the ledger or not."""
    duty = owned.duty
    form = uow.pack.form_of(owned.rule)
    if form is None or not form.admitting or duty.status != "answered":
        return []
    values = closing.own_answers(uow, duty)
    if values.get("present") is False:
        return []
    found = form.admissions(values, closing.measure(uow, duty))
    ledger = _ledger(uow, duty) if found else []
    return [_beside(uow, owned, admission, ledger) for admission in found]


def unreported(uow: UnitOfWork, enterprise: str) -> list[Admitted]:
    """Return what the answers of an enterprise admit and its ledger does not have."""
    answered = [duty for duty in duties.find(uow.conn, enterprise=enterprise) if duty.status == "answered"]
    return [told for duty in answered for told in of_duty(uow, with_rule(uow, duty)) if told.missing]


def admitted_before(uow: UnitOfWork, enterprise: str) -> tuple[AdmittedBefore, ...]:
    """Return what the self-check of an enterprise would contradict if it did not find it; what was admitted after it
    was explained with that.
    """
    return tuple(
        AdmittedBefore(
            told.admission.criterion, told.title, told.admission.said, told.admission.number, len(told.there)
        )
        for told in unreported(uow, enterprise)
        if not told.own_why
    )


def denied_before(uow: UnitOfWork, duty: Duty, form: Form) -> tuple[DeniedBefore, ...]:
    """Return what a form can admit and the self-check of the enterprise denied, less what the ledger has.

    Only an admission contradicts a denial: whoever has nobody without a certificate in hot work, and reported a hazard
    of that criterion, may have found it elsewhere.
    """
    check = None if duty.enterprise is None or not form.admitting else _check(uow, duty.enterprise)
    talk = None if check is None or check.conversation is None else conversations.by_id(uow.conn, check.conversation)
    if check is None or talk is None:
        return ()
    title, brief, ledger = with_rule(uow, check).title, CriteriaCheckBrief.from_json(talk.brief), _ledger(uow, duty)
    values = conversations.result(uow.conn, talk.id)
    asked = [one for article in brief.articles for group in article.groups for one in group.criteria]
    found = {one.id for one in asked if values.get(f"criterion/{one.id}/state", "not") != "not"}
    known = found | {one.criterion for one in ledger}
    left: list[tuple[str | None, Words, int]] = [
        (one.id, one.fact, 0) for one in asked if one.id in form.criteria - known
    ]
    if form.counts_hazards and not found:
        left.append((None, Words(""), len(ledger)))
    return tuple(DeniedBefore(title, name, fact, there, _pair(values, name)) for name, fact, there in left)


def settle(uow: UnitOfWork, enterprise: str | None) -> None:
    """Let nobody answer the self-check of an enterprise, or a form that it may contradict, until this transaction ends:
    of two at once neither would know of the other.
    """
    for duty in [] if enterprise is None else duties.find(uow.conn, enterprise=enterprise):
        if _is_check(uow, duty):
            duties.get(uow.conn, duty.id, lock=True)


def reasons(uow: UnitOfWork, duty: Duty) -> list[Phrase]:
    """Return what the answer of a duty does not agree with, each with the sentence on it, as they were confirmed."""
    if not any(map(is_why, closing.own_answers(uow, duty))):
        return []
    talk = None if duty.conversation is None else conversations.by_id(uow.conn, duty.conversation)
    visited = () if talk is None else flow.state_of(uow, talk).visited
    return [one.question.describe(one.value) for one in visited if is_why(one.question.key)]


def lines(told: Iterable[Admitted]) -> list[Phrase]:
    """Return what was admitted in the words for who said it: what to report, and what is in the ledger already."""
    found: list[Phrase] = []
    for one in told:
        if one.criterion is None:
            found.append(_counted(one))
        elif one.missing:
            found.append(Say("receipt-admits", said=listed(one.admission.said), criterion=named(one.criterion)))
    return found


def line_for_staff(told: Admitted) -> Say:
    """Return for staff what was admitted and is not in the ledger."""
    if told.criterion is None:
        line = Say("firm-counts", title=told.title, number=told.admission.number, there=len(told.there))
    else:
        said, criterion = listed(told.admission.said), Say("criterion-clause", **_clause(told.criterion))
        line = Say("firm-admits", title=told.title, said=said, criterion=criterion)
    return Say("firm-admits-why", told=line, why=told.why) if told.why else line


def named(criterion: Criterion) -> Say:
    """Return a criterion by its clause and its fact in short."""
    return Say("criterion-named", **_clause(criterion), fact=criterion.fact)


def _clause(criterion: Criterion) -> dict[str, str]:
    article, _, item = criterion.id.partition("-")
    return {"article": article, "item": item}


def _counted(told: Admitted) -> Say:
    number, there = told.admission.number, len(told.there)
    if not there:
        return Say("receipts-hazards", number=number)
    some = listed(Say("hazard-entry-own", number=one.id, place=one.place) for one in told.there[:SHOWN])
    more = max(there - SHOWN, 0)
    if told.missing:
        return Say("receipts-hazards-some", number=number, there=there, hazards=some, more=more)
    return Say("receipts-hazards-there", number=number, there=there, hazards=some, more=more)


def _beside(uow: UnitOfWork, owned: OwnedDuty, admission: Admission, ledger: Sequence[Hazard]) -> Admitted:
    there = [one for one in ledger if admission.criterion in (None, one.criterion)]
    criteria = (one for article in uow.pack.standard.articles for one in article.criteria)
    criterion = next((one for one in criteria if one.id == admission.criterion), None)
    own = closing.own_answers(uow, owned.duty)
    check = None if owned.duty.enterprise is None else _check(uow, owned.duty.enterprise)
    asked = {} if check is None else closing.own_answers(uow, check)
    about = DeniedBefore(owned.title, admission.criterion, Words(""), explained=_pair(asked, admission.criterion))
    explains = about.is_explained(admission.said, admission.number)
    key = why_key(admission.criterion)
    return Admitted(
        owned.title,
        admission,
        criterion,
        there,
        str(own[key]["why"]) if key in own else "",
        str(asked[key]["why"]) if explains else "",
    )


def _pair(values: Mapping[str, Any], criterion: str | None) -> tuple[str, ...]:
    """Return what the sentence of a self-check on a criterion is about; (): there is none."""
    told = values.get(why_key(criterion))
    return () if told is None else tuple(told["pair"])


def _check(uow: UnitOfWork, enterprise: str) -> Duty | None:
    """Return the self-check that an enterprise answered last."""
    found = [duty for duty in duties.find(uow.conn, enterprise=enterprise, status="answered") if _is_check(uow, duty)]
    return max(found, key=lambda duty: (duty.answered_at or duty.opens, duty.id), default=None)


def _is_check(uow: UnitOfWork, duty: Duty) -> bool:
    return uow.pack.obligation(duty.obligation).form == CriteriaCheckBrief.talk


def _ledger(uow: UnitOfWork, duty: Duty) -> list[Hazard]:
    """Return the hazards that an answer of a duty may mean: its enterprise's, or a district's own findings."""
    if duty.enterprise is None:
        found = [one for one in hazards.find(uow.conn, district=duty.district) if one.origin == "department"]
    else:
        found = hazards.find(uow.conn, enterprise=duty.enterprise)
    return [one for one in found if one.stands not in _NOT_THERE and _is_meant(one, duty.opens)]


def _is_meant(hazard: Hazard, since: datetime) -> bool:
    return hazard.is_open or hazard.found_at >= since
