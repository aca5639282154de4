"""Conversations: one message or tap moves one of them by one step, in one transaction."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, NewType

from service.core.assurance import confirm_in_person
from service.core.letters import Draft, answer, send
from service.core.permissions import grants, holds
from service.core.refusal import not_allowed, saying_refusals
from service.core.talk_spec import TalkSpec
from service.core.unit_of_work import Speaker, UnitOfWork
from service.talks import aims, prompting, screen
from service.talks.aims import Aim
from service.talks.prompting import AGAIN, BACK, CARD, DONE, EDIT, OPEN, RETURN, prompt_data
from storage import conversations, inbox, outbox
from storage.conversations import Answer, Conversation, Prompt
from storage.inbox import Became
from talk.actions import Tap
from talk.asking import QUOTE_LIMIT
from talk.briefs import Brief
from talk.conversation import Finished, Remembered, Turn, Visited, drive
from talk.messages import FileRef, Inbound, Replied
from talk.questions import PRINCIPAL, Choices, Confirm, Hint, Photo, Picked, Question
from talk.texts import Phrase, Say, render, shortened

State = Turn | Finished[Any]
Held = NewType("Held", Conversation)
"""A conversation of which it was asked, in this transaction, that its person may lead it: whatever takes a step wants
one, and `_is_held` alone makes them.
"""
PHOTOS = 10
"""Photos of one answer at the most: what a phone sends in one go."""
ONE_BY_ONE = timedelta(seconds=5)
"""How soon after a photo that was an answer one more belongs to it, where no other is asked for."""
CONFIRMED = "confirm"


def begin(
    uow: UnitOfWork,
    me: Speaker,
    brief: Brief,
    *,
    duty: int | None = None,
    correcting: int | None = None,
    first: str | None = None,
) -> None:
    """Start a conversation in front of a person; the one that was there waits.

    `correcting` is an earlier conversation whose answers are carried over, all but its confirmation.
    `first` is an option of the opening question that was tapped on a card outside the conversation.
    """
    stored = brief.as_json()
    begun = Conversation(0, brief.talk, duty, me.person, me.person, stored, "front", None, None, uow.now, uow.now)
    if not _may_lead(uow, me, begun):
        raise not_allowed()
    _step_aside(uow, me)
    talk = conversations.begin(uow.conn, brief.talk, me.person, stored, duty, uow.now)
    if correcting is not None:
        former = conversations.by_id(uow.conn, correcting)
        conversations.copy_answers(uow.conn, correcting, talk.id, confirmations(uow, former) if former else ())
    _advance(uow, me, Held(talk), first=first)


def resume(uow: UnitOfWork, me: Speaker, talk: Conversation, *, first: str | None = None) -> None:
    """Bring a conversation that waits to the front and ask its question again."""
    held = _held(uow, me, talk)
    if held is not None:
        _to_front(uow, me, held)
        _reprompt(uow, me, held, first=first)


def hear(uow: UnitOfWork, me: Speaker, inbound: Inbound, press: Callable[[str], None]) -> bool:
    """Words or files for the conversation in front; False where there is none. `press` is called with what a button
    carries where they name one on a message that was asked for since the question.
    """
    if _in_front(uow, me, lambda talk: _hear(uow, me, talk, inbound, press)):
        return True
    former = inbox.earlier(uow.conn, inbound) if inbound.files else None
    if former is not None and former.conversation is not None:
        answer(uow, me, Say("files-late", number=len(inbound.files)))
        return True
    if inbound.reply is None or inbound.reply.own:
        return False
    return _point_out(uow, me, aims.find(uow, me, inbound.reply))


def _hear(uow: UnitOfWork, me: Speaker, talk: Held, inbound: Inbound, press: Callable[[str], None]) -> bool:
    text, files = inbound.text, inbound.files
    turn = state_of(uow, talk)
    if files and (former := inbox.earlier(uow.conn, inbound)) is not None:
        _join(uow, me, talk, turn, former, inbound)
        return True
    prompt = conversations.open_prompt(uow.conn, talk.id)
    if not isinstance(turn, Turn) or prompt is None or prompt.key != turn.question.key:
        _reprompt(uow, me, talk)
        return True
    if inbound.borrowed and not files:
        answer(uow, me, Say("borrowed-words"))
        return True
    question = turn.question if inbound.reply is None else _meant(uow, me, talk, turn, prompt, inbound.reply)
    if question is None:
        return True
    if files and question is turn.question and not isinstance(question, Photo):
        # A photo sent at the confirmation needs no button first.
        question = next((extra for extra in turn.offered if isinstance(extra, Photo)), question)
    takes = isinstance(question, Photo)
    if files and not (takes or text or inbound.reply):
        # A hand that sends photos one by one does not read the next question in between.
        last = inbox.just_before(uow.conn, inbound, uow.wall - ONE_BY_ONE)
        if last is not None and last.conversation == talk.id:
            _join(uow, me, talk, turn, last, inbound)
            return True
    corrects = question is not turn.question and question.key in {one.question.key for one in turn.visited}
    value = _with_photos(turn, question, files) if files and (takes or not text) else question.read(text, uow.written)
    if not files and inbound.reply is None:
        named = screen.above(uow, me, prompt, text)
        if named is not None and screen.is_meant(named, question, value):
            press(named.button.data)
            return True
        buttons = prompting.taps(turn, prompt.token, prompt.picked, uow.now, returns=_can_be_sent_back(uow, talk))
        way = screen.way(turn, buttons, text, value)
        if way is not None:
            _navigate(uow, me, talk, turn, way, prompt)
            return True
    if isinstance(question, Choices) and isinstance(value, Picked) and value != Picked(()) and not corrects:
        value = question.finish((*prompt.picked, *value.ids), value.other)
    lines: list[Say] = []
    if files and takes:
        lines = _of_files(value, files, text)
        if not isinstance(value, Hint):
            inbox.became(uow.conn, inbound, talk.id, question.key)
        if inbound.borrowed:
            lines.append(Say("borrowed-files"))
    elif files:
        lines = [Say("files-not-asked", number=len(files))]
    if corrects and not isinstance(value, Hint):
        lines.append(_corrected(question, value))
    _accept(uow, me, talk, turn, question, raw=text, value=value, option=None, lines=lines)
    return True


def _corrected(question: Question[Any], value: Any) -> Say:
    return Say("reply-corrects", label=question.label or question.ask, value=question.describe(value))


def _meant(
    uow: UnitOfWork, me: Speaker, talk: Held, turn: Turn, prompt: Prompt, reply: Replied
) -> Question[Any] | None:
    """Return the question that a reply answers: the one in front, or an earlier one of the same talk. None: it is about
    something else, which was said; nothing of it may become an answer here.
    """
    aim = aims.find(uow, me, reply)
    if aim.prompt is not None and aim.prompt.conversation == talk.id:
        questions = [turn.question, *(one.question for one in turn.visited if not isinstance(one.question, Confirm))]
        meant = next((question for question in questions if question.key == aim.prompt.key), None)
        if meant is not None:
            return meant
    asked = outbox.newest_of(uow.conn, me.identity.address, f"{CARD}{prompt.token}")
    behind = aim.letter is not None and asked is not None and aim.letter.id > asked
    if aim.prompt is None and aim.letter is not None and behind and not aim.letter.message.buttons:
        # What was said since the question: a hint, mostly.
        return turn.question
    if reply.own:
        answer(uow, me, Say("reply-own"))
    elif (aim.prompt is not None and aim.prompt.conversation == talk.id) or not _point_out(uow, me, aim):
        answer(uow, me, Say("reply-old"))
    return None


def _point_out(uow: UnitOfWork, me: Speaker, aim: Aim) -> bool:
    """Tell somebody who replied to a message that is no question in front of them what to do there; False where nothing
    can be done there.
    """
    if aim.prompt is not None and aim.talk is not None:
        if aim.talk.state == "finished":
            _explain_ended(uow, me, aim.talk)
        else:
            resuming = Tap(Say("option-resume"), prompt_data(aim.prompt.token, AGAIN))
            answer(uow, me, Say("reply-other-talk", title=title(uow, aim.talk)), taps=[resuming])
        return True
    buttons = [] if aim.letter is None else [button for row in aim.letter.message.buttons for button in row]
    if aim.letter is None or not buttons:
        return False
    first = next(filter(None, aim.letter.message.text.splitlines()), "")
    taps = [Tap(button.text, button.data) for button in buttons]
    answer(uow, me, Say("reply-other-card", text=shortened(first, QUOTE_LIMIT)), taps=taps)
    return True


def _of_files(value: Any, files: Sequence[FileRef], text: str) -> list[Say]:
    """What somebody is told of files that a question takes."""
    if isinstance(value, Hint):
        return []
    lines = [Say("files-taken", number=len(files))] if len(files) > 1 else []
    if not all(file.is_picture for file in files):
        # A photo keeps its pixels only; of a document nobody can say what its author left in it.
        lines.append(Say("file-as-it-is"))
    if text:
        lines.append(Say("caption-not-kept", text=shortened(" ".join(text.split()), QUOTE_LIMIT)))
    return lines


def _join(uow: UnitOfWork, me: Speaker, talk: Held, turn: State, former: Became, inbound: Inbound) -> None:
    """Add what comes late of an album to the answer that its first part became; where that is no longer open to its
    person, say so: it answers nothing else.
    """
    question = next((one.question for one in turn.visited if one.question.key == former.question), None)
    if former.conversation == talk.id and isinstance(turn, Turn) and isinstance(question, Photo):
        value = _with_photos(turn, question, inbound.files)
        lines = [Say("files-joined", number=len(inbound.files))]
        inbox.became(uow.conn, inbound, talk.id, question.key)
        _accept(uow, me, talk, turn, question, raw="", value=value, option=None, lines=lines)
    else:
        answer(uow, me, Say("files-late", number=len(inbound.files)))


def ask_for_words(uow: UnitOfWork, me: Speaker) -> bool:
    """A sticker, a voice message: say what the question in front accepts; False where there is none."""

    def say(talk: Held) -> bool:
        turn = state_of(uow, talk)
        if not isinstance(turn, Turn):
            return False
        answer(uow, me, turn.question.accepts())
        return True

    return _in_front(uow, me, say)


def tap(uow: UnitOfWork, me: Speaker, token: str, option: str) -> None:
    """A button of a prompt: an answer, a way back, a change; old ones are explained, doubles ignored."""
    found = conversations.prompted(uow.conn, token)
    if found is None or found[1].person != me.person:
        answer(uow, me, Say("tap-not-yours"))
        return
    prompt, tapped = found
    double = prompt.state == "answered" and prompt.answered_with == option
    if tapped.state == "finished":
        if not double:
            _explain_ended(uow, me, tapped)
        return
    talk = _held(uow, me, tapped)
    if talk is None:
        return
    turn = state_of(uow, talk)
    if isinstance(turn, Turn) and turn.question.key != prompt.key and double:
        return
    _to_front(uow, me, talk)
    if not isinstance(turn, Turn):
        _reprompt(uow, me, talk)
    elif option == AGAIN:
        _ask(uow, me, talk, prompt.key)
    elif turn.question.key != prompt.key:
        _explain_answered(uow, me, turn, prompt)
    elif prompt.state != "open" and isinstance(turn.question, Confirm | Choices):
        # An older card does not show what its button would confirm, or what is picked, by now.
        _reprompt(uow, me, talk)
    elif option.startswith("!"):
        _navigate(uow, me, talk, turn, option, prompt)
    elif isinstance(turn.question, Choices):
        _toggle(uow, me, talk, turn, prompt, option)
    else:
        value = turn.question.choose(option, uow.written)
        if uow.undated and value != turn.question.choose(option, prompt.shown_at.astimezone(uow.context.zone)):
            # 今天 or 现在, tapped at any time since it was shown: nobody knows which day or minute it meant.
            answer(uow, me, Say("tap-undated"))
            _reprompt(uow, me, talk)
            return
        _accept(uow, me, talk, turn, turn.question, raw=option, value=value, option=option)


def back(uow: UnitOfWork, me: Speaker) -> bool:
    """Ask the question before this one again; False where no conversation is in front."""
    return _in_front(uow, me, lambda talk: _back(uow, me, talk))


def _back(uow: UnitOfWork, me: Speaker, talk: Held) -> bool:
    turn = state_of(uow, talk)
    if isinstance(turn, Turn) and turn.visited:
        _ask(uow, me, talk, turn.visited[-1].question.key)
    else:
        answer(uow, me, Say("back-at-start"))
        _reprompt(uow, me, talk)
    return True


def put_away(uow: UnitOfWork, me: Speaker) -> bool:
    """/cancel: leave the conversation in front; its answers are kept. False where there is none."""
    return _in_front(uow, me, lambda talk: _put_away(uow, me, talk))


def _put_away(uow: UnitOfWork, me: Speaker, talk: Held) -> bool:
    prompt = conversations.open_prompt(uow.conn, talk.id)
    _lay_aside(uow, talk)
    if talk.duty is not None or prompt is None:
        answer(uow, me, Say("cancelled", title=title(uow, talk)))
    else:
        # What is about no duty stands in no list: this button leads back to it.
        resuming = Tap(Say("option-resume"), prompt_data(prompt.token, AGAIN))
        answer(uow, me, Say("cancelled-unlisted", title=title(uow, talk)), taps=[resuming])
    return True


def title(uow: UnitOfWork, talk: Conversation) -> Phrase:
    """Return how a conversation is named to its person."""
    return spec_of(uow, talk).titled(talk.brief)


def spec_of(uow: UnitOfWork, talk: Conversation) -> TalkSpec[Any, Any]:
    """Return the kind of talk that a conversation is."""
    return uow.context.talks[talk.dialog]


def told(uow: UnitOfWork, talk: Conversation) -> list[Phrase]:
    """Return what was answered in a finished talk, a line each."""
    return prompting.summary(state_of(uow, talk).visited)


def change(uow: UnitOfWork, me: Speaker, talk: Conversation) -> None:
    """Offer the answers of a conversation that waits aside, to change one of them."""
    if talk.person != me.person:
        answer(uow, me, Say("tap-outdated"))
        return
    held = _held(uow, me, talk)
    if held is None:
        return
    turn = state_of(uow, held)
    if not isinstance(turn, Turn) or not turn.visited:
        answer(uow, me, Say("tap-outdated"))
        return
    token = uow.fresh.token()
    conversations.close_prompt(uow.conn, talk.id, "replaced", None)
    conversations.show(uow.conn, token, talk.id, turn.question.key, uow.now)
    send(uow, me, prompting.chooser(turn.visited, token, option=EDIT))


def goes_on(uow: UnitOfWork, talk: Conversation) -> bool:
    """Return whether its person may still go on with a conversation."""
    return holds(uow, talk.person, spec_of(uow, talk).needs(uow, talk))


def state_of(uow: UnitOfWork, talk: Conversation, answers: Mapping[str, Remembered] | None = None) -> State:
    """Drive a conversation and return where it stands; `answers`: all that are stored, where they are known already."""
    known = conversations.remembered(uow.conn, talk.id) if answers is None else answers
    return drive(spec_of(uow, talk).opened, talk.brief, known, talk.focus)


def confirmations(uow: UnitOfWork, talk: Conversation) -> list[str]:
    """The keys of the questions by which a conversation was confirmed, or waits to be."""
    state = state_of(uow, replace(talk, focus=None))
    asked = [visited.question for visited in state.visited]
    if isinstance(state, Turn):
        asked.append(state.question)
    return [question.key for question in asked if isinstance(question, Confirm)]


def confirm(uow: UnitOfWork, me: Speaker, talk: Conversation, question: Confirm) -> tuple[Conversation, Any, Any]:
    """Confirm a conversation from outside of it, as one of several; the caller sees to its effects.

    Returns the conversation, its brief, and what its dialog decided; LookupError where it did not come to its end, or
    is not this person's to confirm.
    """
    if not _may_lead(uow, me, replace(talk, person=me.person)):
        raise LookupError(f"conversation {talk.id} is not led by person {me.person}")
    _vouch(uow, me, talk, question)
    if talk.person != me.person:
        conversations.hand_to(uow.conn, talk.id, me.person, None, None)
    again = question.key in conversations.remembered(uow.conn, talk.id)
    _store(uow, me, talk, question, raw=CONFIRMED, value=question.digest, option=CONFIRMED, again=again)
    match state_of(uow, replace(talk, focus=None)):
        case Finished(result, visited):
            conversations.finish(uow.conn, talk.id, _result(visited), uow.now)
        case _:
            raise LookupError(f"conversation {talk.id} goes on after its confirmation")
    return replace(talk, person=me.person, focus=None), spec_of(uow, talk).read(talk.brief), result


def _may_lead(uow: UnitOfWork, me: Speaker, talk: Conversation) -> bool:
    return grants(uow, me, spec_of(uow, talk).needs(uow, talk))


def _in_front(uow: UnitOfWork, me: Speaker, step: Callable[[Held], bool]) -> bool:
    """Take a step of the conversation in front and return what it returns; False where there is none. Who may not go on
    with it was answered.
    """
    front = conversations.front(uow.conn, me.person)
    if front is None:
        return False
    talk = _held(uow, me, front)
    return talk is None or step(talk)


def _held(uow: UnitOfWork, me: Speaker, talk: Conversation) -> Held | None:
    """Return a conversation that its person may go on with. None: the role is gone that it needs; then it is laid
    aside with its answers for whoever comes next, they are told so in a line that names nothing, and what else waits
    is asked.
    """
    if _may_lead(uow, me, talk):
        return Held(talk)
    _lay_aside(uow, talk)
    answer(uow, me, Say("talk-no-longer-yours"))
    _next_waiting(uow, me)
    return None


def _lay_aside(uow: UnitOfWork, talk: Conversation) -> None:
    conversations.close_prompt(uow.conn, talk.id, "replaced", None)
    conversations.set_state(uow.conn, talk.id, "aside", uow.now)


def _to_front(uow: UnitOfWork, me: Speaker, talk: Held) -> None:
    if talk.state != "front":
        _step_aside(uow, me)
        conversations.set_state(uow.conn, talk.id, "front", uow.now)


def _advance(
    uow: UnitOfWork,
    me: Speaker,
    talk: Held,
    answers: Mapping[str, Remembered] | None = None,
    *,
    first: str | None = None,
    answered: bool = False,
) -> None:
    """Ask what comes next. `answers`: all that are stored, where they are known already."""
    turn = state_of(uow, talk, answers)
    if isinstance(turn, Finished):
        _finish(uow, me, talk, turn)
        return
    spec = spec_of(uow, talk)
    if turn.question.by == PRINCIPAL and spec.park is not None and spec.park(uow, me, talk, turn, answered):
        _next_waiting(uow, me)
        return
    # A tap on a card answers the opening question, and no later one that has the same option.
    if first is not None and not turn.visited and first in {option.id for option in turn.question.options(uow.written)}:
        value = turn.question.choose(first, uow.written)
        _accept(uow, me, talk, turn, turn.question, raw=first, value=value, option=first)
        return
    if spec.asks is not None:
        spec.asks(uow, me, talk, turn.question.key)
    token = uow.fresh.token()
    conversations.show(uow.conn, token, talk.id, turn.question.key, uow.now)
    remark = talk.remark if talk.focus is not None else None
    returns = _can_be_sent_back(uow, talk)
    _put(uow, me, talk, turn, prompting.draft(turn, token, (), uow.now, remark=remark, returns=returns))


def _put(uow: UnitOfWork, me: Speaker, talk: Held, turn: Turn, draft: Draft) -> None:
    """Put a question; of several permits or hazards that are in hand it says which one it is about."""
    spec = spec_of(uow, talk)
    named = None if spec.which is None else spec.which(uow, me.person, spec.read(talk.brief), turn.question.key)
    text = "\n".join(render(line, me.language) for line in draft.lines if line is not None)
    if named is not None and render(named.mark, me.language).lower() not in text.lower():
        draft = replace(draft, lines=(named.line, *draft.lines))
    send(uow, me, draft)


def _reprompt(uow: UnitOfWork, me: Speaker, talk: Held, *, first: str | None = None) -> None:
    """Ask what waits once more, in a new prompt."""
    conversations.close_prompt(uow.conn, talk.id, "replaced", None)
    _advance(uow, me, talk, first=first)


def _ask(uow: UnitOfWork, me: Speaker, talk: Held, key: str) -> None:
    conversations.touch(uow.conn, talk.id, key, uow.now)
    _reprompt(uow, me, replace(talk, focus=key))


def _accept(
    uow: UnitOfWork,
    me: Speaker,
    talk: Held,
    turn: Turn,
    question: Question[Any],
    *,
    raw: str,
    value: Any,
    option: str | None,
    lines: Sequence[Say] = (),
) -> None:
    """Take an answer, or say why not. `lines`: what is said of it once it is taken."""
    if isinstance(question, Confirm) and not isinstance(value, Hint):
        _vouch(uow, me, talk, question)
    hears = spec_of(uow, talk).hears
    if hears is not None:
        value = hears(uow, me, talk, question.key, raw, value)
    if isinstance(value, Hint):
        answer(uow, me, value.what, Say("hint-kept") if turn.visited else None)
        return
    if lines:
        answer(uow, me, *lines)
    taken = _store(uow, me, talk, question, raw=raw, value=value, option=option, again=question.key in turn.answers)
    # A question that had to be asked before the one in focus leaves the focus where it is.
    focus = None if question.key == talk.focus else talk.focus
    conversations.touch(uow.conn, talk.id, focus, uow.now)
    answers = {**turn.answers, taken.key: Remembered(taken.rev, taken.value)}
    _advance(uow, me, replace(talk, focus=focus), answers, answered=True)


def _vouch(uow: UnitOfWork, me: Speaker, talk: Conversation, question: Confirm) -> None:
    """Ask for a code where a principal confirms in person, and note by what the confirmation was vouched for."""
    if question.by == PRINCIPAL or any(role.role == PRINCIPAL for role in uow.roles(me.person)):
        confirm_in_person(uow)
    uow.note("confirmed", f"conversation/{talk.id}", assurance=uow.assurance)


def _store(
    uow: UnitOfWork,
    me: Speaker,
    talk: Conversation,
    question: Question[Any],
    *,
    raw: str,
    value: Any,
    option: str | None,
    again: bool,
) -> Answer:
    taken = Answer(
        key=question.key,
        rev=question.rev,
        raw=raw,
        value=question.encode(value),
        wording=render(question.ask, me.language),
        person=me.person,
        at=uow.now,
        operator=uow.actor.operator,
    )
    conversations.remember(uow.conn, talk.id, taken, again=again)
    conversations.close_prompt(uow.conn, talk.id, "answered", option)
    return taken


def _finish(uow: UnitOfWork, me: Speaker, talk: Held, end: Finished[Any]) -> None:
    conversations.finish(uow.conn, talk.id, _result(end.visited), uow.now)
    with saying_refusals(uow, me):
        spec_of(uow, talk).finished(uow, me, talk, end.result)
    _next_waiting(uow, me)


def _result(visited: Sequence[Visited]) -> dict[str, Any]:
    return {
        answered.question.key: answered.question.encode(answered.value)
        for answered in visited
        if not isinstance(answered.question, Confirm)
    }


def _next_waiting(uow: UnitOfWork, me: Speaker) -> None:
    if conversations.front(uow.conn, me.person) is not None:
        return
    for talk in conversations.waiting(uow.conn, me.person):
        if not _may_lead(uow, me, talk):
            _lay_aside(uow, talk)
            continue
        answer(uow, me, Say("waiting-resumed", title=title(uow, talk)))
        resume(uow, me, talk)
        return


def _step_aside(uow: UnitOfWork, me: Speaker) -> None:
    talk = conversations.front(uow.conn, me.person)
    if talk is None:
        return
    with uow.elsewhere():
        if not _may_lead(uow, me, talk):
            _lay_aside(uow, talk)
            return
        conversations.set_state(uow.conn, talk.id, "waiting", uow.now)
        answer(uow, me, Say("waiting-kept", title=title(uow, talk)))


def _with_photos(turn: Turn, question: Question[Any], files: Sequence[FileRef]) -> Any:
    value = question.receive(files)
    if not isinstance(question, Photo) or isinstance(value, Hint):
        return value
    former = next((visited.value for visited in turn.visited if visited.question.key == question.key), ())
    together = tuple(dict.fromkeys((*former, *value)))
    return Hint(Say("hint-too-many-photos", limit=PHOTOS)) if len(together) > PHOTOS else together


def _navigate(uow: UnitOfWork, me: Speaker, talk: Held, turn: Turn, option: str, prompt: Prompt) -> None:
    verb, _, arg = option.partition(":")
    if verb == BACK and turn.visited:
        _ask(uow, me, talk, turn.visited[-1].question.key)
    elif verb == DONE and isinstance(turn.question, Choices):
        value = turn.question.finish(prompt.picked)
        _accept(uow, me, talk, turn, turn.question, raw=DONE, value=value, option=option)
    elif verb == OPEN and arg in {extra.key for extra in turn.offered}:
        _ask(uow, me, talk, arg)
    elif verb == EDIT and arg.isdigit() and int(arg) < len(turn.visited):
        _ask(uow, me, talk, turn.visited[int(arg)].question.key)
    elif verb in (EDIT, RETURN) and not arg:
        send(uow, me, prompting.chooser(turn.visited, prompt.token, option=verb))
    elif verb == RETURN and arg.isdigit() and int(arg) < len(turn.visited):
        send_back = spec_of(uow, talk).send_back
        if send_back is not None:
            send_back(uow, me, talk, turn.visited[int(arg)])
    else:
        answer(uow, me, turn.question.accepts())


def _toggle(uow: UnitOfWork, me: Speaker, talk: Held, turn: Turn, prompt: Prompt, option: str) -> None:
    if option not in {offered.id for offered in turn.question.options(uow.written)}:
        answer(uow, me, turn.question.accepts())
        return
    if option in {offered.id for offered, _ in turn.question.offers(uow.written)}:
        value = turn.question.choose(option, uow.written)
        _accept(uow, me, talk, turn, turn.question, raw=option, value=value, option=option)
        return
    picked = [id_ for id_ in prompt.picked if id_ != option]
    if len(picked) == len(prompt.picked):
        picked.append(option)
    conversations.set_picked(uow.conn, prompt.token, picked)
    returns = _can_be_sent_back(uow, talk)
    _put(uow, me, talk, turn, prompting.draft(turn, prompt.token, picked, uow.now, remark=None, returns=returns))


def _explain_answered(uow: UnitOfWork, me: Speaker, turn: Turn, prompt: Prompt) -> None:
    for visited in turn.visited:
        if visited.question.key == prompt.key:
            answer(
                uow,
                me,
                Say("tap-answered", value=visited.question.describe(visited.value)),
                taps=[Tap(Say("option-edit"), prompt_data(prompt.token, AGAIN))],
            )
            return
    answer(uow, me, Say("tap-outdated"))


def _explain_ended(uow: UnitOfWork, me: Speaker, talk: Conversation) -> None:
    if not _may_lead(uow, me, talk):
        answer(uow, me, Say("tap-outdated"))
        return
    anew = spec_of(uow, talk).answer_anew
    taps = [] if talk.duty is None or anew is None else [anew(talk.duty)]
    answer(uow, me, Say("tap-finished", title=title(uow, talk)), taps=taps)


def _can_be_sent_back(uow: UnitOfWork, talk: Conversation) -> bool:
    """Return whether somebody has another's answers in hand, and there is a way to send one back."""
    return talk.person != talk.started_by and spec_of(uow, talk).send_back is not None
