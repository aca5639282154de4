"""Invitations and joining: a one-time code binds an address to a person and the person to a role."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from campaign.roles import OFFICER, PRINCIPAL
from campaign.talks.people import Declined, JoinBrief, Joined
from service.core.codes import plain_code
from service.core.letters import Draft, answer, send, tell
from service.core.permissions import Act, require
from service.core.refusal import RefusedError, existing
from service.core.unit_of_work import Speaker, UnitOfWork
from service.duties import by_phone
from service.notices import receipts as notice_receipts
from service.people import actions, ending
from service.people.ending import Way
from service.talks import flow
from storage import audit, invitations, people, registry
from storage.conversations import Conversation
from storage.invitations import Invitation
from storage.people import Identity, Membership, Post
from talk.texts import Phrase, Say, listed

GOOD_FOR = timedelta(days=30)
TRIES_AN_HOUR = 5
TRIES_AN_HOUR_OF_ACCOUNT = 200
"""Over all people: what five guesses each of forty strangers come to; codes have 40 bits."""

INVITATION = "invitation"


@dataclass(frozen=True, slots=True)
class Invited:
    """A fresh invitation; the code is shown this once and kept only as a hash."""

    code: str
    role: str
    subject: str
    expires: datetime


def invite(uow: UnitOfWork, role: str, subject: str, invited_by: str) -> Invited:
    """A one-time code for a role of a subject; the caller has checked both."""
    code = uow.fresh.code()
    expires = uow.wall + GOOD_FOR
    invitations.add_invitation(
        uow.conn, uow.hashed(INVITATION, plain_code(code)), role, subject, invited_by, uow.wall, expires
    )
    uow.note("invited", subject, role=role)
    return Invited(code, role, subject, expires)


def start(uow: UnitOfWork, who: Identity, code: str) -> None:
    """/start CODE: one polite refusal for every code that is not good, whatever is wrong with it."""
    hour_ago = uow.wall - timedelta(hours=1)
    tries = invitations.failed_tries(uow.conn, INVITATION, who.address, hour_ago)
    everybody = invitations.failed_tries_of_account(uow.conn, INVITATION, who.address, hour_ago)
    if tries >= TRIES_AN_HOUR or everybody >= TRIES_AN_HOUR_OF_ACCOUNT:
        raise RefusedError(Say("join-pause"))
    invitation = invitations.by_code(uow.conn, uow.hashes(INVITATION, plain_code(code)))
    if invitation is not None and who.joined and invitation.used_by == who.person:
        raise RefusedError(Say("join-already"))
    if invitation is None or invitation.stands(uow.wall) != "open":
        # The refusal commits with it: a guess counts.
        invitations.add_try(uow.conn, INVITATION, who.address, uow.wall)
        raise RefusedError(Say("join-refused"))
    guest = who.person
    if guest is None:
        guest = people.add_guest(uow.conn, who.language)
        people.bind(uow.conn, who.address, guest)
    flow.begin(uow, Speaker(guest, who), _brief(uow, who, invitation))


def finished(uow: UnitOfWork, me: Speaker, talk: Conversation, brief: JoinBrief, result: Joined | Declined) -> None:
    """Somebody consented to join, or did not: then the address is let go, and the invitation stays good."""
    del talk
    match result:
        case Joined(name):
            _join(uow, me, brief, name)
        case Declined():
            if not me.identity.joined:
                people.bind(uow.conn, me.identity.address, None)
            answer(uow, me, Say("join-declined-by-you"))


def _join(uow: UnitOfWork, me: Speaker, brief: JoinBrief, name: str) -> None:
    """The role is theirs, or pending where an enterprise has a principal already."""
    invitation = invitations.by_id(uow.conn, brief.invitation)
    if invitation is None or invitation.stands(uow.wall) != "open":
        raise RefusedError(Say("join-refused"))
    if not me.identity.joined:
        people.admit(uow.conn, me.person, name, uow.now)
    held = [(role.role, role.subject) for role in people.roles(uow.conn, me.person)]
    invitations.use_invitation(uow.conn, invitation.id, me.person, uow.wall)
    if (invitation.role, invitation.subject) in held:
        answer(uow, me, Say("join-already"))
        return
    taken = invitation.role == PRINCIPAL and people.holders(uow.conn, PRINCIPAL, invitation.subject)
    state = "pending" if taken else "active"
    ends_at = invitation.role_ends_at
    people.grant(uow.conn, me.person, invitation.role, invitation.subject, state, uow.now, ends_at)
    uow.note("joined", invitation.subject, role=invitation.role, state=state)
    if state == "pending":
        answer(uow, me, Say("join-pending", place=brief.place))
        return
    answer(
        uow,
        me,
        Say("join-done", name=name, place=brief.place, role=Say("role", role=invitation.role)),
    )
    if invitation.role == PRINCIPAL:
        send_criteria(uow, me, invitation.subject)
    notice_receipts.welcome(uow, me.person)
    by_phone.welcome(uow, me.person)


def second(uow: UnitOfWork, membership: Membership | Post) -> Draft:
    """Somebody who wants to be the principal where there is one, to be accepted or declined by staff."""
    place = people.enterprise_place(uow.conn, membership.subject)
    who = people.person(uow.conn, membership.person)
    name, where = ("…" if who is None else who.name), (membership.subject if place is None else place[0])
    taps = (
        actions.ACCEPT.tap(Say("option-accept"), membership.id),
        actions.DECLINE.tap(Say("option-decline"), membership.id),
    )
    return Draft((Say("join-second", place=where, name=name),), taps)


def decide(uow: UnitOfWork, me: Speaker, membership_id: int, *, accept: bool) -> None:
    """Staff accept a second principal (who takes the place of the first) or decline."""
    membership = existing(people.membership(uow.conn, membership_id))
    enterprise = existing(registry.enterprise(uow.conn, membership.subject))
    require(uow, me, Act.DECIDE_MEMBERSHIP, enterprise)
    if membership.state != "pending":
        raise RefusedError(Say("decide-done-before"))
    if accept:
        _replace_principal(uow, membership)
    else:
        ending.end(uow, membership, Way.DECLINED)
    uow.note("membership-decided", f"membership/{membership.id}", accepted=accept)
    answer(uow, me, Say("decide-accepted" if accept else "decide-declined", place=enterprise.name))
    told = Say("join-accepted", place=enterprise.name) if accept else Say("join-declined", place=enterprise.name)
    tell(
        uow,
        membership.person,
        Draft((told,)),
        kind="membership",
        dedupe=f"membership/{membership.id}/{accept}",
    )


def _replace_principal(uow: UnitOfWork, membership: Membership) -> None:
    for former in people.posts(uow.conn, role=PRINCIPAL, state="active", subject=membership.subject):
        ending.end(uow, former, Way.REPLACED)
    people.set_state(uow.conn, membership.id, "active", uow.now)
    notice_receipts.welcome(uow, membership.person)
    by_phone.welcome(uow, membership.person)


def send_criteria(uow: UnitOfWork, me: Speaker, code: str) -> None:
    """The criteria that concern this enterprise's own sector and tags, and only these (三(二)1)."""
    enterprise = registry.enterprise(uow.conn, code)
    if enterprise is None:
        return
    articles = uow.pack.articles_for(enterprise.sector, enterprise.tags)
    lines: list[Phrase] = [
        Say(
            "criteria-intro",
            number=sum(len(article.criteria) for article in articles),
            document=uow.pack.standard.document,
        )
    ]
    for article in articles:
        lines.append(Say("criteria-article", number=article.number, title=article.title))
        lines.extend(
            Say("criteria-item", number=number, text=criterion.text)
            for number, criterion in enumerate(article.criteria, 1)
        )
    taps = (actions.ACKNOWLEDGE.tap(Say("option-acknowledge"), code),)
    send(uow, me, Draft(tuple(lines), taps))


def acknowledge_criteria(uow: UnitOfWork, me: Speaker, code: str) -> None:
    """我已知悉: on record once, said once."""
    enterprise = existing(registry.enterprise(uow.conn, code))
    require(uow, me, Act.CONFIRM_ENTERPRISE_DUTY, enterprise)
    if audit.happened(uow.conn, "criteria-acknowledged", me.person, code):
        return
    uow.note("criteria-acknowledged", code)
    answer(uow, me, Say("criteria-acknowledged"))


def _brief(uow: UnitOfWork, who: Identity, invitation: Invitation) -> JoinBrief:
    enterprise = registry.enterprise(uow.conn, invitation.subject)
    named = {} if enterprise is None else {PRINCIPAL: enterprise.principal_name, OFFICER: enterprise.officer_name}
    return JoinBrief(
        invitation=invitation.id,
        inviter=invitation.invited_by,
        role=invitation.role,
        place=invitation.subject if enterprise is None else enterprise.name,
        registered=named.get(invitation.role, ""),
        known=who.name if who.joined else "",
    )


def roles_in_words(uow: UnitOfWork, person: int) -> Say:
    """A person's roles as they read: 沈阳…有限公司主要负责人、…; what is still to be accepted says so."""
    named: list[Phrase] = []
    for membership in people.roles(uow.conn, person):
        place = people.enterprise_place(uow.conn, membership.subject)
        where, role = (place[0] if place else membership.subject), Say("role", role=membership.role)
        pending = membership.state == "pending"
        named.append(Say("role-pending", place=where, role=role) if pending else Say("role-at", place=where, role=role))
    return listed(named)
