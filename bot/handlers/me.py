"""/help, /language, /me (my data: view, export, leave), /feedback."""

from service import joining, myself, talks
from service.letters import Tap, answer
from service.permissions import CITY, CLERK, LEADER
from service.work import Speaker, Work
from storage import people
from talk.texts import LANGUAGES, Say


def commands(work: Work, me: Speaker) -> Say:
    """What somebody can ask for: staff of a bureau have other commands than an enterprise, a leader some fewer."""
    roles = {one.role for one in people.roles(work.conn, me.person) if one.state == "active"}
    if roles & {CLERK, CITY}:
        return Say("help-commands-staff")
    return Say("help-commands-leader") if LEADER in roles else Say("help-commands")


def help_(work: Work, me: Speaker, argument: str) -> None:
    """/help."""
    del argument
    answer(work, me, Say("help-intro"), commands(work, me) if me.identity.joined else Say("stranger"))


def language(work: Work, me: Speaker, argument: str) -> None:
    """/language: the choice, or at once `/language en`."""
    if argument in LANGUAGES or argument in ("zh", "en"):
        set_language(work, me, argument)
        return
    answer(
        work,
        me,
        Say("language-ask"),
        taps=[
            Tap(Say("language-chinese"), "a:language:zh-CN"),
            Tap(Say("language-english"), "a:language:en"),
        ],
    )


def set_language(work: Work, me: Speaker, argument: str) -> None:
    """Speak this language from now on."""
    chosen = next((known for known in LANGUAGES if known.startswith(argument[:2])), LANGUAGES[0])
    people.set_language(work.conn, me.identity.address, me.person if me.identity.joined else None, chosen)
    answer(work, myself.in_language(me, chosen), Say("language-set"))


def show(work: Work, me: Speaker, argument: str) -> None:
    """/me: what is kept about me."""
    del argument
    answer(
        work,
        me,
        Say("me-kept", name=me.name, roles=joining.roles_in_words(work, me.person))
        if people.roles(work.conn, me.person)
        else Say("me-kept-none", name=me.name),
        *myself.kept(work, me.person),
        taps=[
            Tap(Say("option-export"), "a:export:"),
            Tap(Say("option-leave"), "a:leave:"),
        ],
    )


def export(work: Work, me: Speaker, argument: str) -> None:
    """My data as a file."""
    del argument
    myself.export(work, me)


def leave(work: Work, me: Speaker, argument: str) -> None:
    """Leave; asked once more first."""
    del argument
    talks.begin(work, me, myself.LEAVE, myself.leave_brief(work, me))


def feedback(work: Work, me: Speaker, argument: str) -> None:
    """/feedback (意见与投诉), at once with a text or asked for."""
    if argument:
        myself.give_feedback(work, me, argument)
    else:
        talks.begin(work, me, myself.FEEDBACK, {})
