"""What an application for hot work asks with: words that were used before, long lists by number, somebody by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from campaign.applications import Who
from talk.asking import Hint, Option, Question
from talk.cleaning import clean, likeness
from talk.list_questions import BUTTONS, ListChoice, ListChoices, fits_button
from talk.naming import LONGEST_NAME
from talk.questions import Picked, Text
from talk.texts import LANGUAGES, Listed, Phrase, Say, render

SHORTEST_NAME = 2
"""One character that is typed is 是 or 无 rather than a name; who has such a name and uses the bot has a button."""
_BETWEEN_NAMES = str.maketrans(dict.fromkeys("，,;；", "、"))
_JOINING = (" ", "和", "及")


@dataclass(frozen=True, kw_only=True)
class Suggested(Text):
    """Words of one's own, or some that were used before: a button each. What is too long for one stands in the hint,
    with the number that its button names.
    """

    suggestions: tuple[str, ...] = ()

    def offers(self, at: datetime) -> tuple[tuple[Option, str], ...]:
        offered = tuple(
            (Option(f"s{number}", words, None if fits_button(words) else Say("pick-button", number=number)), words)
            for number, words in enumerate(self.suggestions[:BUTTONS], 1)
        )
        return (*super().offers(at), *offered) if self.nothing is not None else offered

    def read(self, text: str, at: datetime) -> str | Hint:
        said = likeness(text)
        for option, value in self.offers(at):
            if said in map(likeness, _shown(option)):
                return value
        return super().read(text, at)


@dataclass(frozen=True, kw_only=True)
class PermitNumber(Text):
    """The number of another permit, which has at least one digit or Latin letter; `nothing`: there is none yet."""

    def read(self, text: str, at: datetime) -> str | Hint:
        said = super().read(text, at)
        if isinstance(said, Hint) or not said:
            return said
        return said if any(letter.isascii() and letter.isalnum() for letter in clean(said)) else self.refusal(text)

    def accepts(self) -> Say:
        return Say("permit-accepts-other-number")


def one_listed(key: str, ask: Say, label: Say, hint: Say, lines: tuple[Option, ...]) -> ListChoice:
    """One of a list: the first few lines and the last have buttons."""
    return ListChoice(
        key=key,
        ask=ask,
        label=label,
        hint=hint,
        choices=lines,
        pinned=lines[-1].id,
        accepted=Say("permit-accepts-one", last=len(lines)),
    )


@dataclass(frozen=True, kw_only=True)
class Sheet(ListChoices):
    """Several lines of a list, of which `preset` are taken by one button, `preset_label`."""

    preset: tuple[str, ...] = ()
    preset_label: Phrase = ""

    def offers(self, at: datetime) -> tuple[tuple[Option, Picked], ...]:
        preset = ((Option("preset", self.preset_label), Picked(self.preset)),) if self.preset else ()
        return (*preset, *super().offers(at))

    def read(self, text: str, at: datetime) -> Picked | Hint:
        said = likeness(text)
        for option, value in self.offers(at):
            if said in {likeness(render(option.label, language)) for language in LANGUAGES}:
                return value
        return super().read(text, at)

    def accepts(self) -> Say:
        last = len(self.choices)
        if self.preset:
            return Say("permit-accepts-preset", preset=self.preset_label, last=last)
        if self.nothing is not None:
            return Say("permit-accepts-none", none=self.nothing, last=last)
        return Say("permit-accepts-list", last=last)


@dataclass(frozen=True, slots=True)
class Unfit:
    """Somebody of the register who cannot be named, and why: the certificate names a day."""

    name: str
    why: Phrase


@dataclass(frozen=True, kw_only=True)
class Welders(Sheet):
    """Those of the register whose certificate is valid on all days of the job. A name that cannot be taken is told
    why; nothing of such an answer is kept.
    """

    unfit: tuple[Unfit, ...] = ()

    def read(self, text: str, at: datetime) -> Picked | Hint:
        del at
        taken: list[str] = []
        # Whole names only: 张伟 is not 张伟强, who holds a certificate.
        for name in self._names(text):
            number = int(name) if name.isdecimal() and len(name) <= len(str(len(self.choices))) else 0
            found = [
                option.id
                for place, option in enumerate(self.choices, 1)
                if likeness(str(option.label)) == likeness(name) or place == number
            ]
            if len(found) > 1:
                return Hint(Say("permit-somebody-twice", name=name))
            if not found:
                return self._refused(name, text)
            taken += found
        return self.finish(taken)

    def _names(self, text: str) -> list[str]:
        numbers = (str(number) for number in range(1, len(self.choices) + 1))
        known = {
            *(likeness(str(option.label)) for option in self.choices),
            *(likeness(welder.name) for welder in self.unfit),
            *numbers,
        }
        found: list[str] = []
        for said in text.replace("\n", "、").translate(_BETWEEN_NAMES).split("、"):
            piece = clean(said)
            # 和 and a space stand between names, and within them: 王和平.
            ways = [[clean(part) for part in piece.split(mark)] for mark in _JOINING]
            found += next((parts for parts in ([piece], *ways) if known.issuperset(map(likeness, parts))), [piece])
        return [name for name in found if name]

    def _refused(self, name: str, text: str) -> Hint:
        why = next((welder.why for welder in self.unfit if likeness(welder.name) == likeness(name)), None)
        if why is not None:
            return Hint(Say("permit-welder-unfit", name=name, why=why))
        return Hint(Say("permit-welder-unknown", name=name)) if _is_name(name) else self.refusal(text)

    def accepts(self) -> Say:
        return Say("permit-accepts-welders") if self.choices else Say("permit-accepts-no-welders")


@dataclass(frozen=True, kw_only=True)
class Somebody(Question[Who]):
    """One person: of those who use the bot by a button, anybody else by name. `barred` are those who cannot be taken,
    for the reason `why_not`.
    """

    people: tuple[Who, ...]
    barred: tuple[Who, ...] = ()
    why_not: Say | None = None

    def read(self, text: str, at: datetime) -> Who | Hint:
        said = clean(text)
        named = self._called(said)
        if len(named) > 1:
            return Hint(Say("permit-somebody-twice", name=said))
        # Whole names only: 张伟 is not 张伟强.
        like = likeness(said)
        button = next((option.id for option in self.options(at) if like in map(likeness, _shown(option))), None)
        if button is not None and not named:
            return self.choose(button, at)
        if not named and not _is_name(said):
            return self.refusal(text)
        return self._let(named[0] if named else Who(said))

    def choose(self, option: str, at: datetime) -> Who | Hint:
        for offered, value in self.offers(at):
            if offered.id == option:
                return self._let(value)
        return self.refusal("")

    def offers(self, at: datetime) -> tuple[tuple[Option, Who], ...]:
        del at
        free = [who for who in self.people if not self._is_barred(who)]
        return tuple(
            (
                Option(f"m{who.person}", who.name, None if fits_button(who.name) else Say("permit-nth", number=number)),
                who,
            )
            for number, who in enumerate(free[: BUTTONS + 1], 1)
        )

    def describe(self, value: Who) -> Phrase:
        return value.name if value.person is not None else Say("permit-without-bot", name=value.name)

    def encode(self, value: Who) -> Any:
        return {"name": value.name, "person": value.person}

    def decode(self, stored: Any) -> Who:
        who = Who(str(stored["name"]), stored["person"])
        known = who in self.people if who.person is not None else _is_name(who.name)
        if not known or self._is_barred(who):
            raise ValueError(stored)
        return who

    def samples(self) -> tuple[Who, ...]:
        return (*(who for who in self.people[:1] if not self._is_barred(who)), Who("……"))

    def accepts(self) -> Say:
        return Say("permit-accepts-somebody")

    def _called(self, name: str) -> list[Who]:
        return [who for who in self.people if likeness(who.name) == likeness(name)]

    def _let(self, who: Who) -> Who | Hint:
        return Hint(self.why_not) if self.why_not is not None and self._is_barred(who) else who

    def _is_barred(self, who: Who) -> bool:
        return any(
            likeness(barred.name) == likeness(who.name) or (barred.person is not None and barred.person == who.person)
            for barred in self.barred
        )


def _shown(option: Option) -> tuple[str, ...]:
    return tuple(render(option.shown, language) for language in LANGUAGES)


def _is_name(text: str) -> bool:
    """Return whether a text can be somebody's name: no number, no sentence."""
    return SHORTEST_NAME <= len(text) <= LONGEST_NAME and not any(
        letter.isdigit() or letter in "，。,;；：:、？?！!%" for letter in text
    )


def names(people: Sequence[Who]) -> Listed:
    """Return people in one line, those without the bot marked."""
    return Listed(
        tuple(who.name if who.person or who.worker else Say("permit-without-bot", name=who.name) for who in people)
    )
