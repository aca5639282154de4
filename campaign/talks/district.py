"""The talks about trainings on the criteria (判定标准): one is recorded, or taken back."""

from datetime import date

import msgspec

from talk.briefs import Brief
from talk.texts import Words


class TrainedSector(msgspec.Struct, frozen=True):
    """A sector whose enterprises a training may have reached, and how many enterprises that are."""

    id: str
    name: Words
    number: int


class TrainingBrief(Brief, frozen=True):
    """A training is recorded for a column of the annex table."""

    talk = "training"

    place: str
    first: date
    """The campaign's first day."""
    last: date
    sectors: tuple[TrainedSector, ...]

    @classmethod
    def sample(cls) -> "TrainingBrief":
        """A district's."""
        sectors = (TrainedSector("light", Words("轻工"), 3), TrainedSector("1", Words("……"), 2))
        return cls(place="浑南区", first=date(2023, 5, 22), last=date(2023, 12, 31), sectors=sectors)


class TakeBackTrainingBrief(Brief, frozen=True):
    """Why a training counts no more: its number, and the day on which it was."""

    talk = "training-undo"

    number: int
    day: date

    @classmethod
    def sample(cls) -> "TakeBackTrainingBrief":
        """One of nobody's."""
        return cls(number=7, day=date(2023, 6, 1))
