"""Talks of one or two questions: a complaint or suggestion, leaving, sending an answer back."""

from campaign.talks.duties import GiveBackBrief
from campaign.talks.people import EndRoleBrief, FeedbackBrief, LeaveBrief, LockBrief, ResetFactorBrief
from talk.conversation import Talk
from talk.questions import Text, YesNo
from talk.texts import Say

REASON_LIMIT = 200


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
            hint=Say("leave-alone", roles=brief.alone) if brief.alone else None,
            yes=Say("leave-yes"),
            no=Say("leave-no"),
        )
    )


def end_role(brief: EndRoleBrief) -> Talk[str | None]:
    """A role of somebody's is ended, with a reason that they read; None: it stays."""
    held = Say("role", role=brief.role)
    reason = yield from Text(
        key="reason",
        ask=Say("seat-end-why", place=brief.place, role=held, name=brief.name),
        hint=Say("seat-end-why-hint"),
        limit=REASON_LIMIT,
    )
    sure = yield from YesNo(
        key="sure",
        ask=Say("seat-end-sure", place=brief.place, role=held, name=brief.name, reason=reason),
        yes=Say("option-end-role"),
        no=Say("option-leave-it"),
    )
    return reason if sure else None


def lock(brief: LockBrief) -> Talk[bool]:
    """Somebody who lost the phone is locked out."""
    return (
        yield from YesNo(
            key="sure",
            ask=Say("seat-lock-sure", name=brief.name),
            hint=Say("seat-lock-hint"),
            yes=Say("option-lock"),
            no=Say("option-leave-it"),
        )
    )


def reset_factor(brief: ResetFactorBrief) -> Talk[bool]:
    """The second factor of somebody who lost the phone is taken away."""
    return (
        yield from YesNo(
            key="sure",
            ask=Say("factor-reset-sure", place=brief.place, role=Say("role", role=brief.role), name=brief.name),
            hint=Say("factor-reset-hint"),
            yes=Say("option-reset-factor"),
            no=Say("option-leave-it"),
        )
    )


def give_back(brief: GiveBackBrief) -> Talk[str]:
    """The principal sends one answer back to the officer, with a sentence."""
    return (yield from Text(key="remark", ask=Say("give-back-ask", label=brief.label), hint=Say("give-back-hint")))
