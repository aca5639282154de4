"""Invitations and joining: a one-time code binds an address to a person and the person to a role."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from service.core.codes import plain_code
from service.core.letters import Draft, answer, reply, send, tell
from service.core.permissions import Act, Target, may
from service.core.unit_of_work import Speaker, UnitOfWork
from service.duties import by_phone
from service.notices import receipts as notice_receipts
from service.talks import flow
from storage import audit, invitations, people, registry
from storage.conversations import Conversation
from storage.invitations import Invitation
from storage.people import Identity, Membership
from talk.actions import Tap
from talk.texts import Listed, Phrase, Say

JOIN = "join"
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
    audit.note(uow.conn, uow.now, "invited", None, subject, role=role)
    return Invited(code, role, subject, expires)


def start(uow: UnitOfWork, who: Identity, code: str) -> None:
    """/start CODE: one polite refusal for every code that is not good, whatever is wrong with it."""
    hour_ago = uow.wall - timedelta(hours=1)
    owned = invitations.failed_tries(uow.conn, INVITATION, who.address, hour_ago)
    everybody = invitations.failed_tries_of_account(uow.conn, INVITATION, who.address, hour_ago)
    if owned >= TRIES_AN_HOUR or everybody >= TRIES_AN_HOUR_OF_ACCOUNT:
        _say(uow, who, Say("join-pause"))
        return
    invitation = invitations.by_code(uow.conn, uow.hashed(INVITATION, plain_code(code)))
    if invitation is not None and who.joined and invitation.used_by == who.person:
        _say(uow, who, Say("join-already"))
        return
    if invitation is None or invitation.used_at is not None or invitation.expires_at <= uow.wall:
        invitations.add_try(uow.conn, INVITATION, who.address, uow.wall)
        _say(uow, who, Say("join-refused"))
        return
    guest = who.person
    if guest is None:
        guest = people.add_guest(uow.conn, who.language)
        people.bind(uow.conn, who.address, guest)
    flow.begin_old(uow, Speaker(guest, who), JOIN, _brief(uow, who, invitation))


def joined(uow: UnitOfWork, me: Speaker, talk: Conversation, name: str) -> None:
    """Consent was given: the role is theirs, or pending where an enterprise has a principal already."""
    invitation = invitations.by_id(uow.conn, int(talk.brief["invitation"]))
    if invitation is None or invitation.used_at is not None or invitation.expires_at <= uow.wall:
        answer(uow, me, Say("join-refused"))
        return
    if not me.identity.joined:
        people.admit(uow.conn, me.person, name, uow.now)
    held = [(one.role, one.subject) for one in people.roles(uow.conn, me.person)]
    invitations.use_invitation(uow.conn, invitation.id, me.person, uow.wall)
    if (invitation.role, invitation.subject) in held:
        answer(uow, me, Say("join-already"))
        return
    taken = invitation.role == "principal" and people.holders(uow.conn, "principal", invitation.subject)
    state = "pending" if taken else "active"
    people.grant(uow.conn, me.person, invitation.role, invitation.subject, state, uow.now)
    audit.note(uow.conn, uow.now, "joined", me.person, invitation.subject, role=invitation.role, state=state)
    if state == "pending":
        answer(uow, me, Say("join-pending", place=talk.brief["place"]))
        return
    answer(
        uow,
        me,
        Say("join-done", name=name, place=talk.brief["place"], role=Say("role", role=invitation.role)),
    )
    if invitation.role == "principal":
        send_criteria(uow, me, invitation.subject)
    notice_receipts.welcome(uow, me.person)
    by_phone.welcome(uow, me.person)


def declined(uow: UnitOfWork, me: Speaker) -> None:
    """No consent: the address is let go, the invitation stays good."""
    if not me.identity.joined:
        people.bind(uow.conn, me.identity.address, None)
    answer(uow, me, Say("join-declined-by-you"))


def second(uow: UnitOfWork, membership: Membership) -> Draft:
    """Somebody who wants to be the principal where there is one, to be accepted or declined by staff."""
    place = people.enterprise_place(uow.conn, membership.subject)
    who = people.person(uow.conn, membership.person)
    name, where = ("…" if who is None else who.name), (membership.subject if place is None else place[0])
    taps = (
        Tap(Say("option-accept"), f"a:accept:{membership.id}"),
        Tap(Say("option-decline"), f"a:decline:{membership.id}"),
    )
    return Draft((Say("join-second", place=where, name=name),), taps)


def decide(uow: UnitOfWork, me: Speaker, membership_id: int, *, accept: bool) -> None:
    """Staff accept a second principal (who takes the place of the first) or decline."""
    membership = people.membership(uow.conn, membership_id)
    place = None if membership is None else people.enterprise_place(uow.conn, membership.subject)
    if (
        membership is None
        or place is None
        or not may(uow, me.person, Act.DECIDE_MEMBERSHIP, Target(place[1], membership.subject))
    ):
        answer(uow, me, Say("not-allowed"))
        return
    if membership.state != "pending":
        answer(uow, me, Say("decide-done-before"))
        return
    if accept:
        _replace_principal(uow, membership)
    else:
        people.set_state(uow.conn, membership.id, "ended", uow.now)
    audit.note(uow.conn, uow.now, "membership-decided", me.person, f"membership/{membership.id}", accepted=accept)
    answer(uow, me, Say("decide-accepted" if accept else "decide-declined", place=place[0]))
    told = Say("join-accepted", place=place[0]) if accept else Say("join-declined", place=place[0])
    tell(
        uow,
        membership.person,
        Draft((told,)),
        kind="membership",
        dedupe=f"membership/{membership.id}/{accept}",
    )


def _replace_principal(uow: UnitOfWork, membership: Membership) -> None:
    for former in people.holders(uow.conn, "principal", membership.subject):
        for one in people.roles(uow.conn, former):
            if (one.role, one.subject, one.state) == ("principal", membership.subject, "active"):
                people.set_state(uow.conn, one.id, "ended", uow.now)
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
    taps = (Tap(Say("option-acknowledge"), f"a:criteria:{code}"),)
    send(uow, me, Draft(tuple(lines), taps))


def acknowledge_criteria(uow: UnitOfWork, me: Speaker, code: str) -> None:
    """我已知悉: on record once, said once."""
    place = people.enterprise_place(uow.conn, code)
    if place is None or not may(uow, me.person, Act.CONFIRM_ENTERPRISE_DUTY, Target(place[1], code)):
        answer(uow, me, Say("not-allowed"))
        return
    if audit.happened(uow.conn, "criteria-acknowledged", me.person, code):
        return
    audit.note(uow.conn, uow.now, "criteria-acknowledged", me.person, code)
    answer(uow, me, Say("criteria-acknowledged"))


def _brief(uow: UnitOfWork, who: Identity, invitation: Invitation) -> dict[str, Any]:
    enterprise = registry.enterprise(uow.conn, invitation.subject)
    registered = ""
    if enterprise is not None:
        registered = {"principal": enterprise.principal_name, "officer": enterprise.officer_name}.get(
            invitation.role, ""
        )
    return {
        "invitation": invitation.id,
        "inviter": invitation.invited_by,
        "role": invitation.role,
        "place": invitation.subject if enterprise is None else enterprise.name,
        "registered": registered,
        "known": who.name if who.joined else "",
    }


def _say(uow: UnitOfWork, who: Identity, *lines: Phrase) -> None:
    reply(uow, who.address, who.language, Draft(lines), who.person)


def roles_in_words(uow: UnitOfWork, person: int) -> Say:
    """A person's roles as they read: 沈阳…有限公司主要负责人、…; what is still to be accepted says so."""
    named: list[Phrase] = []
    for one in people.roles(uow.conn, person):
        place = people.enterprise_place(uow.conn, one.subject)
        where, role = (place[0] if place else one.subject), Say("role", role=one.role)
        pending = one.state == "pending"
        named.append(Say("role-pending", place=where, role=role) if pending else Say("role-at", place=where, role=role))
    return Say("listed", items=Listed(tuple(named)))
