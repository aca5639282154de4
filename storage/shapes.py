"""The shapes of what is stored as JSON, each as a check that raises for any other (`storage.columns.Kept`). Keys that a
shape does not name may be there; what was stored by earlier versions has these shapes, too.
"""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any, Final, NotRequired, TypedDict

import msgspec

from campaign.applications import APPLICATION
from campaign.checks import Reason
from campaign.unmet import Judged
from talk.kept_phrases import phrase
from talk.messages import FileRef

Check = Callable[[Any], Any]


def shaped(kind: Any) -> Check:
    """Return the check that JSON is of a type, as `msgspec.convert` knows them."""
    return partial(msgspec.convert, type=kind)


class _Audience(TypedDict):
    """As `campaign.notices.Audience` writes itself."""

    roles: list[str]
    districts: NotRequired[list[str]]
    sectors: NotRequired[list[str]]
    tags: NotRequired[list[str]]
    unanswered: NotRequired[str | None]
    codes: NotRequired[list[str]]


class _Cell(TypedDict):
    row: str
    values: list[str]
    counted: list[str]
    sources: list[tuple[str, str, str]]
    override: list[Any] | None


class _Cells(TypedDict):
    """The figures of a table that was handed in."""

    cells: list[_Cell]
    corrections: list[tuple[Any, Any, Any, Any, Any]]


class _Held(TypedDict):
    """A message that waits for a code."""

    address: list[str]
    update_id: int
    at: datetime
    kind: str
    text: str
    data: str
    files: list[Any]
    message_id: str | None


class _Sample(TypedDict):
    taken_at: datetime
    gas: str
    value: Decimal
    ok: bool


class _Sampled(TypedDict):
    sample: NotRequired[_Sample | None]


an_object: Final = shaped(dict[str, Any])
strings: Final = shaped(list[str])
numbers: Final = shaped(list[int])
texts: Final = shaped(dict[str, str])
update_numbers: Final = shaped(dict[str, dict[str, int]])
audience: Final = shaped(_Audience)
cells: Final = shaped(_Cells)
drawn: Final = shaped(list[tuple[str, list[int]]])
application: Final[Check] = APPLICATION.validate_python
shortfall: Final[Check] = Judged.from_json
_lists: Final = shaped(list[list[Any]])
_held: Final = shaped(_Held)
_readers: Final = shaped(list[tuple[int, Any]])
_sampled: Final = shaped(_Sampled)


def files(stored: Any) -> None:
    """Raise where something is no list of files."""
    for parts in _lists(stored):
        FileRef.from_json(parts)


def with_photos(stored: Any) -> None:
    """Raise where what belongs to a step is no object, or its photos are none."""
    files(an_object(stored).get("photos", []))


def permit_step(stored: Any) -> None:
    """Raise where something is not what belongs to a step of a permit."""
    with_photos(stored)
    _sampled(stored)


def grounds(stored: Any) -> None:
    """Raise where something is no list of reasons for a check."""
    for reason in _lists(stored):
        Reason.stored(reason)


def held(stored: Any) -> None:
    """Raise where something is no message that waits."""
    files(_held(stored)["files"])


def readers(stored: Any) -> None:
    """Raise where something is no list of people, each with what is said to them."""
    for _, line in _readers(stored):
        phrase(line)
