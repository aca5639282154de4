"""Spot checks (抽查) are planned by hand or at random, dropped, taken back; inspectors are named."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.dialogs.narrowing import several
from bot.dialogs.written import name_refused, names_apart
from campaign.checks import CODES, MOST_INSPECTORS, Conditions, Wanted
from campaign.identity import may_be_on_a_licence, normalise_code
from campaign.talks.checks import DrawBrief, DropBrief, InspectorsBrief, PickBrief, TakeBackCheckBrief
from campaign.talks.notices import Condition
from talk.conversation import Talk
from talk.list_questions import ListChoices
from talk.naming import LONGEST_NAME
from talk.questions import Confirm, Count, Hint, Option, Text
from talk.texts import Phrase, Say

QUERY_LIMIT = 60
"""Characters of a name at the most."""
QUOTED = 20
MOST_DRAWN = 200
CODES_APART = "，,、；;\n\t"


@dataclass(frozen=True, kw_only=True)
class Enterprises(Text):
    """A code, several of them pasted, or a piece of a name; codes come back a line each, in their sound form."""

    def read(self, text: str, at: datetime) -> str | Hint:
        spaced = text
        for mark in CODES_APART:
            spaced = spaced.replace(mark, " ")
        pieces = [normalise_code(piece) for piece in spaced.split()]
        # One bad code among several is no name.
        if not pieces or not any(may_be_on_a_licence(piece) for piece in pieces):
            return super().read(text, at)
        unsound = next((code for code in pieces if not may_be_on_a_licence(code)), None)
        if unsound is not None:
            return Hint(Say("check-codes-unsound", code=unsound[:QUOTED]))
        if len(pieces) > CODES:
            return Hint(Say("check-codes-many", limit=CODES, number=len(pieces)))
        return "\n".join(dict.fromkeys(pieces))

    def accepts(self) -> Say:
        return Say("check-accepts-enterprises", limit=CODES)


@dataclass(frozen=True, kw_only=True)
class Names(Text):
    """Names of people, a line each."""

    def read(self, text: str, at: datetime) -> str | Hint:
        said = super().read(text, at)
        if isinstance(said, Hint):
            return said
        names = names_apart(said)
        if (refused := name_refused(names)) is not None:
            return refused
        return "\n".join(names) or Hint(self.accepts())

    def describe(self, value: str) -> Phrase:
        return "、".join(value.split("\n"))


def pick(brief: PickBrief) -> Talk[str]:
    """Which enterprises are to be checked: codes, a line each, or a piece of a name."""
    return (
        yield from Enterprises(
            key="enterprises",
            ask=Say("check-pick", place=brief.place),
            hint=Say("check-accepts-enterprises", limit=CODES),
            limit=QUERY_LIMIT,
        )
    )


def inspectors(brief: InspectorsBrief) -> Talk[str]:
    """Who checks for a bureau, a line each."""
    return (
        yield from Names(
            key="names",
            ask=Say("check-name-inspectors", place=brief.place),
            hint=Say("check-name-inspectors-hint"),
            limit=LONGEST_NAME * MOST_INSPECTORS,
        )
    )


def draw(brief: DrawBrief) -> Talk[Wanted]:
    """双随机: from which pool, and how many."""
    places: tuple[str, ...] = ()
    if brief.places:
        places = yield from _several(
            brief.places, "places", Say("check-draw-places"), Say("check-draw-places-label"), Say("check-city")
        )
    by = yield from ListChoices(
        key="by",
        ask=Say("check-draw-by"),
        label=Say("check-draw-by-label"),
        choices=(
            Option("sectors", Say("check-by-sector")),
            Option("tags", Say("check-by-tag")),
            Option("unchecked", Say("check-by-unchecked")),
        ),
        nothing=Say("check-everybody"),
        none_is_all=True,
    )
    sectors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    if "sectors" in by.ids:
        sectors = yield from _several(
            brief.sectors, "sectors", Say("check-draw-sectors"), Say("check-draw-sectors-label")
        )
    if "tags" in by.ids:
        tags = yield from _several(brief.tags, "tags", Say("check-draw-tags"), Say("check-draw-tags-label"))
    number = yield from Count(
        key="number",
        ask=Say("check-draw-number"),
        label=Say("check-draw-number-label"),
        hint=Say("check-draw-number-hint", inspectors=brief.inspectors),
        unit=Say("check-draw-unit"),
        minimum=1,
        maximum=MOST_DRAWN,
    )
    yield from Confirm(
        key="confirm", ask=Say("check-draw-confirm", fingerprint=brief.fingerprint), yes=Say("check-draw-now")
    )
    return Wanted(Conditions(places, sectors, tags, "unchecked" in by.ids), number)


def _several(
    lines: Sequence[Condition], key: str, ask: Phrase, label: Phrase, nothing: Phrase | None = None
) -> Talk[tuple[str, ...]]:
    return several(lines, key, ask, label, lambda lines: Say("check-draw-lines", lines=lines), nothing)


def drop(brief: DropBrief) -> Talk[str]:
    """Why a plan is dropped (撤下); nothing where none is said."""
    return (
        yield from Text(
            key="why",
            ask=Say("check-drop-why", name=brief.name),
            hint=Say("check-drop-drawn") if brief.drawn else None,
            nothing=None if brief.drawn else Say("check-drop-no-reason"),
        )
    )


def take_back(brief: TakeBackCheckBrief) -> Talk[str]:
    """Why what was entered is taken back (冲销)."""
    why = yield from Text(
        key="why",
        ask=Say("check-take-back-why", name=brief.name, day=brief.day),
        label=Say("check-take-back-label"),
        hint=Say("check-take-back-hint"),
    )
    yield from Confirm(key="confirm", ask=Say("check-take-back-confirm", name=brief.name))
    return why
