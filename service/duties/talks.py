"""How a talk that answers duties is put together: whoever brings one says what is its own, the rest is the same."""

from collections.abc import Callable
from typing import TypeVar

from campaign.talks.duties import DutyBrief, DutyFacts
from service.core.duty_talk import DutyTalk, OwnedDuty
from service.core.talk_spec import Named, TalkSpec
from service.core.unit_of_work import Speaker, UnitOfWork
from service.duties import actions, bundles, delegation, filling
from service.duties.owned import to_fill
from storage.conversations import Conversation
from talk.actions import Tap
from talk.conversation import Talk
from talk.texts import Phrase, Say

B = TypeVar("B", bound=DutyBrief)
R = TypeVar("R")


def duty_talk(
    brief: type[B],
    dialog: Callable[[B], Talk[R]],
    made: Callable[[UnitOfWork, OwnedDuty, DutyFacts], B],
    *,
    finish: Callable[[UnitOfWork, Speaker, Conversation, B, R], None] = filling.finished,
    bundled: bool = True,
    by_phone: Callable[[UnitOfWork, OwnedDuty], bool] = lambda _uow, _owned: True,
    first: tuple[tuple[Phrase, str], ...] = (),
    counts: Callable[[UnitOfWork, Speaker, OwnedDuty, R], None] | None = None,
    asks: Callable[[UnitOfWork, Speaker, Conversation, str], None] | None = None,
    which: Callable[[UnitOfWork, int, B, str], Named | None] | None = None,
    renew: Callable[[UnitOfWork, Conversation, B], B] | None = None,
) -> TalkSpec[B, R]:
    """The spec of a talk by which duties are answered, named by the title of the duty.

    `made` makes its brief. What it decides is handed in, put off (PlannedFor) or explained (ToExplain), unless it has a
    `finish` of its own. The other arguments are those of `DutyTalk` and `TalkSpec`.
    """
    return TalkSpec(
        brief=brief,
        dialog=dialog,
        title=lambda given: given.title,
        permission=to_fill,
        finish=finish,
        duty=DutyTalk(brief=made, bundled=bundled, by_phone=by_phone, first=first, counts=counts),
        park=bundles.wait,
        send_back=delegation.begin_sending_back,
        answer_anew=answer_anew,
        asks=asks,
        which=which,
        renew=renew,
    )


def never(uow: UnitOfWork, owned: OwnedDuty) -> bool:
    """Not by phone."""
    del uow, owned
    return False


def answer_anew(duty: int) -> Tap:
    """更正 of what was answered."""
    return actions.FILL.tap(Say("option-correct"), duty, "")
