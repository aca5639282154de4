"""The talks about the annex table (调度表): other figures for a cell, a table or a cell sent back."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar, Final

from campaign.annex import Figure
from talk.briefs import Brief
from talk.texts import Words

TABLE: Final = "annex-table"
"""The form of the duty that a filed table answers: it is filled in on the table's own card, in no talk."""
DUTY_FORMS: Final = (TABLE,)


class CellBrief(Brief, frozen=True, kw_only=True):
    """A cell of the table: the month (`2023-06`) with its title, the column, and the row (`C3`) with its label."""

    month: str
    title: Words
    column: str
    row: str
    label: str


class OverrideBrief(CellBrief, frozen=True, kw_only=True):
    """改数: other figures are reported than were counted."""

    talk = "annex-override"
    SAMPLE: ClassVar[Mapping[str, Any]] = {"figures": ("penalties", "penalty-amount"), "overridden": True}

    figures: tuple[Figure, ...]
    """The figures of the row, in order."""
    counted: tuple[Decimal, ...]
    """What was counted, figure by figure."""
    overridden: bool
    """Whether it was changed before: then it can be as counted again."""


class ReturnBrief(CellBrief, frozen=True, kw_only=True):
    """退回: a table that waits for review (no row, no label), or one cell of a filed one."""

    talk = "annex-return"
