"""People, their identities on channels, and the roles that bind them to an enterprise or district."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, bindparam, delete, func, or_, select, update

from storage import engine
from storage.records import add, as_values, columns, grouped, matching, row_or_none, rows
from storage.tables import enterprises, identities, memberships, people
from talk.messages import Address

SEEN_EVERY = timedelta(minutes=10)
"""How stale `seen_at` may be: it only decides at which address a person is reached."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody at an address. `person` is None for a stranger; it is set, but not `joined`, while
    somebody reads an invitation.
    """

    address: Address
    person: int | None
    joined: bool
    name: str
    language: str
    seen_at: datetime
    refused_at: datetime | None
    declined: bool
    locked: bool = False


@dataclass(frozen=True, slots=True)
class Membership:
    """A role of a person for a subject; state is active, pending or ended."""

    id: int
    person: int
    role: str
    subject: str
    state: str


@dataclass(frozen=True, slots=True)
class Post(Membership):
    """A membership with when it began and ended; instants are UTC."""

    since: datetime
    until: datetime | None
    ends_at: datetime | None
    """Until when it was given; None: without an end."""
    reason: str | None
    questioned_at: datetime | None
    """When the registry named another one in this seat; None: never."""
    reviewed_at: datetime | None

    @property
    def is_questioned(self) -> bool:
        """Whether the registry names another one, and nobody has looked at the role since."""
        asked = self.questioned_at
        return self.state == "active" and asked is not None and (self.reviewed_at is None or self.reviewed_at < asked)


@dataclass(frozen=True, slots=True)
class Person:
    """A person who joined (and may have left, or be locked out)."""

    id: int
    name: str
    language: str
    joined_at: datetime | None
    left_at: datetime | None
    locked_at: datetime | None


_address_columns = columns(identities, Address)
_at_address = and_(*(column == bindparam(f"at_{column.name}") for column in _address_columns))
_identity = (
    select(
        identities.c.person,
        func.coalesce(people.c.name, "").label("name"),
        func.coalesce(people.c.language, identities.c.language).label("language"),
        identities.c.seen_at,
        identities.c.refused_at,
        identities.c.declined,
        people.c.joined_at,
        people.c.locked_at,
    )
    .select_from(identities.outerjoin(people, people.c.id == identities.c.person))
    .where(_at_address)
)
_meet = engine.insert(identities).on_conflict_do_nothing()
_seen = update(identities).where(_at_address).values(seen_at=bindparam("seen"), refused_at=None)
_membership = columns(memberships, Membership)
_roles = (
    select(*_membership)
    .where(memberships.c.person == bindparam("person"), memberships.c.state != "ended")
    .order_by(memberships.c.id)
)
_address = (
    select(*_address_columns)
    .join(people, people.c.id == identities.c.person)
    .where(identities.c.person == bindparam("person"), identities.c.refused_at.is_(None), people.c.locked_at.is_(None))
    .order_by(identities.c.seen_at.desc())
    .limit(1)
)
_reachable = (
    select(identities.c.person, people.c.language, *_address_columns)
    .join(people, people.c.id == identities.c.person)
    .where(
        identities.c.refused_at.is_(None),
        people.c.joined_at.is_not(None),
        people.c.left_at.is_(None),
        people.c.locked_at.is_(None),
    )
    .order_by(identities.c.seen_at, identities.c.external_id)
)
_ended_by = (
    select(*columns(memberships, Post))
    .where(
        memberships.c.state != "ended", memberships.c.ends_at.is_not(None), memberships.c.ends_at <= bindparam("now")
    )
    .order_by(memberships.c.id)
)
_person_columns = columns(people, Person)
_person = select(*_person_columns).where(people.c.id == bindparam("person"))
_holders = (
    select(memberships.c.person)
    .where(
        memberships.c.role == bindparam("of_role"),
        memberships.c.subject == bindparam("of_subject"),
        memberships.c.state == bindparam("in_state"),
    )
    .order_by(memberships.c.id)
)
_lock = select(people.c.id).where(people.c.id == bindparam("person")).with_for_update()


def _keys(address: Address) -> dict[str, str]:
    return {f"at_{name}": value for name, value in as_values(address).items()}


def meet(conn: Connection, address: Address, language: str, at: datetime) -> Identity:
    """Return who is at this address; somebody new is written down without a person."""
    row = conn.execute(_identity, _keys(address)).one_or_none()
    if row is None:
        conn.execute(_meet, {**as_values(address), "language": language, "seen_at": at})
        row = conn.execute(_identity, _keys(address)).one()
    elif row.refused_at is not None or at - row.seen_at > SEEN_EVERY:
        # Whoever writes has not blocked us any longer.
        conn.execute(_seen, {**_keys(address), "seen": at})
    person, name, language, seen_at, refused_at, declined, joined_at, locked_at = row
    return Identity(
        address, person, joined_at is not None, name, language, seen_at, refused_at, declined, locked_at is not None
    )


def refuse(conn: Connection, address: Address, at: datetime | None) -> None:
    """Note that the platform refuses this address (blocked, gone), or with None that it does not."""
    conn.execute(update(identities).where(_at_address).values(refused_at=at), _keys(address))


def decline_group(conn: Connection, address: Address) -> None:
    """Note that a group was told that the bot works in private."""
    conn.execute(update(identities).where(_at_address).values(declined=True), _keys(address))


def bind(conn: Connection, address: Address, person: int | None) -> None:
    """Bind an address to a person, or let it go with None."""
    conn.execute(update(identities).where(_at_address).values(person=person), _keys(address))


def forget_addresses(conn: Connection, person: int) -> None:
    """Let all addresses of a person go, and what was known of them."""
    conn.execute(delete(identities).where(identities.c.person == person))


def lock(conn: Connection, person: int) -> None:
    """Let two messages of one person wait for each other, also between replicas."""
    if not engine.is_alone(conn):
        conn.execute(_lock, {"person": person})


def add_guest(conn: Connection, language: str) -> int:
    """Enter somebody who reads an invitation and has not consented yet; return the id."""
    return add(conn, people, name="", language=language)


def admit(conn: Connection, person_id: int, name: str, at: datetime) -> None:
    """Make a guest who consented a person under a name."""
    conn.execute(update(people).where(people.c.id == person_id).values(name=name, joined_at=at))


def person(conn: Connection, person_id: int) -> Person | None:
    """Return a person by id."""
    return row_or_none(conn, Person, _person, {"person": person_id})


def names(conn: Connection, ids: Iterable[int]) -> dict[int, str]:
    """Return how some people are called, by id; for those who left, what stands for them."""
    statement = select(people.c.id, people.c.name).where(engine.among(people.c.id, ids))
    return {row.id: row.name for row in conn.execute(statement)}


def everybody(conn: Connection) -> Sequence[Person]:
    """Return all people who joined and have not left, by id."""
    statement = select(*_person_columns).where(people.c.joined_at.is_not(None), people.c.left_at.is_(None))
    return rows(conn, Person, statement.order_by(people.c.id))


def all_roles(conn: Connection, now: datetime | None = None) -> list[Membership]:
    """Return the active and pending roles of everybody; those whose date has come by `now` have ended."""
    held = [memberships.c.state != "ended"]
    if now is not None:
        held.append(or_(memberships.c.ends_at.is_(None), memberships.c.ends_at > now))
    return rows(conn, Membership, select(*_membership).where(*held).order_by(memberships.c.id))


def all_channels(conn: Connection) -> list[tuple[int, str]]:
    """Return on which channels everybody is: (a person's id, a channel), each once."""
    statement = (
        select(identities.c.person, identities.c.channel)
        .where(identities.c.person.is_not(None))
        .distinct()
        .order_by(identities.c.person, identities.c.channel)
    )
    return [(row.person, row.channel) for row in conn.execute(statement)]


def set_language(conn: Connection, address: Address, person_id: int | None, language: str) -> None:
    """Set the language in which somebody is spoken to."""
    conn.execute(update(identities).where(_at_address).values(language=language), _keys(address))
    if person_id is not None:
        conn.execute(update(people).where(people.c.id == person_id).values(language=language))


def rename(conn: Connection, person_id: int, name: str) -> None:
    """Call a person by another name from now on; what was written before stays as it is."""
    conn.execute(update(people).where(people.c.id == person_id).values(name=name))


def forget(conn: Connection, person_id: int, name: str, at: datetime) -> None:
    """Let a person leave whose roles have ended: the addresses go, the name is replaced. The id stays, since answers
    and the audit point to it.
    """
    conn.execute(update(people).where(people.c.id == person_id).values(left_at=at, locked_at=None, name=name))
    forget_addresses(conn, person_id)


def set_locked(conn: Connection, person_id: int, at: datetime | None) -> None:
    """Lock a person out from an instant (campaign time) on, or with None let them in again."""
    conn.execute(update(people).where(people.c.id == person_id).values(locked_at=at))


def move(conn: Connection, person_id: int, address: Address) -> None:
    """Let an address be the only one of a person; it has been met."""
    conn.execute(delete(identities).where(identities.c.person == person_id, ~_at_address), _keys(address))
    bind(conn, address, person_id)


def roles(conn: Connection, person_id: int) -> list[Membership]:
    """Return the active and pending roles of a person."""
    return rows(conn, Membership, _roles, {"person": person_id})


def membership(conn: Connection, membership_id: int) -> Membership | None:
    """Return a membership by id, whatever its state."""
    return row_or_none(conn, Membership, select(*_membership).where(memberships.c.id == membership_id))


def grant(
    conn: Connection,
    person_id: int,
    role: str,
    subject: str,
    state: str,
    at: datetime,
    ends_at: datetime | None = None,
) -> int:
    """Give a person a role, until an instant (campaign time) where one is given; return the id of the membership."""
    new = {"person": person_id, "role": role, "subject": subject, "state": state, "since": at, "ends_at": ends_at}
    return add(conn, memberships, **new)


def set_state(conn: Connection, membership_id: int, state: str, at: datetime) -> None:
    """Move a membership to another state. Roles end by `service.people.ending` alone, which takes along what hangs on
    them.
    """
    until = at if state == "ended" else None
    conn.execute(update(memberships).where(memberships.c.id == membership_id).values(state=state, until=until))


def end_role(conn: Connection, membership_id: int, at: datetime, by: int | None, reason: str) -> bool:
    """End a membership; False: it had ended before."""
    statement = update(memberships).where(memberships.c.id == membership_id, memberships.c.state != "ended")
    return bool(conn.execute(statement.values(state="ended", until=at, ended_by=by, reason=reason)).rowcount)


def set_end(conn: Connection, membership_id: int, ends_at: datetime, reason: str) -> None:
    """Let a role end at an instant (campaign time), for a reason."""
    planned = update(memberships).where(memberships.c.id == membership_id)
    conn.execute(planned.values(ends_at=ends_at, reason=reason))


def ended_by(conn: Connection, now: datetime) -> list[Post]:
    """Return the roles that were given until now or before and have not been ended yet."""
    return rows(conn, Post, _ended_by, {"now": now})


def question(conn: Connection, ids: Collection[int], at: datetime) -> None:
    """Note that the registry names another one in the seats of these memberships."""
    conn.execute(update(memberships).where(engine.among(memberships.c.id, ids)).values(questioned_at=at))


def questioned(conn: Connection) -> list[Post]:
    """Return the roles in whose seats the registry names another one, and that nobody has looked at since."""
    asked = (memberships.c.state == "active", memberships.c.questioned_at.is_not(None))
    found = rows(conn, Post, select(*columns(memberships, Post)).where(*asked).order_by(memberships.c.id))
    return [post for post in found if post.is_questioned]


def review(conn: Connection, ids: Collection[int], at: datetime, by: int | None) -> None:
    """Note that these memberships were looked at, and stay as they are."""
    reviewed = update(memberships).where(engine.among(memberships.c.id, ids))
    conn.execute(reviewed.values(reviewed_at=at, reviewed_by=by))


def holders(conn: Connection, role: str, subject: str, state: str = "active") -> list[int]:
    """Return the ids of those who hold a role for a subject."""
    return list(conn.execute(_holders, {"of_role": role, "of_subject": subject, "in_state": state}).scalars())


def holders_by_subject(conn: Connection, role: str) -> dict[str, list[int]]:
    """Return who holds a role, by subject."""
    statement = select(memberships.c.subject, memberships.c.person).where(
        memberships.c.role == role, memberships.c.state == "active"
    )
    return grouped(conn.execute(statement.order_by(memberships.c.id)))


def all_holders(conn: Connection) -> dict[tuple[str, str], list[int]]:
    """Return who holds what, by role and subject."""
    statement = select(memberships.c.role, memberships.c.subject, memberships.c.person).where(
        memberships.c.state == "active"
    )
    found = conn.execute(statement.order_by(memberships.c.id))
    return grouped(((role, subject), person) for role, subject, person in found)


def seen_at(conn: Connection, person_id: int) -> datetime | None:
    """Return when somebody was last heard from at any address (real time); None: they have none."""
    statement = select(func.max(identities.c.seen_at)).where(identities.c.person == person_id)
    seen: datetime | None = conn.execute(statement).scalar_one()
    return seen


def all_seen(conn: Connection) -> dict[int, datetime]:
    """Return when everybody who has an address was last heard from (real time), by person."""
    statement = select(identities.c.person, func.max(identities.c.seen_at).label("at"))
    joined = statement.where(identities.c.person.is_not(None)).group_by(identities.c.person)
    return {row.person: row.at for row in conn.execute(joined)}


def address_of(conn: Connection, person_id: int) -> Address | None:
    """Return where a person was last seen and does not refuse us; None: a case for the phone list."""
    return row_or_none(conn, Address, _address, {"person": person_id})


def reachable(conn: Connection) -> dict[int, tuple[Address, str]]:
    """Return where everybody who joined was last seen and does not refuse us, and the language that they read."""
    return {person: (Address(*address), language) for person, language, *address in conn.execute(_reachable)}


def addresses_of(conn: Connection, person_id: int) -> list[Address]:
    """Return every address bound to a person."""
    statement = select(*_address_columns).where(identities.c.person == person_id).order_by(*_address_columns)
    return rows(conn, Address, statement)


def enterprise_place(conn: Connection, code: str) -> tuple[str, str] | None:
    """Return the name and the district of an enterprise."""
    statement = select(enterprises.c.name, enterprises.c.district).where(enterprises.c.code == code)
    return row_or_none(conn, lambda name, district: (name, district), statement)


def post(conn: Connection, membership_id: int) -> Post | None:
    """Return a membership with its times by id, whatever its state."""
    statement = select(*columns(memberships, Post)).where(memberships.c.id == membership_id)
    return row_or_none(conn, Post, statement)


def posts(
    conn: Connection,
    *,
    role: str | None = None,
    state: str | None = None,
    person: int | None = None,
    subject: str | Sequence[str] | None = None,
) -> list[Post]:
    """Return memberships of a role, in a state, of a person or for a subject, the ended ones too, in the order in which
    they were given.
    """
    wanted = matching(
        {
            memberships.c.role: role,
            memberships.c.state: state,
            memberships.c.person: person,
            memberships.c.subject: subject,
        }
    )
    return rows(conn, Post, select(*columns(memberships, Post)).where(*wanted).order_by(memberships.c.id))


def refused_since(conn: Connection, at: datetime) -> set[int]:
    """Return the people of whom a platform refused an address from this instant (real time) on."""
    statement = select(identities.c.person).where(identities.c.refused_at >= at, identities.c.person.is_not(None))
    return set(conn.execute(statement).scalars())
