"""An enterprise as its bureau sees it: its people, what it owes, its open hazards, and what can be done about it."""

from functools import partial
from typing import Final

from campaign.duties import DutyStanding
from campaign.roles import OFFICER, PRINCIPAL
from service.core.letters import Draft
from service.core.listing import Entry, screen
from service.core.permissions import Act, Target, may
from service.core.refusal import not_allowed
from service.core.unit_of_work import UnitOfWork
from service.desk import actions, contacts
from service.duties import actions as duty_actions
from service.duties import by_phone, cards, phone_mark
from service.duties.actions import SHOW as SHOW_DUTY
from service.duties.owned import with_rule
from storage import hazards, people, phone_answers, progress, registry
from storage.progress import LEFT, DutyTally
from storage.registry import Enterprise
from talk.actions import Tap
from talk.texts import Phrase, Say

SHOWN: Final = 6
"""Duties on the card; the list has all."""


def may_see(uow: UnitOfWork, person: int, enterprise: Enterprise) -> bool:
    """Return whether an enterprise belongs to somebody's district, or somebody to the city."""
    return may(uow, person, Act.SEE_DISTRICT_PROGRESS, Target.of(enterprise))


def seen(uow: UnitOfWork, person: int, code: str) -> Enterprise:
    """Return an enterprise that this person may see. RefusedError: there is none such."""
    enterprise = registry.enterprise(uow.conn, code)
    if enterprise is None or not may_see(uow, person, enterprise):
        raise not_allowed()
    return enterprise


def card(uow: UnitOfWork, person: int, enterprise: Enterprise) -> Draft:
    """Return the card of an enterprise; what is overdue stands first."""
    rows = progress.listed(uow.conn, uow.now, None, enterprise=enterprise.code)
    tally = DutyTally(row.standing for row in rows)
    left = [row for row in rows if row.standing in LEFT]
    order = list(DutyStanding)
    left.sort(key=lambda row: order.index(row.standing))
    lines: list[Phrase] = [
        enterprise.name,
        Say("firm-what", code=enterprise.code, district=enterprise.district, supervisor=enterprise.supervisor),
        *_people(uow, enterprise),
        Say(
            "firm-duties",
            answered=tally[DutyStanding.ANSWERED],
            total=len(rows),
            overdue=tally[DutyStanding.OVERDUE],
            explained=tally[DutyStanding.EXPLAINED],
        ),
    ]
    if waiting := len(phone_answers.unconfirmed(uow.conn, enterprise.code)):
        lines.append(Say("firm-by-phone", number=waiting))
    lines += [
        Say("firm-duty", title=with_rule(uow, row.duty).title, state=cards.state_line(uow, row.duty))
        for row in left[:SHOWN]
    ]
    if len(left) > SHOWN:
        lines.append(Say("list-more", number=len(left) - SHOWN))
    found = hazards.find(uow.conn, enterprises_=[enterprise.code], only_open=True)
    late = sum(hazard.overdue(uow.now.date()) for hazard in found)
    lines.append(Say("firm-hazards", number=len(found), overdue=late) if found else Say("firm-no-hazards"))
    return Draft(tuple(lines), _ways(uow, person, enterprise, owes_more=bool(left), has_hazards=bool(found)))


def duties_of(uow: UnitOfWork, enterprise: Enterprise, page: int) -> Draft:
    """Return a page of the duties of an enterprise, each with a button to its card."""
    rows = progress.listed(uow.conn, uow.now, None, enterprise=enterprise.code)
    marks = phone_answers.among(
        uow.conn, [row.duty.conversation for row in rows if row.by_phone and row.duty.conversation]
    )
    order = list(DutyStanding)
    rows.sort(key=lambda row: order.index(row.standing))
    entries = []
    for row in rows:
        state = phone_mark.after(cards.state_line(uow, row.duty), marks.get(row.duty.conversation or 0))
        group = Say("owes-group", stand=Say("owes-stand", stand=row.standing))
        entries.append(Entry(with_rule(uow, row.duty).title, state, SHOW_DUTY.data(row.duty.id), group))
    heading = Say("firm-duties-heading", place=enterprise.name, number=len(entries))
    return screen([heading], entries, page, partial(actions.ENTERPRISE_DUTIES.data, enterprise.code))


def _people(uow: UnitOfWork, enterprise: Enterprise) -> list[Phrase]:
    """Return a line for each of its people: who they are, and whether a message reaches them."""
    own = contacts.of_enterprise(uow, enterprise.code)
    unreached = {(post.role, post.name): post.reason for post in own.unreached([enterprise])}
    lines: list[Phrase] = []
    for role, registered in ((PRINCIPAL, enterprise.principal_name), (OFFICER, enterprise.officer_name)):
        held = [people.person(uow.conn, holder) for holder in own.holders.get((role, enterprise.code), ())]
        for name in [person.name for person in held if person is not None] or [registered]:
            if name:
                state = unreached.get((role, name), Say("firm-joined"))
                lines.append(Say("firm-person", role=Say("role", role=role), name=name, state=state))
    return lines


def _ways(
    uow: UnitOfWork, person: int, enterprise: Enterprise, *, owes_more: bool, has_hazards: bool
) -> tuple[Tap, ...]:
    whose = Target.of_supervisor(enterprise)
    taps = [actions.ENTERPRISE_DUTIES.tap(Say("option-firm-duties"), enterprise.code, 1)]
    if owes_more and may(uow, person, Act.NUDGE, whose):
        taps.append(actions.NUDGE_ENTERPRISE.tap(Say("option-nudge"), enterprise.code))
    if may(uow, person, Act.ENTER_BY_PHONE, whose) and by_phone.of_enterprise(uow, enterprise.code):
        taps.append(duty_actions.PHONE_DUTIES.tap(Say("option-by-phone"), enterprise.code, 1))
    if has_hazards:
        taps.append(actions.ENTERPRISE_HAZARDS.tap(Say("option-hazards"), enterprise.code, 1))
    return tuple(taps)
