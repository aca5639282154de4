"""The talks about spot checks (抽查): planned by hand or at random, dropped, entered, taken back; inspectors named."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, get_args

import msgspec

from campaign.annex import Figure, SpotCheckFigure
from campaign.talks.notices import Condition
from talk.briefs import Brief
from talk.texts import Words

UNCERTIFIED: Figure = "uncertified-work"
"""The figure of the row that counts people at work without a certificate."""


class PickBrief(Brief, frozen=True):
    """加企业: which enterprises a place is to check."""

    talk = "check-pick"

    place: str


class InspectorsBrief(Brief, frozen=True):
    """加人员: who checks for a place."""

    talk = "check-inspectors"

    place: str


class DrawBrief(Brief, frozen=True):
    """双随机: enterprises and inspectors are drawn at random."""

    talk = "check-draw"
    SAMPLE: ClassVar[Mapping[str, Any]] = {"fingerprint": "0123456789ABCDEF", "inspectors": 6}

    draw: int
    place: str
    fingerprint: str
    """Of the seed, which is told once it is drawn."""
    inspectors: int
    """How many inspectors there are."""
    places: tuple[Condition, ...]
    """Those of the city; empty where a district draws."""
    sectors: tuple[Condition, ...]
    tags: tuple[Condition, ...]


class KnownInspector(msgspec.Struct, frozen=True):
    """An inspector of the bureau, by number."""

    id: int
    name: str


class Admitted(msgspec.Struct, frozen=True):
    """What the enterprise reported itself of a row, in its own report's words, and on which day: a ground to look."""

    day: date
    said: Words


class FindingRow(msgspec.Struct, frozen=True):
    """A row of the annex table that counts what is found in a check: its name (`B3`), its label, its figure, and the
    cases that it means; and what the enterprise admitted of it, the newest first. Talks from before these were told
    have none of them.
    """

    row: str
    label: str
    figure: Figure
    cases: tuple[str, ...] = ()
    admitted: tuple[Admitted, ...] = ()


class RecordBrief(Brief, frozen=True, kw_only=True):
    """登记结果: a check that was planned is entered."""

    talk = "check-record"
    SAMPLE: ClassVar[Mapping[str, Any]] = {
        "rows": tuple(
            FindingRow(f"B{number}", "……（家）", figure, (), (Admitted(date(2023, 6, 5), Words("……")),))
            for number, figure in enumerate(get_args(SpotCheckFigure)[1:], 2)
        ),
    }

    check: int
    name: str
    """The enterprise's."""
    first: date
    last: date
    """The campaign's first and last day."""
    entered: date = msgspec.field(name="today")
    """The day on which the talk began."""
    inspectors: tuple[KnownInspector, ...]
    drawn: tuple[int, ...]
    """The inspectors who were drawn for it, by number; empty where none were, or one has gone."""
    rows: tuple[FindingRow, ...]
    me: str = ""
    """The name of whoever enters it; "" in talks from before each signed alone."""


class ObjectBrief(Brief, frozen=True):
    """有异议 of somebody who was named as an inspector."""

    talk = "check-object"

    check: int
    inspector: int
    name: str
    """The enterprise's."""
    day: date
    """Of the check."""


class DropBrief(Brief, frozen=True):
    """撤下 of a plan."""

    talk = "check-drop"
    SAMPLE: ClassVar[Mapping[str, Any]] = {"drawn": True}

    check: int
    name: str
    """The enterprise's."""
    drawn: bool
    """Whether it was drawn at random: then a reason is needed."""


class TakeBackCheckBrief(Brief, frozen=True):
    """冲销 of what was entered."""

    talk = "check-take-back"

    check: int
    name: str
    """The enterprise's."""
    day: date
    """Of the check."""
