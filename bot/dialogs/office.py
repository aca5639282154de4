"""The talks in which the people of an office are looked after: somebody is invited, hands over, is called rightly."""

from campaign.roles import DISTRICT_ROLES, WORKER
from campaign.talks.people import HandOverBrief, InviteBrief, Invitee, RenameBrief
from talk.conversation import Talk
from talk.list_questions import BUTTONS, ListChoice, numbered
from talk.naming import LONGEST_NAME
from talk.questions import Choice, Confirm, Count, Name, Option, Text
from talk.texts import Arg, Say

ENTERPRISE_LIMIT = 60
AT_ONCE = 20
"""Codes for workers that are made together."""
INVITE = "invite"


def invite(brief: InviteBrief) -> Talk[Invitee]:
    """Ask in which role, where that is not given for which enterprise or district, and of workers for how many."""
    role = brief.roles[0]
    if len(brief.roles) > 1:
        choices = tuple(Option(one, Say("invite-role", role=one)) for one in brief.roles)
        role = yield from Choice(
            key="role", ask=Say("invite-ask-role"), label=Say("invite-role-label"), choices=choices
        )
    subject = brief.own
    if role in DISTRICT_ROLES:
        subject = yield from ListChoice(
            key="district",
            ask=Say("invite-ask-district", role=Say("role", role=role)),
            label=Say("invite-district-label"),
            hint=Say("invite-district-hint"),
            accepted=Say("invite-district-hint"),
            choices=numbered((name, name) for name in brief.districts),
        )
    elif brief.districts:
        place = yield from Text(
            key="enterprise",
            ask=Say("invite-ask-enterprise", role=Say("role", role=role)),
            label=Say("invite-enterprise-label"),
            hint=Say("invite-enterprise-hint"),
            limit=ENTERPRISE_LIMIT,
        )
        subject = place.split()[-1]
    number = 1
    if role == WORKER:
        number = yield from Count(
            key="number",
            ask=Say("invite-ask-number"),
            label=Say("invite-number-label"),
            unit=Say("invite-unit"),
            minimum=1,
            maximum=AT_ONCE,
        )
    yield from Confirm(
        key="confirm", ask=Say("invite-confirm", role=Say("role", role=role), number=number), yes=Say("invite-make")
    )
    return Invitee(role, subject, number)


def hand_over(brief: HandOverBrief) -> Talk[int | None]:
    """Ask who takes over: somebody in the same office already, by number, or (None) whoever is invited for it."""
    held = Say("role", role=brief.role)
    chosen = INVITE
    if brief.others:
        others = numbered((str(number), name) for number, name in brief.others[: BUTTONS - 1])
        chosen = yield from Choice(
            key="successor",
            ask=Say("handover-ask", place=brief.place, role=held, name=brief.name),
            label=Say("handover-label"),
            choices=(*others, Option(INVITE, Say("handover-invite"))),
        )
    names = {str(number): name for number, name in brief.others}
    facts: dict[str, Arg] = {"place": brief.place, "role": held, "name": brief.name}
    ask = (
        Say("handover-confirm-invite", **facts)
        if chosen == INVITE
        else Say("handover-confirm", **facts, successor=names[chosen])
    )
    yield from Confirm(key="confirm", ask=ask, yes=Say("handover-yes"))
    return None if chosen == INVITE else int(chosen)


def rename(brief: RenameBrief) -> Talk[str]:
    """Ask for the right name, and once more whether it is."""
    held = Say("role", role=brief.role)
    name = yield from Name(
        key="name",
        ask=Say("rename-ask", place=brief.place, role=held, name=brief.name),
        label=Say("rename-label"),
        hint=Say("join-name-hint"),
        limit=LONGEST_NAME,
        reserved=brief.reserved,
    )
    yield from Confirm(key="confirm", ask=Say("rename-confirm", name=brief.name, new=name), yes=Say("rename-yes"))
    return name
