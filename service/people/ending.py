"""A role ends: the one function that ends it, whoever wants it and however, with all that hangs on it.

/leave, staff, the command line, an import, a date, and a principal who is accepted in another's place: all end roles
here, in one transaction. With a role go the talks that it allowed, the letters that have not left, the invitations that
wait for the same seat; a permit goes on without its holder at once.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import partial
from typing import Final

from campaign.roles import ENTERPRISE_ROLES
from service.core.letters import Draft, tell
from service.core.refusal import RefusedError
from service.core.unit_of_work import UnitOfWork
from service.desk import morning_letters
from service.duties import departure, reminding
from service.hot_work import vacancies
from service.notices import broadcast
from service.people.roles import place_of
from service.talks import flow
from service.workers import register
from storage import conversations, duties, invitations, outbox, people, permits
from storage.audit import SYSTEM
from storage.conversations import Conversation
from storage.engine import apart
from storage.outbox import Waiting
from storage.people import Membership
from talk.texts import FullDay, Phrase, Say, listed

KIND: Final = "role-ended"
REPLY: Final = "reply"

LOOKED_AT_AGAIN: Final = frozenset[str]().union(
    *(
        second.kinds
        for second in (
            reminding.SECOND_LOOK,
            register.SECOND_LOOK,
            morning_letters.SECOND_LOOK,
            broadcast.SECOND_LOOK,
        )
    )
)
"""The letters whose second look drops what their reader has no role for."""


class Way(StrEnum):
    """How a role comes to its end; the name stands in the audit."""

    LEFT = "left"
    """By the person's own /leave."""
    STAFF = "staff"
    """By somebody in the chat who may: staff, or the principal of the enterprise."""
    OPERATOR = "operator"
    """At the command line."""
    REGISTRY = "registry"
    """By an import that names another one."""
    DATE = "date"
    """By the day until which it was given."""
    REPLACED = "replaced"
    """By a principal who was accepted in the same seat."""
    REQUEST = "request"
    """By the bureau, which the person asked to be let go."""
    DECLINED = "declined"
    """It was asked for, and staff declined."""


@dataclass(frozen=True, slots=True)
class Ended:
    """What went with a role."""

    talks: int
    letters: int
    invitations: int


def end(uow: UnitOfWork, role: Membership, way: Way, reason: str = "") -> Ended | None:
    """End a role, active or pending, and all that hangs on it; None: it had ended before. Whoever calls this has asked
    whether whoever is at work may.
    """
    actor = SYSTEM if way is Way.DATE else uow.actor
    if not people.end_role(uow.conn, role.id, uow.now, actor.person, reason):
        return None
    uow.note("role-ended", role.subject, actor=actor, person=role.person, role=role.role, way=way)
    talks = _close_talks(uow, role)
    letters = _withdraw_letters(uow, role, way)
    # Whoever leaves of their own accord may have a successor who was invited already.
    voided = 0 if way is Way.LEFT else invitations.void(uow.conn, uow.wall, role=role.role, subject=role.subject)
    _hand_on_permits(uow, role)
    if way not in (Way.LEFT, Way.DECLINED, Way.REQUEST):
        _tell(uow, role, way, reason, talks)
    return Ended(len(talks), letters, voided)


def end_all(uow: UnitOfWork, person: int, way: Way, reason: str = "") -> list[Ended]:
    """End every role of a person, active or pending."""
    ended = (end(uow, role, way, reason) for role in people.roles(uow.conn, person))
    return [one for one in ended if one is not None]


def plan(uow: UnitOfWork, role: Membership, last: date, reason: str = "") -> Say:
    """Let a role end when a day is over, and say so. RefusedError where the day is past."""
    ends_at = end_of(uow, last)
    people.set_end(uow.conn, role.id, ends_at, reason)
    uow.note("role-end-planned", role.subject, person=role.person, role=role.role, last=last.isoformat())
    return Say(
        "role-end-planned", place=place_of(uow, role.subject), role=Say("role", role=role.role), day=FullDay(last)
    )


def end_of(uow: UnitOfWork, last: date) -> datetime:
    """Return the instant at which a role ends whose last day this is (campaign time). RefusedError for a past day."""
    if last < uow.now.date():
        raise RefusedError(Say("role-end-past", day=FullDay(last)))
    return datetime.combine(last + timedelta(days=1), time(), uow.context.zone)


def carry_out(uow: UnitOfWork) -> int:
    """End the roles whose date has come; return how many. Every transaction that writes begins with it, so that a date
    holds from its first second on, whether a tick came or not.
    """
    over = people.ended_by(uow.conn, uow.now)
    return len(apart(uow.conn, [partial(end, uow, role, Way.DATE, role.reason or "") for role in over]))


def has_role(uow: UnitOfWork, person: int) -> bool:
    """Return whether somebody has any role left."""
    return any(role.state == "active" for role in people.roles(uow.conn, person))


def _close_talks(uow: UnitOfWork, role: Membership) -> list[Conversation]:
    unfinished = conversations.unfinished(uow.conn, role.person)
    closed = [talk for talk in unfinished if not flow.goes_on(uow, talk)]
    departure.leave(uow, role.person, closed)
    return closed


def _withdraw_letters(uow: UnitOfWork, role: Membership, way: Way) -> int:
    """Take back what is on its way to somebody by a role."""
    waiting = outbox.on_their_way(uow.conn, role.person)
    if way is Way.LEFT:
        # What was just said to whoever leaves is the answer to it.
        waiting = [letter for letter in waiting if letter.kind != REPLY]
    if has_role(uow, role.person):
        names = {role.subject, place_of(uow, role.subject)}
        cards = _cards_of_permits(uow, role)
        waiting = [letter for letter in waiting if _is_about(uow, letter, role, names, cards)]
    outbox.withdraw(uow.conn, [letter.id for letter in waiting], uow.wall)
    return len(waiting)


def _cards_of_permits(uow: UnitOfWork, role: Membership) -> Collection[str]:
    """Return how the names of permits' cards begin, and their codes, that somebody sees by a role."""
    if role.role not in ENTERPRISE_ROLES:
        return ()
    found = permits.find(uow.conn, enterprise=role.subject, live=True)
    return [word for permit in found for word in (f"permit/{permit.id}/", permit.code)]


def _is_about(
    uow: UnitOfWork, letter: Waiting, role: Membership, names: Collection[str], cards: Collection[str]
) -> bool:
    """Whether a letter to somebody who has another role left is about the one that ended. Only some say it in numbers;
    the others name the place. A letter too many that is taken back is the smaller harm.
    """
    if letter.kind in LOOKED_AT_AGAIN:
        return False
    text = letter.message.text
    if any(name in text for name in names) or any(card in f"{letter.card} {text}" for card in cards):
        return True
    duty = None if letter.duty is None else duties.get(uow.conn, letter.duty)
    return duty is not None and role.subject in (duty.subject, duty.district)


def _hand_on_permits(uow: UnitOfWork, role: Membership) -> None:
    if role.role in ENTERPRISE_ROLES and role.state == "active":
        named = people.person(uow.conn, role.person)
        vacancies.gone(uow, role.person, "" if named is None else named.name, role.subject)


def _tell(uow: UnitOfWork, role: Membership, way: Way, reason: str, talks: Collection[Conversation]) -> None:
    held = Say("role", role=role.role)
    lines: list[Phrase | None] = [
        Say("role-ended", place=place_of(uow, role.subject), role=held, way=way),
        Say("role-ended-reason", reason=reason) if reason else None,
        Say("role-ended-talks", titles=listed(flow.title(uow, talk) for talk in talks)) if talks else None,
        None if has_role(uow, role.person) else Say("role-ended-none"),
    ]
    tell(uow, role.person, Draft(tuple(lines)), kind=KIND, dedupe=f"{KIND}/{role.id}")
