"""Papers: files that are drawn for people. A use case asks for one, which is a row of its transaction; whichever
process claims the row draws the paper, and sends it.
"""

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Any, ClassVar, Final, Generic, TypeVar, get_type_hints

import msgspec

from service.core import access_log
from service.core import letters as outgoing
from service.core.access_log import Access
from service.core.letters import Draft, tell
from service.core.permissions import Needed, Permission, holds
from service.core.refusal import RefusedError
from service.core.unit_of_work import Speaker, UnitOfWork
from storage import invitations, kept_files, outbox, paper_orders
from storage.paper_orders import Asked, Claimed, GivenUp
from storage.retention import Terms
from talk import kept_phrases
from talk.actions import Tap
from talk.messages import FileRef
from talk.texts import Phrase, Say

FILE: Final = "file"
FILES_PAUSE: Final = Say("file-pause")
FAILED: Final = Say("papers-failed")
AN_HOUR: Final = 6
"""Papers that one person may have in an hour: each takes seconds to draw, and megabytes to keep."""

Facts = TypeVar("Facts")


@dataclass(frozen=True, slots=True)
class Paper(ABC, Generic[Facts]):
    """Files that were asked for; each kind is a class of its subject, and `reports` has the function that draws it.

    They are drawn after the commit, since that takes longer than everybody else may wait for the one writer of a
    database, and sent in a transaction of their own. What is asked for waits as a row: its fields besides `to` are
    plain JSON (`msgspec.to_builtins`), and one that is added later has a default.
    """

    kind: ClassVar[str]
    """The name of the kind in the audit, and of what waits to be drawn; it never changes."""
    letter: ClassVar[str] = "paper"
    """The kind of the letter that brings it."""
    event: ClassVar[Access] = Access.PAPER
    """The event of the audit that says who got it."""
    to: tuple[tuple[int, Phrase], ...]
    """The people who get the files, each with what is said beside them."""

    @property
    @abstractmethod
    def subject(self) -> str:
        """What the paper is about, as the audit names it: `enterprise/91210112114884238K`."""

    @abstractmethod
    def permission(self, uow: UnitOfWork, person: int) -> Permission:
        """Return what somebody needs who gets the paper: asked when it is gathered and again when it is sent, since
        whoever ordered it may be gone by then.
        """

    @abstractmethod
    def gather(self, uow: UnitOfWork) -> Facts:
        """Read the facts from which the paper is drawn; LookupError where they are not there."""

    @property
    def own_data_of(self) -> int | None:
        """The person of whom its files are all that is known: they go when that person leaves. None: of nobody."""
        return None

    def kept_for(self, terms: Terms) -> timedelta:
        """Return how long its files can be fetched after they were drawn."""
        return terms.papers

    def people(self, uow: UnitOfWork, facts: Facts) -> int:
        """Return of how many people the paper has personal data, for the audit: of none, where a subject says no
        other number.
        """
        del uow, facts
        return 0


AnyPaper = Paper[Any]


def order(uow: UnitOfWork, me: Speaker, paper: AnyPaper, meanwhile: Phrase, *, taps: Sequence[Tap] = ()) -> None:
    """Have a paper drawn, and tell whoever asked for it that it comes. RefusedError: they had too many this hour."""
    count(uow, me)
    uow.papers.append(paper)
    reply = Draft((meanwhile,), tuple(taps), of=_of(uow, paper, me.person))
    outgoing.send(uow, me, reply)


def keep(uow: UnitOfWork) -> bool:
    """Write down the papers that were asked for in a transaction, at its end; return whether there were any. One that
    waits already for the same people comes once, and one for nobody does not.
    """
    for paper in (paper for paper in uow.papers if paper.to):
        args = {field.name: getattr(paper, field.name) for field in fields(paper) if field.name != "to"}
        plain: dict[str, Any] = msgspec.to_builtins(args)
        readers = [(person, kept_phrases.as_json(line)) for person, line in paper.to]
        alike = json.dumps([paper.kind, plain, sorted(person for person, _ in readers)], sort_keys=True)
        likeness = hashlib.sha256(alike.encode()).hexdigest()
        asked = Asked(paper.kind, plain, readers, uow.actor.operator, likeness)
        paper_orders.ask(uow.conn, asked, uow.wall)
    return bool(uow.papers)


def asked_for(kind: type[AnyPaper], order: Claimed) -> AnyPaper:
    """Return the paper that a row asks for; ValueError, TypeError where its arguments are none of this kind's."""
    kinds = get_type_hints(kind)
    args = {name: msgspec.convert(value, kinds[name]) for name, value in order.args.items() if name in kinds}
    return kind(to=tuple((person, kept_phrases.phrase(line)) for person, line in order.readers), **args)


def count(uow: UnitOfWork, me: Speaker, kind: str = FILE, pause: Say = FILES_PAUSE) -> None:
    """Count one more paper of a person among those of a kind; RefusedError (`pause`) where they had as many as an hour
    gives.
    """
    address = me.identity.address
    if invitations.failed_tries(uow.conn, kind, address, uow.wall - timedelta(hours=1)) >= AN_HOUR:
        raise RefusedError(pause)
    invitations.add_try(uow.conn, kind, address, uow.wall)


def readers(uow: UnitOfWork, paper: AnyPaper) -> list[tuple[int, Phrase]]:
    """Return those of the people who get a paper that may have it now."""
    return [(person, line) for person, line in paper.to if holds(uow, person, paper.permission(uow, person))]


def send(uow: UnitOfWork, paper: AnyPaper, files: Sequence[FileRef], people: int, lacking: str = "") -> None:
    """Send the drawn files to those who asked for them and may still have them; the others are told that they do not
    get them. `people`: of how many there is personal data in them. `lacking`: the characters that are empty boxes on
    them, which is said beside the files.
    """
    boxes = (Say("papers-lack-signs", signs=lacking),) if lacking else ()
    allowed = readers(uow, paper)
    for file in files if allowed else ():
        until = uow.wall + paper.kept_for(uow.context.terms)
        kept_files.lend(uow.conn, file, uow.wall, until, own_data_of=paper.own_data_of)
    for person in {person for person, _ in paper.to} - {person for person, _ in allowed}:
        # Of what they may see no more nothing is named.
        _tell(uow, person, Draft((Say("papers-no-longer-yours"),)), paper.letter)
    for person, line in allowed:
        access_log.record(uow, paper.event, paper.subject, actor=uow.acting(person), people=people, kind=paper.kind)
        _tell(uow, person, Draft((line, *boxes), files=tuple(files), of=_of(uow, paper, person)), paper.letter)


def give_up(uow: UnitOfWork, order: GivenUp, why: Phrase = FAILED, paper: AnyPaper | None = None) -> None:
    """Tell those who wait for a paper that it does not come, rather than let them wait; `paper`: where it is known."""
    for person in order.readers:
        of = None if paper is None else _of(uow, paper, person)
        _tell(uow, person, Draft((why,), of=of), Paper.letter if paper is None else paper.letter)


def _of(uow: UnitOfWork, paper: AnyPaper, person: int) -> str | None:
    """Return the enterprise or the district that a paper is about."""
    permission = paper.permission(uow, person)
    return permission.concerns if isinstance(permission, Needed) else None


def _tell(uow: UnitOfWork, person: int, draft: Draft, kind: str) -> None:
    tell(uow, person, draft, kind=kind, dedupe=f"{uow.cause}/paper/{person}", priority=outbox.REPLY)
