"""The people of one's place as those see them who may end their roles: a list to look through, a card for each.

The same list is the review of roles: each half-year every role is looked at once, and kept or ended.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from campaign.roles import CITY, CLERK, DISTRICT_ROLES, ENTERPRISE_ROLES, OFFICER, PRINCIPAL, ROLES
from campaign.talks.people import EndRoleBrief, LockBrief, ResetFactorBrief, SeatBrief
from service.core import whose
from service.core.assurance import Policy, demand_code
from service.core.letters import Draft, answer, tell
from service.core.listing import Entry, LazyEntries, screen
from service.core.permissions import Act, Permission
from service.core.refusal import not_allowed
from service.core.ticking import Tick
from service.core.unit_of_work import Speaker, UnitOfWork
from service.desk import morning
from service.factor import enrolment
from service.imports import columns
from service.people import actions, ending, invites, locking, office, posts
from service.people.ending import Way
from service.people.roles import place_of
from service.talks import flow
from storage import invitations, people, registry
from storage.conversations import Conversation
from storage.people import Post
from talk.actions import Tap
from talk.cleaning import likeness
from talk.texts import Arg, FullDay, Phrase, Say

if TYPE_CHECKING:
    # What reads lists takes a third of a second to import.
    from service.imports.report import ImportReport

KIND: Final = "role-review"

STAFF: Final = (CLERK, CITY)
"""The roles whose holders are asked to look through the roles of their place."""


def may_lock(uow: UnitOfWork, person: int, post: Post) -> bool:
    """Return whether somebody may lock out the holder of a role: who may end it, and every role in a bureau that the
    holder has besides.
    """
    held = [one for one in people.posts(uow.conn, person=post.person) if one.state != "ended"]
    others = [one for one in held if one.role not in ENTERPRISE_ROLES]
    return posts.may_end(uow, person, post) and all(posts.may_end(uow, person, one) for one in others)


def may_reset(uow: UnitOfWork, person: int, post: Post) -> bool:
    """Return whether somebody may take away the second factor of the holder of a role: everything that the holder is
    must be theirs to oversee, since whoever has the account afterwards has all of it.
    """
    held = [one for one in people.posts(uow.conn, person=post.person) if one.state != "ended"]
    return (
        uow.context.second_factor is not Policy.OFF
        and post.state != "ended"
        and post.person != person
        and enrolment.is_set_up(uow, post.person)
        and all(posts.may_do(uow, person, _reset_act(one.role), posts.object_of(uow, one)) for one in held)
    )


def to_reset(uow: UnitOfWork, talk: Conversation, brief: ResetFactorBrief) -> Permission:
    """Return what is needed to reset the second factor that a talk is about."""
    del talk
    return posts.needed_for(uow, brief.membership, _reset_act)


def _reset_act(role: str) -> Act | None:
    """Return the act of resetting the second factor of who holds a role; None: only the command line does."""
    if role in ENTERPRISE_ROLES:
        return Act.RESET_ENTERPRISE_FACTOR
    return Act.RESET_DISTRICT_FACTOR if role in DISTRICT_ROLES else None


def to_end(uow: UnitOfWork, talk: Conversation, brief: SeatBrief) -> Permission:
    """Return what is needed to end the role, or lock out its holder, that a talk is about."""
    del talk
    return posts.needed_for(uow, brief.membership, posts.act_of_ending)


def half_year(at: datetime) -> datetime:
    """Return when the half-year of an instant began, in its zone."""
    return at.replace(month=1 if at.month < 7 else 7, day=1, hour=0, minute=0, second=0, microsecond=0)


def is_due(uow: UnitOfWork, post: Post) -> bool:
    """Return whether a role has not been looked at in this half-year, nor given in it."""
    looked = max(post.since, post.reviewed_at or post.since)
    return post.state == "active" and looked < half_year(uow.now)


def of_speaker(uow: UnitOfWork, person: int) -> list[Post]:
    """Return the roles that somebody may end, those that the registry gives to another first, then those that wait for
    their review, the longest held first.
    """
    own = [role for role in people.roles(uow.conn, person) if role.state == "active"]
    known = registry.all_enterprises(uow.conn)
    held = {(role.role, role.subject) for role in own}
    is_city = any(role.role == CITY for role in own)

    def reaches(post: Post) -> bool:
        if post.person == person or post.state != "active":
            return False
        enterprise = known.get(post.subject)
        if post.role in DISTRICT_ROLES:
            return is_city
        if post.role not in ENTERPRISE_ROLES or enterprise is None:
            return False
        if post.role != PRINCIPAL and (PRINCIPAL, post.subject) in held:
            return True
        # The city looks through the people of what it supervises itself; each district through those of the others.
        return is_city if enterprise.municipal else (CLERK, enterprise.district) in held

    found = [post for post in people.posts(uow.conn, state="active") if reaches(post)]
    return sorted(found, key=lambda post: (not post.is_questioned, not is_due(uow, post), post.since, post.id))


def listing(uow: UnitOfWork, me: Speaker, page: int) -> Draft:
    """Return a page of the people whose roles somebody may end. RefusedError: there is nobody."""
    found = of_speaker(uow, me.person)
    invites_ = bool(invites.places(uow, me.person))
    if not found and not invites_:
        raise not_allowed()
    due = sum(is_due(uow, post) for post in found)
    heading: list[Phrase] = [Say("seats-heading", number=len(found)) if found else Say("seats-none")]
    if due:
        heading.append(Say("seats-due", number=due))
    opening = [actions.KEEP_ROLES.tap(Say("option-keep-roles"))] if due else []
    if invites_:
        opening.append(actions.INVITE.tap(Say("option-invite"), ""))
        if waiting := len(invites.waiting(uow, me.person)):
            opening.append(actions.INVITATIONS.tap(Say("option-invitations"), 1))
            heading.append(Say("seats-invited", number=waiting))
    entries = LazyEntries(found, partial(_entries, uow, me.person))
    return screen(heading, entries, page, actions.PEOPLE_OF.data, opening=opening)


def _entries(uow: UnitOfWork, reader: int, found: Sequence[Post]) -> list[Entry]:
    lines = _lines(uow, reader, found)
    return [Entry(lines[post.id], _mark(uow, post), actions.SEAT.data(post.id)) for post in found]


def _lines(uow: UnitOfWork, reader: int, found: Sequence[Post]) -> dict[int, Say]:
    """Return how roles read in a list: enterprises of one name and namesakes in one office are told apart."""
    names = people.names(uow.conn, [post.person for post in found])
    places = whose.labels(uow, reader, (post.subject for post in found))
    told = {}
    for post in found:
        there = people.names(uow.conn, people.holders(uow.conn, post.role, post.subject))
        like = likeness(names[post.person])
        alike = any(likeness(name) == like for number, name in there.items() if number != post.person)
        name = Say("seats-namesake", name=names[post.person], number=post.person) if alike else names[post.person]
        told[post.id] = Say("seats-line", place=places[post.subject], role=Say("role", role=post.role), name=name)
    return told


def _mark(uow: UnitOfWork, post: Post) -> Say:
    since = post.since.astimezone(uow.context.zone).date()
    if post.is_questioned:
        return Say("seats-questioned")
    return Say("seats-to-review", day=FullDay(since)) if is_due(uow, post) else Say("seats-since", day=FullDay(since))


def card(uow: UnitOfWork, me: Speaker, number: int) -> Draft:
    """Return the card of a role, with what can be done about it. RefusedError: it is not this person's to end."""
    return draft(uow, me.person, posts.endable(uow, me, people.post(uow.conn, number)))


def draft(uow: UnitOfWork, reader: int, post: Post) -> Draft:
    """Return the card of a role for somebody who may end it."""
    holder = people.person(uow.conn, post.person)
    seen = people.seen_at(uow.conn, post.person)
    zone = uow.context.zone
    lines: list[Phrase | None] = [
        _lines(uow, reader, [post])[post.id],
        Say("seat-since", day=FullDay(post.since.astimezone(zone).date())),
        None if seen is None else Say("seat-seen", day=FullDay(seen.astimezone(zone).date())),
        None if post.ends_at is None else Say("seat-ends", at=post.ends_at.astimezone(zone)),
        Say("seat-questioned") if post.is_questioned else None,
        Say("seat-locked") if holder is not None and holder.locked_at is not None else None,
    ]
    taps: list[Tap] = [actions.END_ROLE.tap(Say("option-end-role"), post.id)]
    if post.is_questioned or is_due(uow, post):
        taps.append(actions.KEEP_ROLE.tap(Say("option-keep-role"), post.id))
    if holder is not None and holder.locked_at is None and may_lock(uow, reader, post):
        taps.append(actions.LOCK.tap(Say("option-lock"), post.id))
    if office.may_hand_over(uow, reader, post):
        taps.append(actions.HAND_OVER.tap(Say("option-hand-over"), post.id))
    if office.may_rename(uow, reader, post):
        taps.append(actions.RENAME.tap(Say("option-rename"), post.id))
    if may_reset(uow, reader, post):
        taps.append(actions.RESET_FACTOR.tap(Say("option-reset-factor"), post.id))
    return Draft(tuple(lines), tuple(taps), of=post.subject)


def begin_end(uow: UnitOfWork, me: Speaker, number: int) -> None:
    """结束身份: ask why, and once more whether."""
    post = posts.endable(uow, me, people.post(uow.conn, number))
    flow.begin(uow, me, EndRoleBrief(membership=post.id, **posts.facts(uow, post)))


def end(uow: UnitOfWork, me: Speaker, talk: Conversation, brief: EndRoleBrief, reason: str | None) -> None:
    """A role is ended with a reason, or left as it is (None)."""
    del talk
    post = posts.endable(uow, me, people.post(uow.conn, brief.membership))
    if reason is None:
        answer(uow, me, Say("seat-left"))
        return
    gone = ending.end(uow, post, Way.STAFF, reason)
    voided, held = 0 if gone is None else gone.invitations, Say("role", role=brief.role)
    answer(uow, me, Say("seat-ended", place=brief.place, role=held, name=brief.name, codes=voided))


def begin_lock(uow: UnitOfWork, me: Speaker, number: int) -> None:
    """锁定: asked once more."""
    post = posts.endable(uow, me, people.post(uow.conn, number))
    if not may_lock(uow, me.person, post):
        raise not_allowed()
    flow.begin(uow, me, LockBrief(membership=post.id, **posts.facts(uow, post)))


def lock(uow: UnitOfWork, me: Speaker, talk: Conversation, brief: LockBrief, sure: bool) -> None:
    """Somebody who lost the phone is locked out, or not."""
    del talk
    post = posts.endable(uow, me, people.post(uow.conn, brief.membership))
    holder = people.person(uow.conn, post.person)
    if holder is None or not may_lock(uow, me.person, post):
        raise not_allowed()
    if sure:
        locking.lock(uow, holder)
    answer(uow, me, Say("seat-locked-now", name=brief.name) if sure else Say("seat-left"))


def begin_reset(uow: UnitOfWork, me: Speaker, number: int) -> None:
    """重置二次验证: asked once more, since only staff can be certain who asks for it."""
    post = posts.required(uow, me, number, _reset_act, may_reset)
    flow.begin(uow, me, ResetFactorBrief(membership=post.id, **posts.facts(uow, post)))


def reset(uow: UnitOfWork, me: Speaker, talk: Conversation, brief: ResetFactorBrief, sure: bool) -> None:
    """The second factor of somebody who lost the phone is taken away, or not. Whoever does it gives a code of their own
    for it: a phone left lying about must not open other people's accounts.
    """
    del talk
    post = posts.required(uow, me, brief.membership, _reset_act, may_reset)
    if sure:
        demand_code(uow)
        enrolment.reset(uow, post.person)
    answer(uow, me, Say("factor-reset-done", name=brief.name) if sure else Say("seat-left"))


def keep(uow: UnitOfWork, me: Speaker, number: int) -> None:
    """保留: the role was looked at, and stays."""
    post = posts.endable(uow, me, people.post(uow.conn, number))
    _keep(uow, me, [post])
    answer(uow, me, Say("seats-kept", number=1))


def keep_all(uow: UnitOfWork, me: Speaker) -> None:
    """其余都保留: every role that still waits for its review stays, but those that the registry gives to another."""
    waiting = [post for post in of_speaker(uow, me.person) if is_due(uow, post) and not post.is_questioned]
    kept = [posts.endable(uow, me, post) for post in waiting]
    _keep(uow, me, kept)
    answer(uow, me, Say("seats-kept", number=len(kept)))


def _keep(uow: UnitOfWork, me: Speaker, kept: Sequence[Post]) -> None:
    if kept:
        people.review(uow.conn, [post.id for post in kept], uow.now, me.person)
        uow.note("roles-reviewed", "people", memberships=[post.id for post in kept])


@dataclass(frozen=True, slots=True)
class HeldSeat:
    """A role as a review of all of them shows it: whose it is, when they were last heard from (real time), who gave it
    to them, and whether it waits for the review of this half-year.
    """

    post: Post
    name: str
    place: str
    seen_at: datetime | None
    granted_by: str
    due: bool


def held(uow: UnitOfWork) -> list[HeldSeat]:
    """Return every role that somebody holds or waits for, by subject."""
    posts = [post for state in ("active", "pending") for post in people.posts(uow.conn, state=state)]
    names, seen = people.names(uow.conn, [post.person for post in posts]), people.all_seen(uow.conn)
    used = [one for one in invitations.given(uow.conn) if one.used_by is not None]
    givers = {(one.used_by, one.role, one.subject): one.operator or one.invited_by for one in used}
    order = sorted(posts, key=lambda post: (ROLES.index(post.role), post.subject, post.id))
    return [
        HeldSeat(
            post,
            names[post.person],
            place_of(uow, post.subject),
            seen.get(post.person),
            givers.get((post.person, post.role, post.subject), ""),
            is_due(uow, post),
        )
        for post in order
    ]


def reviewed(uow: UnitOfWork, posts: Sequence[Post]) -> int:
    """Note at the command line that roles were looked at, and stay; return how many."""
    people.review(uow.conn, [post.id for post in posts], uow.now, None)
    uow.note("roles-reviewed", "people", memberships=[post.id for post in posts])
    return len(posts)


def remind_of_review(uow: UnitOfWork, tick: Tick) -> int:
    """Tell staff, on the first working morning of a month, of the roles that still wait for their review of the
    half-year. Return 0: it reminds nobody of a duty.
    """
    if not morning.is_due(uow, tick.before):
        return 0
    staff = {person for (role, _), held in tick.holders.items() if role in STAFF for person in held}
    for person in sorted(staff):
        due = sum(is_due(uow, post) for post in of_speaker(uow, person))
        if due:
            told = Draft((Say("review-due", number=due),), (actions.PEOPLE_OF.tap(Say("option-see-seats"), 1),))
            tell(uow, person, told, kind=KIND, dedupe=f"{KIND}/{uow.now:%Y-%m}/{person}")
    return 0


@dataclass(frozen=True, slots=True)
class Replaced:
    """Somebody in office where a line of an import names another."""

    line: int
    post: Post
    place: str
    name: str
    other: str

    def line_of(self, *, ended: bool) -> Say:
        """Return what an import says of it."""
        role, number = Say("role", role=self.post.role), self.post.person
        facts: dict[str, Arg] = {"line": self.line, "place": self.place, "role": role, "number": number}
        facts |= {"name": self.name, "other": self.other}
        return Say("imports-replaced-ended", **facts) if ended else Say("imports-replaced", **facts)

    def as_json(self, *, ended: bool) -> dict[str, Any]:
        """Return it for programs."""
        post = self.post
        return {
            "line": self.line,
            "enterprise": post.subject,
            "role": post.role,
            "person": post.person,
            "named": self.other,
            "ended": ended,
        }


def replace(uow: UnitOfWork, report: "ImportReport", *, end: bool) -> list[Replaced]:
    """Return who is in office where an import names another, and end their roles, or ask staff about them."""
    found = _replaced(uow, report)
    for one in found:
        if end:
            ending.end(uow, one.post, Way.REGISTRY)
    if not end:
        people.question(uow.conn, [one.post.id for one in found], uow.now)
    return found


def _replaced(uow: UnitOfWork, report: "ImportReport") -> list[Replaced]:
    found: list[Replaced] = []
    for entry in report.changed:
        for difference in entry.differences:
            role = {columns.PRINCIPAL: PRINCIPAL, columns.OFFICER: OFFICER}.get(difference.column)
            if role is not None:
                held = people.posts(uow.conn, role=role, state="active", subject=entry.code)
                before, after = str(difference.old), str(difference.new)
                found += [
                    Replaced(entry.line, post, entry.name, name, after)
                    for post, name in _others(uow, held, role, before, after)
                ]
    return found


def _others(uow: UnitOfWork, posts: Sequence[Post], role: str, before: str, after: str) -> Iterator[tuple[Post, str]]:
    """Yield those in office whom a name replaces: every other principal; of the officers, of whom there may be several,
    the one that the registry named before.
    """
    names = people.names(uow.conn, [post.person for post in posts])
    for post in posts:
        name = names[post.person]
        if likeness(name) != likeness(after) and (role == PRINCIPAL or likeness(name) == likeness(before)):
            yield post, name
