"""Invitations and joining: a one-time code binds an address to a person and the person to a role."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from service import talks
from service.desk import by_phone
from service.letters import Draft, Tap, answer, reply, send, tell
from service.notices import receipts as notice_receipts
from service.permissions import Act, Target, may
from service.work import Speaker, Talking, Work, plain_code
from storage import audit, invitations, people, registry
from storage.invitations import Invitation
from storage.people import Identity, Membership
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


def invite(work: Work, role: str, subject: str, invited_by: str) -> Invited:
    """A one-time code for a role of a subject; the caller has checked both."""
    code = work.fresh.code()
    expires = work.wall + GOOD_FOR
    invitations.add_invitation(
        work.conn, work.hashed(INVITATION, plain_code(code)), role, subject, invited_by, work.wall, expires
    )
    audit.note(work.conn, work.now, "invited", None, subject, role=role)
    return Invited(code, role, subject, expires)


def start(work: Work, who: Identity, code: str) -> None:
    """/start CODE: one polite refusal for every code that is not good, whatever is wrong with it."""
    hour_ago = work.wall - timedelta(hours=1)
    mine = invitations.failed_tries(work.conn, INVITATION, who.address, hour_ago)
    everybody = invitations.failed_tries_of_account(work.conn, INVITATION, who.address, hour_ago)
    if mine >= TRIES_AN_HOUR or everybody >= TRIES_AN_HOUR_OF_ACCOUNT:
        _say(work, who, Say("join-pause"))
        return
    invitation = invitations.by_code(work.conn, work.hashed(INVITATION, plain_code(code)))
    if invitation is not None and who.joined and invitation.used_by == who.person:
        _say(work, who, Say("join-already"))
        return
    if invitation is None or invitation.used_at is not None or invitation.expires_at <= work.wall:
        invitations.add_try(work.conn, INVITATION, who.address, work.wall)
        _say(work, who, Say("join-refused"))
        return
    guest = who.person
    if guest is None:
        guest = people.add_guest(work.conn, who.language)
        people.bind(work.conn, who.address, guest)
    talks.begin(work, Speaker(guest, who), JOIN, _brief(work, who, invitation))


def joined(work: Work, me: Speaker, talk: Talking, name: str) -> None:
    """Consent was given: the role is theirs, or pending where an enterprise has a principal already."""
    invitation = invitations.by_id(work.conn, int(talk.brief["invitation"]))
    if invitation is None or invitation.used_at is not None or invitation.expires_at <= work.wall:
        answer(work, me, Say("join-refused"))
        return
    if not me.identity.joined:
        people.admit(work.conn, me.person, name, work.now)
    held = [(one.role, one.subject) for one in people.roles(work.conn, me.person)]
    invitations.use_invitation(work.conn, invitation.id, me.person, work.wall)
    if (invitation.role, invitation.subject) in held:
        answer(work, me, Say("join-already"))
        return
    taken = invitation.role == "principal" and people.holders(work.conn, "principal", invitation.subject)
    state = "pending" if taken else "active"
    people.grant(work.conn, me.person, invitation.role, invitation.subject, state, work.now)
    audit.note(work.conn, work.now, "joined", me.person, invitation.subject, role=invitation.role, state=state)
    if state == "pending":
        answer(work, me, Say("join-pending", place=talk.brief["place"]))
        return
    answer(
        work,
        me,
        Say("join-done", name=name, place=talk.brief["place"], role=Say("role", role=invitation.role)),
    )
    if invitation.role == "principal":
        send_criteria(work, me, invitation.subject)
    notice_receipts.welcome(work, me.person)
    by_phone.welcome(work, me.person)


def declined(work: Work, me: Speaker) -> None:
    """No consent: the address is let go, the invitation stays good."""
    if not me.identity.joined:
        people.bind(work.conn, me.identity.address, None)
    answer(work, me, Say("join-declined-by-you"))


def second(work: Work, membership: Membership) -> Draft:
    """Somebody who wants to be the principal where there is one, to be accepted or declined by staff."""
    place = people.enterprise_place(work.conn, membership.subject)
    who = people.person(work.conn, membership.person)
    name, where = ("…" if who is None else who.name), (membership.subject if place is None else place[0])
    taps = (
        Tap(Say("option-accept"), f"a:accept:{membership.id}"),
        Tap(Say("option-decline"), f"a:decline:{membership.id}"),
    )
    return Draft((Say("join-second", place=where, name=name),), taps)


def decide(work: Work, me: Speaker, membership_id: int, *, accept: bool) -> None:
    """Staff accept a second principal (who takes the place of the first) or decline."""
    membership = people.membership(work.conn, membership_id)
    place = None if membership is None else people.enterprise_place(work.conn, membership.subject)
    if (
        membership is None
        or place is None
        or not may(work, me.person, Act.DECIDE_MEMBERSHIP, Target(place[1], membership.subject))
    ):
        answer(work, me, Say("not-allowed"))
        return
    if membership.state != "pending":
        answer(work, me, Say("decide-done-before"))
        return
    if accept:
        _replace_principal(work, membership)
    else:
        people.set_state(work.conn, membership.id, "ended", work.now)
    audit.note(work.conn, work.now, "membership-decided", me.person, f"membership/{membership.id}", accepted=accept)
    answer(work, me, Say("decide-accepted" if accept else "decide-declined", place=place[0]))
    told = Say("join-accepted", place=place[0]) if accept else Say("join-declined", place=place[0])
    tell(
        work,
        membership.person,
        Draft((told,)),
        kind="membership",
        dedupe=f"membership/{membership.id}/{accept}",
    )


def _replace_principal(work: Work, membership: Membership) -> None:
    for former in people.holders(work.conn, "principal", membership.subject):
        for one in people.roles(work.conn, former):
            if (one.role, one.subject, one.state) == ("principal", membership.subject, "active"):
                people.set_state(work.conn, one.id, "ended", work.now)
    people.set_state(work.conn, membership.id, "active", work.now)
    notice_receipts.welcome(work, membership.person)
    by_phone.welcome(work, membership.person)


def send_criteria(work: Work, me: Speaker, code: str) -> None:
    """The criteria that concern this enterprise's own sector and tags, and only these (三(二)1)."""
    enterprise = registry.enterprise(work.conn, code)
    if enterprise is None:
        return
    articles = work.pack.articles_for(enterprise.sector, enterprise.tags)
    lines: list[Phrase] = [
        Say(
            "criteria-intro",
            number=sum(len(article.criteria) for article in articles),
            document=work.pack.standard.document,
        )
    ]
    for article in articles:
        lines.append(Say("criteria-article", number=article.number, title=article.title))
        lines.extend(
            Say("criteria-item", number=number, text=criterion.text)
            for number, criterion in enumerate(article.criteria, 1)
        )
    taps = (Tap(Say("option-acknowledge"), f"a:criteria:{code}"),)
    send(work, me, Draft(tuple(lines), taps))


def acknowledge_criteria(work: Work, me: Speaker, code: str) -> None:
    """我已知悉: on record once, said once."""
    place = people.enterprise_place(work.conn, code)
    if place is None or not may(work, me.person, Act.CONFIRM_ENTERPRISE_DUTY, Target(place[1], code)):
        answer(work, me, Say("not-allowed"))
        return
    if audit.happened(work.conn, "criteria-acknowledged", me.person, code):
        return
    audit.note(work.conn, work.now, "criteria-acknowledged", me.person, code)
    answer(work, me, Say("criteria-acknowledged"))


def _brief(work: Work, who: Identity, invitation: Invitation) -> dict[str, Any]:
    enterprise = registry.enterprise(work.conn, invitation.subject)
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


def _say(work: Work, who: Identity, *lines: Phrase) -> None:
    reply(work, who.address, who.language, Draft(lines), who.person)


def roles_in_words(work: Work, person: int) -> Say:
    """A person's roles as they read: 沈阳…有限公司主要负责人、…; what is still to be accepted says so."""
    named: list[Phrase] = []
    for one in people.roles(work.conn, person):
        place = people.enterprise_place(work.conn, one.subject)
        where, role = (place[0] if place else one.subject), Say("role", role=one.role)
        pending = one.state == "pending"
        named.append(Say("role-pending", place=where, role=role) if pending else Say("role-at", place=where, role=role))
    return Say("listed", items=Listed(tuple(named)))
