"""An enterprise as its bureau sees it: its people, what it owes, its open hazards, and what can be done about it."""

from functools import partial
from typing import Final

from campaign.duties import DutyStanding
from campaign.roles import OFFICER, PRINCIPAL
from service.core.letters import Draft
from service.core.listing import Entry, screen
from service.core.permissions import Act, may, require
from service.core.refusal import existing
from service.core.unit_of_work import Speaker, UnitOfWork
from service.desk import actions, contacts
from service.dossiers.actions import FILE
from service.duties import actions as duty_actions
from service.duties import admissions, by_phone, cards, lists, phone_mark
from service.duties.actions import SHOW as SHOW_DUTY
from service.duties.owned import with_rule
from service.hazards.cards import open_in
from service.registry import states
from service.registry.actions import STATE, TELEPHONES
from storage import enterprise_life, hazards, people, phone_answers, progress, registry
from storage.progress import LEFT, DutyTally, Owed
from storage.registry import Enterprise
from talk.actions import Tap
from talk.texts import Listed, Phrase, Say, listed

SHOWN: Final = 6
"""Duties, and admissions, on the card; the list of the duties has all."""


def _seen(uow: UnitOfWork, me: Speaker, code: str) -> Enterprise:
    """Return an enterprise of somebody's district, or for the city any. RefusedError: there is none such."""
    enterprise = existing(registry.enterprise(uow.conn, code))
    require(uow, me, Act.SEE_DISTRICT_PROGRESS, enterprise)
    return enterprise


def card(uow: UnitOfWork, me: Speaker, code: str) -> Draft:
    """Return the card of an enterprise; what is overdue stands first. RefusedError: it is not to be seen."""
    enterprise = _seen(uow, me, code)
    rows = _worst_first(uow, enterprise)
    tally = DutyTally(row.standing for row in rows)
    left = [row for row in rows if row.standing in LEFT]
    lines: list[Phrase] = [
        enterprise.name,
        Say("firm-what", code=enterprise.code, district=enterprise.district, supervisor=enterprise.supervisor),
        *([Say("firm-as-on-licence")] if enterprise.as_on_licence else []),
        *_life(uow, enterprise),
        *_people(uow, enterprise),
        Say(
            "firm-duties",
            answered=tally[DutyStanding.ANSWERED],
            total=len(rows),
            unmet=_unmet(tally),
            overdue=tally[DutyStanding.OVERDUE],
            explained=tally[DutyStanding.EXPLAINED],
        ),
    ]
    lacking = [
        (row, row.duty.judged.wanted) for row in rows if row.duty.status == "answered" and row.duty.judged.wanted
    ]
    if lacking:
        titles = [
            Say("firm-missing-item", title=with_rule(uow, row.duty).title, what=listed(wanted))
            for row, wanted in lacking[:SHOWN]
        ]
        lines.append(Say("firm-missing", number=len(lacking), titles=Listed(tuple(titles))))
    if waiting := len(phone_answers.unconfirmed(uow.conn, enterprise.code)):
        lines.append(Say("firm-by-phone", number=waiting))
    lines += [
        Say("firm-duty", title=with_rule(uow, row.duty).title, state=cards.state_line(uow, row.duty))
        for row in left[:SHOWN]
    ]
    if len(left) > SHOWN:
        lines.append(Say("list-more", number=len(left) - SHOWN))
    if lists.due_today(uow, [with_rule(uow, row.duty) for row in left[SHOWN:]]):
        lines.append(lists.today_line(uow, [with_rule(uow, row.duty) for row in left]))
    found = hazards.find(uow.conn, enterprise=enterprise.code, only_open=True)
    late = sum(hazard.overdue(uow.now.date()) for hazard in found)
    lines.append(Say("firm-hazards", number=len(found), overdue=late) if found else Say("firm-no-hazards"))
    admitted = admissions.unreported(uow, enterprise.code)
    lines += [admissions.line_for_staff(told) for told in admitted[:SHOWN]]
    if len(admitted) > SHOWN:
        lines.append(Say("list-more", number=len(admitted) - SHOWN))
    return Draft(tuple(lines), _ways(uow, me.person, enterprise, owes_more=bool(left), has_hazards=bool(found)))


def _unmet(tally: DutyTally) -> Phrase:
    number = tally[DutyStanding.UNMET]
    return Say("owes-count", stand=Say("owes-stand", stand=DutyStanding.UNMET), number=number) if number else ""


def _life(uow: UnitOfWork, enterprise: Enterprise) -> list[Phrase]:
    """Return how an enterprise stands, where it is not just at work, and what is entered for a day to come."""
    if enterprise.is_active and not enterprise_life.standing(uow.conn, enterprise.code):
        return []
    return [Say("firm-state", state=states.present(uow, enterprise.code))]


def hazards_of(uow: UnitOfWork, me: Speaker, code: str, page: int) -> Draft:
    """Return a page of the open hazards of an enterprise."""
    return open_in(uow, _seen(uow, me, code), page, partial(actions.ENTERPRISE_HAZARDS.data, code))


def duties_of(uow: UnitOfWork, me: Speaker, code: str, page: int) -> Draft:
    """Return a page of the duties of an enterprise, each with a button to its card."""
    enterprise = _seen(uow, me, code)
    rows = _worst_first(uow, enterprise)
    marks = phone_mark.among(uow, [row.duty for row in rows if row.by_phone])
    entries = []
    for row in rows:
        state = phone_mark.after(cards.state_line(uow, row.duty), marks.get(row.duty.id))
        group = Say("owes-group", stand=Say("owes-stand", stand=row.standing))
        entries.append(Entry(with_rule(uow, row.duty).title, state, SHOW_DUTY.data(row.duty.id), group))
    heading = Say("firm-duties-heading", place=enterprise.name, number=len(entries))
    file = [FILE.tap(Say("option-file"), code)]
    return screen([heading], entries, page, partial(actions.ENTERPRISE_DUTIES.data, code), opening=file)


def _worst_first(uow: UnitOfWork, enterprise: Enterprise) -> list[Owed]:
    """Return the duties of an enterprise, the overdue ones first."""
    rows = progress.listed(uow.conn, uow.now, None, enterprise=enterprise.code)
    order = list(DutyStanding)
    return sorted(rows, key=lambda row: order.index(row.standing))


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
    taps = [actions.ENTERPRISE_DUTIES.tap(Say("option-firm-duties"), enterprise.code, 1)]
    if owes_more and enterprise.is_active and may(uow, person, Act.NUDGE, enterprise):
        taps.append(actions.NUDGE_ENTERPRISE.tap(Say("option-nudge"), enterprise.code))
    if may(uow, person, Act.ENTER_BY_PHONE, enterprise) and by_phone.of_enterprise(uow, enterprise.code):
        taps.append(duty_actions.PHONE_DUTIES.tap(Say("option-by-phone"), enterprise.code, 1))
    if has_hazards:
        taps.append(actions.ENTERPRISE_HAZARDS.tap(Say("option-hazards"), enterprise.code, 1))
    taps.append(TELEPHONES.tap(Say("option-telephones"), enterprise.code))
    taps.append(STATE.tap(Say("option-firm-state"), enterprise.code))
    return tuple(taps)
