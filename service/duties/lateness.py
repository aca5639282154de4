"""What is said of an answered duty beside when it was handed in: done or told too late, each for what it is."""

from storage.duties import Duty
from storage.duty_figures import DistrictDuty
from talk.texts import Phrase, Say


def told(duty: Duty | DistrictDuty) -> Say | None:
    """Return what is to be said; None: it was done and told in time."""
    if duty.done_on is None or duty.done_by is None:
        return Say("filed-late") if duty.filed_late else None
    if duty.late:
        return Say("deed-late", on=duty.done_on, latest=duty.done_by)
    return Say("deed-filed-late", on=duty.done_on) if duty.filed_late else None


def noted(what: Say | None) -> Phrase:
    """Return the same in brackets, to stand behind a time; nothing where there is nothing to say."""
    return "" if what is None else Say("filed-note", what=what)
