"""Which criterion a hazard meets: article, place, fact, then the criterion's own words; or 说不准."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from talk.conversation import Brief, Talk
from talk.list_questions import BUTTONS, ListChoice, fits_button, numbered
from talk.questions import Choice, Option
from talk.texts import Phrase, Say, Words

UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class PickedCriterion:
    """The id of the criterion (None: the department is asked to judge), and whether what it asks for is
    fitted but has failed (article 14).
    """

    criterion: str | None
    device_failed: bool


def pick_criterion(brief: Brief) -> Talk[PickedCriterion]:
    """The brief carries `criteria`, those that concern the enterprise: [{id, article, title, place, fact,
    text, device}], words as {zh, en}. A step at which there is nothing to choose is not asked.
    """
    left: Sequence[Any] = brief["criteria"]
    if not left:
        return PickedCriterion(None, device_failed=False)
    steps: tuple[tuple[str, str, Say, Say], ...] = (
        ("article", "title", Say("pick-article"), Say("pick-article-label")),
        ("place", "place", Say("pick-place"), Say("pick-place-label")),
        ("id", "fact", Say("pick-fact"), Say("pick-fact-label")),
    )
    for by, words, ask, label in steps:
        lines = _lines(left, by, words)
        if len(lines) == 1:
            continue
        picked = yield from ListChoice(
            key=f"criterion/{words}",
            ask=ask,
            label=label,
            hint=_listed(lines),
            choices=(*lines, Option(UNSURE, Say("option-unsure"))),
            pinned=UNSURE,
            accepted=Say("pick-accepts", last=len(lines)),
            # Most of all a criterion of another sector, which is not among them.
            unlisted=Say("pick-not-listed", last=len(lines)),
        )
        if picked == UNSURE:
            return PickedCriterion(None, device_failed=False)
        left = [one for one in left if _name(one, by) == picked]
    (only,) = left
    return (yield from _compare(only))


def _compare(one: Any) -> Talk[PickedCriterion]:
    """The criterion in its own words: it is met, or the device is there and has failed, or 说不准."""
    met = (
        (Option("missing", Say("pick-missing")), Option("failed", Say("pick-failed")))
        if one["device"]
        else (Option("met", Say("pick-met")),)
    )
    said = yield from Choice(
        key="criterion/text",
        ask=Say("pick-text", article=one["article"], text=Words(**one["text"])),
        label=Say("pick-text-label"),
        choices=(*met, Option(UNSURE, Say("option-unsure"))),
    )
    if said == UNSURE:
        return PickedCriterion(None, device_failed=False)
    return PickedCriterion(one["id"], device_failed=said == "failed")


def _lines(criteria: Sequence[Any], by: str, words: str) -> tuple[Option, ...]:
    labels: dict[str, Phrase] = {}
    for one in criteria:
        labels.setdefault(_name(one, by), Words(**one[words]))
    return numbered(labels.items())


def _name(one: Any, by: str) -> str:
    return str(one[by]["zh"] if by == "place" else one[by])


def _listed(lines: Sequence[Option]) -> Phrase | None:
    """The lines with their numbers, where the buttons alone do not say them."""
    if len(lines) <= BUTTONS and all(fits_button(line.label) for line in lines):
        return None
    text: Phrase | None = None
    for number, line in reversed(list(enumerate(lines, 1))):
        shown = Say("pick-line", number=number, label=line.label)
        text = shown if text is None else Say("pick-lines", first=shown, rest=text)
    return text
