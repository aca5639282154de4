"""A role that somebody holds, as the object of what others do about it: whose say it is, and how it reads."""

from collections.abc import Callable
from typing import Protocol

from campaign.roles import DISTRICT_ROLES, ENTERPRISE_ROLES, PRINCIPAL
from service.core.permissions import Act, Area, Object, Permission, allows, may, needed, require
from service.core.refusal import RefusedError, not_allowed
from service.core.unit_of_work import Speaker, UnitOfWork
from service.people.roles import place_of
from storage import people, registry
from storage.people import Post
from talk.texts import Say


def act_of_ending(role: str) -> Act | None:
    """Return the act of ending a role; None: only the command line ends it."""
    if role == PRINCIPAL:
        return Act.END_PRINCIPAL
    if role in ENTERPRISE_ROLES:
        return Act.END_ENTERPRISE_ROLE
    return Act.END_DISTRICT_ROLE if role in DISTRICT_ROLES else None


def act_of_inviting(role: str) -> Act | None:
    """Return the act of inviting somebody into a role; None: only the command line does."""
    if role == PRINCIPAL:
        return Act.INVITE_PRINCIPAL
    if role in ENTERPRISE_ROLES:
        return Act.INVITE_ENTERPRISE_ROLE
    return Act.INVITE_DISTRICT_ROLE if role in DISTRICT_ROLES else None


class OfPlace(Protocol):
    """A role in a place: one that is held, or one that an invitation gives."""

    @property
    def role(self) -> str:
        """The role."""

    @property
    def subject(self) -> str:
        """The enterprise's code, the district, or the city."""


def object_of(uow: UnitOfWork, post: OfPlace) -> Object | None:
    """Return the enterprise or the district of a role."""
    return registry.enterprise(uow.conn, post.subject) if post.role in ENTERPRISE_ROLES else Area(post.subject)


def may_do(uow: UnitOfWork, person: int, act: Act | None, about: Object | None) -> bool:
    """Return whether somebody may do an act that there may be none of."""
    return act is not None and about is not None and may(uow, person, act, about)


def may_end(uow: UnitOfWork, person: int, post: Post) -> bool:
    """Return whether somebody may end a role of another's."""
    return post.person != person and may_do(uow, person, act_of_ending(post.role), object_of(uow, post))


def endable(uow: UnitOfWork, me: Speaker, post: Post | None) -> Post:
    """Return a role that the speaker may end. RefusedError: they may not, or it has ended."""
    act, about = (None, None) if post is None else (act_of_ending(post.role), object_of(uow, post))
    if post is None or act is None or about is None or post.person == me.person or not allows(uow, me, act, about):
        raise not_allowed()
    if post.state == "ended":
        raise RefusedError(Say("role-ended-before"))
    return post


def needed_for(uow: UnitOfWork, membership: int, act_of: Callable[[str], Act | None]) -> Permission:
    """Return what is needed for what is done about a role, by the act that there is for such a role."""
    post = people.post(uow.conn, membership)
    act = None if post is None else act_of(post.role)
    return None if post is None or act is None else needed(object_of(uow, post), act)


def required(
    uow: UnitOfWork,
    me: Speaker,
    membership: int,
    act_of: Callable[[str], Act | None],
    may_act: Callable[[UnitOfWork, int, Post], bool],
) -> Post:
    """Return a role about whose holder the speaker may do what there is an act for. RefusedError: they may not."""
    post = people.post(uow.conn, membership)
    act, about = (None, None) if post is None else (act_of(post.role), object_of(uow, post))
    if post is None or act is None or about is None or not may_act(uow, me.person, post):
        raise not_allowed()
    require(uow, me, act, about)
    return post


def facts(uow: UnitOfWork, post: Post) -> dict[str, str]:
    """Return what a talk about a role says of it: whose, which, where."""
    holder = people.person(uow.conn, post.person)
    name = "…" if holder is None else holder.name
    return {"name": name, "role": post.role, "place": place_of(uow, post.subject)}
