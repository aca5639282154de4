"""/help, /language, /me (my data: view, export, leave), /feedback."""

from service.core.letters import answer
from service.core.unit_of_work import Speaker, UnitOfWork
from service.duties.guidance import commands
from service.people import joining, myself
from service.talks import flow
from storage import people
from talk.actions import Tap
from talk.texts import LANGUAGES, Say


def help_(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """/help."""
    del argument
    answer(uow, me, Say("help-intro"), commands(uow, me) if me.identity.joined else Say("stranger"))


def language(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """/language: the choice, or at once `/language en`."""
    if argument in LANGUAGES or argument in ("zh", "en"):
        set_language(uow, me, argument)
        return
    answer(
        uow,
        me,
        Say("language-ask"),
        taps=[
            Tap(Say("language-chinese"), "a:language:zh-CN"),
            Tap(Say("language-english"), "a:language:en"),
        ],
    )


def set_language(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """Speak this language from now on."""
    chosen = next((known for known in LANGUAGES if known.startswith(argument[:2])), LANGUAGES[0])
    people.set_language(uow.conn, me.identity.address, me.person if me.identity.joined else None, chosen)
    answer(uow, myself.in_language(me, chosen), Say("language-set"))


def show(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """/me: what is kept about me."""
    del argument
    answer(
        uow,
        me,
        Say("me-kept", name=me.name, roles=joining.roles_in_words(uow, me.person))
        if people.roles(uow.conn, me.person)
        else Say("me-kept-none", name=me.name),
        *myself.kept(uow, me.person),
        taps=[
            Tap(Say("option-export"), "a:export:"),
            Tap(Say("option-leave"), "a:leave:"),
        ],
    )


def export(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """My data as a file."""
    del argument
    myself.export(uow, me)


def leave(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """Leave; asked once more first."""
    del argument
    flow.begin_old(uow, me, myself.LEAVE, myself.leave_brief(uow, me))


def feedback(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """/feedback (意见与投诉), at once with a text or asked for."""
    if argument:
        myself.give_feedback(uow, me, argument)
    else:
        flow.begin_old(uow, me, myself.FEEDBACK, {})
