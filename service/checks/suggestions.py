"""Which enterprises something speaks for looking at, with the reasons: for the eyes of whoever plans checks alone."""

from datetime import datetime, time, timedelta

from campaign.checks import OpenHazard, Reason, Record, suggestions
from campaign.talks.duties import DispatchBrief
from service.checks.places import place_of
from service.core.unit_of_work import UnitOfWork
from storage import checks, hazards, registry, suggestion_grounds
from storage.hazards import UNRECTIFIED


def suggested(uow: UnitOfWork, place: str) -> dict[str, tuple[Reason, ...]]:
    """Of the enterprises that a place supervises and does not mean to check yet, by code."""
    rules, today, zone = uow.pack.checks, uow.now.date(), uow.context.zone
    since = datetime.combine(today - timedelta(days=rules.within_days), time.min, zone)
    district = None if place == uow.pack.annex.city_column else place
    found = hazards.find(uow.conn, only_open=True, supervised_in=district)
    open_ = [hazard for hazard in found if hazard.stands in UNRECTIFIED]
    touched = suggestion_grounds.touched(uow.conn, [hazard.id for hazard in open_])
    left: dict[str, list[OpenHazard]] = {}
    for hazard in open_:
        last = max(hazard.found_at, touched.get(hazard.id, hazard.found_at)).astimezone(zone).date()
        left.setdefault(hazard.enterprise, []).append(OpenHazard(hazard.id, hazard.overdue(today), last))
    suspensions = suggestion_grounds.suspensions(uow.conn, since)
    answers = suggestion_grounds.answers(uow.conn, district)
    reports = suggestion_grounds.reports(uow.conn)
    dispatched = suggestion_grounds.dispatched(uow.conn, DispatchBrief.talk, zone)
    checked = checks.last_days(uow.conn)
    planned = checks.planned(uow.conn, place)
    records = {
        code: Record(
            tags=enterprise.tags,
            suspensions=suspensions.get(code, 0),
            answers=answers.get(code, ()),
            hazards=left.get(code, ()),
            reports=reports.get(code, 0),
            dispatched=dispatched.get(code),
            checked=checked.get(code),
        )
        for code, enterprise in registry.all_enterprises(uow.conn).items()
        if enterprise.is_active and place_of(uow, enterprise) == place
    }
    return {code: reasons for code, reasons in suggestions(records, rules, today).items() if code not in planned}
