"""Samples of briefs are made from the types of their fields."""

from datetime import date
from typing import Any, ClassVar, Literal

import msgspec

from talk.samples import sample_of


class Part(msgspec.Struct, frozen=True):
    """A part of a brief."""

    id: str
    kind: Literal["one", "two"]
    until: date | None


class Whole(msgspec.Struct, frozen=True):
    """A brief with a field that it settles itself."""

    SAMPLE: ClassVar[dict[str, Any]] = {"name": "王演三"}

    name: str
    first: date
    last: date
    parts: tuple[Part, ...]
    left: int = 3


def test_a_sample_has_days_in_order_and_elements_that_differ() -> None:
    whole = sample_of(Whole)
    assert whole.name == "王演三"
    assert whole.first < whole.last
    assert whole.left == 3
    assert [(part.id, part.kind, part.until is None) for part in whole.parts] == [
        ("a", "one", False),
        ("b", "two", True),
    ]


def test_what_is_given_counts_before_what_a_class_settles() -> None:
    assert sample_of(Whole, name="……").name == "……"
