"""The check against the criteria (对标对表自查), 三(一)1: place by place, and what is found goes into the ledger."""

from collections.abc import Sequence
from dataclasses import replace

from bot.dialogs.confirming import confirmation, contradiction, criterion_named
from bot.dialogs.hazards import five_fields
from bot.dialogs.written import Reason
from campaign.hazards import Finding, Plan
from campaign.talks.criteria import Checked, CriteriaCheckBrief, CriterionToCheck
from talk.conversation import Talk
from talk.questions import Amount, Choice, Choices, Day, Option, Photo, Text, YesNo
from talk.texts import Numbered, Phrase, Say, listed

NAMES = 50
"""Characters of a place or a person at the most."""


def criteria_check(brief: CriteriaCheckBrief) -> Talk[Checked]:
    """Every criterion that concerns the enterprise, place by place; what is found is looked at in its own words."""
    groups = [(article, group) for article in brief.articles for group in article.groups]
    total = sum(len(group.criteria) for _, group in groups)
    done = 0
    findings: list[Finding] = []
    for number, (article, group) in enumerate(groups, 1):
        criteria = group.criteria
        name = Say("criteria-group", number=article.number, article=article.title, place=group.place)
        found = yield from Choices(
            key=f"group/{criteria[0].id}",
            ask=name
            if number > 1 or not brief.others
            else Say("criteria-scope", ask=name, others=listed(brief.others)),
            label=name,
            hint=Say("criteria-facts", facts=Numbered(tuple(map(_in_full, criteria))), done=done, total=total),
            choices=tuple(
                Option(criterion.id, _fact(criterion), Say("criteria-nth", number=nth))
                for nth, criterion in enumerate(criteria, 1)
            ),
            nothing=Say("criteria-none"),
            step=(number, len(groups)),
        )
        for criterion in criteria:
            if criterion.id in found.ids:
                finding = yield from _look(brief, criterion)
                findings += finding
        done += len(criteria)
    for reason in _contradictions(brief, findings):
        yield from reason
    checked = Say("criteria-checked", done=done, total=total, found=len(findings))
    yield from replace(confirmation(brief), hint=checked)
    return Checked(total, tuple(findings))


def _contradictions(brief: CriteriaCheckBrief, findings: Sequence[Finding]) -> list[Reason]:
    """Return a question for each criterion that was admitted elsewhere and not found here, and one for how many there
    are.
    """
    asked = {one.id: one for article in brief.articles for group in article.groups for one in group.criteria}
    found = {finding.criterion for finding in findings}
    denied = [
        one
        for one in brief.admitted
        if (one.criterion is None and one.number > one.there + len(findings))
        or (one.criterion in asked and one.criterion not in found)
    ]
    reasons: list[Reason] = []
    for criterion in dict.fromkeys(one.criterion for one in denied):
        admitted = [one for one in denied if one.criterion == criterion]
        pair = [words.zh for one in admitted for words in (one.title, *one.said)]
        if criterion is None:
            counted = [Say("contradiction-admitted-count", title=one.title, number=one.number) for one in admitted]
            there = max(one.there for one in admitted)
            told = Say("contradiction-check-count", admitted=listed(counted), there=there, found=len(findings))
            pair += [str(number) for one in admitted for number in (one.number, there, len(findings))]
        else:
            said = [Say("contradiction-admitted", title=one.title, said=listed(one.said)) for one in admitted]
            named = criterion_named(criterion, asked[criterion].fact)
            told = Say("contradiction-check", admitted=listed(said), criterion=named)
        reasons += [contradiction(criterion, told, pair)]
    return reasons


def _look(brief: CriteriaCheckBrief, criterion: CriterionToCheck) -> Talk[tuple[Finding, ...]]:
    """One criterion in its own words, which alone count; empty when they do not fit after all."""
    key = f"criterion/{criterion.id}"
    article, _, item = criterion.id.partition("-")
    answers = [Option("found", Say("criteria-is"))]
    if criterion.device:
        answers.append(Option("failed", Say("criteria-failed")))
    state = yield from Choice(
        key=f"{key}/state",
        ask=Say("criteria-own-words", article=article, item=item, text=criterion.text),
        label=Say("criteria-own-words-label", name=criterion.id),
        hint=Say("criteria-article-14") if criterion.device else None,
        choices=(*answers, Option("not", Say("criteria-is-not"))),
    )
    if state == "not":
        return ()
    place = yield from Text(
        key=f"{key}/place",
        ask=Say("criteria-place", fact=criterion.fact),
        label=Say("criteria-place-label", name=criterion.id),
        hint=Say("criteria-place-hint"),
        limit=NAMES,
    )
    photos = yield from Photo(
        key=f"{key}/photos",
        ask=Say("criteria-photos"),
        label=Say("criteria-photos-label", name=criterion.id),
        hint=Say("criteria-photos-hint"),
        nothing=Say("photo-none"),
    )
    fixed = yield from YesNo(
        key=f"{key}/fixed",
        ask=Say("criteria-fixed"),
        label=Say("criteria-fixed-label", name=criterion.id),
        yes=Say("criteria-fixed-yes"),
        no=Say("criteria-fixed-no"),
    )
    plan = None if fixed else (yield from _plan(brief, key, criterion.id))
    return (Finding(place, criterion.id, state == "failed", photos, fixed, plan),)


def _plan(brief: CriteriaCheckBrief, key: str, name: str) -> Talk[Plan]:
    """The plan of what is left to rectify."""
    return five_fields(
        person=Text(
            key=f"{key}/person",
            ask=Say("criteria-person"),
            label=Say("criteria-person-label", name=name),
            hint=Say("criteria-person-hint"),
            limit=NAMES,
        ),
        measures=Text(
            key=f"{key}/measures",
            ask=Say("criteria-measures"),
            label=Say("criteria-measures-label", name=name),
            hint=Say("criteria-measures-hint"),
        ),
        funds=Amount(
            key=f"{key}/funds",
            ask=Say("criteria-funds"),
            label=Say("criteria-funds-label", name=name),
            hint=Say("criteria-funds-hint"),
        ),
        deadline=Day(
            key=f"{key}/deadline",
            ask=Say("criteria-deadline"),
            label=Say("criteria-deadline-label", name=name),
            hint=Say("criteria-deadline-hint"),
            first=brief.first,
            last=brief.plans_until,
            future=True,
        ),
        contingency=Text(
            key=f"{key}/contingency",
            ask=Say("criteria-contingency"),
            label=Say("criteria-contingency-label", name=name),
            hint=Say("criteria-contingency-hint"),
        ),
    )


def _in_full(criterion: CriterionToCheck) -> Phrase:
    """The fact in short, and under it the criterion's own words."""
    return Say("criteria-fact-in-full", fact=_fact(criterion), text=criterion.text)


def _fact(criterion: CriterionToCheck) -> Phrase:
    if criterion.note is None:
        return criterion.fact
    return Say("criteria-fact-with-note", fact=criterion.fact, note=criterion.note)
