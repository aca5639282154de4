"""Spot checks (抽查): the draw at random, what is a ground to suggest one, and what an inspector enters.

A draw is a function of its seed: whoever has the seed and the pool draws again and gets the same. Each name is ranked
by the SHA-256 of seed and name, so the order of the rows is nothing.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Any, Final

from pydantic import PositiveInt

from campaign.fields import Id, Name, Part, names
from talk.messages import FileRef

INSPECTORS: Final = 2
"""The law asks for two at the least (执法人员不得少于两人)."""
MOST_INSPECTORS: Final = 10
CODES: Final = 200
"""How many codes of enterprises one message can hold."""
FINGERPRINT: Final = 16
"""Letters by which a seed is known before it is told."""
_SHA256: Final = 64
_PHOTO: Final = 4
"""Parts of a photo as answers keep it: hash, name, type, size."""
_EVERY: Final = "*"


PLANNED: Final = "planned"
RECORDED: Final = "recorded"
DROPPED: Final = "dropped"
TAKEN_BACK: Final = "taken_back"
STATES: Final = (PLANNED, RECORDED, DROPPED, TAKEN_BACK)
"""Where a check stands."""


class Signed(StrEnum):
    """How an inspector signed a check."""

    OWN = "own"
    """On the own phone."""
    CODE = "code"
    """On a colleague's phone, by a code that somebody else of the bureau handed over."""
    ENTERED = "entered"
    """Before each signed alone: by whoever entered it, in the inspector's name."""


class How(StrEnum):
    """How an enterprise came to be checked."""

    HAND = "hand"
    DRAW = "draw"
    SUGGESTION = "suggestion"


# The draw (双随机)


@dataclass(frozen=True, slots=True)
class Drawn:
    """An enterprise (by code) that was drawn, and the inspectors (by number) who were drawn for it."""

    enterprise: str
    inspectors: tuple[int, ...]


def fingerprint(seed: str) -> str:
    """By what a seed is known before it is told: it cannot be found from this, nor another put in its place."""
    return hashlib.sha256(seed.encode()).hexdigest()[:FINGERPRINT].upper()


def draw(
    seed: str, pool: Iterable[str], number: int, inspectors: Iterable[int], each: int = INSPECTORS
) -> tuple[Drawn, ...]:
    """So many enterprises of a pool, and for each of them so many inspectors; ValueError where there are fewer."""
    enterprises, people = set(pool), set(inspectors)
    if not 0 < number <= len(enterprises) or not 0 < each <= len(people):
        raise ValueError(number)
    ranked = sorted(enterprises, key=lambda code: (_rank(seed, code), code))
    return tuple(
        Drawn(code, tuple(sorted(people, key=lambda inspector: (_rank(seed, code, str(inspector)), inspector))[:each]))
        for code in ranked[:number]
    )


def _rank(*parts: str) -> bytes:
    return hashlib.sha256("/".join(parts).encode()).digest()


@dataclass(frozen=True, slots=True)
class Conditions:
    """Whom a draw is made from: every field narrows it, an empty one fits all. `places` are columns of the annex;
    `unchecked`: not checked yet.
    """

    places: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    unchecked: bool = False

    def fit(self, place: str, sector: str, tags: AbstractSet[str]) -> bool:
        """Whether an enterprise is meant, checks aside."""
        return (
            (not self.places or place in self.places)
            and (not self.sectors or sector in self.sectors)
            and (not self.tags or not tags.isdisjoint(self.tags))
        )


@dataclass(frozen=True, slots=True)
class Wanted:
    """A draw as it is asked for."""

    conditions: Conditions
    number: int


# What is a ground to suggest a check


class ZeroAnswer(Part):
    """By which answers of a duty problems are told: 0 or none of them is "no problem"; `group/*` is every key that
    begins so.
    """

    obligation: Annotated[Id, names("obligation")]
    keys: tuple[Name, ...]


class CheckRules(Part):
    """What is a ground to suggest a spot check; all of it is ours [D]."""

    suspensions: PositiveInt = 3
    """So many suspensions of permits on site, within `within_days`."""
    within_days: PositiveInt = 30
    """Also how long an enterprise that was checked is not suggested again."""
    untouched_days: PositiveInt = 14
    risky: tuple[Annotated[Id, names("tag")], ...] = ()
    zero: tuple[ZeroAnswer, ...] = ()
    zero_answers: PositiveInt = 2
    """So many of those answers, all of them zero."""


class Ground(StrEnum):
    """Why an enterprise is suggested. What a gate of a permit stopped is none: it was stopped."""

    SUSPENDED = "suspended"
    SAME_PHOTO = "same-photo"
    OVERDUE = "overdue"
    ALL_ZERO = "all-zero"
    UNTOUCHED = "untouched"
    UNMET = "unmet"
    """What it reported itself does not meet the clause: a ground to look, never a finding."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A ground with what is behind it: how many, or which hazards by number; `day`, where one tells."""

    ground: Ground
    numbers: tuple[int, ...]
    day: date | None = None
    obligations: tuple[str, ...] = ()
    """Of which duties it told what is a ground."""

    def as_json(self) -> list[Any]:
        """As a plan keeps it."""
        day = None if self.day is None else self.day.isoformat()
        return [self.ground, list(self.numbers), day, *([list(self.obligations)] if self.obligations else [])]

    @classmethod
    def stored(cls, data: Sequence[Any]) -> "Reason":
        """Out of `as_json`."""
        ground, numbers, day, *more = data
        named = tuple(more[0]) if more else ()  # a plan of yesterday names none
        return cls(Ground(ground), tuple(numbers), None if day is None else date.fromisoformat(day), named)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that counts for a duty: by which conversation, and what it says by key."""

    obligation: str
    conversation: int
    said: Mapping[str, Any]
    unmet: bool = False


@dataclass(frozen=True, slots=True)
class OpenHazard:
    """A hazard that is still to be rectified; `touched`: when the enterprise last did something about it, or it was
    found.
    """

    number: int
    overdue: bool
    touched: date


@dataclass(frozen=True, slots=True)
class Record:
    """What is on record of an enterprise. `reports`: how many hazards it ever reported itself; `dispatched`: on which
    day it last confirmed a dispatch; `checked`: when it was last checked.
    """

    tags: AbstractSet[str]
    suspensions: int = 0
    answers: Sequence[Answer] = ()
    hazards: Sequence[OpenHazard] = ()
    reports: int = 0
    dispatched: date | None = None
    checked: date | None = None


def suggestions(records: Mapping[str, Record], rules: CheckRules, today: date) -> dict[str, tuple[Reason, ...]]:
    """The enterprises (by code) that something speaks for looking at, with the reasons; in the order of their codes,
    which says nothing of them.
    """
    shown = _repeated(records)
    rested = today - timedelta(days=rules.within_days)
    found = {
        code: tuple(_reasons(records[code], shown.get(code, 0), rules))
        for code in sorted(records)
        if (last := records[code].checked) is None or last < rested
    }
    return {code: reasons for code, reasons in found.items() if reasons}


def _reasons(record: Record, same_photos: int, rules: CheckRules) -> Iterator[Reason]:
    if record.suspensions >= rules.suspensions:
        yield Reason(Ground.SUSPENDED, (record.suspensions, rules.within_days))
    if same_photos:
        yield Reason(Ground.SAME_PHOTO, (same_photos,))
    overdue = tuple(hazard.number for hazard in record.hazards if hazard.overdue)
    if overdue:
        yield Reason(Ground.OVERDUE, overdue)
    unmet = [answer.obligation for answer in record.answers if answer.unmet]
    if unmet:
        yield Reason(Ground.UNMET, (len(unmet),), obligations=tuple(dict.fromkeys(unmet)))
    zero = [said for answer in record.answers if (said := _tells_nothing(answer, rules)) is not None]
    if len(zero) >= rules.zero_answers and all(zero) and not record.reports and not record.tags.isdisjoint(rules.risky):
        yield Reason(Ground.ALL_ZERO, (len(zero),))
    if record.dispatched is not None:
        before = record.dispatched - timedelta(days=rules.untouched_days)
        untouched = tuple(hazard.number for hazard in record.hazards if hazard.touched <= before)
        if untouched:
            yield Reason(Ground.UNTOUCHED, untouched, record.dispatched)


def _tells_nothing(answer: Answer, rules: CheckRules) -> bool | None:
    """Whether all that an answer could tell of problems is zero; None where it could tell of none."""
    keys = next((check.keys for check in rules.zero if check.obligation == answer.obligation), ())
    told = [value for key, value in answer.said.items() if any(_is_key(key, name) for name in keys)]
    return all(value == 0 or (isinstance(value, Mapping) and not value.get("ids")) for value in told) if told else None


def _is_key(key: str, name: str) -> bool:
    return key.startswith(name[:-1]) if name.endswith(_EVERY) else key == name


def _repeated(records: Mapping[str, Record]) -> dict[str, int]:
    """How many photos of each enterprise stand in more than one answer, whoever's."""
    talks: defaultdict[str, set[int]] = defaultdict(set)
    shown: defaultdict[str, set[str]] = defaultdict(set)
    for code, record in records.items():
        for answer in record.answers:
            for photo in photos_in(answer.said):
                talks[photo].add(answer.conversation)
                shown[code].add(photo)
    return {code: sum(len(talks[photo]) > 1 for photo in photos) for code, photos in shown.items()}


def photos_in(said: Mapping[str, Any]) -> set[str]:
    """The photos of an answer, by their hash."""
    return {
        parts[0]
        for value in said.values()
        if isinstance(value, list)
        for parts in value
        if isinstance(parts, list) and len(parts) == _PHOTO and isinstance(parts[0], str) and len(parts[0]) == _SHA256
    }


# What an inspector enters


def plain(label: str) -> str:
    """A row's label as people are told it: without its unit."""
    words, _, unit = label.rpartition("（")
    return words if words and unit.endswith("）") else label


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found for a row of the annex (B2 to B8)."""

    row: str
    note: str
    photos: tuple[FileRef, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """A check as it is entered: on which day, by whom (known inspectors by number, others by name), what was found."""

    day: date
    inspectors: tuple[int, ...]
    others: tuple[str, ...]
    findings: tuple[Finding, ...]
