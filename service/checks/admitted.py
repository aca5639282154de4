"""What an enterprise reported itself of the rows that a spot check enters (B2 to B8): a ground, never a finding.

It is read whenever a check is begun: what was corrected since, or is rectified, is admitted no more.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime

from campaign.admissions import Admits
from campaign.talks.checks import Admitted
from campaign.unmet import Judgement, told
from service.core.unit_of_work import UnitOfWork
from service.duties import closing
from service.hazards.criteria_brief import criterion
from storage import duties, hazards
from storage.duties import Duty
from storage.hazards import UNRECTIFIED
from talk.texts import Words


def by_row(uow: UnitOfWork, enterprise: str) -> dict[str, tuple[Admitted, ...]]:
    """Return what an enterprise admitted, by the row that counts it (`B3`), the newest first; the days are the zone's.
    Of the same words only the newest are said.
    """
    newest: defaultdict[str, dict[Words, date]] = defaultdict(dict)
    for row, day, said in (*_filed(uow, enterprise), *_reported(uow, enterprise)):
        newest[row][said] = max(day, newest[row].get(said, day))
    return {
        row: tuple(Admitted(day, words) for words, day in sorted(said.items(), key=lambda pair: pair[1], reverse=True))
        for row, said in newest.items()
    }


def _filed(uow: UnitOfWork, enterprise: str) -> Iterator[tuple[str, date, Words]]:
    """Yield what the answers that count tell."""
    for duty in duties.find(uow.conn, enterprise=enterprise, status="answered"):
        conditions = [(key, condition) for key, condition in _conditions(uow, duty) if condition.row is not None]
        values = closing.own_answers(uow, duty) if conditions else {}
        if values.get("present") is False or duty.answered_at is None:
            continue
        for condition, said in told(conditions, values, closing.measure(uow, duty)):
            yield condition.row or "", _day(uow, duty.answered_at), said


def _conditions(uow: UnitOfWork, duty: Duty) -> list[tuple[str, Judgement]]:
    rule = next((rule for rule in uow.pack.obligations if rule.id == duty.obligation), None)
    if rule is None:
        return []
    form = uow.pack.form_of(rule)
    own: list[tuple[str, Judgement]] = [(condition.key, condition) for condition in rule.unmet]
    return own if form is None else [*own, *form.telling]


def _reported(uow: UnitOfWork, enterprise: str) -> Iterator[tuple[str, date, Words]]:
    """Yield the hazards that it reported itself and has not rectified, of criteria of which an answer admits a row."""
    telling = (condition for form in uow.pack.forms for _, condition in form.telling if isinstance(condition, Admits))
    rows = {condition.criterion: condition.row for condition in telling if condition.row is not None}
    for hazard in hazards.find(uow.conn, enterprise=enterprise, only_open=True):
        row, known = rows.get(hazard.criterion or ""), criterion(uow, hazard.criterion)
        if row is not None and known is not None and hazard.origin == "enterprise" and hazard.stands in UNRECTIFIED:
            yield row, _day(uow, hazard.found_at), known[1].fact


def _day(uow: UnitOfWork, at: datetime) -> date:
    return at.astimezone(uow.context.zone).date()
