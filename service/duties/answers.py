"""What was answered, in the words in which it was asked: on the card of a duty, and for what is printed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from campaign.forms import PhoneAsk
from service.core import access_log
from service.core.access_log import Access
from service.core.duty_talk import OwnedDuty
from service.core.letters import Draft
from service.core.unit_of_work import Speaker, UnitOfWork
from service.duties import actions, lateness, phone_mark, server_mark
from storage import conversations, people
from storage.conversations import Conversation
from storage.duties import Duty
from talk.actions import Tap
from talk.conversation import Finished, Turn, drive
from talk.messages import FileRef
from talk.questions import Confirm, Photo
from talk.texts import Phrase, Say

FILES = 9
"""Files in one message: what a phone sends in one go."""


@dataclass(frozen=True, slots=True)
class Told:
    """A question in the wording then shown, what it is called in short, and the answer as it reads now."""

    key: str
    asked: str
    label: Phrase
    answer: Phrase
    files: tuple[FileRef, ...] = ()


def told(uow: UnitOfWork, talk: Conversation) -> tuple[list[Told], str]:
    """Return what was answered in a conversation, in its order, and the name of who answered last."""
    current = {answer.key: answer for answer, is_current in conversations.journal(uow.conn, talk.id) if is_current}
    if not current:
        return [], ""
    newest = max(current.values(), key=lambda answer: answer.at)
    person = people.person(uow.conn, newest.person)
    by = "" if person is None else person.name
    spec = uow.context.talks.get(talk.dialog)
    if spec is None:
        # Of a dialog that is no more: what was typed or tapped.
        return [Told(answer.key, answer.wording, answer.wording, answer.raw) for answer in current.values()], by
    state: Turn | Finished[Any] = drive(spec.opened, talk.brief, conversations.remembered(uow.conn, talk.id))
    found = [
        Told(
            visited.question.key,
            current[visited.question.key].wording,
            visited.question.label or current[visited.question.key].wording,
            visited.question.describe(visited.value),
            tuple(visited.value) if isinstance(visited.question, Photo) else (),
        )
        for visited in state.visited
        if not isinstance(visited.question, Confirm) and visited.question.key in current
    ]
    return found, by


def can_be_shown(owned: OwnedDuty) -> bool:
    """Return whether a duty was handed in with answers; what is only being prepared is nobody else's to see."""
    return owned.duty.status == "answered" and owned.duty.conversation is not None


def show(uow: UnitOfWork, me: Speaker, owned: OwnedDuty, page: int) -> Draft:
    """查看填报. Who sees what somebody answered is in the audit, and whether a telephone number is among it."""
    form = uow.pack.form_of(owned.rule)
    if can_be_shown(owned):
        number = form is not None and any(isinstance(field, PhoneAsk) for field in form.fields)
        what = Access.NUMBER if number else Access.ANSWERS
        access_log.record(uow, what, f"duty/{owned.duty.id}", actor=uow.acting(me.person), people=1)
    return _shown(uow, owned, page)


def _shown(uow: UnitOfWork, owned: OwnedDuty, page: int) -> Draft:
    """The answers that count for a duty, with their files."""
    number = owned.duty.conversation if can_be_shown(owned) else None
    talk = None if number is None else conversations.by_id(uow.conn, number)
    if talk is None or owned.duty.answered_at is None:
        return Draft((Say("answers-none", title=owned.title),))
    found, by = told(uow, talk)
    at = owned.duty.answered_at.astimezone(uow.context.zone)
    marks = filter(None, (phone_mark.of(uow, number), server_mark.of(uow, number)))
    lines: list[Phrase] = [Say("answers-heading", title=owned.title, at=at, by=by), *_when(uow, owned.duty), *marks]
    lines += [Say("answers-line", asked=entry.asked, answer=entry.answer) for entry in found]
    files = [file for entry in found for file in entry.files]
    return with_files(lines, files, page, partial(actions.ANSWERS.data, owned.duty.id))


def _when(uow: UnitOfWork, duty: Duty) -> list[Say]:
    """Return what is said of a correction, and of what was late."""
    note, first = lateness.told(duty), duty.first_at
    lines = [] if note is None else [Say("answers-when", what=note)]
    if first is not None and duty.answered_at is not None and first < duty.answered_at:
        lines.append(Say("answers-first", at=first.astimezone(uow.context.zone)))
    return lines


def with_files(
    lines: Sequence[Phrase], files: Sequence[FileRef], page: int, more: Callable[[int], str], *taps: Tap
) -> Draft:
    """A message with some of its files, and a button for the next ones; the lines stand on the first page only."""
    every = list(dict.fromkeys(files))
    page = min(max(page, 1), max(1, -(-len(every) // FILES)))
    some = every[(page - 1) * FILES : page * FILES]
    said = list(lines) if page == 1 else [lines[0]]
    left = len(every) - page * FILES
    if left > 0:
        said.append(Say("answers-files-left", number=left))
        taps = (Tap(Say("option-more"), more(page + 1)), *taps)
    return Draft(tuple(said), taps, others=tuple(some))
