"""Conversations: one message or tap moves one of them by one step, in one transaction.

What a message means to the one in front is in `hearing`, what a button of a question does in `tapping`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NewType

from service.core.assurance import confirm_in_person
from service.core.letters import Draft, answer, send
from service.core.permissions import grants, holds
from service.core.refusal import not_allowed, saying_refusals
from service.core.talk_spec import TalkSpec
from service.core.unit_of_work import Speaker, UnitOfWork
from service.talks import prompting
from service.talks.prompting import AGAIN, DISCARD, EDIT, prompt_data
from storage import conversations
from storage.conversations import Answer, Conversation
from talk.actions import Tap
from talk.briefs import Brief
from talk.conversation import Finished, Remembered, Turn, Visited, drive
from talk.questions import PRINCIPAL, Confirm, Hint, Question
from talk.texts import Phrase, Say, render

State = Turn | Finished[Any]
Held = NewType("Held", Conversation)
"""A conversation of which it was asked, in this transaction, that its person may lead it: whatever takes a step wants
one, and `hold` alone makes them.
"""
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
    if not may_lead(uow, me, begun):
        raise not_allowed()
    _step_aside(uow, me)
    talk = conversations.begin(uow.conn, brief.talk, me.person, stored, duty, uow.now)
    if correcting is not None:
        former = conversations.by_id(uow.conn, correcting)
        conversations.copy_answers(uow.conn, correcting, talk.id, confirmations(uow, former) if former else ())
    _advance(uow, me, Held(talk), first=first)


def resume(uow: UnitOfWork, me: Speaker, talk: Conversation, *, first: str | None = None) -> None:
    """Bring a conversation that waits to the front and ask its question again."""
    held = hold(uow, me, renew(uow, talk))
    if held is not None:
        to_front(uow, me, held)
        reprompt(uow, me, held, first=first)


def renew(uow: UnitOfWork, talk: Conversation) -> Conversation:
    """Give a conversation its brief as it would be made now, as far as its spec renews it and that changes anything."""
    now = as_now(uow, talk)
    if now is not talk:
        conversations.rebrief(uow.conn, talk.id, now.brief)
    return now


def as_now(uow: UnitOfWork, talk: Conversation) -> Conversation:
    """Return a conversation with its brief as it would be made now; itself where nothing that was asked, or that will
    be asked next, changes by that.
    """
    spec = spec_of(uow, talk)
    if spec.renew is None:
        return talk
    brief = spec.renew(uow, talk, spec.read(talk.brief, talk.id)).as_json()
    if brief == talk.brief:
        return talk
    answers = conversations.remembered(uow.conn, talk.id)
    now = replace(talk, brief=brief)
    return talk if _asked(state_of(uow, now, answers)) == _asked(state_of(uow, talk, answers)) else now


def _asked(state: State) -> list[Question[Any]]:
    """The questions up to where a conversation stands. The confirmation is another for the brief alone: left out."""
    asked = [visited.question for visited in state.visited]
    if isinstance(state, Turn):
        asked.append(state.question)
    return [question for question in asked if not isinstance(question, Confirm)]


def back(uow: UnitOfWork, me: Speaker) -> bool:
    """Ask the question before this one again; False where no conversation is in front."""
    return in_front(uow, me, lambda talk: _back(uow, me, talk))


def _back(uow: UnitOfWork, me: Speaker, talk: Held) -> bool:
    turn = state_of(uow, talk)
    if isinstance(turn, Turn) and turn.visited:
        ask(uow, me, talk, turn.visited[-1].question.key)
    else:
        answer(uow, me, Say("back-at-start"))
        reprompt(uow, me, talk)
    return True


def put_away(uow: UnitOfWork, me: Speaker) -> bool:
    """/cancel: leave the conversation in front; its answers are kept. False where there is none."""
    return in_front(uow, me, lambda talk: _put_away(uow, me, talk))


def _put_away(uow: UnitOfWork, me: Speaker, talk: Held) -> bool:
    prompt = conversations.open_prompt(uow.conn, talk.id)
    _lay_aside(uow, talk)
    named = title(uow, talk)
    put_by = Say("cancelled", title=named) if talk.duty is not None else Say("cancelled-unlisted", title=named)
    if prompt is None:
        answer(uow, me, put_by)
        return True
    taps = [Tap(Say("option-resume"), prompt_data(prompt.token, AGAIN))]
    # What another filled in is sent back to him, and not thrown away.
    own = talk.started_by == me.person
    if own:
        taps.append(Tap(Say("option-discard"), prompt_data(prompt.token, DISCARD)))
    answer(uow, me, put_by, Say("cancelled-discard") if own else None, taps=taps)
    return True


def discard(uow: UnitOfWork, me: Speaker, talk: Held) -> None:
    """放弃: end a conversation that was put away, with nothing kept of it. One that was gone on with since goes on."""
    if talk.state != "aside" or talk.started_by != me.person:
        answer(uow, me, Say("discard-goes-on", title=title(uow, talk)))
        to_front(uow, me, talk)
        reprompt(uow, me, talk)
        return
    spec, named = spec_of(uow, talk), title(uow, talk)
    conversations.discard(uow.conn, talk.id, uow.now)
    uow.note("discarded", f"conversation/{talk.id}")
    answer(uow, me, Say("discarded", title=named), None if talk.duty is None else Say("discarded-duty"))
    if spec.discarded is not None:
        with saying_refusals(uow, me):
            spec.discarded(uow, me, talk, spec.read(talk.brief, talk.id))


def title(uow: UnitOfWork, talk: Conversation) -> Phrase:
    """Return how a conversation is named to its person."""
    return spec_of(uow, talk).titled(talk.brief, talk.id)


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
    held = hold(uow, me, talk)
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
    if not may_lead(uow, me, replace(talk, person=me.person)):
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
    return replace(talk, person=me.person, focus=None), spec_of(uow, talk).read(talk.brief, talk.id), result


def may_lead(uow: UnitOfWork, me: Speaker, talk: Conversation) -> bool:
    """Return whether somebody may lead a conversation; what it needs counts as asked for in this transaction."""
    return grants(uow, me, spec_of(uow, talk).needs(uow, talk))


def in_front(uow: UnitOfWork, me: Speaker, step: Callable[[Held], bool]) -> bool:
    """Take a step of the conversation in front and return what it returns; False where there is none. Who may not go on
    with it was answered.
    """
    front = conversations.front(uow.conn, me.person)
    if front is None:
        return False
    talk = hold(uow, me, front)
    return talk is None or step(talk)


def hold(uow: UnitOfWork, me: Speaker, talk: Conversation) -> Held | None:
    """Return a conversation that its person may go on with. None: the role is gone that it needs; then it is laid
    aside with its answers for whoever comes next, they are told so in a line that names nothing, and what else waits
    is asked.
    """
    if may_lead(uow, me, talk):
        return Held(talk)
    _lay_aside(uow, talk)
    answer(uow, me, Say("talk-no-longer-yours"))
    _next_waiting(uow, me)
    return None


def _lay_aside(uow: UnitOfWork, talk: Conversation) -> None:
    conversations.close_prompt(uow.conn, talk.id, "replaced", None)
    conversations.set_state(uow.conn, talk.id, "aside", uow.now)


def to_front(uow: UnitOfWork, me: Speaker, talk: Held) -> None:
    """Bring a conversation to the front; the one that was there waits."""
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
        accept(uow, me, talk, turn, turn.question, raw=first, value=value, option=first)
        return
    if spec.asks is not None:
        spec.asks(uow, me, talk, turn.question.key)
    put(uow, me, talk, turn, _shown(uow, talk, turn, remark=talk.remark if talk.focus is not None else None))


def _shown(uow: UnitOfWork, talk: Held, turn: Turn, picked: Sequence[str] = (), *, remark: str | None = None) -> Draft:
    """Open a prompt for the question of a turn; return the message that asks it."""
    token = uow.fresh.token()
    conversations.show(uow.conn, token, talk.id, turn.question.key, uow.now, picked)
    return prompting.draft(turn, token, picked, uow.now, remark=remark, returns=can_be_sent_back(uow, talk))


def put(uow: UnitOfWork, me: Speaker, talk: Held, turn: Turn, draft: Draft) -> None:
    """Put a question; of several permits or hazards that are in hand it says which one it is about."""
    spec = spec_of(uow, talk)
    named = (
        None if spec.which is None else spec.which(uow, me.person, spec.read(talk.brief, talk.id), turn.question.key)
    )
    text = "\n".join(render(line, me.language) for line in draft.lines if line is not None)
    if named is not None and render(named.mark, me.language).lower() not in text.lower():
        draft = replace(draft, lines=(named.line, *draft.lines))
    send(uow, me, draft)


def reprompt(uow: UnitOfWork, me: Speaker, talk: Held, *, first: str | None = None) -> None:
    """Ask what waits once more, in a new prompt."""
    conversations.close_prompt(uow.conn, talk.id, "replaced", None)
    _advance(uow, me, talk, first=first)


def hint(uow: UnitOfWork, me: Speaker, talk: Held, turn: Turn, *lines: Phrase | None) -> None:
    """Say in a few lines why something was no answer to the question in front, with its buttons below them: whoever
    reads a hint need not look for the question. A confirmation shows again what it binds.
    """
    before = conversations.open_prompt(uow.conn, talk.id)
    conversations.close_prompt(uow.conn, talk.id, "replaced", None)
    asked = _shown(uow, talk, turn, () if before is None else before.picked)
    below = asked.lines if isinstance(turn.question, Confirm) else ()
    put(uow, me, talk, turn, replace(asked, lines=(*lines, *below)))


def ask(uow: UnitOfWork, me: Speaker, talk: Held, key: str) -> None:
    """Ask a certain question of a conversation, once more or before its turn."""
    conversations.touch(uow.conn, talk.id, key, uow.now)
    reprompt(uow, me, replace(talk, focus=key))


def accept(
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
        said = (value.what, Say("hint-kept") if turn.visited else None)
        if question is turn.question:
            hint(uow, me, talk, turn, *said)
        else:
            answer(uow, me, *said)
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
        if not may_lead(uow, me, talk):
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
        if not may_lead(uow, me, talk):
            _lay_aside(uow, talk)
            return
        conversations.set_state(uow.conn, talk.id, "waiting", uow.now)
        answer(uow, me, Say("waiting-kept", title=title(uow, talk)))


def can_be_sent_back(uow: UnitOfWork, talk: Conversation) -> bool:
    """Return whether somebody has another's answers in hand, and there is a way to send one back."""
    return talk.person != talk.started_by and spec_of(uow, talk).send_back is not None
