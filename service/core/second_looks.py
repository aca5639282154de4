"""The second look at a letter, in the transaction that claims it for sending: much may have happened since it was
queued. Each subject declares one for its kinds of letters; `service.reminders.leaving` lists them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from service.core.letters import Draft
from service.core.unit_of_work import UnitOfWork
from storage.outbox import Claimed


@dataclass(frozen=True, slots=True)
class SecondLook:
    """How letters of some kinds are looked at again."""

    kinds: frozenset[str]
    look: Callable[[UnitOfWork, Sequence[Claimed]], Mapping[int, Draft | None]]
    """Return what letters say now, by their ids; None: nothing is left to say, and the letter does not leave. A letter
    that is left out leaves as it is.
    """
    patient: bool
    """Whether such a letter waits while its person is in the middle of an answer."""
