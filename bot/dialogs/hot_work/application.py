"""An application for a hot-work permit (动火安全作业票), 参照 GB 30871-2022 表 A.1.

A job like the last one asks only for what is new or must be looked at again: place, times, measures, photo, and the
ten prohibitions.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from bot.dialogs.hot_work.asking import Sheet, Suggested, names, one_listed
from bot.dialogs.hot_work.measures import measures_of, numbers_of, others_of, prohibited, risks_of, sample_left
from bot.dialogs.hot_work.people import guardian_of, leader_of, members, tester_of, welders_of
from bot.dialogs.hot_work.times import DailyHours, Ends, Place, Starts, level_line
from campaign.applications import Application, Who
from campaign.hot_work import HotWork, PermitOption, Risk, Workpiece, placed, spells
from campaign.talks.hot_work import ApplicationBrief, Forbidden
from talk.cleaning import likeness
from talk.conversation import Talk
from talk.list_questions import BUTTONS, ListChoice, numbered
from talk.questions import Choice, Confirm, Option, Photo, YesNo
from talk.texts import Listed, Numbered, Phrase, Say

PLACE_LIMIT = 60
CONTENT_LIMIT = 100
INDOORS, CALM, WINDY = "indoors", "calm", "windy"


@dataclass(frozen=True, slots=True)
class _Where:
    place: str
    part: str
    content: str
    surroundings: str
    stopped: bool
    workpiece: str
    wind: bool


_Times = tuple[datetime, datetime, tuple[time, time] | None]
"""From when, until when, and the daily hours of a job over days."""


def application(brief: ApplicationBrief) -> Talk[Application | Forbidden]:
    """What is to be done where, by whom, when, and what makes it safe."""
    rules = brief.rules
    before = yield from _before(brief.usual)
    where = yield from _where(brief, rules, before)
    place = Place(rules=rules, base=placed(rules, where.surroundings, stopped=where.stopped), wind=where.wind)
    ways = yield from _ways(rules, before)
    starts, until, hours = yield from _when(brief, place)
    times = spells(starts, until, hours)
    welders = yield from welders_of(brief.welders, times[-1].end.date(), before)
    people = members(brief.members)
    leader = yield from leader_of(people, before)
    guardian = yield from guardian_of(people, welders, before)
    level = place.assessed(times).level
    workpiece = next(known for known in rules.workpieces if known.id == where.workpiece)
    # A plant counts as stopped only when it was tested: then a sample there is.
    required = rules.rule(level).sample or workpiece.sample or where.stopped
    no_sample = yield from sample_left(required=required, before=before)
    tester = None if no_sample else (yield from tester_of(people, before))
    others = yield from others_of(rules, before)
    other_permits = yield from numbers_of(rules, others)
    facts = (
        f"level/{level}",
        f"surroundings/{where.surroundings}",
        f"workpiece/{where.workpiece}",
        *(f"way/{way}" for way in ways),
        *(f"other/{other}" for other in others),
    )
    risks = yield from risks_of(rules, facts, before)
    line = level_line(place, times)
    measures = yield from measures_of(rules, facts, line, before)
    photos = yield from Photo(
        key="photo", ask=Say("permit-photo"), label=Say("permit-photo-label"), hint=Say("permit-photo-hint")
    )
    numbers = yield from prohibited(rules)
    if numbers:
        return Forbidden(where.place, numbers)
    asked = Application(
        place=where.place,
        part=where.part,
        content=where.content,
        surroundings=where.surroundings,
        stopped=where.stopped,
        workpiece=where.workpiece,
        wind=where.wind,
        ways=ways,
        welders=welders,
        leader=leader,
        guardian=guardian,
        tester=tester,
        starts=starts,
        until=until,
        hours=hours,
        no_sample=no_sample,
        risks=risks,
        others=others,
        measures=measures,
        photos=photos,
        other_permits=other_permits,
    )
    yield from Confirm(key="confirm", ask=_binding(rules, asked, line, kept=before is not None))
    return asked


def _before(usual: Application | None) -> Talk[Application | None]:
    """The last application, where this one is to be like it."""
    if usual is None:
        return None
    same = yield from YesNo(
        key="like",
        ask=Say(
            "permit-like",
            place=usual.place,
            part=usual.part,
            content=usual.content,
            welders=names(usual.welders),
            leader=names((usual.leader,)),
            guardian=names((usual.guardian,)),
        ),
        label=Say("permit-like-label"),
        yes=Say("permit-like-yes"),
        no=Say("permit-like-no"),
    )
    return usual if same else None


def _where(brief: ApplicationBrief, rules: HotWork, before: Application | None) -> Talk[_Where]:
    known = tuple(dict.fromkeys(point.place for point in brief.points))
    place = yield from Suggested(
        key="place",
        ask=Say("permit-place"),
        label=Say("permit-place-label"),
        hint=_numbered(known) if known else Say("permit-place-hint"),
        suggestions=known,
        limit=PLACE_LIMIT,
    )
    parts = tuple(dict.fromkeys(point.part for point in brief.points if likeness(point.place) == likeness(place)))
    if not parts and before is not None:
        parts = (before.part,)
    part = yield from Suggested(
        key="part",
        ask=Say("permit-part"),
        label=Say("permit-part-label"),
        hint=_numbered(parts) if parts else Say("permit-part-hint"),
        suggestions=parts,
        limit=PLACE_LIMIT,
    )
    if before is None:
        content = yield from Suggested(
            key="content",
            ask=Say("permit-content"),
            label=Say("permit-content-label"),
            hint=Say("permit-content-hint"),
            limit=CONTENT_LIMIT,
        )
    else:
        content = before.content
    surroundings = yield from Choice(
        key="surroundings",
        ask=Say("permit-surroundings"),
        label=Say("permit-surroundings-label"),
        hint=Say(
            "permit-surroundings-hint",
            standard=rules.standard,
            all=Numbered(tuple(Say("permit-named", name=kind.name, text=kind.text) for kind in rules.surroundings)),
        ),
        choices=tuple(Option(kind.id, kind.name) for kind in rules.surroundings),
    )
    stopped = False
    if next(kind for kind in rules.surroundings if kind.id == surroundings).stopped:
        stopped = yield from YesNo(
            key="stopped",
            ask=Say("permit-stopped"),
            label=Say("permit-stopped-label"),
            hint=Say("permit-stopped-hint", standard=rules.standard),
            yes=Say("permit-stopped-yes"),
            no=Say("permit-stopped-no"),
        )
    workpiece = before.workpiece if before is not None else (yield from _workpiece(rules))
    air = yield from Choice(
        key="air",
        ask=Say("permit-air"),
        label=Say("permit-air-label"),
        hint=Say("permit-air-hint", standard=rules.standard, force=rules.wind),
        choices=(
            Option(INDOORS, Say("permit-air-indoors")),
            Option(CALM, Say("permit-air-calm", force=rules.wind)),
            Option(WINDY, Say("permit-air-windy", force=rules.wind)),
        ),
    )
    return _Where(place, part, content, surroundings, stopped, workpiece, air == WINDY)


def _workpiece(rules: HotWork) -> ListChoice:
    return one_listed(
        "workpiece",
        Say("permit-workpiece"),
        Say("permit-workpiece-label"),
        Say("permit-list-hint", all=Numbered(tuple(known.name for known in rules.workpieces))),
        numbered((known.id, known.name) for known in rules.workpieces),
    )


def _ways(rules: HotWork, before: Application | None) -> Talk[tuple[str, ...]]:
    if before is not None:
        return before.ways
    picked = yield from Sheet(
        key="ways",
        ask=Say("permit-ways"),
        label=Say("permit-ways-label"),
        hint=Say("permit-list-hint", all=Numbered(tuple(way.name for way in rules.ways))),
        choices=tuple(Option(way.id, way.name) for way in rules.ways),
    )
    return picked.ids


def _when(brief: ApplicationBrief, place: Place) -> Talk[_Times]:
    starts = yield from Starts(
        key="from",
        ask=Say("permit-from"),
        label=Say("permit-from-label"),
        hint=Say("permit-from-hint"),
        earliest=brief.earliest,
        latest=brief.latest,
    )
    until = yield from Ends(
        key="until",
        ask=Say("permit-until", line=level_line(place, ())),
        label=Say("permit-until-label"),
        starts=starts,
        place=place,
    )
    if not place.over_days(starts, until):
        return starts, until, None
    hours = yield from DailyHours(
        key="hours",
        ask=Say("permit-hours"),
        label=Say("permit-hours-label"),
        hint=Say("permit-hours-hint", standard=brief.rules.standard),
        starts=starts,
        until=until,
        rules=place.rules,
    )
    return starts, until, hours


def _binding(rules: HotWork, asked: Application, line: Phrase, *, kept: bool) -> Phrase:
    """Return what a confirmation says below the answers: the level with its reason, until when, who approves, and
    what was taken over from the last application.
    """
    rule = rules.rule(asked.assessed(rules).level)
    approver = Say("permit-approver", level=rule.level, title=rule.title, standard=rules.standard)
    end = asked.terms(rules).until
    ask: Phrase = Say("permit-confirm", line=line, until=end, approver=approver)
    if asked.hours is not None:
        ask = Say("permit-confirm-days", ask=ask)
    if not kept:
        return ask
    shorts = {measure.id: measure.short for measure in rules.measures}
    numbers = tuple(
        Say("permit-kept-count", name=shorts[measure.id], number=measure.number)
        for measure in asked.measures
        if measure.number is not None and measure.id in shorts
    )
    own: tuple[Who, ...] = () if asked.tester is None else (asked.tester,)
    return Say(
        "permit-confirm-kept",
        ask=ask,
        content=asked.content,
        workpiece=_named_of(rules.workpieces, (asked.workpiece,)),
        ways=_named_of(rules.ways, asked.ways),
        welders=names(asked.welders),
        leader=names((asked.leader,)),
        guardian=names((asked.guardian,)),
        tester=names(own) if own else Say("permit-no-sample", reason=asked.no_sample),
        risks=_named_of(rules.risks, asked.risks),
        others=_named_of(rules.others, asked.others) if asked.others else Say("permit-others-none"),
        numbers=Listed(numbers) if numbers else Say("shown-nothing"),
    )


def _named_of(options: Sequence[PermitOption | Risk | Workpiece], ids: Sequence[str]) -> Listed:
    return Listed(tuple(option.name for option in options if option.id in ids))


def _numbered(lines: tuple[str, ...]) -> Say:
    return Say("permit-known", all=Numbered(lines[:BUTTONS]))
