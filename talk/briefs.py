"""The brief of a talk: the facts that a conversation starts from, as a frozen class of that talk.

A brief is taken once and stored as JSON with its conversation (`as_json`); each turn reads it again (`from_json`).
Conversations live for weeks: a field that is added has a default, so that briefs stored before still load, and one that
is no longer wanted may simply go.
"""

from collections.abc import Mapping
from typing import Any, ClassVar, Protocol, Self, runtime_checkable

import msgspec

from talk.samples import sample_of


@runtime_checkable
class Stored(Protocol):
    """A part of a brief that stores itself, as the rules of a pack do: `stored` reads what `as_json` gives."""

    def as_json(self) -> Any:
        """Return it as JSON."""
        ...

    @classmethod
    def stored(cls, data: Any) -> Self:
        """Return it out of its JSON; ValueError where it is none."""
        ...


def _to_json(value: Any) -> Any:
    if isinstance(value, Stored):
        return value.as_json()
    raise NotImplementedError(type(value).__name__)


def _from_json(kind: type, value: Any) -> Any:
    if issubclass(kind, Stored):
        return kind.stored(value)
    raise NotImplementedError(kind.__name__)


class Brief(msgspec.Struct, frozen=True, kw_only=True):
    """The facts of one kind of talk, which its subclass names: `class PlanBrief(Brief): talk = "hazard-plan"`.

    Days and instants are stored as ISO 8601, decimals as strings, a field without a value as null.
    """

    talk: ClassVar[str]
    """The name under which conversations of this kind are stored; it never changes."""
    SAMPLE: ClassVar[Mapping[str, Any]] = {}
    """The fields of a sample by which more paths of the talk are seen than by any values (`talk.samples`)."""

    def as_json(self) -> dict[str, Any]:
        """The brief as its conversation stores it."""
        stored: dict[str, Any] = msgspec.to_builtins(self, enc_hook=_to_json)
        return stored

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """The brief out of what a conversation stores; what it holds beside the fields is left aside.

        ValueError (msgspec.ValidationError) where a field is missing or of another type.
        """
        return msgspec.convert(dict(stored), cls, dec_hook=_from_json)

    @classmethod
    def sample(cls) -> Self:
        """A brief of nobody's, for the outline of the talk."""
        return sample_of(cls)
