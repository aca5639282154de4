"""Which enterprises something speaks for looking at, with the reasons: for the eyes of whoever plans checks alone."""

from datetime import datetime, time, timedelta

from campaign.checks import OpenHazard, Reason, Record, suggestions
from service.checks.places import place_of
from service.core.unit_of_work import UnitOfWork
from storage import checks, hazards, registry, suggestion_grounds
from storage.hazards import UNRECTIFIED

DISPATCH = "monthly-dispatch"


def suggested(uow: UnitOfWork, place: str) -> dict[str, tuple[Reason, ...]]:
    """Of the enterprises that a place supervises and does not mean to check yet, by code."""
    rules, today, zone = uow.pack.checks, uow.now.date(), uow.context.zone
    since = datetime.combine(today - timedelta(days=rules.within_days), time.min, zone)
    district = None if place == uow.pack.annex.city_column else place
    found = hazards.find(uow.conn, only_open=True, supervised_in=district)
    open_ = [one for one in found if one.stands in UNRECTIFIED]
    touched = suggestion_grounds.touched(uow.conn, [one.id for one in open_])
    left: dict[str, list[OpenHazard]] = {}
    for one in open_:
        last = max(one.found_at, touched.get(one.id, one.found_at)).astimezone(zone).date()
        left.setdefault(one.enterprise, []).append(OpenHazard(one.id, one.overdue(today), last))
    suspensions = suggestion_grounds.suspensions(uow.conn, since)
    answers = suggestion_grounds.answers(uow.conn, district)
    reports = suggestion_grounds.reports(uow.conn)
    dispatched = suggestion_grounds.dispatched(uow.conn, DISPATCH, zone)
    checked = checks.last_days(uow.conn)
    planned = checks.planned(uow.conn, place)
    records = {
        code: Record(
            tags=one.tags,
            suspensions=suspensions.get(code, 0),
            answers=answers.get(code, ()),
            hazards=left.get(code, ()),
            reports=reports.get(code, 0),
            dispatched=dispatched.get(code),
            checked=checked.get(code),
        )
        for code, one in registry.all_enterprises(uow.conn).items()
        if place_of(uow, one) == place
    }
    return {code: reasons for code, reasons in suggestions(records, rules, today).items() if code not in planned}
