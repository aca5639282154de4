"""The outbox: what must be said, queued once, and what became of it. How it leaves: `storage.sending`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, and_, bindparam, exists, func, literal_column, or_, select, update

from storage import engine
from storage.columns import Instant
from storage.records import as_values, at_address
from storage.tables import outbox, people
from storage.unreadable import readable
from talk.messages import Address, FileRef, Outbound

PERMIT, REPLY, DEADLINE, NOTICE, STRANGER = range(5)
"""Who leaves first. Permits and replies are urgent; deadlines and notices are paced by the budget. What is said to
people who have not joined leaves after all that may leave with it, and unpaced: few such letters are written.
"""
PACED = (DEADLINE, NOTICE)
"""What takes a slot of the budget each, and is looked at once more before it leaves."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A message to be sent; times are real UTC. `about` are all the duties that a digest names, or what else the kind
    looks at again before it leaves: of a notice, its number. Each of its files becomes a letter of its own, which
    leaves after the words: what is wrong with a file takes no words down with it.
    """

    dedupe: str
    priority: int
    address: Address
    person: int | None
    kind: str
    duty: int | None
    message: Outbound
    not_before: datetime
    expires_at: datetime | None
    about: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Claimed:
    """A letter that this process, and no other, may send."""

    id: int
    priority: int
    address: Address
    person: int | None
    kind: str
    duty: int | None
    about: tuple[int, ...]
    message: Outbound
    attempts: int
    """Which try this is, from 1."""
    leases_lost: int
    """How often it was lost with the process that had it; with the try and the id it names this claim."""
    replaces: str | None
    """The platform's id of the message whose card this renews."""
    slot: datetime
    """When it should leave, by the budget."""
    probe: bool
    """Its account is down; this letter shows whether it still is."""
    follows: int | None = None
    """Of a file: the letter with the words that it goes with."""


Why = Literal["refused", "lost", "late"]
"""Why a file did not arrive: the platform refused it; it is not kept here any more, or does not open; it was tried
until it was too late.
"""


@dataclass(frozen=True, slots=True)
class LostFile:
    """A file that is given up, while the words that it went with arrived."""

    id: int
    person: int | None
    file: FileRef
    why: Why


@dataclass(frozen=True, slots=True)
class Waiting:
    """A letter that has not arrived yet, as far as it tells what it is about; of a file, what its words tell."""

    id: int
    kind: str
    duty: int | None
    about: tuple[int, ...]
    card: str | None
    message: Outbound


@dataclass(frozen=True, slots=True)
class Arrived:
    """A letter that was sent, as far as it tells what a reply to it means, or what is typed under it."""

    id: int
    kind: str
    card: str | None
    message: Outbound


_put = engine.insert(outbox).on_conflict_do_nothing()
_known = select(exists().where(outbox.c.dedupe == bindparam("of_dedupe")))
_cancel = (
    update(outbox)
    .where(outbox.c.person == bindparam("of_person"), outbox.c.kind == bindparam("of_kind"), outbox.c.state == "ready")
    .values(state="cancelled")
)
_about = select(outbox.c.id, outbox.c.about).where(
    outbox.c.person == bindparam("of_person"), outbox.c.kind == bindparam("of_kind"), outbox.c.state == "ready"
)
_words = outbox.alias("words")
_on_their_way = (
    select(
        outbox.c.id,
        outbox.c.kind,
        outbox.c.duty,
        outbox.c.about,
        func.coalesce(_words.c.card, outbox.c.card).label("card"),
        outbox.c.body,
        _words.c.body.label("words"),
    )
    .outerjoin(_words, _words.c.id == outbox.c.follows)
    .where(outbox.c.person == bindparam("of_person"), outbox.c.state.in_(("ready", "leased")))
    .order_by(outbox.c.id)
)
_named = engine.among_given(outbox.c.id, "ids")
_withdraw_ready = update(outbox).where(_named, outbox.c.state == "ready").values(state="cancelled", lease_until=None)
_withdraw_leased = update(outbox).where(_named, outbox.c.state == "leased").values(expires_at=bindparam("at"))
_waiting = select(outbox.c.id, outbox.c.not_before, outbox.c.expires_at).where(outbox.c.state == "ready")
_hasten = (
    update(outbox)
    .where(outbox.c.id == bindparam("of_id"))
    .values(not_before=bindparam("earlier"), expires_at=bindparam("end"))
)
_cards = (
    select(outbox.c.id, outbox.c.card, outbox.c.body)
    .where(outbox.c.person == bindparam("of_person"), outbox.c.card.startswith(bindparam("root"), autoescape=False))
    .order_by(outbox.c.id.desc())
    .limit(1)
)
_just_put = select(outbox.c.dedupe, outbox.c.id).where(
    engine.among_given(outbox.c.dedupe, "keys"), outbox.c.created_at == bindparam("at", type_=Instant)
)
_lost_files = (
    select(outbox.c.id, outbox.c.body, outbox.c.error)
    .where(
        outbox.c.follows.is_not(None),
        outbox.c.state.in_(("rejected", "failed", "expired")),
        outbox.c.created_at > bindparam("since", type_=Instant),
    )
    .order_by(outbox.c.id.desc())
)
_on_screen = (
    select(outbox.c.id, outbox.c.kind, outbox.c.card, outbox.c.body)
    .where(
        outbox.c.channel == bindparam("channel"),
        outbox.c.account == bindparam("account"),
        outbox.c.external_id == bindparam("external_id"),
        or_(
            outbox.c.state.in_(("leased", "sent")),
            and_(outbox.c.state == literal_column("'ready'"), outbox.c.kind == literal_column("'reply'")),
        ),
    )
    .order_by(outbox.c.id.desc())
    .limit(bindparam("most"))
)
_states = select(outbox.c.state).where(engine.among_given(outbox.c.dedupe, "keys"))


def is_known(conn: Connection, dedupe: str) -> bool:
    """Return whether a letter was queued before, whatever became of it."""
    return bool(conn.execute(_known, {"of_dedupe": dedupe}).scalar_one())


def put(conn: Connection, letter: Letter, at: datetime) -> None:
    """Queue a letter; one with the same dedupe key was queued before and stays as it is."""
    put_all(conn, [letter], at)


def put_all(conn: Connection, letters: Sequence[Letter], at: datetime) -> None:
    """Queue letters, each as `put` does."""
    if not letters:
        return
    conn.execute(_put, [_row(letter, at) for letter in letters])
    with_files = {letter.dedupe: letter for letter in letters if letter.message.files}
    # What was queued before, when its files were still a part of it, was created then.
    queued = conn.execute(_just_put, {"keys": list(with_files), "at": at}).all() if with_files else ()
    following = [row for key, number in queued for row in _file_rows(with_files[key], number, at)]
    if following:
        conn.execute(_put, following)


def _file_rows(letter: Letter, follows: int, at: datetime) -> list[dict[str, Any]]:
    return [
        {
            **_row(letter, at),
            "dedupe": f"{letter.dedupe}/file/{number}",
            "body": Outbound("", files=(file,)).to_json(),
            "card": None,
            "follows": follows,
        }
        for number, file in enumerate(letter.message.files, 1)
    ]


def _row(letter: Letter, at: datetime) -> dict[str, Any]:
    return {
        "dedupe": letter.dedupe,
        "priority": letter.priority,
        **as_values(letter.address),
        "person": letter.person,
        "kind": letter.kind,
        "duty": letter.duty,
        "about": list(letter.about),
        "body": letter.message.words.to_json(),
        "card": letter.message.card,
        "follows": None,
        "state": "ready",
        "created_at": at,
        "not_before": letter.not_before,
        "expires_at": letter.expires_at,
        "attempts": 0,
        "leases_lost": 0,
    }


def cancel(conn: Connection, person: int, kind: str) -> int:
    """Take back what of a kind has not left yet to a person; how many letters."""
    return int(conn.execute(_cancel, {"of_person": person, "of_kind": kind}).rowcount)


def on_their_way(conn: Connection, person: int) -> list[Waiting]:
    """Return what was queued for a person and has not arrived yet."""
    return [
        Waiting(row.id, row.kind, row.duty, tuple(row.about), row.card, Outbound.from_json(row.words or row.body))
        for row in readable(conn.execute(_on_their_way, {"of_person": person}))
    ]


def withdraw(conn: Connection, ids: Sequence[int], at: datetime) -> None:
    """Take back letters that have not left yet; one that is in somebody's hands right now is not tried again. `at` is
    real time.
    """
    if ids:
        keys = {"ids": list(ids)}
        conn.execute(_withdraw_ready, keys)
        conn.execute(_withdraw_leased, {**keys, "at": at})


def waiting_about(conn: Connection, person: int, kind: str) -> list[int]:
    """Return the duties that letters of a kind name which have not left yet to a person."""
    found = readable(conn.execute(_about, {"of_person": person, "of_kind": kind}))
    return [duty for row in found for duty in row.about]


def hasten(conn: Connection, by: timedelta) -> None:
    """Let what waits leave, and expire, sooner by so much: the clock of a rehearsal jumped."""
    moved = [
        {
            "of_id": row.id,
            "earlier": row.not_before - by,
            "end": None if row.expires_at is None else row.expires_at - by,
        }
        for row in conn.execute(_waiting)
    ]
    if moved:
        conn.execute(_hasten, moved)


def newest_card(conn: Connection, person: int, root: str) -> tuple[str, Outbound] | None:
    """Return the newest card of somebody whose name begins with `root`, and what it said; None: they were sent none."""
    row = next(readable(conn.execute(_cards, {"of_person": person, "root": root})), None)
    return None if row is None else (row.card, Outbound.from_json(row.body))


def arrived(conn: Connection, address: Address, message_id: str) -> Arrived | None:
    """Return the letter that a platform shows under an id at an address, as it reads by now; None: it is not known."""
    statement = (
        select(outbox.c.id, outbox.c.kind, outbox.c.card, outbox.c.body)
        .where(at_address(outbox, address), outbox.c.message_id == message_id)
        .order_by(outbox.c.id.desc())
        .limit(1)
    )
    row = next(readable(conn.execute(statement)), None)
    return None if row is None else Arrived(row.id, row.kind, row.card, Outbound.from_json(row.body))


def newest_of(conn: Connection, address: Address, card: str) -> int | None:
    """Return the id of the newest letter of a card at an address; None: there is none."""
    statement = select(func.max(outbox.c.id)).where(at_address(outbox, address), outbox.c.card == card)
    found: int | None = conn.execute(statement).scalar_one()
    return found


def on_screen(conn: Connection, address: Address, most: int) -> list[Arrived]:
    """Return what stands on the screen at an address, the newest first, so many messages at the most: what was sent,
    and replies, which are about to leave. Of a card that was renewed only the newest.
    """
    shown: list[Arrived] = []
    for row in readable(conn.execute(_on_screen, {**as_values(address), "most": most})):
        if row.card is None or row.card not in {earlier.card for earlier in shown}:
            shown.append(Arrived(row.id, row.kind, row.card, Outbound.from_json(row.body)))
    return shown


def states(conn: Connection, dedupes: Sequence[str]) -> list[str]:
    """Return what became of the letters with these keys, as far as there are any."""
    return list(conn.execute(_states, {"keys": list(dedupes)}).scalars()) if dedupes else []


def lost_files(conn: Connection, since: datetime) -> list[tuple[str, str]]:
    """Return the files that were queued since an instant and given up, the newest first: their names and why. A name is
    empty where the letter was emptied since.
    """
    found = readable(conn.execute(_lost_files, {"since": since}))
    return [(next((parts[1] for parts in row.body["files"]), ""), row.error or "") for row in found]


def attribute(conn: Connection, person: int, addresses: Sequence[Address]) -> None:
    """Note that what was said at these addresses before somebody joined was said to them too."""
    for address in addresses:
        said = (at_address(outbox, address), outbox.c.person.is_(None))
        conn.execute(update(outbox).where(*said).values(person=person))


def forget_secrets(conn: Connection, kind: str, before: datetime) -> None:
    """Empty what was sent of a kind before an instant: it held what nobody else may read, and was shown once."""
    conn.execute(
        update(outbox)
        .where(outbox.c.kind == kind, outbox.c.state.not_in(("ready", "leased")), outbox.c.created_at < before)
        .values(body=Outbound("").to_json())
    )


def forget(conn: Connection) -> None:
    """Empty what was said to people who left, and where; what still has to leave does first."""
    gone = select(people.c.id).where(people.c.left_at.is_not(None))
    conn.execute(
        update(outbox)
        .where(outbox.c.person.in_(gone), outbox.c.state.not_in(("ready", "leased")), outbox.c.external_id != "")
        .values(body=Outbound("").to_json(), external_id="", message_id=None)
    )
