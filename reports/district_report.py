"""A report of a district as .docx, for people to finish: the figures stand in it, and what they must write is marked.

Nothing is judged or praised here; every sentence says until when its figures hold.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from campaign.annex import Figure, written
from campaign.duties import title_of
from reports import district_tables, word
from reports import official_letter as letter
from reports.drawing import File, draws
from reports.official_letter import Section
from service.district.report import OwnLine, Report, ReportPaper
from talk.texts import CHINESE, FullDay, Listed, Phrase, Say, render


@draws(ReportPaper)
def draw(facts: Report) -> list[File]:
    """Draw the draft as .docx."""
    return [File(file_name(facts), docx(facts))]


def file_name(facts: Report) -> str:
    """Return the name of the file: 浑南区第一阶段专项整治情况报告（草稿20230602）.docx."""
    title = title_of(facts.rule, "once" if facts.phase is None else facts.phase.period.name)
    return render(Say("draft-file-name", place=facts.place, title=title, at=f"{facts.at:%Y%m%d}"), CHINESE) + ".docx"


def sections(facts: Report) -> list[Section]:
    """Return the text, part by part."""
    return [_basics(facts), _work_done(facts), _problems(facts), _plans(facts)]


def docx(facts: Report) -> bytes:
    """Draw the draft as .docx."""
    pages = letter.begun(_title(facts), Say("draft-mark"), rehearsal=facts.rehearsal)
    letter.heading(pages, _title(facts))
    letter.to(pages, Say("draft-to", to=facts.pack.city_bureau) if facts.column is not None else Say("draft-to-city"))
    letter.indented(pages, _opening(facts))
    for section in sections(facts):
        letter.said(pages, section)
    letter.signed(pages, _bureau(facts), Say("draft-date"))
    for number, table in enumerate(district_tables.of(facts), 1):
        letter.drawn(pages, number, table)
    letter.small(pages, Say("draft-made", until=facts.until, at=facts.at))
    return word.saved(pages)


def _title(facts: Report) -> Say:
    what = {
        "phase-report": Say("draft-what-phase", phase="" if facts.phase is None else facts.phase.title),
        "guidance-report": Say("draft-what-guidance"),
        "summary": Say("draft-what-summary"),
        "evaluation": Say("draft-what-evaluation"),
    }[facts.kind]
    return Say("draft-title", bureau=_bureau(facts), campaign=facts.pack.title, what=what)


def _bureau(facts: Report) -> str:
    return facts.pack.city_bureau if facts.column is None else facts.pack.district(facts.column).bureau


def _opening(facts: Report) -> Say:
    return Say(
        "draft-opening",
        document=facts.pack.document,
        plan=facts.pack.plan_name,
        clause=facts.rule.clause_shown,
        place=facts.place,
        first=FullDay(facts.first.date()),
        last=FullDay(facts.until.date()),
    )


def _basics(facts: Report) -> Section:
    section = Section(Say("draft-basics"))
    covered = list(facts.coverage.values())
    own = sum(len(column.enterprises) for column in covered)
    # In the city's report its own units are a column like the others.
    others = 0 if facts.column is None else sum(column.municipal for column in covered)
    city_column = facts.coverage.get(facts.pack.annex.city_column)
    municipal = others if city_column is None else len(city_column.enterprises)
    section.says(
        Say("draft-registry", place=facts.place, at=facts.at, number=own + others, municipal=municipal),
        Say(
            "draft-dangers",
            at=facts.at,
            tags=Listed(tuple(facts.pack.tag(tag).name for tag in facts.pack.coverage.dangers)),
            number=sum(len(column.to_check) for column in covered),
        ),
        Say("draft-scope") if facts.column is not None and others else None,
        Say("draft-fill-organisation"),
    )
    return section


def _work_done(facts: Report) -> Section:
    section = Section(Say("draft-results") if facts.kind == "evaluation" else Say("draft-work"))
    if facts.kind == "evaluation":
        section.says(Say("draft-fill-results"))
    guides = facts.kind == "guidance-report"
    if not guides and (facts.phase is None or facts.phase.number == 1):
        section.part(Say("draft-mobilising"), _mobilised(facts), Say("draft-fill-mobilising"))
    section.part(Say("draft-training"), _trained(facts), _officers(facts), Say("draft-fill-training"))
    section.part(Say("draft-guidance"), _guided(facts), *_month(facts), Say("draft-fill-guidance"))
    section.part(Say("draft-self-checks"), _of_duties(facts), _of_ledger(facts), Say("draft-fill-self-checks"))
    if not guides:
        section.part(Say("draft-checks"), *_checked(facts), _enforced(facts), Say("draft-fill-checks"))
    section.part(Say("draft-hazards"), *_of_departments(facts), Say("draft-fill-hazards"))
    if not guides:
        section.part(Say("draft-hot-work"), _permits(facts), Say("draft-fill-hot-work"))
    return section


def _problems(facts: Report) -> Section:
    section = Section(Say("draft-gaps") if facts.kind == "evaluation" else Say("draft-problems"))
    last = facts.until.date()
    covered = list(facts.coverage.values())
    left = sum(duty.standing.left for duty in facts.duties)
    unmet = sum(duty.standing.unmet for duty in facts.duties)
    late = [duty for duty in facts.own if district_tables.is_late(facts, duty)]
    section.says(
        Say("draft-duties-left", last=last, number=left, enterprises=facts.behind),
        *([Say("draft-duties-unmet", at=facts.at.date(), number=unmet)] if unmet else []),
        Say(
            "draft-coverage-left",
            last=last,
            unchecked=sum(len(column.unchecked) for column in covered),
            untrained=sum(column.to_train - column.trained for column in covered),
        ),
        Say(
            "draft-hazards-left",
            last=last,
            by_enterprises=_left(facts, "found-by-enterprise"),
            by_departments=_left(facts, "found-by-department"),
        ),
        _own_late(facts, late) if late else None,
        Say("draft-fill-gaps") if facts.kind == "evaluation" else Say("draft-fill-problems"),
    )
    return section


def _plans(facts: Report) -> Section:
    if facts.kind != "evaluation":
        section = Section(Say("draft-plans"))
        section.says(Say("draft-fill-plans"))
        return section
    section = Section(Say("draft-mechanism"))
    section.says(Say("draft-fill-mechanism"), Say("draft-fill-plans"))
    return section


def _mobilised(facts: Report) -> Phrase | None:
    if facts.column is None:
        done = [duty for duty in facts.own if duty.own.obligation == "mobilise" and duty.own.done_at is not None]
        return Say(
            "draft-mobilised-districts", last=facts.until.date(), number=len(done), all=len(facts.pack.districts)
        )
    said = facts.said("mobilise")
    if "meeting_day" not in said:
        return Say("draft-not-mobilised", last=facts.until.date())
    return Say(
        "draft-mobilised",
        meeting=date.fromisoformat(said["meeting_day"]),
        plan=date.fromisoformat(said["plan_day"]),
    )


def _of_duties(facts: Report) -> Say:
    standings = [duty.standing for duty in facts.duties]
    return Say(
        "draft-duties",
        first=facts.first.date(),
        last=facts.until.date(),
        owed=sum(standing.owed for standing in standings),
        done=sum(standing.done for standing in standings),
        late=sum(standing.late for standing in standings),
        unmet=sum(standing.unmet for standing in standings),
        returned=sum(standing.returned for standing in standings),
        excused=sum(standing.excused for standing in standings),
        left=sum(standing.left for standing in standings),
    )


def _of_ledger(facts: Report) -> Say:
    return Say(
        "draft-self-found",
        last=facts.until.date(),
        found=_of(facts, "found-by-enterprise"),
        rectified=_of(facts, "found-by-enterprise-rectified"),
        more=_more(facts, "found-by-enterprise", "found-by-enterprise-rectified"),
    )


def _of_departments(facts: Report) -> tuple[Phrase, ...]:
    last = facts.until.date()
    return (
        Say(
            "draft-department-found",
            last=last,
            found=_of(facts, "found-by-department"),
            rectified=_of(facts, "found-by-department-rectified"),
            more=_more(facts, "found-by-department", "found-by-department-rectified"),
        ),
        Say("draft-listed", last=last, listed=_of(facts, "listed"), lifted=_of(facts, "listed-lifted")),
        Say("draft-closed", first=facts.first.date(), last=last, number=facts.closed),
    )


def _more(facts: Report, found: Figure, rectified: Figure) -> Phrase:
    """Return what was added since the phase before; empty where there was none."""
    if facts.before_at is None:
        return ""
    return Say(
        "draft-more",
        before=facts.before_at.date(),
        found=_step(facts, found),
        rectified=_step(facts, rectified),
    )


def _step(facts: Report, name: Figure) -> str:
    (now,), (former,) = facts.figure(name) or (Decimal(0),), facts.figure(name, before=True) or (Decimal(0),)
    return written((now - former,))


def _officers(facts: Report) -> Phrase | None:
    said = facts.said("officer-training")
    if "officers" not in said:
        return None
    return Say(
        "draft-officers",
        day=date.fromisoformat(said["day"]),
        owed=said["officers"],
        done=said["officers_trained"],
    )


def _trained(facts: Report) -> Say:
    covered = facts.coverage.values()
    owed, done = sum(column.to_train for column in covered), sum(column.trained for column in covered)
    return Say("draft-trained", last=facts.until.date(), owed=owed, done=done, left=owed - done)


def _guided(facts: Report) -> Say:
    areas, number = _of(facts, "areas-guided"), _of(facts, "enterprises-guided")
    return Say("draft-guided", last=facts.until.date(), areas=areas, number=number)


def _month(facts: Report) -> tuple[Phrase, ...]:
    """Return the sentences about the safety month, which only a report on guidance has."""
    if facts.kind != "guidance-report":
        return ()
    theme = facts.rule.note
    fill = Say("draft-fill-month") if theme is None else Say("draft-fill-month-theme", theme=theme)
    said = facts.said("guidance-report")
    if "month_events" not in said:
        return (fill,)
    day = date.fromisoformat(said["day"])
    return (Say("draft-month", day=day, number=said["month_events"], guided=said["guided"]), fill)


def _checked(facts: Report) -> tuple[Phrase, ...]:
    last, covered = facts.until.date(), facts.coverage.values()
    owed, done = sum(len(column.to_check) for column in covered), sum(column.checked for column in covered)
    return (
        Say("draft-checked", last=last, number=_of(facts, "enterprises-checked")),
        Say("draft-covered", last=last, owed=owed, done=done, left=owed - done),
    )


def _permits(facts: Report) -> Say:
    permits = facts.permits
    return Say(
        "draft-permits",
        first=facts.first.date(),
        last=facts.until.date(),
        submitted=permits.submitted,
        approved=permits.approved,
        started=permits.started,
        suspended=sum(permits.suspended.values()),
        closed=permits.closed,
    )


def _enforced(facts: Report) -> Say:
    return Say(
        "draft-enforced",
        last=facts.until.date(),
        penalties=_of(facts, "penalties"),
        money=_of(facts, "penalty-amount"),
        dual=_of(facts, "dual-penalties"),
        suspended=_of(facts, "suspended"),
        justice=_of(facts, "transferred-to-justice"),
        exposed=_of(facts, "exposed"),
        cases=_of(facts, "cases-published"),
    )


def _left(facts: Report, found: Figure) -> str:
    done: Figure = (
        "found-by-enterprise-rectified" if found == "found-by-enterprise" else "found-by-department-rectified"
    )
    (all_,), (rectified,) = facts.figure(found) or (Decimal(0),), facts.figure(done) or (Decimal(0),)
    return written((all_ - rectified,))


def _own_late(facts: Report, late: Sequence[OwnLine]) -> Say:
    last = facts.until.date()
    if facts.column is not None:
        return Say("draft-own-late", last=last, titles=Listed(tuple(duty.title for duty in late)))
    districts = {duty.own.district for duty in late}
    return Say("draft-districts-late", last=last, number=len(late), districts=len(districts))


def _of(facts: Report, name: Figure) -> str:
    return written(facts.figure(name) or (Decimal(0),))
