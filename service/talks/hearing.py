"""What somebody writes or sends to the conversation in front: an answer, a correction, or the name of a button."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, Final

from service.core.letters import answer
from service.core.unit_of_work import Speaker, UnitOfWork
from service.talks import aims, flow, prompting, screen, tapping
from service.talks.aims import Aim
from service.talks.flow import Held, State
from service.talks.prompting import AGAIN, CARD, prompt_data
from storage import conversations, inbox, outbox
from storage.conversations import Prompt
from storage.inbox import Became
from talk.actions import Tap
from talk.asking import QUOTE_LIMIT
from talk.conversation import Turn
from talk.messages import FileRef, Inbound, Replied
from talk.questions import Choices, Confirm, Hint, Photo, Picked, Question
from talk.texts import Say, shortened

PHOTOS: Final = 10
"""Photos of one answer at the most: what a phone sends in one go."""
ONE_BY_ONE: Final = timedelta(seconds=5)
"""How soon after a photo that was an answer one more belongs to it, where no other is asked for."""


def hear(uow: UnitOfWork, me: Speaker, inbound: Inbound, press: Callable[[str], None]) -> bool:
    """Give words or files to the conversation in front; False where there is none. `press` is called with what a button
    carries where they name one on a message that was asked for since the question.
    """
    if flow.in_front(uow, me, lambda talk: _hear(uow, me, talk, inbound, press)):
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
    turn = flow.state_of(uow, talk)
    if files and (former := inbox.earlier(uow.conn, inbound)) is not None:
        _join(uow, me, talk, turn, former, inbound)
        return True
    prompt = conversations.open_prompt(uow.conn, talk.id)
    if not isinstance(turn, Turn) or prompt is None or prompt.key != turn.question.key:
        flow.reprompt(uow, me, talk)
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
        if _leads(uow, me, talk, turn, prompt, text, value):
            return True
    if isinstance(question, Choices) and isinstance(value, Picked) and value != Picked(()) and not corrects:
        value = question.finish((*prompt.picked, *value.ids), value.other)
    lines: list[Say] = []
    if files and takes:
        lines = _of_files(value, inbound)
        if not isinstance(value, Hint):
            inbox.became(uow.conn, inbound, talk.id, question.key)
    elif files:
        lines = [Say("files-not-asked", number=len(files))]
    if corrects and not isinstance(value, Hint):
        lines.append(_corrected(question, value))
    flow.accept(uow, me, talk, turn, question, raw=text, value=value, option=None, lines=lines)
    return True


def _leads(uow: UnitOfWork, me: Speaker, talk: Held, turn: Turn, prompt: Prompt, text: str, value: Any) -> bool:
    """Go where a text leads that names one of the buttons which are no answers; False where it names none."""
    buttons = prompting.taps(turn, prompt.token, prompt.picked, uow.now, returns=flow.can_be_sent_back(uow, talk))
    way = screen.way(turn, buttons, text, value)
    if way is not None:
        tapping.navigate(uow, me, talk, turn, way, prompt)
    return way is not None


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
        if aim.talk.state in ("finished", "discarded"):
            tapping.explain_ended(uow, me, aim.talk)
        else:
            resuming = Tap(Say("option-resume"), prompt_data(aim.prompt.token, AGAIN))
            answer(uow, me, Say("reply-other-talk", title=flow.title(uow, aim.talk)), taps=[resuming])
        return True
    buttons = [] if aim.letter is None else [button for row in aim.letter.message.buttons for button in row]
    if aim.letter is None or not buttons:
        return False
    first = next(filter(None, aim.letter.message.text.splitlines()), "")
    taps = [Tap(button.text, button.data) for button in buttons]
    answer(uow, me, Say("reply-other-card", text=shortened(first, QUOTE_LIMIT)), taps=taps)
    return True


def _of_files(value: Any, inbound: Inbound) -> list[Say]:
    """Return what somebody is told of files that a question takes."""
    lines: list[Say] = []
    if not isinstance(value, Hint):
        if len(inbound.files) > 1:
            lines.append(Say("files-taken", number=len(inbound.files)))
        if not all(file.is_picture for file in inbound.files):
            # A photo keeps its pixels only; of a document nobody can say what its author left in it.
            lines.append(Say("file-as-it-is"))
        if inbound.text:
            lines.append(Say("caption-not-kept", text=shortened(" ".join(inbound.text.split()), QUOTE_LIMIT)))
    if inbound.borrowed:
        lines.append(Say("borrowed-files"))
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
        flow.accept(uow, me, talk, turn, question, raw="", value=value, option=None, lines=lines)
    else:
        answer(uow, me, Say("files-late", number=len(inbound.files)))


def _with_photos(turn: Turn, question: Question[Any], files: Sequence[FileRef]) -> Any:
    value = question.receive(files)
    if not isinstance(question, Photo) or isinstance(value, Hint):
        return value
    former = next((visited.value for visited in turn.visited if visited.question.key == question.key), ())
    together = tuple(dict.fromkeys((*former, *value)))
    return Hint(Say("hint-too-many-photos", limit=PHOTOS)) if len(together) > PHOTOS else together


def ask_for_words(uow: UnitOfWork, me: Speaker) -> bool:
    """A sticker, a voice message: say what the question in front accepts; False where there is none."""

    def say(talk: Held) -> bool:
        turn = flow.state_of(uow, talk)
        if not isinstance(turn, Turn):
            return False
        flow.hint(uow, me, talk, turn, turn.question.accepts())
        return True

    return flow.in_front(uow, me, say)
