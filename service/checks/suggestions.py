"""Which enterprises something speaks for looking at, with the reasons: for the eyes of whoever plans checks alone."""

from datetime import datetime, time, timedelta

from campaign.checks import OpenHazard, Reason, Record, suggestions
from service.checks.places import place_of
from service.work import Work
from storage import check_facts, checks, hazards, registry
from storage.hazards import UNRECTIFIED

DISPATCH = "monthly-dispatch"


def suggested(work: Work, place: str) -> dict[str, tuple[Reason, ...]]:
    """Of the enterprises that a place supervises and does not mean to check yet, by code."""
    rules, today, zone = work.pack.checks, work.now.date(), work.house.zone
    since = datetime.combine(today - timedelta(days=rules.within_days), time.min, zone)
    district = None if place == work.pack.annex.city_column else place
    found = hazards.find(work.conn, only_open=True, supervised_in=district)
    open_ = [one for one in found if one.stands in UNRECTIFIED]
    touched = check_facts.touched(work.conn, [one.id for one in open_])
    left: dict[str, list[OpenHazard]] = {}
    for one in open_:
        last = max(one.found_at, touched.get(one.id, one.found_at)).astimezone(zone).date()
        left.setdefault(one.enterprise, []).append(OpenHazard(one.id, one.overdue(today), last))
    suspensions = check_facts.suspensions(work.conn, since)
    answers = check_facts.answers(work.conn, district)
    reports = check_facts.reports(work.conn)
    dispatched = check_facts.dispatched(work.conn, DISPATCH, zone)
    checked = checks.last_days(work.conn)
    planned = checks.planned(work.conn, place)
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
        for code, one in registry.all_enterprises(work.conn).items()
        if place_of(work, one) == place
    }
    return {code: reasons for code, reasons in suggestions(records, rules, today).items() if code not in planned}
