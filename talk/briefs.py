"""The brief of a talk: the facts that a conversation starts from, as a frozen class of that talk.

A brief is taken once and stored as JSON with its conversation (`as_json`); each turn reads it again (`from_json`).
Conversations live for weeks: a field that is added has a default, so that briefs stored before still load, and one that
is no longer wanted may simply go.
"""

from collections.abc import Mapping
from typing import Any, ClassVar, Self

import msgspec


class Brief(msgspec.Struct, frozen=True, kw_only=True):
    """The facts of one kind of talk, which its subclass names: `class PlanBrief(Brief): talk = "hazard-plan"`.

    Days and instants are stored as ISO 8601, decimals as strings, a field without a value as null.
    """

    talk: ClassVar[str]
    """The name under which conversations of this kind are stored; it never changes."""

    def as_json(self) -> dict[str, Any]:
        """The brief as its conversation stores it."""
        stored: dict[str, Any] = msgspec.to_builtins(self)
        return stored

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """The brief out of what a conversation stores; what it holds beside the fields is left aside.

        ValueError (msgspec.ValidationError) where a field is missing or of another type.
        """
        return msgspec.convert(dict(stored), cls)

    @classmethod
    def sample(cls) -> Self:
        """A brief of nobody's, for the outline of the talk."""
        raise NotImplementedError(cls.__name__)
