"""The talks in which staff enter what becomes of an enterprise (停产、复产、注销、迁出、合并), or take it back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from campaign.enterprise_life import Event
from talk.briefs import Brief


class StateBrief(Brief, frozen=True):
    """Something is entered of an enterprise."""

    talk = "enterprise-state"
    SAMPLE: ClassVar[Mapping[str, Any]] = {
        "events": tuple(Event),
        "first": date(2000, 1, 1),
        "asked_on": date(2023, 6, 5),
        "latest": date(2025, 6, 4),
    }

    enterprise: str
    """Its code."""
    place: str
    """Its name."""
    events: tuple[Event, ...]
    """What can happen to it now."""
    first: date
    """The first day that can be entered."""
    asked_on: date
    """The last one, but for a standstill that is planned."""
    latest: date
    """The last one of a standstill."""
    newest: int = 0
    """The number of the last entry that whoever enters has seen; 0: there was none."""
    permits: int = 0
    """How many of its hot-work permits have not ended."""
    hazards: int = 0
    """How many of its major hazards are open."""


@dataclass(frozen=True, slots=True)
class StateEntered:
    """What is confirmed: days as in `campaign.enterprise_life.Entered`; `merged_into` is a code, "" for none."""

    event: Event
    first: date
    last: date | None
    merged_into: str
    reason: str


class StateBackBrief(Brief, frozen=True):
    """What was entered of an enterprise is taken back."""

    talk = "enterprise-state-back"

    entry: int
    place: str
    what: str
    """What was entered, in words."""


class TelephoneBrief(Brief, frozen=True):
    """A telephone number of an enterprise is corrected."""

    talk = "telephone"
    SAMPLE: ClassVar[Mapping[str, Any]] = {"held": ("principal",)}

    enterprise: str
    """Its code."""
    place: str
    """Its name."""
    principal: str
    officer: str
    held: tuple[str, ...] = ()
    """Whose numbers there are (`campaign.roles.CALLED`)."""


@dataclass(frozen=True, slots=True)
class TelephoneGiven:
    """Whose number it is (`campaign.roles.CALLED`), and the number; "": there is none any more."""

    whose: str
    number: str
