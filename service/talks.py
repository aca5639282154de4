"""Conversations: one message or tap moves one of them by one step, in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from service import delegation, prompting
from service.letters import Tap, answer, send
from service.prompting import AGAIN, BACK, DONE, EDIT, OPEN, RETURN, prompt_data
from service.work import Kind, Speaker, Talking, Work
from storage import conversations
from storage.conversations import Answer, Conversation, Prompt
from talk.conversation import Finished, Remembered, Turn, Visited, drive
from talk.messages import FileRef
from talk.questions import PRINCIPAL, Choices, Confirm, Hint, Photo, Picked, Question
from talk.texts import Phrase, Say, render

PHOTOS = 9
"""Photos of one answer at the most: what a phone sends in one go."""
CONFIRMED = "confirm"


def begin(
    work: Work,
    me: Speaker,
    kind: str,
    brief: dict[str, Any],
    *,
    duty: int | None = None,
    correcting: int | None = None,
    first: str | None = None,
) -> None:
    """Start a conversation in front of a person; the one that was there waits.

    `correcting` is an earlier conversation whose answers are carried over, all but its confirmation.
    `first` is an option of the opening question that was tapped on a card outside the conversation.
    """
    _step_aside(work, me)
    talk = conversations.begin(work.conn, kind, me.person, brief, duty, work.now)
    if correcting is not None:
        confirmations = [key for key in conversations.remembered(work.conn, correcting) if key.endswith("confirm")]
        conversations.copy_answers(work.conn, correcting, talk.id, confirmations)
    _go_on(work, me, talk, first=first)


def resume(work: Work, me: Speaker, talk: Conversation, *, first: str | None = None) -> None:
    """Bring a conversation that waits to the front and ask its question again."""
    if talk.state != "front":
        _step_aside(work, me)
        conversations.set_state(work.conn, talk.id, "front", work.now)
    _again(work, me, talk, first=first)


def hear(work: Work, me: Speaker, text: str, files: Sequence[FileRef]) -> bool:
    """Words or files for the conversation in front; False where there is none."""
    talk = conversations.front(work.conn, me.person)
    if talk is None:
        return False
    turn = _turn(work, talk)
    prompt = conversations.open_prompt(work.conn, talk.id)
    if not isinstance(turn, Turn) or prompt is None or prompt.key != turn.question.key:
        _again(work, me, talk)
        return True
    question = turn.question
    if files and not isinstance(question, Photo):
        # A photo sent at the confirmation needs no button first.
        question = next((extra for extra in turn.offered if isinstance(extra, Photo)), question)
    value = _with_photos(work, talk, question, files) if files else question.read(text, work.now)
    if isinstance(question, Choices) and isinstance(value, Picked) and value != Picked(()):
        value = question.finish((*prompt.picked, *value.ids), value.other)
    _take(work, me, talk, turn, question, raw=text, value=value, option=None)
    return True


def ask_for_words(work: Work, me: Speaker) -> bool:
    """A sticker, a voice message: say what the question in front accepts; False where there is none."""
    talk = conversations.front(work.conn, me.person)
    turn = None if talk is None else _turn(work, talk)
    if not isinstance(turn, Turn):
        return False
    answer(work, me, turn.question.accepts())
    return True


def tap(work: Work, me: Speaker, token: str, option: str) -> None:
    """A button of a prompt: an answer, a way back, a change; old ones are explained, doubles ignored."""
    found = conversations.prompted(work.conn, token)
    if found is None or found[1].person != me.person:
        answer(work, me, Say("tap-not-yours"))
        return
    prompt, talk = found
    double = prompt.state == "answered" and prompt.answered_with == option
    if talk.state == "finished":
        if not double:
            _explain_ended(work, me, talk)
        return
    turn = _turn(work, talk)
    if isinstance(turn, Turn) and turn.question.key != prompt.key and double:
        return
    if talk.state != "front":
        _step_aside(work, me)
        conversations.set_state(work.conn, talk.id, "front", work.now)
    if not isinstance(turn, Turn):
        _again(work, me, talk)
    elif option == AGAIN:
        _ask(work, me, talk, prompt.key)
    elif turn.question.key != prompt.key:
        _explain_answered(work, me, turn, prompt)
    elif prompt.state != "open" and isinstance(turn.question, Confirm | Choices):
        # An older card does not show what its button would confirm, or what is picked, by now.
        _again(work, me, talk)
    elif option.startswith("!"):
        _navigate(work, me, talk, turn, option, prompt)
    elif isinstance(turn.question, Choices):
        _toggle(work, me, talk, turn, prompt, option)
    else:
        value = turn.question.choose(option, work.now)
        _take(work, me, talk, turn, turn.question, raw=option, value=value, option=option)


def back(work: Work, me: Speaker) -> bool:
    """Ask the question before this one again; False where no conversation is in front."""
    talk = conversations.front(work.conn, me.person)
    if talk is None:
        return False
    turn = _turn(work, talk)
    if isinstance(turn, Turn) and turn.visited:
        _ask(work, me, talk, turn.visited[-1].question.key)
    else:
        answer(work, me, Say("back-at-start"))
        _again(work, me, talk)
    return True


def put_away(work: Work, me: Speaker) -> bool:
    """/cancel: leave the conversation in front; its answers are kept. False where there is none."""
    talk = conversations.front(work.conn, me.person)
    if talk is None:
        return False
    prompt = conversations.open_prompt(work.conn, talk.id)
    conversations.close_prompt(work.conn, talk.id, "replaced", None)
    conversations.set_state(work.conn, talk.id, "aside", work.now)
    if talk.duty is not None or prompt is None:
        answer(work, me, Say("cancelled", title=title(work, talk)))
    else:
        # What is about no duty stands in no list: this button leads back to it.
        resuming = Tap(Say("option-resume"), prompt_data(prompt.token, AGAIN))
        answer(work, me, Say("cancelled-unlisted", title=title(work, talk)), taps=[resuming])
    return True


def returned(work: Work, me: Speaker, talk: Talking, remark: str) -> None:
    """The principal's sentence is there: the filled-in duty goes back to whoever filled it."""
    filled = conversations.by_id(work.conn, int(talk.brief["conversation"]))
    if (
        filled is None
        or filled.person != me.person
        or filled.state == "finished"
        or not delegation.may_go_back(work, filled)
    ):
        answer(work, me, Say("tap-outdated"))
        return
    give_back(work, filled, str(talk.brief["key"]), remark, filled.started_by)
    answer(work, me, Say("give-back-done", title=title(work, filled)))


def give_back(work: Work, talk: Conversation, key: str, remark: str, to: int) -> None:
    """A filled-in duty goes back with the one question that is wrong: that question, whatever new ones
    its answer opens, then the confirmation, and nothing else.
    """
    for confirmation in (k for k in conversations.remembered(work.conn, talk.id) if k.endswith("confirm")):
        conversations.unremember(work.conn, talk.id, confirmation)
    conversations.close_prompt(work.conn, talk.id, "replaced", None)
    conversations.hand_to(work.conn, talk.id, to, key, remark)
    delegation.returned_card(work, talk, to, title(work, talk), remark)


def title(work: Work, talk: Conversation) -> Phrase:
    """How a conversation is named to its person."""
    return kind_of(work, talk).title(talk.brief)


def kind_of(work: Work, talk: Conversation) -> Kind:
    """What a conversation is about."""
    return work.house.kinds[talk.dialog]


def visited_of(work: Work, talk: Conversation) -> tuple[Visited, ...]:
    """The answers on the present path of a conversation."""
    return _turn(work, talk).visited


def told(work: Work, talk: Talking) -> list[Phrase]:
    """What was answered in a finished talk, a line each."""
    finished = drive(work.house.kinds[talk.dialog].dialog, talk.brief, conversations.remembered(work.conn, talk.id))
    return prompting.summary(finished.visited)


def change(work: Work, me: Speaker, talk: Conversation) -> None:
    """Offer the answers of a conversation that waits aside, to change one of them."""
    turn = _turn(work, talk)
    if talk.person != me.person or not isinstance(turn, Turn) or not turn.visited:
        answer(work, me, Say("tap-outdated"))
        return
    token = work.fresh.token()
    conversations.close_prompt(work.conn, talk.id, "replaced", None)
    conversations.show(work.conn, token, talk.id, turn.question.key, work.now)
    send(work, me, prompting.chooser(turn.visited, token, option=EDIT))


def turn_of(work: Work, talk: Conversation) -> Turn | Finished[Any]:
    """Where a conversation stands."""
    return _turn(work, talk)


def confirm(work: Work, me: Speaker, talk: Conversation, question: Confirm) -> Talking:
    """Confirm a conversation from outside of it, as one of several; the caller sees to its effects."""
    if talk.person != me.person:
        conversations.hand_to(work.conn, talk.id, me.person, None, None)
    again = question.key in conversations.remembered(work.conn, talk.id)
    _keep(work, me, talk, question, raw=CONFIRMED, value=question.digest, option=CONFIRMED, again=again)
    finished = _turn(work, replace(talk, focus=None))
    conversations.finish(work.conn, talk.id, _result(finished.visited), work.now)
    return Talking(talk.id, talk.dialog, talk.duty, me.person, talk.started_by, talk.brief)


def talking(talk: Conversation) -> Talking:
    """A conversation as a use case sees it."""
    return Talking(talk.id, talk.dialog, talk.duty, talk.person, talk.started_by, talk.brief)


def _turn(work: Work, talk: Conversation, answers: Mapping[str, Remembered] | None = None) -> Turn | Finished[Any]:
    known = conversations.remembered(work.conn, talk.id) if answers is None else answers
    return drive(kind_of(work, talk).dialog, talk.brief, known, talk.focus)


def _go_on(
    work: Work,
    me: Speaker,
    talk: Conversation,
    answers: Mapping[str, Remembered] | None = None,
    *,
    first: str | None = None,
    answered: bool = False,
) -> None:
    """Ask what comes next. `answers`: all that are stored, where they are known already."""
    turn = _turn(work, talk, answers)
    if isinstance(turn, Finished):
        _finish(work, me, talk, turn)
        return
    park = kind_of(work, talk).park
    if answered and park is not None and turn.question.by == PRINCIPAL and park(work, me, talk, turn):
        _next_waiting(work, me)
        return
    if turn.question.by == PRINCIPAL and delegation.is_filling_for(talk):
        delegation.hand_over(work, me, talk, title(work, talk))
        _next_waiting(work, me)
        return
    # A tap on a card answers the opening question, and no later one that has the same option.
    if first is not None and not turn.visited and first in {option.id for option in turn.question.options(work.now)}:
        value = turn.question.choose(first, work.now)
        _take(work, me, talk, turn, turn.question, raw=first, value=value, option=first)
        return
    asks = kind_of(work, talk).asks
    if asks is not None:
        asks(work, me, talking(talk), turn.question.key)
    token = work.fresh.token()
    conversations.show(work.conn, token, talk.id, turn.question.key, work.now)
    send(
        work,
        me,
        prompting.draft(
            turn,
            token,
            (),
            work.now,
            remark=talk.remark if talk.focus is not None else None,
            returns=delegation.was_filled_by_another(talk),
        ),
    )


def _again(work: Work, me: Speaker, talk: Conversation, *, first: str | None = None) -> None:
    """Ask what waits once more, in a new prompt."""
    conversations.close_prompt(work.conn, talk.id, "replaced", None)
    _go_on(work, me, talk, first=first)


def _ask(work: Work, me: Speaker, talk: Conversation, key: str) -> None:
    conversations.touch(work.conn, talk.id, key, work.now)
    _again(work, me, replace(talk, focus=key))


def _take(
    work: Work,
    me: Speaker,
    talk: Conversation,
    turn: Turn,
    question: Question[Any],
    *,
    raw: str,
    value: Any,
    option: str | None,
) -> None:
    hears = kind_of(work, talk).hears
    if hears is not None:
        value = hears(work, me, talking(talk), question.key, raw, value)
    if isinstance(value, Hint):
        answer(work, me, value.what, Say("hint-kept") if turn.visited else None)
        return
    taken = _keep(work, me, talk, question, raw=raw, value=value, option=option, again=question.key in turn.answers)
    # A question that had to be asked before the one in focus leaves the focus where it is.
    focus = None if question.key == talk.focus else talk.focus
    conversations.touch(work.conn, talk.id, focus, work.now)
    answers = {**turn.answers, taken.key: Remembered(taken.rev, taken.value)}
    _go_on(work, me, replace(talk, focus=focus), answers, answered=True)


def _keep(
    work: Work,
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
        at=work.now,
    )
    conversations.remember(work.conn, talk.id, taken, again=again)
    conversations.close_prompt(work.conn, talk.id, "answered", option)
    return taken


def _finish(work: Work, me: Speaker, talk: Conversation, end: Finished[Any]) -> None:
    conversations.finish(work.conn, talk.id, _result(end.visited), work.now)
    kind_of(work, talk).finish(
        work,
        me,
        talking(talk),
        end.result,
    )
    _next_waiting(work, me)


def _result(visited: Sequence[Visited]) -> dict[str, Any]:
    return {
        one.question.key: one.question.encode(one.value) for one in visited if not isinstance(one.question, Confirm)
    }


def _next_waiting(work: Work, me: Speaker) -> None:
    if conversations.front(work.conn, me.person) is not None:
        return
    for talk in conversations.waiting(work.conn, me.person):
        answer(work, me, Say("waiting-resumed", title=title(work, talk)))
        resume(work, me, talk)
        return


def _step_aside(work: Work, me: Speaker) -> None:
    talk = conversations.front(work.conn, me.person)
    if talk is not None:
        conversations.set_state(work.conn, talk.id, "waiting", work.now)
        answer(work, me, Say("waiting-kept", title=title(work, talk)))


def _with_photos(work: Work, talk: Conversation, question: Question[Any], files: Sequence[FileRef]) -> Any:
    value = question.receive(files)
    if not isinstance(question, Photo) or isinstance(value, Hint):
        return value
    former = next((one.value for one in _turn(work, talk).visited if one.question.key == question.key), ())
    together = tuple(dict.fromkeys((*former, *value)))
    return Hint(Say("hint-too-many-photos", limit=PHOTOS)) if len(together) > PHOTOS else together


def _navigate(work: Work, me: Speaker, talk: Conversation, turn: Turn, option: str, prompt: Prompt) -> None:
    verb, _, arg = option.partition(":")
    if verb == BACK and turn.visited:
        _ask(work, me, talk, turn.visited[-1].question.key)
    elif verb == DONE and isinstance(turn.question, Choices):
        value = turn.question.finish(prompt.picked)
        _take(work, me, talk, turn, turn.question, raw=DONE, value=value, option=option)
    elif verb == OPEN and arg in {extra.key for extra in turn.offered}:
        _ask(work, me, talk, arg)
    elif verb == EDIT and arg.isdigit() and int(arg) < len(turn.visited):
        _ask(work, me, talk, turn.visited[int(arg)].question.key)
    elif verb in (EDIT, RETURN) and not arg:
        send(work, me, prompting.chooser(turn.visited, prompt.token, option=verb))
    elif verb == RETURN and arg.isdigit() and int(arg) < len(turn.visited):
        begin(work, me, "give-back", delegation.remark_brief(work, talk, turn.visited[int(arg)]))
    else:
        answer(work, me, turn.question.accepts())


def _toggle(work: Work, me: Speaker, talk: Conversation, turn: Turn, prompt: Prompt, option: str) -> None:
    if option not in {offered.id for offered in turn.question.options(work.now)}:
        answer(work, me, turn.question.accepts())
        return
    if option in {offered.id for offered, _ in turn.question.offers(work.now)}:
        value = turn.question.choose(option, work.now)
        _take(work, me, talk, turn, turn.question, raw=option, value=value, option=option)
        return
    picked = [id_ for id_ in prompt.picked if id_ != option]
    if len(picked) == len(prompt.picked):
        picked.append(option)
    conversations.set_picked(work.conn, prompt.token, picked)
    returns = delegation.was_filled_by_another(talk)
    send(work, me, prompting.draft(turn, prompt.token, picked, work.now, remark=None, returns=returns))


def _explain_answered(work: Work, me: Speaker, turn: Turn, prompt: Prompt) -> None:
    for one in turn.visited:
        if one.question.key == prompt.key:
            answer(
                work,
                me,
                Say("tap-answered", value=one.question.describe(one.value)),
                taps=[Tap(Say("option-edit"), prompt_data(prompt.token, AGAIN))],
            )
            return
    answer(work, me, Say("tap-outdated"))


def _explain_ended(work: Work, me: Speaker, talk: Conversation) -> None:
    # What staff took by phone they enter anew; it is not theirs to fill in.
    verb = "by-phone" if talk.dialog == "by-phone" else "fill"
    taps = [] if talk.duty is None else [Tap(Say("option-correct"), f"a:{verb}:{talk.duty}")]
    answer(work, me, Say("tap-finished", title=title(work, talk)), taps=taps)
