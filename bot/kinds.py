"""What can be talked about: each talk with its dialog, its name, what its end does, and a brief for its outline."""

from collections.abc import Mapping

from bot.bureau_kinds import BUREAU_KINDS
from bot.dialogs import (
    join,
    people,
)
from service.core.talk_spec import OldTalkSpec
from service.core.unit_of_work import Speaker, UnitOfWork
from service.people import joining, myself
from storage.conversations import Conversation
from talk.texts import Say

GIVE_BACK = "give-back"


def _joined(uow: UnitOfWork, me: Speaker, talk: Conversation, result: join.Joined | join.Declined) -> None:
    match result:
        case join.Joined(name):
            joining.joined(uow, me, talk, name)
        case join.Declined():
            joining.declined(uow, me)


def _feedback(uow: UnitOfWork, me: Speaker, talk: Conversation, result: str) -> None:
    del talk
    myself.give_feedback(uow, me, result)


KINDS: Mapping[str, OldTalkSpec] = {
    joining.JOIN: OldTalkSpec(
        join.join,
        lambda brief: Say("join-title", place=brief["place"]),
        _joined,
        {"inviter": "…", "role": "principal", "place": "…", "registered": "…", "known": ""},
    ),
    myself.FEEDBACK: OldTalkSpec(people.feedback, lambda _: Say("feedback-title"), _feedback, {}),
    myself.LEAVE: OldTalkSpec(people.leave, lambda _: Say("leave-title"), myself.left, {"roles": "…"}),
    **BUREAU_KINDS,
}
"""Every talk: its dialog, its name, what its end does, and a brief for its outline."""
