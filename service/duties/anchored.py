"""Duties that follow from an answer: three years after the last plan, a written evaluation after each drill."""

from datetime import datetime, time, timedelta

from campaign.anchors import AnchorRule
from campaign.notation import DAY_ENDS, Within
from campaign.obligations import Obligation, Variant
from campaign.validity import in_force
from service.core.unit_of_work import UnitOfWork
from storage import anchored_duties, duties, registry
from storage.anchored_duties import Answered

LONGEST = {"hours": timedelta(hours=1), "days": timedelta(days=1), "working days": timedelta(days=4)}
"""How long one of a unit lasts at the most, with holidays."""


def plan(uow: UnitOfWork) -> int:
    """Open what follows from answers by now, and take back what a later answer made moot; return how many are new."""
    new = 0
    for rule in uow.pack.obligations:
        anchor = rule.anchor
        if anchor is None or not in_force(rule.valid, uow.now.date()):
            continue
        if anchor.answer is not None:
            anchored_duties.drop_moot(uow.conn, rule.id, anchor.source)
        for answer in _waiting(uow, rule, anchor):
            variant = _variant(uow, rule, answer)
            span = None if variant is None else _span(uow, anchor, variant, answer)
            if span is not None and span[0] <= uow.now:
                _open(uow, rule, answer, *span)
                new += 1
    return new


def _waiting(uow: UnitOfWork, rule: Obligation, anchor: AnchorRule) -> list[Answered]:
    if anchor.plus is not None:
        latest = anchor.plus.before(uow.now.date() + timedelta(days=anchor.ahead))
        return anchored_duties.waiting_by_day(uow.conn, rule.id, anchor.source, latest)
    dues = [variant.due for variant in rule.variants if isinstance(variant.due, Within)]
    longest = max((LONGEST[due.unit] * due.number for due in dues), default=timedelta())
    since = uow.now - longest - timedelta(days=14)
    return anchored_duties.waiting_since(uow.conn, rule.id, anchor.source, since)


def _variant(uow: UnitOfWork, rule: Obligation, answer: Answered) -> Variant | None:
    if answer.enterprise is None:
        return rule.variants[0]
    enterprise = registry.enterprise(uow.conn, answer.enterprise)
    return None if enterprise is None or enterprise.is_closed else rule.variant_for(enterprise)


def _span(uow: UnitOfWork, anchor: AnchorRule, variant: Variant, answer: Answered) -> tuple[datetime, datetime] | None:
    """From when until when; None where an answer is so old that what follows was over before anybody owed it."""
    zone = uow.context.zone
    answered = answer.answered_at.astimezone(zone)
    if anchor.plus is not None and answer.done_on is not None:
        due = datetime.combine(anchor.plus.after(answer.done_on), DAY_ENDS, zone)
        opens = max(datetime.combine(due.date() - timedelta(days=anchor.ahead), time.min, zone), answered)
        # Of a deed long ago the day has passed: who learns of it now has as long as others have.
        later = datetime.combine(uow.now.date() + timedelta(days=anchor.ahead), DAY_ENDS, zone)
        return opens, due if due > uow.now else later
    if isinstance(variant.due, Within) and (due := variant.due.after(answered)) > uow.now:
        return answered, due
    return None


def _open(uow: UnitOfWork, rule: Obligation, answer: Answered, opens: datetime, due: datetime) -> None:
    duties.open_event(
        uow.conn,
        obligation=rule.id,
        subject=answer.subject,
        period=answer.period(dated=rule.anchor is not None and rule.anchor.plus is not None),
        enterprise=answer.enterprise,
        district=answer.district,
        owner=rule.owner,
        opens=opens,
        due=due,
    )
