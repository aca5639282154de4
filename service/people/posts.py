"""A role that somebody holds, as the object of what others do about it: whose say it is, and how it reads."""

from campaign.roles import DISTRICT_ROLES, ENTERPRISE_ROLES, PRINCIPAL
from service.core.permissions import Act, Area, Object, allows, may
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


def object_of(uow: UnitOfWork, post: Post) -> Object | None:
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


def facts(uow: UnitOfWork, post: Post) -> dict[str, str]:
    """Return what a talk about a role says of it: whose, which, where."""
    holder = people.person(uow.conn, post.person)
    name = "…" if holder is None else holder.name
    return {"name": name, "role": post.role, "place": place_of(uow, post.subject)}
