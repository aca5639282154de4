"""/start, /help, /language, /me (my data: view, export, leave), /feedback; the criteria, a second principal."""

from functools import partial
from typing import Final

from bot import subjects
from bot.dialogs import join
from bot.dialogs import office as dialogs
from bot.dialogs.people import end_role, feedback, leave, lock, reset_factor
from bot.handlers.subject import Subject
from campaign.talks.people import (
    EndRoleBrief,
    FeedbackBrief,
    HandOverBrief,
    InviteBrief,
    JoinBrief,
    LeaveBrief,
    LockBrief,
    RenameBrief,
    ResetFactorBrief,
)
from service.core.letters import Draft, answer
from service.core.permissions import Own
from service.core.refusal import existing
from service.core.talk_spec import TalkSpec
from service.core.unit_of_work import Speaker, UnitOfWork
from service.duties.guidance import commands
from service.people import actions, invites, joining, myself, office, own_data, seats
from service.people.roles import roles_in_words
from service.talks import flow
from storage import people
from talk.texts import CHINESE, ENGLISH, LANGUAGES, Say

SUBJECT: Final = Subject()

SUBJECT.talk(
    TalkSpec(
        brief=JoinBrief,
        dialog=join.join,
        title=lambda brief: Say("join-title", place=brief.place),
        permission=lambda _uow, _talk, _brief: Own.JOINING,
        finish=joining.finished,
    )
)
SUBJECT.talk(
    TalkSpec(
        brief=FeedbackBrief,
        dialog=feedback,
        title=lambda _: Say("feedback-title"),
        permission=lambda _uow, _talk, _brief: Own.FEEDBACK,
        finish=lambda uow, me, _talk, _brief, text: myself.give_feedback(uow, me, text),
    )
)
SUBJECT.talk(
    TalkSpec(
        brief=LeaveBrief,
        dialog=leave,
        title=lambda _: Say("leave-title"),
        permission=lambda _uow, _talk, _brief: Own.DATA,
        finish=myself.finished,
    )
)
SUBJECT.talk(
    TalkSpec(
        brief=EndRoleBrief,
        dialog=end_role,
        title=lambda brief: Say("seat-end-title", name=brief.name),
        permission=seats.to_end,
        finish=seats.end,
    )
)
SUBJECT.talk(
    TalkSpec(
        brief=LockBrief,
        dialog=lock,
        title=lambda brief: Say("seat-lock-title", name=brief.name),
        permission=seats.to_end,
        finish=seats.lock,
    )
)
SUBJECT.talk(
    TalkSpec(
        brief=ResetFactorBrief,
        dialog=reset_factor,
        title=lambda brief: Say("factor-reset-title", name=brief.name),
        permission=seats.to_reset,
        finish=seats.reset,
    )
)


SUBJECT.talk(
    TalkSpec(
        brief=InviteBrief,
        dialog=dialogs.invite,
        title=lambda brief: Say("invite-title", place=brief.place),
        permission=invites.to_invite,
        finish=invites.finished,
        hears=invites.hears,
    )
)
SUBJECT.talk(
    TalkSpec(
        brief=HandOverBrief,
        dialog=dialogs.hand_over,
        title=lambda brief: Say("handover-title", name=brief.name),
        permission=seats.to_end,
        finish=office.handed_over,
    )
)
SUBJECT.talk(
    TalkSpec(
        brief=RenameBrief,
        dialog=dialogs.rename,
        title=lambda brief: Say("rename-title", name=brief.name),
        permission=office.to_rename,
        finish=office.renamed,
    )
)


@SUBJECT.command(actions.START)
def start(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """/start: with a code join; else how to, or for somebody who joined, and still is something, what to do now."""
    if argument:
        joining.start(uow, me.identity, argument)
    elif me.identity.joined and people.roles(uow.conn, me.person):
        answer(uow, me, Say("start-joined", roles=roles_in_words(uow, me.person)), commands(uow, me))
    else:
        answer(uow, me, Say("stranger"))


@SUBJECT.command(actions.HELP)
def help_(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """/help."""
    del argument
    answer(
        uow, me, Say("help-intro", title=uow.pack.title), commands(uow, me) if me.identity.joined else Say("stranger")
    )


@SUBJECT.command(actions.LANGUAGE)
def language(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """/language: the choice, or at once `/language en`."""
    if argument in (*LANGUAGES, "zh"):
        myself.speak(uow, me, actions.language_of(argument))
        return
    chinese = actions.SPEAK.tap(Say("language-chinese"), CHINESE)
    english = actions.SPEAK.tap(Say("language-english"), ENGLISH)
    answer(uow, me, Say("language-ask"), taps=[chinese, english])


@SUBJECT.command(actions.ME)
def show(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """/me: what is kept about me."""
    del argument
    answer(
        uow,
        me,
        *myself.kept(uow, me),
        taps=[actions.EXPORT.tap(Say("option-export")), actions.LEAVE.tap(Say("option-leave"))],
    )


@SUBJECT.command(actions.FEEDBACK)
def take_feedback(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """/feedback (意见与投诉), at once with a text or asked for."""
    if argument:
        myself.give_feedback(uow, me, argument)
    else:
        flow.begin(uow, me, FeedbackBrief())


@SUBJECT.command(actions.PEOPLE)
def people_of(uow: UnitOfWork, me: Speaker, argument: str) -> Draft:
    """/people: the people whose roles one may end."""
    del argument
    return seats.listing(uow, me, 1)


@SUBJECT.on(actions.TYPE)
def typed(uow: UnitOfWork, me: Speaker, name: str, words: str) -> Draft | None:
    """Do what a command does, as if it had been typed."""
    command, _ = existing(subjects.COMMANDS.get(name))
    return subjects.command_handler(command)(uow, me, words)


SUBJECT.on(actions.PEOPLE_OF)(seats.listing)
SUBJECT.on(actions.SEAT)(seats.card)
SUBJECT.on(actions.END_ROLE)(seats.begin_end)
SUBJECT.on(actions.LOCK)(seats.begin_lock)
SUBJECT.on(actions.RESET_FACTOR)(seats.begin_reset)
SUBJECT.on(actions.HAND_OVER)(office.begin_hand_over)
SUBJECT.on(actions.RENAME)(office.begin_rename)
SUBJECT.on(actions.INVITE)(invites.begin)
SUBJECT.on(actions.INVITATIONS)(invites.listing)
SUBJECT.on(actions.INVITATION)(invites.card)
SUBJECT.on(actions.VOID_INVITATION)(invites.void)
SUBJECT.on(actions.KEEP_ROLE)(seats.keep)
SUBJECT.on(actions.KEEP_ROLES)(seats.keep_all)
SUBJECT.on(actions.SPEAK)(myself.speak)
SUBJECT.on(actions.EXPORT)(own_data.export)
SUBJECT.on(actions.LEAVE)(myself.begin_leaving)
SUBJECT.on(actions.ACKNOWLEDGE)(joining.acknowledge_criteria)
SUBJECT.on(actions.ACCEPT)(partial(joining.decide, accept=True))
SUBJECT.on(actions.DECLINE)(partial(joining.decide, accept=False))
