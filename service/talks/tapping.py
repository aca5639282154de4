"""What the buttons of a prompt do: answer its question, go back, change; what an old one says."""

from service.core.letters import answer, send
from service.core.unit_of_work import Speaker, UnitOfWork
from service.talks import flow, prompting
from service.talks.flow import Held
from service.talks.prompting import AGAIN, BACK, DISCARD, DONE, EDIT, OPEN, RETURN, prompt_data
from storage import conversations
from storage.conversations import Conversation, Prompt
from storage.unreadable import UnreadableError
from talk.actions import Tap
from talk.conversation import Turn
from talk.questions import Choices, Confirm
from talk.texts import Say


def tap(uow: UnitOfWork, me: Speaker, token: str, option: str) -> None:
    """A button of a prompt: an answer, a way back, a change; old ones are explained, doubles ignored."""
    found = conversations.prompted(uow.conn, token)
    rewind = uow.context.rewind
    if found is None and rewind is not None:
        # Of no question that was ever asked here: it was asked in what the backup does not have.
        answer(uow, me, Say("tap-rewound", taken=rewind.taken_at.astimezone(uow.context.zone)))
        return
    if found is None or found[1].person != me.person:
        answer(uow, me, Say("tap-not-yours"))
        return
    prompt, tapped = found
    double = prompt.state == "answered" and prompt.answered_with == option
    if tapped.state in ("finished", "discarded"):
        if not double:
            explain_ended(uow, me, tapped)
        return
    talk = flow.hold(uow, me, tapped)
    if talk is None:
        return
    if option == DISCARD:
        flow.discard(uow, me, talk)
        return
    turn = flow.state_of(uow, talk)
    if isinstance(turn, Turn) and turn.question.key != prompt.key and double:
        return
    flow.to_front(uow, me, talk)
    if not isinstance(turn, Turn):
        flow.reprompt(uow, me, talk)
    elif option == AGAIN:
        flow.ask(uow, me, talk, prompt.key)
    elif turn.question.key != prompt.key and prompt.state == "open":
        # Something else is asked by now: the talk was renewed, or its dialog is another.
        flow.reprompt(uow, me, talk)
    elif turn.question.key != prompt.key:
        _explain_answered(uow, me, turn, prompt)
    elif prompt.state != "open" and isinstance(turn.question, Confirm | Choices):
        # An older card does not show what its button would confirm, or what is picked, by now.
        flow.reprompt(uow, me, talk)
    elif option.startswith("!"):
        navigate(uow, me, talk, turn, option, prompt)
    elif isinstance(turn.question, Choices):
        _toggle(uow, me, talk, turn, prompt, option)
    else:
        value = turn.question.choose(option, uow.written)
        if uow.undated and value != turn.question.choose(option, prompt.shown_at.astimezone(uow.context.zone)):
            # 今天 or 现在, tapped at any time since it was shown: nobody knows which day or minute it meant.
            answer(uow, me, Say("tap-undated"))
            flow.reprompt(uow, me, talk)
            return
        flow.accept(uow, me, talk, turn, turn.question, raw=option, value=value, option=option)


def navigate(uow: UnitOfWork, me: Speaker, talk: Held, turn: Turn, option: str, prompt: Prompt) -> None:
    """Do what a button under a question does that is no answer to it: 上一步, 完成, 修改, 退回, an offered extra."""
    verb, _, arg = option.partition(":")
    if verb == BACK and turn.visited:
        flow.ask(uow, me, talk, turn.visited[-1].question.key)
    elif verb == DONE and isinstance(turn.question, Choices):
        value = turn.question.finish(prompt.picked)
        flow.accept(uow, me, talk, turn, turn.question, raw=DONE, value=value, option=option)
    elif verb == OPEN and arg in {extra.key for extra in turn.offered}:
        flow.ask(uow, me, talk, arg)
    elif verb == EDIT and arg.isdigit() and int(arg) < len(turn.visited):
        flow.ask(uow, me, talk, turn.visited[int(arg)].question.key)
    elif verb in (EDIT, RETURN) and not arg:
        send(uow, me, prompting.chooser(turn.visited, prompt.token, option=verb))
    elif verb == RETURN and arg.isdigit() and int(arg) < len(turn.visited):
        send_back = flow.spec_of(uow, talk).send_back
        if send_back is not None:
            send_back(uow, me, talk, turn.visited[int(arg)])
    else:
        flow.hint(uow, me, talk, turn, turn.question.accepts())


def _toggle(uow: UnitOfWork, me: Speaker, talk: Held, turn: Turn, prompt: Prompt, option: str) -> None:
    if option not in {offered.id for offered in turn.question.options(uow.written)}:
        flow.hint(uow, me, talk, turn, turn.question.accepts())
        return
    if option in {offered.id for offered, _ in turn.question.offers(uow.written)}:
        value = turn.question.choose(option, uow.written)
        flow.accept(uow, me, talk, turn, turn.question, raw=option, value=value, option=option)
        return
    picked = [id_ for id_ in prompt.picked if id_ != option]
    if len(picked) == len(prompt.picked):
        picked.append(option)
    conversations.set_picked(uow.conn, prompt.token, picked)
    returns = flow.can_be_sent_back(uow, talk)
    flow.put(uow, me, talk, turn, prompting.draft(turn, prompt.token, picked, uow.now, remark=None, returns=returns))


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


def _may_still(uow: UnitOfWork, me: Speaker, talk: Conversation) -> bool:
    try:
        return flow.may_lead(uow, me, talk)
    except UnreadableError:
        # It was set aside for that, or is a record of which nobody can say whose it would be now.
        return False


def explain_ended(uow: UnitOfWork, me: Speaker, talk: Conversation) -> None:
    """Say that a conversation has ended, with the button that answers its duty anew."""
    if not _may_still(uow, me, talk):
        answer(uow, me, Say("tap-outdated"))
        return
    anew = flow.spec_of(uow, talk).answer_anew
    taps = [] if talk.duty is None or anew is None else [anew(talk.duty)]
    title = flow.title(uow, talk)
    discarded = talk.state == "discarded"
    answer(uow, me, Say("tap-discarded", title=title) if discarded else Say("tap-finished", title=title), taps=taps)
