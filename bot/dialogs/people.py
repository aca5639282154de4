"""Talks of one or two questions: a complaint or suggestion, leaving, sending an answer back."""

from campaign.talks.duties import GiveBackBrief
from campaign.talks.people import FeedbackBrief, LeaveBrief
from talk.conversation import Talk
from talk.questions import Text, YesNo
from talk.texts import Say


def feedback(brief: FeedbackBrief) -> Talk[str]:
    """意见与投诉, to the city."""
    del brief
    return (yield from Text(key="text", ask=Say("feedback-ask"), hint=Say("feedback-hint")))


def leave(brief: LeaveBrief) -> Talk[bool]:
    """Leaving the bot; what cannot be undone asks once more."""
    return (
        yield from YesNo(
            key="sure",
            ask=Say("leave-ask", roles=brief.roles),
            yes=Say("leave-yes"),
            no=Say("leave-no"),
        )
    )


def give_back(brief: GiveBackBrief) -> Talk[str]:
    """The principal sends one answer back to the officer, with a sentence."""
    return (yield from Text(key="remark", ask=Say("give-back-ask", label=brief.label), hint=Say("give-back-hint")))
