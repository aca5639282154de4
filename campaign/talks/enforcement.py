"""The talks about what a bureau did (执法): an action is entered, or taken back."""

from datetime import date

import msgspec

from campaign.annex import Figure
from talk.briefs import Brief


class ActionRow(msgspec.Struct, frozen=True):
    """A row of the annex table that can be entered: its id, its label, the label of its button, its figures."""

    name: str
    label: str
    short: str
    figures: tuple[Figure, ...]


class ActionBrief(Brief, frozen=True):
    """An action is entered for a column of the table; the rows that are likely come first."""

    talk = "action"

    place: str
    rows: tuple[ActionRow, ...]
    first: date
    """The campaign's first day."""
    last: date
    """The last day that can be entered: today, or the campaign's last."""

    @classmethod
    def sample(cls) -> "ActionBrief":
        """A district's."""
        rows: tuple[tuple[str, str, tuple[Figure, ...]], ...] = (
            ("C3", "行政处罚", ("penalties", "penalty-amount")),
            ("C6", "停产整顿", ("suspended",)),
            ("C8", "典型案例", ("cases-published", "crime-cases-published")),
        )
        return cls(
            place="浑南区",
            rows=tuple(ActionRow(name, f"{short}……", short, figures) for name, short, figures in rows),
            first=date(2023, 5, 22),
            last=date(2023, 6, 6),
        )


class TakeBackActionBrief(Brief, frozen=True):
    """Why an action counts no more: its number, the label of its row, what it says."""

    talk = "action-back"

    number: int
    label: str
    figures: str

    @classmethod
    def sample(cls) -> "TakeBackActionBrief":
        """One of nobody's."""
        return cls(number=12, label="…", figures="…")
