"""The talks about what a bureau did (执法): an action is entered, or taken back."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

import msgspec

from campaign.annex import Figure
from talk.briefs import Brief
from talk.samples import sample_of


class ActionRow(msgspec.Struct, frozen=True):
    """A row of the annex table that can be entered: its id, its label, the label of its button, its figures."""

    name: str
    label: str
    short: str
    figures: tuple[Figure, ...]


class ActionBrief(Brief, frozen=True):
    """An action is entered for a column of the table; the rows that are likely come first."""

    talk = "action"
    SAMPLE: ClassVar[Mapping[str, Any]] = {
        "rows": (
            sample_of(ActionRow, figures=("penalties", "penalty-amount")),
            sample_of(ActionRow, 1, figures=("cases-published", "crime-cases-published")),
        ),
    }

    place: str
    rows: tuple[ActionRow, ...]
    first: date
    """The campaign's first day."""
    last: date
    """The last day that can be entered: today, or the campaign's last."""


class TakeBackActionBrief(Brief, frozen=True):
    """Why an action counts no more: its number, the label of its row, what it says."""

    talk = "action-back"

    number: int
    label: str
    figures: str
