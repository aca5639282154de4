"""One incoming message: who wrote, what they want, which handler answers. Never silence."""

from collections.abc import Callable, Sequence
from datetime import UTC
from typing import Any, Final

from bot import subjects
from service.core.assurance import Assurance
from service.core.letters import Draft, answer, reply, send
from service.core.refusal import not_allowed, saying_refusals
from service.core.unit_of_work import Speaker, UnitOfWork
from service.duties.guidance import what_now
from service.factor import door
from service.notices import receipts as notice_receipts
from service.people import looking_again
from service.people.actions import START
from service.talks import hearing, screen, tapping
from storage import inbox, people
from storage.people import Identity
from talk.actions import ACTION, Action, Command, MalformedError, typed_command
from talk.messages import Inbound, Kind
from talk.on_screen import By, named
from talk.parsing import ordinal
from talk.texts import CHINESE, ENGLISH, LANGUAGES, Phrase, Say

APOLOGY: Final = Say("apology")


def respond(uow: UnitOfWork, inbound: Inbound) -> None:
    """Answer one message, in the transaction of `uow`."""
    uow.by_itself = False
    if inbound.kind is Kind.GROUP:
        _decline_group(uow, inbound)
        return
    who = people.meet(uow.conn, inbound.address, _language(inbound.language), uow.wall)
    if inbound.kind is Kind.BLOCKED:
        people.refuse(uow.conn, inbound.address, uow.wall)
        return
    if who.person is not None:
        uow.actor = uow.acting(who.person)
        people.lock(uow.conn, who.person)
        if who.joined and who.refused_at is not None:
            notice_receipts.welcome_back(uow, who.person, who.refused_at)
    if inbound.kind is Kind.UNBLOCKED:
        return
    if uow.actor.operator is not None:
        uow.assurance = Assurance.SERVER
    if who.locked:
        _locked(uow, who, inbound)
        return
    _remark(uow, who, inbound)
    looking_again.ask(uow, who, inbound)
    if who.joined and who.person is not None:
        door.through(uow, Speaker(who.person, who), inbound, lambda passed: _take(uow, who, passed))
    else:
        _take(uow, who, inbound)


def _remark(uow: UnitOfWork, who: Identity, inbound: Inbound) -> None:
    """Say what became of what came with a message and could not be taken."""
    lines = list(inbound.remarks)
    if inbound.left_out and inbound.kind is not Kind.UNSUPPORTED:
        lines.append(Say("left-out"))
    if lines:
        _say(uow, who, *lines)


def _take(uow: UnitOfWork, who: Identity, inbound: Inbound) -> None:
    """Do what somebody's message asks, as of when it was written; one that waited for its code comes with its own."""
    uow.sent, uow.undated = min(inbound.at.astimezone(UTC), uow.wall), inbound.undated
    asked = _asked(inbound.text)
    if inbound.kind is Kind.BUTTON:
        _tapped(uow, who, inbound.data)
    elif inbound.kind is Kind.EDITED:
        # Somebody may change a message ten times: once is told that it is not read again.
        if inbox.earlier(uow.conn, inbound) is None:
            _say(uow, who, Say("edited-ignored"))
    elif inbound.kind is Kind.UNSUPPORTED:
        _unsupported(uow, who)
    elif asked is not None:
        command, argument = asked
        if inbound.files:
            _say(uow, who, Say("files-not-asked", number=len(inbound.files)))
        _do(uow, who, lambda me: subjects.command_handler(command)(uow, me, argument), command.for_strangers)
    elif who.person is None or not _heard(uow, Speaker(who.person, who), inbound):
        _outside(uow, who, *([Say("outside-file")] if inbound.files else ()))


def _locked(uow: UnitOfWork, who: Identity, inbound: Inbound) -> None:
    """Somebody has a phone that its owner lost: nothing is taken from it but the code that leads its owner back."""
    name, argument = (not inbound.files and typed_command(inbound.text)) or ("", "")
    if name == START.name and argument:
        _do(uow, who, lambda me: subjects.command_handler(START)(uow, me, argument), START.for_strangers)
    else:
        _say(uow, who, Say("locked"))


def _heard(uow: UnitOfWork, me: Speaker, inbound: Inbound) -> bool:
    """Hand a message to a subject that it names, to the question in front of the person, or to a subject that takes
    what no question asked for; False: it belongs to none.
    """
    return (
        _listened(uow, me, inbound, before_questions=True)
        or hearing.hear(uow, me, inbound, lambda data: _tapped(uow, me.identity, data))
        or _pressed(uow, me, inbound)
        or _listened(uow, me, inbound, before_questions=False)
        or _missed(uow, me, inbound)
    )


def _pressed(uow: UnitOfWork, me: Speaker, inbound: Inbound) -> bool:
    """Do what the button does that a text names, of the newest message with buttons; False: it names none of them."""
    if inbound.files or inbound.borrowed or not me.identity.joined:
        return False
    meant = next((named(inbound.text, message) for message in screen.newest(uow, me)), None)
    if meant is None:
        return False
    said = uow.said
    # A question that waits no more is asked again by what it offers, and not by a number, which may mean anything.
    if meant.by is not By.NUMBER or meant.button.data.startswith(f"{ACTION}:"):
        _tapped(uow, me.identity, meant.button.data)
    if uow.said == said:
        # Of a button that is tapped twice the second tap is passed over; words never are.
        _outside(uow, me.identity)
    return True


def _missed(uow: UnitOfWork, me: Speaker, inbound: Inbound) -> bool:
    """Tell somebody of a button that stands on an older message, or of a number that stands on none; False: the text
    names neither.
    """
    if inbound.files or inbound.borrowed or not me.identity.joined:
        return False
    messages = screen.newest(uow, me)
    for older in messages[1:]:
        meant = named(inbound.text, older)
        if meant is not None and meant.by is By.LABEL:
            answer(uow, me, Say("screen-older", label=meant.button.text))
            return True
    number = ordinal(inbound.text)
    if messages and number is not None:
        answer(uow, me, Say("screen-no-number", number=number))
        return True
    return False


def _listened(uow: UnitOfWork, me: Speaker, inbound: Inbound, *, before_questions: bool) -> bool:
    if not me.identity.joined:
        return False
    for listener, name in subjects.LISTENERS:
        if listener.before_questions is before_questions and listener.concerns(inbound):
            with saying_refusals(uow, me):
                if not subjects.listener_handler(listener, name)(uow, me, inbound):
                    continue
            return True
    return False


def apologise(uow: UnitOfWork, inbound: Inbound, line: Phrase = APOLOGY) -> None:
    """The handler failed: say so, with nothing half-done."""
    if inbound.kind in (Kind.GROUP, Kind.BLOCKED, Kind.UNBLOCKED):
        return
    who = people.meet(uow.conn, inbound.address, _language(inbound.language), uow.wall)
    _say(uow, who, line)


def decline(uow: UnitOfWork, inbound: Inbound, lines: Sequence[Phrase]) -> None:
    """Nothing is done of this message, for a reason that is said; to a lost phone only that it is locked."""
    who = people.meet(uow.conn, inbound.address, _language(inbound.language), uow.wall)
    _say(uow, who, *([Say("locked")] if who.locked else lines))


def _decline_group(uow: UnitOfWork, inbound: Inbound) -> None:
    group = people.meet(uow.conn, inbound.address, CHINESE, uow.wall)
    if not group.declined:
        people.decline_group(uow.conn, inbound.address)
        _say(uow, group, Say("group-declined"))


def _asked(text: str) -> tuple[Command, str] | None:
    """Return the command that a text gives, and the words behind it; None: it gives none that there is, so that it may
    be the answer to a question, whatever it begins with.
    """
    name, argument = typed_command(text) or ("", "")
    if name == START.name:
        # A link that opened the bot with a word may mean another command.
        for command, _ in subjects.COMMANDS.values():
            if command.link and argument.startswith(command.link):
                return command, argument.removeprefix(command.link)
    found = subjects.COMMANDS.get(name)
    return None if found is None else (found[0], argument)


def _tapped(uow: UnitOfWork, who: Identity, data: str) -> None:
    kind, _, rest = data.partition(":")
    behind = subjects.action_behind(rest) if kind == ACTION else None
    if kind == "p" and who.person is not None:
        token, _, option = rest.partition(":")
        tapping.tap(uow, Speaker(who.person, who), token, option)
    elif behind is not None:
        _do(uow, who, lambda me: _act(uow, me, *behind), behind[0].for_strangers)
    else:
        _outside(uow, who)


def _act(uow: UnitOfWork, me: Speaker, action: Action[Any], argument: str) -> Draft | None:
    try:
        values = action.read(argument)
    except MalformedError:
        raise not_allowed() from None
    return subjects.handler_of(action)(uow, me, *values)


def _do(uow: UnitOfWork, who: Identity, case: Callable[[Speaker], Draft | None], for_strangers: bool = False) -> None:
    """Do what somebody asked for and send what it returns, or refuse it in words."""
    if for_strangers or (who.joined and who.person is not None):
        # A stranger has no person yet; what is open to them uses the address and the language only.
        me = Speaker(who.person or 0, who)
        # What the conversation in front is about is not what this is about.
        uow.concerns = None
        with saying_refusals(uow, me):
            shown = case(me)
            if shown is not None:
                send(uow, me, shown)
    else:
        _outside(uow, who)


def _unsupported(uow: UnitOfWork, who: Identity) -> None:
    if who.person is None or not hearing.ask_for_words(uow, Speaker(who.person, who)):
        _outside(uow, who, Say("unsupported"))


def _outside(uow: UnitOfWork, who: Identity, *first_lines: Say) -> None:
    """Nothing is going on that this could belong to: where it could go, and what can be done now."""
    if who.joined and who.person is not None:
        what_now(uow, Speaker(who.person, who), *first_lines)
    else:
        _say(uow, who, Say("stranger"))


def _say(uow: UnitOfWork, who: Identity, *lines: Phrase) -> None:
    reply(uow, who.address, who.language, Draft(lines), who.person if who.joined else None)


def _language(given: str | None) -> str:
    """The platform's language code as one of ours; Chinese unless it says English."""
    if given in LANGUAGES:
        return given
    return ENGLISH if (given or "").lower().startswith("en") else CHINESE
