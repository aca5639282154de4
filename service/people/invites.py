"""Staff, and principals for their own enterprise, invite in the chat: codes are made, listed and taken back."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from campaign.roles import CITY, CLERK, DISTRICT_ROLES, ENTERPRISE_ROLES, LEADER, OFFICER, PRINCIPAL, WORKER
from campaign.talks.people import InviteBrief, Invitee
from service.core import whose
from service.core.letters import Draft, answer, tell
from service.core.links import link_maker
from service.core.listing import Entry, LazyEntries, screen
from service.core.permissions import Act, Area, Needed, Object, Permission, may, require, subjects_of
from service.core.refusal import RefusedError, existing, not_allowed
from service.core.unit_of_work import Speaker, UnitOfWork
from service.people import actions, inviting
from service.people.inviting import Invited
from service.people.posts import act_of_inviting, may_do, object_of
from service.people.roles import place_of
from service.registry import search, states
from service.talks import flow
from storage import invitations, outbox, people, registry
from storage.conversations import Conversation
from storage.invitations import GivenInvitation
from talk.actions import Tap
from talk.questions import Hint
from talk.texts import Phrase, Say, listed

_ROLES: Final = (PRINCIPAL, OFFICER, WORKER, CLERK, LEADER)
"""Who is invited in the chat; the city's staff and the operator are invited at the server."""


def places(uow: UnitOfWork, person: int) -> list[str]:
    """Return the enterprises, districts or city for which somebody invites."""
    return [place for place in subjects_of(uow, person, (PRINCIPAL, CLERK, CITY)) if _roles(uow, person, place)]


def _about(uow: UnitOfWork, place: str) -> Object | None:
    """Return what stands for a place of somebody's own: an enterprise, a district, the city."""
    if place == uow.pack.city:
        return Area(None)
    return Area(place) if place in uow.pack.district_names else registry.enterprise(uow.conn, place)


def _roles(uow: UnitOfWork, person: int, place: str) -> tuple[str, ...]:
    about = _about(uow, place)
    return tuple(role for role in _ROLES if may_do(uow, person, act_of_inviting(role), about))


def begin(uow: UnitOfWork, me: Speaker, place: str) -> None:
    """邀请: ask whom. Of several places of one's own the place is asked first."""
    own = places(uow, me.person)
    if not place and len(own) > 1:
        names = whose.labels(uow, me.person, own)
        raise RefusedError(Say("invite-which"), taps=tuple(actions.INVITE.tap(names[one], one) for one in own))
    chosen = place or next(iter(own), "")
    roles = _roles(uow, me.person, chosen) if chosen in own else ()
    if not roles:
        raise not_allowed()
    about = _about(uow, chosen)
    flow.begin(
        uow,
        me,
        InviteBrief(
            own=chosen,
            place=place_of(uow, chosen),
            roles=roles,
            districts=uow.pack.district_names if about == Area(None) else (chosen,) if isinstance(about, Area) else (),
        ),
    )


def to_invite(uow: UnitOfWork, talk: Conversation, brief: InviteBrief) -> Permission:
    """Return what somebody needs who invites for a place of their own."""
    del talk
    about = _about(uow, brief.own)
    return None if about is None else Needed(about, _acts(brief))


def _acts(brief: InviteBrief) -> tuple[Act, ...]:
    """Return the acts of inviting into the roles that a talk offers, each once."""
    return tuple(dict.fromkeys(act for role in brief.roles if (act := act_of_inviting(role)) is not None))


def hears(uow: UnitOfWork, me: Speaker, talk: Conversation, key: str, raw: str, value: Any) -> Any:
    """Return the enterprise that was named with its name and code, or a hint to ask again."""
    del raw
    if key != "enterprise" or isinstance(value, Hint):
        return value
    acts = _acts(InviteBrief.from_json(talk.brief))
    enterprise = search.meant(uow, str(value), lambda one: any(may(uow, me.person, act, one) for act in acts))
    if isinstance(enterprise, Hint):
        return enterprise
    if enterprise.is_closed:
        return Hint(Say("invite-closed", place=enterprise.name, state=states.shown(enterprise.state)))
    return search.shown(enterprise)


def finished(uow: UnitOfWork, me: Speaker, talk: Conversation, brief: InviteBrief, invitee: Invitee) -> None:
    """Make the codes that were asked for, and show them this once."""
    del talk, brief
    role, subject = invitee.role, invitee.subject
    inviter = _require(uow, me, role, subject)
    made = [inviting.invite(uow, role, subject, inviter) for _ in range(invitee.number)]
    give(uow, me, made)


def replacing(uow: UnitOfWork, me: Speaker, role: str, subject: str, membership: int) -> None:
    """Make the code by which somebody takes the place of who holds a role now, and show it this once."""
    inviter = _require(uow, me, role, subject)
    give(uow, me, [inviting.invite(uow, role, subject, inviter, replaces=membership)])


def _require(uow: UnitOfWork, me: Speaker, role: str, subject: str) -> str:
    """Return in whose name somebody invites into a role of a place. RefusedError: they may not, or it is gone."""
    if role in DISTRICT_ROLES:
        require(uow, me, existing(act_of_inviting(role)), Area(subject))
        return uow.pack.city_bureau
    enterprise = existing(registry.enterprise(uow.conn, subject))
    require(uow, me, existing(act_of_inviting(role)), enterprise)
    if enterprise.is_closed:
        raise RefusedError(Say("invite-closed", place=enterprise.name, state=states.shown(enterprise.state)))
    return enterprise.name if subject in subjects_of(uow, me.person, (PRINCIPAL,)) else enterprise.supervisor


def give(uow: UnitOfWork, me: Speaker, made: Sequence[Invited]) -> None:
    """Show codes to whoever made them; what was shown is emptied soon after, and only hashes are kept."""
    one, link = made[0], link_maker(uow)
    day = one.expires.astimezone(uow.context.zone).date()
    held = Say("role", role=one.role)
    place = whose.label(uow, me.person, one.subject)
    lines: list[Phrase] = [Say("invite-made", place=place, role=held, number=len(made), day=day)]
    lines += [one.code if link is None else f"{one.code}\n{link(one.code)}" for one in made]
    lines.append(Say("invite-how"))
    holding = [people.names(uow.conn, [who])[who] for who in people.holders(uow.conn, one.role, one.subject)]
    if holding and one.role != WORKER:
        lines.append(Say("invite-holding", role=held, names=listed(holding), second=str(one.role == PRINCIPAL).lower()))
    tell(
        uow,
        me.person,
        Draft(tuple(lines), of=one.subject),
        kind=inviting.KIND,
        dedupe=f"{uow.cause}/{inviting.KIND}",
        priority=outbox.REPLY,
    )


def waiting(uow: UnitOfWork, person: int) -> list[GivenInvitation]:
    """Return the invitations that nobody has used yet and that somebody may take back, the newest first."""
    own = places(uow, person)
    if not own:
        return []
    open_ = [one for one in invitations.unused(uow.conn, uow.wall) if one.person is None]
    known = registry.of_codes(uow.conn, (one.subject for one in open_ if one.role in ENTERPRISE_ROLES))
    return [
        one
        for one in open_
        if may_do(
            uow,
            person,
            act_of_inviting(one.role),
            known.get(one.subject) if one.role in ENTERPRISE_ROLES else Area(one.subject),
        )
    ]


def listing(uow: UnitOfWork, me: Speaker, page: int) -> Draft:
    """Return a page of the invitations that wait. RefusedError: for who invites nobody."""
    if not places(uow, me.person):
        raise not_allowed()
    found = waiting(uow, me.person)
    if not found:
        return Draft((Say("invitations-none"),), (actions.INVITE.tap(Say("option-invite"), ""),))
    entries = LazyEntries(found, partial(_entries, uow, me.person))
    return screen([Say("invitations-heading", number=len(found))], entries, page, actions.INVITATIONS.data)


def _entries(uow: UnitOfWork, person: int, found: Sequence[GivenInvitation]) -> list[Entry]:
    names = whose.labels(uow, person, (one.subject for one in found))
    return [Entry(_line(one, names[one.subject]), _until(uow, one), actions.INVITATION.data(one.id)) for one in found]


def _line(one: GivenInvitation, place: Phrase) -> Phrase:
    return Say("role-at", place=place, role=Say("role", role=one.role))


def _until(uow: UnitOfWork, one: GivenInvitation) -> Phrase:
    by = one.operator or one.invited_by
    if one.made_by is not None:
        by = people.names(uow.conn, [one.made_by]).get(one.made_by, by)
    return Say("invitation-until", by=by, day=one.expires_at.astimezone(uow.context.zone).date())


def card(uow: UnitOfWork, me: Speaker, number: int) -> Draft:
    """Return the card of an invitation that waits. RefusedError: it is not this person's to take back."""
    one = _voidable(uow, me, number)
    line = _line(one, whose.label(uow, me.person, one.subject))
    taps: list[Tap] = [actions.VOID_INVITATION.tap(Say("option-void"), one.id)]
    return Draft((line, _until(uow, one)), tuple(taps), of=one.subject)


def void(uow: UnitOfWork, me: Speaker, number: int) -> None:
    """作废: nobody joins by it any more."""
    one = _voidable(uow, me, number)
    act, about = act_of_inviting(one.role), object_of(uow, one)
    if act is None or about is None:
        raise not_allowed()
    require(uow, me, act, about)
    inviting.void(uow, ids=(one.id,))
    answer(uow, me, Say("invitation-voided", place=place_of(uow, one.subject), role=Say("role", role=one.role)))


def _voidable(uow: UnitOfWork, me: Speaker, number: int) -> GivenInvitation:
    one = invitations.given_by_id(uow.conn, number)
    allowed = one is not None and may_do(uow, me.person, act_of_inviting(one.role), object_of(uow, one))
    if one is None or one.person is not None or not allowed:
        raise not_allowed()
    stands = one.stands(uow.wall)
    if stands != "open":
        raise RefusedError(Say("invitation-gone", stands=stands))
    return one
