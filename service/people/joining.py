"""Invitations and joining: a one-time code binds an address to a person and the person to a role."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from campaign.roles import OFFICER, PRINCIPAL
from campaign.talks.people import Declined, JoinBrief, Joined
from service.core import denials
from service.core.codes import plain_code
from service.core.letters import Draft, answer, send, tell
from service.core.permissions import Act, Own, own, require
from service.core.refusal import RefusedError, existing
from service.core.unit_of_work import Speaker, UnitOfWork
from service.duties import by_phone, lists
from service.notices import receipts as notice_receipts
from service.people import actions, ending, inviting, locking, office
from service.people.ending import Way
from service.people.roles import reserved_names
from service.talks import flow
from storage import audit, invitations, people, registry
from storage.conversations import Conversation
from storage.invitations import Invitation
from storage.people import Identity, Membership, Post
from talk.messages import Address
from talk.texts import Phrase, Say, listed

OWED: Final = "owed"
"""The kind of a letter that says what is owed, to whom staff accepted."""
PAUSES: Final = ((5, timedelta(hours=1)), (20, timedelta(days=1)))
"""Wrong codes of one address, and the time in which they were sent: until that has passed it is not heard again."""

SHORT: Final = 8
"""Letters of the codes that were given before: 40 bits, against 60 of those that are given now."""

GUESSED: Final = 200
"""Wrong codes an hour at one account from which on a short code is heard only from an address that sent no wrong one
in the last hour: whoever guesses at the short ones needs an address for each guess, and nobody else is kept out.
"""


def start(uow: UnitOfWork, who: Identity, code: str) -> None:
    """/start CODE: one polite refusal for every code that is not good, whatever is wrong with it."""
    plain = plain_code(code)
    if _pauses(uow, who.address, short=len(plain) <= SHORT):
        raise RefusedError(Say("join-pause"))
    invitation = invitations.by_code(uow.conn, uow.hashes(inviting.PURPOSE, plain))
    if invitation is not None and who.joined and invitation.used_by == who.person:
        raise RefusedError(Say("join-already"))
    if invitation is None or invitation.stands(uow.wall) != "open":
        # The refusal commits with it: a guess counts.
        invitations.add_try(uow.conn, inviting.PURPOSE, who.address, uow.wall)
        denials.count(uow, denials.GUESSED, who.person)
        raise RefusedError(Say("join-refused"))
    own(uow, Own.JOINING)
    if invitation.person is not None:
        locking.come_back(uow, who, invitation)
        return
    if who.locked:
        raise RefusedError(Say("locked"))
    guest = who.person
    if guest is None:
        guest = people.add_guest(uow.conn, who.language)
        people.bind(uow.conn, who.address, guest)
    flow.begin(uow, Speaker(guest, who), _brief(uow, who, invitation))


def _pauses(uow: UnitOfWork, address: Address, *, short: bool) -> bool:
    """Whether an address has sent too many wrong codes to be heard now. Nobody is kept out by what others send."""
    hour_ago = uow.wall - timedelta(hours=1)
    for most, spell in PAUSES:
        if invitations.failed_tries(uow.conn, inviting.PURPOSE, address, uow.wall - spell) >= most:
            return True
    return (
        short
        and invitations.failed_tries_of_account(uow.conn, inviting.PURPOSE, address, hour_ago) >= GUESSED
        and invitations.failed_tries(uow.conn, inviting.PURPOSE, address, hour_ago) > 0
    )


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
    former = None if invitation.replaces is None else people.post(uow.conn, invitation.replaces)
    if former is not None and former.state == "active" and former.person != me.person:
        # First the former one: an enterprise has one principal at a time.
        office.hand_on(uow, former, me.person)
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
    office.joined_beside(uow, me.person, invitation.role, invitation.subject)
    # What is owed comes first, and the standard after it.
    if (owing := lists.joined(uow, me.person)) is not None:
        send(uow, me, replace(owing, of=invitation.subject))
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
    if (owing := lists.joined(uow, membership.person)) is not None:
        place = people.enterprise_place(uow.conn, membership.subject)
        at = None if place is None else Say("group-place", place=place[0])
        owing = replace(owing, lines=(at, *owing.lines))
        tell(uow, membership.person, owing, kind=OWED, dedupe=f"membership/{membership.id}/owed")
    notice_receipts.welcome(uow, membership.person)
    by_phone.welcome(uow, membership.person)


def send_criteria(uow: UnitOfWork, me: Speaker, code: str) -> None:
    """The criteria that concern this enterprise's own sector and tags, and only these (三(二)1)."""
    enterprise = registry.enterprise(uow.conn, code)
    if enterprise is None:
        return
    articles = uow.pack.articles_for(enterprise, uow.now.date())
    if not articles:
        return
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
    if uow.pack.standard.others:
        lines.append(Say("criteria-others", others=listed(uow.pack.standard.others)))
    taps = (actions.ACKNOWLEDGE.tap(Say("option-acknowledge"), code),)
    send(uow, me, Draft(tuple(lines), taps, of=code))


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
        reserved=reserved_names(uow),
    )
