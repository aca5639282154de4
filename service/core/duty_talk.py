"""A duty with its rule, and what a talk can do as the answer to one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from campaign.duties import title_of
from campaign.obligations import Obligation
from campaign.talks.duties import DutyFacts
from storage.duties import UNDONE, Duty
from talk.briefs import Brief
from talk.texts import Phrase, Words

if TYPE_CHECKING:
    from service.core.unit_of_work import Speaker, UnitOfWork

B = TypeVar("B", bound=Brief)
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class OwnedDuty:
    """A duty that somebody may see, with its rule."""

    duty: Duty
    rule: Obligation

    @property
    def title(self) -> Words:
        """6月调度确认; before its answer what is still owed."""
        return title_of(self.rule, self.duty.period, owed=self.duty.status in UNDONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyTalk(Generic[B, R]):
    """What a talk can do as the answer to a duty; `service.duties.talks.duty_talk` makes a spec with it."""

    brief: Callable[["UnitOfWork", OwnedDuty, DutyFacts], B]
    """Makes the brief from which a duty is answered, out of the facts that every duty has and its own."""
    bundled: bool = True
    """Whether it can be a part of a bundle: it ends with one confirmation, which waits for that of the whole list."""
    by_phone: Callable[["UnitOfWork", OwnedDuty], bool] = lambda _uow, _owned: True
    """Whether staff can enter its answers as somebody gives them by phone."""
    first: tuple[tuple[Phrase, str], ...] = ()
    """The buttons on the card of a duty that answer the opening question: their labels and options. Empty: 现在填报."""
    counts: Callable[["UnitOfWork", "Speaker", OwnedDuty, R], None] | None = None
    """What else is done when an answer counts, whoever handed it in, alone, in a bundle or by phone."""
