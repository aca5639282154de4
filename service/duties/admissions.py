"""What answers admit of major hazards, beside the ledger. It is computed whenever it is shown: what is reported, or
answered otherwise, is said no more.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from campaign.admissions import Admission
from campaign.hazards import State
from campaign.standard import Criterion
from service.core.duty_talk import OwnedDuty
from service.core.unit_of_work import UnitOfWork
from service.duties import closing
from service.duties.owned import with_rule
from storage import duties, hazards
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
        return Say("firm-counts", title=told.title, number=told.admission.number, there=len(told.there))
    said, criterion = listed(told.admission.said), Say("criterion-clause", **_clause(told.criterion))
    return Say("firm-admits", title=told.title, said=said, criterion=criterion)


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
    return Admitted(owned.title, admission, criterion, there)


def _ledger(uow: UnitOfWork, duty: duties.Duty) -> list[Hazard]:
    """Return the hazards that an answer of a duty may mean: its enterprise's, or a district's own findings."""
    if duty.enterprise is None:
        found = [one for one in hazards.find(uow.conn, district=duty.district) if one.origin == "department"]
    else:
        found = hazards.find(uow.conn, enterprise=duty.enterprise)
    return [one for one in found if one.stands not in _NOT_THERE and _is_meant(one, duty.opens)]


def _is_meant(hazard: Hazard, since: datetime) -> bool:
    return hazard.is_open or hazard.found_at >= since
