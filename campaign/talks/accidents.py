"""The talk in which an enterprise reports an accident (事故报告), or what is new about one (补报).

What it tells is what article 12 of the regulation asks for [law].
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from talk.briefs import Brief


class AccidentBrief(Brief, frozen=True, kw_only=True):
    """An accident is reported, or what is new about the one that is `first`."""

    talk = "accident"
    SAMPLE: ClassVar[Mapping[str, Any]] = {"first": None}

    enterprise: str
    """Its code."""
    name: str
    bureau: str
    """The department that supervises it."""
    city: str
    """The city's bureau."""
    hours: int
    """Within how many hours the law wants it reported."""
    first: int | None = None
    """The report that is added to; None: this is the first one."""


@dataclass(frozen=True, slots=True)
class AccidentTold:
    """What is known of an accident. `place` and `happened` are told by the first report alone."""

    place: str
    happened: datetime | None
    what: str
    dead: int
    missing: int
    injured: int
    loss: str
    measures: str
