"""Which criterion a hazard meets: article, place, fact, then the criterion's own words; or 说不准."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from campaign.talks.hazards import KnownCriterion
from talk.conversation import Talk
from talk.list_questions import BUTTONS, ListChoice, fits_button, numbered
from talk.questions import Choice, Option
from talk.texts import Numbered, Phrase, Say, Words

UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class _Step:
    """One question on the way to a criterion: what it tells apart, and by which words."""

    key: str
    ask: Say
    label: Say
    name: Callable[[KnownCriterion], str]
    words: Callable[[KnownCriterion], Words]


_STEPS = (
    _Step(
        "criterion/title",
        Say("pick-article"),
        Say("pick-article-label"),
        lambda criterion: str(criterion.article),
        lambda criterion: criterion.title,
    ),
    _Step(
        "criterion/place",
        Say("pick-place"),
        Say("pick-place-label"),
        lambda criterion: criterion.place.zh,
        lambda criterion: criterion.place,
    ),
    _Step(
        "criterion/fact",
        Say("pick-fact"),
        Say("pick-fact-label"),
        lambda criterion: criterion.id,
        lambda criterion: criterion.fact,
    ),
)


@dataclass(frozen=True, slots=True)
class PickedCriterion:
    """The id of the criterion (None: the department is asked to judge), and whether what it asks for is
    fitted but has failed (article 14).
    """

    criterion: str | None
    device_failed: bool


def pick_criterion(criteria: Sequence[KnownCriterion], *, sure: bool = False) -> Talk[PickedCriterion]:
    """One of the criteria that concern the enterprise, by its article, its place, and the fact that it names. A step
    at which there is nothing to choose is not asked. `sure`: 说不准 is no answer.
    """
    if not criteria:
        return PickedCriterion(None, device_failed=False)
    left = criteria
    for step in _STEPS:
        lines = _lines(left, step)
        if len(lines) == 1:
            continue
        picked = yield from ListChoice(
            key=step.key,
            ask=step.ask,
            label=step.label,
            hint=_listed(lines),
            choices=lines if sure else (*lines, Option(UNSURE, Say("option-unsure"))),
            pinned=None if sure else UNSURE,
            accepted=Say("pick-accepts-sure" if sure else "pick-accepts", last=len(lines)),
            # Most of all a criterion of another sector, which is not among them.
            unlisted=Say("pick-not-listed-sure" if sure else "pick-not-listed", last=len(lines)),
        )
        if picked == UNSURE:
            return PickedCriterion(None, device_failed=False)
        left = [criterion for criterion in left if step.name(criterion) == picked]
    (only,) = left
    return (yield from _compare(only, sure=sure))


def _compare(criterion: KnownCriterion, *, sure: bool) -> Talk[PickedCriterion]:
    """The criterion in its own words: it is met, or the device is there and has failed, or 说不准."""
    met = (
        (Option("missing", Say("pick-missing")), Option("failed", Say("pick-failed")))
        if criterion.device
        else (Option("met", Say("pick-met")),)
    )
    said = yield from Choice(
        key="criterion/text",
        ask=Say("pick-text", article=criterion.article, text=criterion.text),
        label=Say("pick-text-label"),
        choices=met if sure else (*met, Option(UNSURE, Say("option-unsure"))),
    )
    if said == UNSURE:
        return PickedCriterion(None, device_failed=False)
    return PickedCriterion(criterion.id, device_failed=said == "failed")


def _lines(criteria: Sequence[KnownCriterion], step: _Step) -> tuple[Option, ...]:
    """Return the lines to choose from at a step, in the order of the criteria."""
    labels: dict[str, Phrase] = {}
    for criterion in criteria:
        labels.setdefault(step.name(criterion), step.words(criterion))
    return numbered(labels.items())


def _listed(lines: Sequence[Option]) -> Phrase | None:
    """The lines with their numbers, where the buttons alone do not say them."""
    if len(lines) <= BUTTONS and all(fits_button(line.label) for line in lines):
        return None
    return Say("pick-listed", lines=Numbered(tuple(line.label for line in lines)))
