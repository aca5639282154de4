"""A post is handed over to a successor, and the name of whoever holds one is put right."""

from dataclasses import replace
from typing import Final

from campaign.roles import CITY, DISTRICT_ROLES, ENTERPRISE_ROLES, OFFICER, PRINCIPAL, WORKER
from campaign.talks.people import HandOverBrief, RenameBrief
from service.core.letters import Draft, answer, tell
from service.core.permissions import Act, Permission
from service.core.refusal import RefusedError, existing, not_allowed
from service.core.shared_actions import TYPE
from service.core.unit_of_work import Speaker, UnitOfWork
from service.people import actions, ending, invites, posts
from service.people.ending import Way
from service.people.roles import place_of, reserved_names
from service.talks import flow
from storage import checks, duties, notices, people, registry, workers
from storage.conversations import Conversation
from storage.people import Membership, Post
from talk.cleaning import likeness
from talk.texts import Say, listed

KIND: Final = "office"
_OFFICES: Final = (*DISTRICT_ROLES, CITY)
_SEVERAL: Final = 2


def may_hand_over(uow: UnitOfWork, person: int, post: Post) -> bool:
    """Return whether somebody may end a role of another's and invite into it."""
    about = posts.object_of(uow, post)
    return posts.may_end(uow, person, post) and posts.may_do(uow, person, posts.act_of_inviting(post.role), about)


def begin_hand_over(uow: UnitOfWork, me: Speaker, number: int) -> None:
    """移交: ask to whom."""
    post = posts.endable(uow, me, people.post(uow.conn, number))
    if not may_hand_over(uow, me.person, post):
        raise not_allowed()
    there = [who for who in people.holders(uow.conn, post.role, post.subject) if who != post.person]
    names = people.names(uow.conn, there)
    others = tuple((who, names[who]) for who in there)
    flow.begin(uow, me, HandOverBrief(membership=post.id, others=others, **posts.facts(uow, post)))


def handed_over(uow: UnitOfWork, me: Speaker, talk: Conversation, brief: HandOverBrief, successor: int | None) -> None:
    """End the role of one and let another go on with what is open; or make the code with which whoever joins by it does
    so. RefusedError: a colleague has ended it meanwhile, or the successor is none any more.
    """
    del talk
    post = posts.endable(uow, me, people.post(uow.conn, brief.membership))
    if not may_hand_over(uow, me.person, post):
        raise not_allowed()
    if successor is None:
        invites.replacing(uow, me, post.role, post.subject, post.id)
        return
    if successor == post.person or successor not in people.holders(uow.conn, post.role, post.subject):
        raise RefusedError(Say("handover-gone"))
    hand_on(uow, post, successor)
    name = people.names(uow.conn, [successor])[successor]
    held = Say("role", role=brief.role)
    answer(uow, me, Say("handover-done", place=brief.place, role=held, name=brief.name, successor=name))


def hand_on(uow: UnitOfWork, post: Post, successor: int) -> None:
    """End a role in favour of somebody who holds it too, and tell them what they go on with."""
    names = people.names(uow.conn, [post.person, successor])
    ending.end(uow, post, Way.REPLACED)
    notices.hand_on(uow.conn, post.subject, post.person, successor)
    uow.note("office-handed-over", post.subject, role=post.role, former=post.person, successor=successor)
    owed = [duty for duty in duties.of_subjects(uow.conn, [post.subject]) if duty.status in duties.UNDONE]
    told = Say(
        "handover-told",
        place=place_of(uow, post.subject),
        role=Say("role", role=post.role),
        name=names[post.person],
        number=len(owed) if post.role != WORKER else 0,
    )
    draft = Draft((told,), (TYPE.tap(Say("option-tasks"), "tasks", ""),), of=post.subject)
    tell(uow, successor, draft, kind=KIND, dedupe=f"{KIND}/{post.id}/{successor}")


def _act(role: str) -> Act | None:
    """Return the act of correcting the name of who holds a role; None: only the command line does."""
    if role in ENTERPRISE_ROLES:
        return Act.CORRECT_ENTERPRISE_NAME
    return Act.CORRECT_DISTRICT_NAME if role in DISTRICT_ROLES else None


def may_rename(uow: UnitOfWork, person: int, post: Post) -> bool:
    """Return whether somebody may correct the name of the holder of a role: everything that the holder is must be
    theirs to oversee, since it is called so everywhere.
    """
    held = [one for one in people.posts(uow.conn, person=post.person) if one.state != "ended"]
    return post.state != "ended" and post.person != person and all(_may_rename_in(uow, person, one) for one in held)


def _may_rename_in(uow: UnitOfWork, person: int, post: Post) -> bool:
    return posts.may_do(uow, person, _act(post.role), posts.object_of(uow, post))


def begin_rename(uow: UnitOfWork, me: Speaker, number: int) -> None:
    """更正姓名: ask for the right one."""
    post = posts.required(uow, me, number, _act, may_rename)
    flow.begin(uow, me, RenameBrief(membership=post.id, reserved=reserved_names(uow), **posts.facts(uow, post)))


def to_rename(uow: UnitOfWork, talk: Conversation, brief: RenameBrief) -> Permission:
    """Return what somebody needs who corrects the name of whoever a talk is about."""
    del talk
    return posts.needed_for(uow, brief.membership, _act)


def renamed(uow: UnitOfWork, me: Speaker, talk: Conversation, brief: RenameBrief, name: str) -> None:
    """Call somebody by the name that was confirmed, and tell them. RefusedError: a colleague has corrected it
    meanwhile.
    """
    del talk
    post = posts.required(uow, me, brief.membership, _act, may_rename)
    before = existing(people.person(uow.conn, post.person)).name
    if likeness(before) != likeness(brief.name):
        raise RefusedError(Say("rename-meanwhile", name=before))
    people.rename(uow.conn, post.person, name)
    also = _rename_in_lists(uow, post.person, before, name)
    uow.note("name-corrected", f"person/{post.person}", also=also)
    lists = listed(Say("rename-list", list=one) for one in also)
    answer(uow, me, Say("rename-done", before=before, name=name, also=lists, number=len(also)))
    draft = Draft((Say("rename-told", before=before, name=name),), of=post.subject)
    tell(uow, post.person, draft, kind=KIND, dedupe=f"{uow.cause}/{KIND}/{post.person}")


def _rename_in_lists(uow: UnitOfWork, person: int, before: str, name: str) -> list[str]:
    """Put the name right wherever a list that goes on calls the person by it (PIPL article 46); return the lists.
    Permits, checks, answers and papers say who somebody was called when they were written, and stay.
    """
    also: dict[str, None] = {}
    for held in people.roles(uow.conn, person):
        enterprise = registry.enterprise(uow.conn, held.subject)
        if enterprise is None:
            if checks.rename_inspector(uow.conn, held.subject, before, name):
                also["inspectors"] = None
            continue
        called = {PRINCIPAL: enterprise.principal_name, OFFICER: enterprise.officer_name}.get(held.role)
        if called is not None and likeness(called) == likeness(before):
            principal = held.role == PRINCIPAL
            right = replace(enterprise, principal_name=name) if principal else replace(enterprise, officer_name=name)
            registry.change(uow.conn, [right], uow.now)
            also["registry"] = None
        if workers.rename(uow.conn, enterprise.code, before, name):
            also["workers"] = None
    return list(also)


def joined_beside(uow: UnitOfWork, person: int, role: str, subject: str) -> None:
    """Tell the city and the others of an office that somebody has joined it beside them."""
    if role not in DISTRICT_ROLES:
        return
    there = people.holders(uow.conn, role, subject)
    names = people.names(uow.conn, there)
    if len(there) < _SEVERAL:
        return
    held = Say("role", role=role)
    told = Say("office-beside", place=subject, role=held, name=names[person], names=listed(names.values()))
    city = people.holders(uow.conn, CITY, uow.pack.city)
    for other in dict.fromkeys((*city, *there)):
        taps = (actions.PEOPLE_OF.tap(Say("option-see-seats"), 1),) if other in city else ()
        if other != person:
            dedupe = f"{uow.cause}/{KIND}/beside/{other}"
            tell(uow, other, Draft((told,), taps, of=subject), kind=KIND, dedupe=dedupe)


def alone(uow: UnitOfWork, person: int) -> list[Membership]:
    """Return the roles in a bureau that nobody but this person holds there."""
    held = [role for role in people.roles(uow.conn, person) if role.state == "active" and role.role in _OFFICES]
    return [role for role in held if people.holders(uow.conn, role.role, role.subject) == [person]]


def tell_vacant(uow: UnitOfWork, role: Membership) -> None:
    """Tell the city that an office of a district stands empty, since the last of it has left."""
    told = Say("office-vacant", place=role.subject, role=Say("role", role=role.role))
    for person in people.holders(uow.conn, CITY, uow.pack.city):
        draft = Draft((told,), (actions.INVITE.tap(Say("option-invite"), uow.pack.city),), of=role.subject)
        tell(uow, person, draft, kind=KIND, dedupe=f"{KIND}/vacant/{role.id}/{person}")
