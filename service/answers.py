"""What was answered, in the words in which it was asked: on the card of a duty, and for what is printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from campaign.forms import PhoneAsk
from service import evidence
from service.desk import phone_mark
from service.evidence import Shown
from service.letters import Draft, Tap, send
from service.mine import Mine
from service.work import Speaker, Work
from storage import conversations, people
from storage.conversations import Conversation
from talk.conversation import Finished, Turn, drive
from talk.messages import FileRef
from talk.questions import Confirm, Photo
from talk.texts import Phrase, Say

FILES = 9
"""Files in one message: what a phone sends in one go."""


@dataclass(frozen=True, slots=True)
class Told:
    """A question in the wording then shown, and the answer as it reads now."""

    key: str
    asked: str
    answer: Phrase
    files: tuple[FileRef, ...] = ()


def told(work: Work, talk: Conversation) -> tuple[list[Told], str]:
    """What was answered in a conversation, in its order, and who answered last."""
    current = {answer.key: answer for answer, is_current in conversations.journal(work.conn, talk.id) if is_current}
    if not current:
        return [], ""
    newest = max(current.values(), key=lambda answer: answer.at)
    person = people.person(work.conn, newest.person)
    by = "" if person is None else person.name
    kind = work.house.kinds.get(talk.dialog)
    if kind is None:
        # Of a dialog that is no more: what was typed or tapped.
        return [Told(answer.key, answer.wording, answer.raw) for answer in current.values()], by
    state: Turn | Finished[Any] = drive(kind.dialog, talk.brief, conversations.remembered(work.conn, talk.id))
    found = [
        Told(
            one.question.key,
            current[one.question.key].wording,
            one.question.describe(one.value),
            tuple(one.value) if isinstance(one.question, Photo) else (),
        )
        for one in state.visited
        if not isinstance(one.question, Confirm) and one.question.key in current
    ]
    return found, by


def can_be_shown(mine: Mine) -> bool:
    """Whether a duty was handed in with answers; what is only being prepared is nobody else's to see."""
    return mine.duty.status == "answered" and mine.duty.conversation is not None


def show(work: Work, me: Speaker, mine: Mine, page: int) -> None:
    """查看填报. Who sees what somebody answered is in the audit, and whether a telephone number is among it."""
    form = next((one for one in work.pack.forms if one.id == mine.rule.form), None)
    if can_be_shown(mine):
        number = form is not None and any(isinstance(one, PhoneAsk) for one in form.fields)
        what = Shown.NUMBER if number else Shown.ANSWERS
        evidence.shown(work, me.person, what, f"duty/{mine.duty.id}", people=1)
    send(work, me, _shown(work, mine, page))


def _shown(work: Work, mine: Mine, page: int) -> Draft:
    """The answers that count for a duty, with their files."""
    number = mine.duty.conversation if can_be_shown(mine) else None
    talk = None if number is None else conversations.by_id(work.conn, number)
    if talk is None or mine.duty.answered_at is None:
        return Draft((Say("answers-none", title=mine.title),))
    found, by = told(work, talk)
    at = mine.duty.answered_at.astimezone(work.house.zone)
    mark = phone_mark.of(work, number)
    lines: list[Phrase] = [Say("answers-heading", title=mine.title, at=at, by=by), *([mark] if mark else [])]
    lines += [Say("answers-line", asked=one.asked, answer=one.answer) for one in found]
    return with_files(lines, [file for one in found for file in one.files], page, f"a:answers:{mine.duty.id}")


def with_files(lines: Sequence[Phrase], files: Sequence[FileRef], page: int, more: str, *taps: Tap) -> Draft:
    """A message with some of its files, and a button for the next ones; the lines stand on the first page only."""
    every = list(dict.fromkeys(files))
    page = min(max(page, 1), max(1, -(-len(every) // FILES)))
    some = every[(page - 1) * FILES : page * FILES]
    said = list(lines) if page == 1 else [lines[0]]
    left = len(every) - page * FILES
    if left > 0:
        said.append(Say("answers-files-left", number=left))
        taps = (Tap(Say("option-more"), f"{more}:{page + 1}"), *taps)
    return Draft(tuple(said), taps, files=tuple(some))
