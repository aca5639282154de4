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


class TakeBackTrainingBrief(Brief, frozen=True):
    """Why a training counts no more: its number, and the day on which it was."""

    talk = "training-undo"

    number: int
    day: date
