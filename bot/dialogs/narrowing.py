"""Enterprises are narrowed down: by several lines of a list, or by their codes; for notices, trainings and draws."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from campaign.identity import may_be_on_a_licence, normalise_code
from campaign.notices import CODES
from campaign.talks.notices import Condition
from talk.conversation import Talk
from talk.list_questions import ListChoices
from talk.questions import Hint, Option, Text
from talk.texts import Numbered, Phrase, Say

QUOTED = 20
"""Characters of an unsound code that are said again."""
APART = "，,、；;\n\t"
"""What stands between codes that were pasted."""


@dataclass(frozen=True, kw_only=True)
class Codes(Text):
    """Codes of enterprises, pasted; each must be such as stands on a licence, and the registry says whose it is."""

    def read(self, text: str, at: datetime) -> str | Hint:
        del at
        for mark in APART:
            text = text.replace(mark, " ")
        codes = [normalise_code(code) for code in text.split()]
        unsound = next((code for code in codes if not may_be_on_a_licence(code)), None)
        if unsound is not None:
            return Hint(Say("notice-codes-unsound", code=unsound[:QUOTED]))
        if len(codes) > CODES:
            return Hint(Say("notice-codes-many", limit=CODES, number=len(codes)))
        return "\n".join(dict.fromkeys(codes)) or Hint(self.accepts())

    def describe(self, value: str) -> Phrase:
        return Say("notice-of-codes", number=len(value.split()))

    def accepts(self) -> Say:
        return Say("notice-accepts-codes", limit=CODES)


def pasted_codes() -> Talk[tuple[str, ...]]:
    """Ask for the codes of enterprises."""
    pasted = yield from Codes(
        key="codes",
        ask=Say("notice-codes"),
        label=Say("notice-codes-label"),
        hint=Say("notice-codes-hint", limit=CODES),
        limit=CODES * 20,
    )
    return tuple(pasted.split())


def several(
    lines: Sequence[Condition],
    key: str,
    ask: Phrase,
    label: Phrase,
    hint: Callable[[Numbered], Phrase],
    nothing: Phrase | None = None,
) -> Talk[tuple[str, ...]]:
    """Ask for some lines of a list, none meaning all of them; return their ids."""
    picked = yield from ListChoices(
        key=key,
        ask=ask,
        label=label,
        hint=hint(Numbered(tuple(line.name for line in lines))),
        choices=tuple(Option(line.id, line.name) for line in lines),
        nothing=nothing,
        none_is_all=True,
    )
    return picked.ids
