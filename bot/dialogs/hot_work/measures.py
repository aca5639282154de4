"""What makes a job safe: risks, other permits, the measures of 表 A.1, a gas sample, and the ten prohibitions."""

from collections.abc import Sequence

from bot.dialogs.hot_work.asking import PermitNumber, Sheet, Suggested
from campaign.applications import OTHER, Application, MeasureTaken, OtherPermit
from campaign.hot_work import HotWork, Measure
from campaign.permit_life import Checked
from campaign.talks.hot_work import SiteBrief, SiteCheck, SiteMeasure
from talk.conversation import Talk
from talk.questions import Count, Option
from talk.texts import CHINESE, Listed, Numbered, Phrase, Say, Words, render

MOST = 999
REASON_LIMIT = 60
NUMBER_LIMIT = 40


def others_of(rules: HotWork, before: Application | None) -> Talk[tuple[str, ...]]:
    """涉及的其他特殊作业."""
    if before is not None:
        return before.others
    picked = yield from Sheet(
        key="others",
        ask=Say("permit-others"),
        label=Say("permit-others-label"),
        hint=Say("permit-others-hint", all=Numbered(tuple(other.name for other in rules.others))),
        choices=tuple(Option(other.id, other.name) for other in rules.others),
        nothing=Say("permit-others-none"),
    )
    return picked.ids


def numbers_of(rules: HotWork, others: Sequence[str]) -> Talk[tuple[OtherPermit, ...]]:
    """The numbers of the other permits that go with the job, those that are there already; asked for each job anew."""
    named = tuple((other.id, other.name) for other in rules.others if other.numbered and other.id in others)
    return (yield from _numbers(named))


def _numbers(others: Sequence[tuple[str, Words]]) -> Talk[tuple[OtherPermit, ...]]:
    found: list[OtherPermit] = []
    for id_, name in others:
        number = yield from PermitNumber(
            key=f"{OTHER}{id_}",
            ask=Say("permit-other-number", name=name),
            label=Say("permit-other-number-label", name=name),
            hint=Say("permit-other-number-hint"),
            nothing=Say("permit-other-number-none"),
            limit=NUMBER_LIMIT,
        )
        if number:
            found.append(OtherPermit(id_, number))
    return tuple(found)


def on_site(brief: SiteBrief) -> Talk[SiteCheck | None]:
    """What is found on site of the measures: all of them by one tap, or which are lacking; then the numbers of other
    permits that were not known. None: nothing was to be asked.
    """
    asked = [measure for measure in brief.measures if not measure.by]
    lacking: tuple[str, ...] = ()
    if asked:
        picked = yield from Sheet(
            key="measures",
            ask=Say("permit-on-site", number=brief.number, place=brief.place),
            label=Say("permit-measures-label"),
            hint=_asked(brief, asked),
            choices=tuple(Option(measure.id, measure.text) for measure in asked),
            nothing=Say("permit-on-site-all"),
            buttons=0,
        )
        lacking = picked.ids
    numbers = yield from _numbers(tuple((other.id, other.name) for other in brief.others))
    there = {number.id for number in numbers}
    lacking += tuple(f"{OTHER}{other.id}" for other in brief.others if other.id not in there)
    wanted = (*(measure.id for measure in asked), *(f"{OTHER}{other.id}" for other in brief.others))
    if not wanted:
        return None
    return SiteCheck(Checked(tuple(id_ for id_ in wanted if id_ not in lacking), lacking), numbers)


def _asked(brief: SiteBrief, asked: Sequence[SiteMeasure]) -> Phrase:
    hint: Phrase = Say(
        "permit-on-site-hint",
        applicant=brief.applicant,
        all=Numbered(tuple(_site_words(measure) for measure in asked)),
    )
    done = [measure for measure in brief.measures if measure.by and measure.at is not None]
    if not done:
        return hint
    lines = tuple(
        Say("permit-on-site-line", name=measure.text, by=measure.by, at=f"{measure.at:%H:%M}") for measure in done
    )
    return Say("permit-on-site-done", hint=hint, those=Listed(lines))


def _site_words(measure: SiteMeasure) -> Phrase:
    number = measure.number
    return measure.text if number is None else Say("permit-measure-before", text=measure.text, number=number)


def risks_of(rules: HotWork, facts: Sequence[str], before: Application | None) -> Talk[tuple[str, ...]]:
    """风险辨识结果, with those suggested that these facts make likely."""
    if before is not None:
        return before.risks
    known = frozenset(facts)
    likely = tuple(risk for risk in rules.risks if risk.fits(known))
    picked = yield from Sheet(
        key="risks",
        ask=Say("permit-risks"),
        label=Say("permit-risks-label"),
        hint=Say(
            "permit-risks-hint",
            likely=Listed(tuple(risk.name for risk in likely)),
            all=Numbered(tuple(risk.name for risk in rules.risks)),
        ),
        choices=tuple(Option(risk.id, risk.name) for risk in rules.risks),
        buttons=3,
        preset=tuple(risk.id for risk in likely),
        preset_label=Say("permit-risks-preset"),
    )
    return picked.ids


def measures_of(
    rules: HotWork, facts: Sequence[str], level: Say, before: Application | None
) -> Talk[tuple[MeasureTaken, ...]]:
    """The measures that apply, each confirmed by whoever answers; `level` is said above them. Those of `before` are
    suggested beside those that the facts ask for, and their numbers kept.
    """
    known = frozenset(facts)
    counted = {} if before is None else {measure.id: measure.number for measure in before.measures}
    first = [measure for measure in rules.measures if measure.fits(known) or measure.id in counted]
    rest = [measure for measure in rules.measures if measure not in first]
    hint: Phrase = Say(
        "permit-measures-hint",
        standard=rules.standard,
        apply=Numbered(tuple(_worded(measure, counted.get(measure.id)) for measure in first)),
    )
    if rest:
        shown = tuple(
            Say("permit-measure-rest", number=number, name=measure.short)
            for number, measure in enumerate(rest, len(first) + 1)
        )
        hint = Say("permit-measures-more", hint=hint, rest=Listed(shown))
    picked = yield from Sheet(
        key="measures",
        ask=Say("permit-measures", level=level),
        label=Say("permit-measures-label"),
        hint=hint,
        choices=tuple(Option(measure.id, measure.short) for measure in (*first, *rest)),
        buttons=0,
        preset=tuple(measure.id for measure in first),
        preset_label=Say("permit-measures-preset"),
    )
    taken: list[MeasureTaken] = []
    for measure in rules.measures:
        if measure.id in picked.ids:
            number = counted.get(measure.id)
            if measure.counted and number is None:
                number = yield from Count(
                    key=f"measure/{measure.id}",
                    ask=Say("permit-measure-count", name=measure.short),
                    label=measure.short,
                    minimum=1,
                    maximum=MOST,
                    usual=2,
                    unit=Say("permit-measure-unit"),
                )
            taken.append(MeasureTaken(measure.id, number))
    return tuple(taken)


def _worded(measure: Measure, number: int | None) -> Phrase:
    return measure.text if number is None else Say("permit-measure-before", text=measure.text, number=number)


def sample_left(*, required: bool, before: Application | None) -> Talk[str]:
    """Why no gas sample is taken; empty where one is. Where nobody asks for one, it may be left with a reason; who
    took one last time takes one again.
    """
    if required or (before is not None and not before.no_sample):
        return ""
    usual = () if before is None else (before.no_sample,)
    # A reason stands on a permit, which is in Chinese whoever filled it in.
    reasons = (*usual, render(Say("permit-sample-nothing"), CHINESE))
    return (
        yield from Suggested(
            key="sample",
            ask=Say("permit-sample"),
            label=Say("permit-sample-label"),
            hint=Say("permit-sample-hint"),
            nothing=Say("permit-sample-yes"),
            suggestions=tuple(dict.fromkeys(reasons)),
            limit=REASON_LIMIT,
        )
    )


def prohibited(rules: HotWork) -> Talk[tuple[int, ...]]:
    """The numbers of the prohibitions (十不准) that apply, after all were shown."""
    picked = yield from Sheet(
        key="prohibited",
        ask=Say("permit-prohibited", number=len(rules.prohibitions), source=rules.prohibitions_source),
        label=Say("permit-prohibited-label"),
        hint=Say("permit-prohibited-hint", all=Numbered(rules.prohibitions)),
        choices=tuple(Option(str(number), words) for number, words in enumerate(rules.prohibitions, 1)),
        nothing=Say("permit-prohibited-none"),
        buttons=0,
    )
    return tuple(int(number) for number in picked.ids)
