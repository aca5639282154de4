"""Messages of the bot: drafts in phrases, rendered in the language of whoever gets them, put into the outbox."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from unicodedata import east_asian_width

from service.core import whose
from service.core.unit_of_work import Speaker, UnitOfWork
from storage import outbox, people
from talk.actions import Tap
from talk.messages import Address, Button, FileRef, Outbound
from talk.texts import CHINESE, Phrase, Say, render

ROW_COLUMNS = 26
"""About as many half-width columns of button text as a phone shows in a row."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A message in phrases: its lines (None: left out), its buttons, files, and the card it renews. What somebody else
    sent is marked where it is handed on, unless it is photos alone, which were written anew.
    """

    lines: tuple[Phrase | None, ...]
    taps: tuple[Tap, ...] = ()
    files: tuple[FileRef, ...] = ()
    card: str | None = None
    others: tuple[FileRef, ...] = ()
    """Files that somebody else sent."""
    of: str | None = None
    """The enterprise (its code) or the district that it is about: whoever stands for others too reads which one. None:
    about none, or about several, which its lines tell apart.
    """


def rendered(uow: UnitOfWork, draft: Draft, person: int | None, language: str) -> Outbound:
    """Return a draft as its reader gets it, in their language: above it whose it is, where they stand for several; in a
    rehearsal its first line says so.
    """
    lines = [render(line, language) for line in draft.lines if line is not None]
    if not all(file.is_picture for file in draft.others):
        lines.append(render(Say("files-of-others"), language))
    if person is not None and draft.of is not None:
        heading = whose.heading(uow, person, draft.of, "\n".join(lines), language)
        if heading is not None:
            lines.insert(0, render(heading, language))
    if uow.rehearsal:
        lines.insert(0, render(Say("rehearsal-line"), language))
    buttons = [Button(render(tap.label, language), tap.data) for tap in draft.taps]
    return Outbound("\n".join(lines), _rows(buttons), (*draft.files, *draft.others), draft.card)


def answer(uow: UnitOfWork, to: Speaker, *lines: Phrase | None, taps: Sequence[Tap] = ()) -> None:
    """Reply in a few lines to whoever wrote."""
    send(uow, to, Draft(lines, tuple(taps)))


def send(uow: UnitOfWork, to: Speaker, draft: Draft) -> None:
    """Reply with a draft to whoever wrote."""
    reply(uow, to.identity.address, to.language, draft, to.identity.person)


def reply(
    uow: UnitOfWork,
    address: Address,
    language: str,
    draft: Draft,
    person: int | None = None,
    *,
    dedupe: str | None = None,
) -> None:
    """Reply to an address, whether its person has joined or not; the reply leaves right after the commit, one to a
    stranger after those to people who are known. A draft that says nothing else is about what the speaker acts on.
    `dedupe`: what is said once only, whatever is answered.
    """
    uow.said += 1
    if draft.of is None:
        draft = replace(draft, of=uow.concerns)
    outbox.put(
        uow.conn,
        outbox.Letter(
            dedupe=dedupe or f"{uow.cause}/reply/{uow.said}",
            priority=outbox.STRANGER if person is None else outbox.REPLY,
            address=address,
            person=person,
            kind="reply",
            duty=None,
            message=rendered(uow, draft, person, language),
            not_before=uow.wall,
            expires_at=None,
        ),
        uow.wall,
    )


def tell(
    uow: UnitOfWork,
    person_id: int,
    draft: Draft,
    *,
    kind: str,
    dedupe: str,
    priority: int = outbox.DEADLINE,
    duty: int | None = None,
    about: Sequence[int] = (),
    not_before: datetime | None = None,
    valid: timedelta | None = None,
) -> bool:
    """Queue a message that nobody asked for; return False where a person has no address left (the phone list).

    `kind` names the sort of letter (`service.core.second_looks`), `dedupe` makes it once, `about` are the ids of what
    it is about. It leaves no sooner than `not_before` (real time; None: now), and no later than `valid` after that.
    """
    address = people.address_of(uow.conn, person_id)
    person = people.person(uow.conn, person_id)
    if address is None or person is None:
        return False
    start = not_before or uow.wall
    outbox.put(
        uow.conn,
        outbox.Letter(
            dedupe=dedupe,
            priority=priority,
            address=address,
            person=person_id,
            kind=kind,
            duty=duty,
            about=tuple(about),
            message=rendered(uow, draft, person_id, person.language),
            not_before=start,
            expires_at=None if valid is None else start + valid,
        ),
        uow.wall,
    )
    return True


def signature(bureau: str) -> Say:
    """Return the name of a bureau as it stands before a title: 【浑南区应急管理局】."""
    return Say("signature", bureau=bureau)


def language_of(uow: UnitOfWork, person_id: int) -> str:
    """Return the language that a person reads."""
    person = people.person(uow.conn, person_id)
    return CHINESE if person is None else person.language


def _rows(buttons: Iterable[Button]) -> tuple[tuple[Button, ...], ...]:
    rows: list[list[Button]] = []
    room = 0
    for button in buttons:
        width = 4 + sum(2 if east_asian_width(letter) in "WFA" else 1 for letter in button.text)
        if rows and width <= room:
            rows[-1].append(button)
            room -= width
        else:
            rows.append([button])
            room = ROW_COLUMNS - width
    return tuple(tuple(row) for row in rows)
