"""Whoever is gone: each step of a talk is tried first by somebody whose role has just ended; nothing may come of it.

A test that drives a talk is listed in `DRIVEN`. Before each message of somebody in the middle of a talk their role
ends, waits, is taken by another or moves to another place, the message is taken, and all of it is undone; then the test
goes on as if nothing had been.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from sqlalchemy import Connection, select, update

from bot.incoming import respond
from campaign.roles import DISTRICT_ROLES
from campaign.talks.hazards import WhichEnterpriseBrief
from service.core.permissions import Own
from service.core.unit_of_work import FREE, UnitOfWork
from service.talks import flow
from storage import conversations, people
from storage.engine import WatchedConnection
from storage.tables import memberships, outbox
from talk.messages import Inbound, Kind
from tests.service.whose import DISTRICT, FOOD, NAME, OF_NOBODY, ids, once_more, overheard, shown
from tests.town import Person, Town

OTHER: Final = "91210112155117772D"
FAR: Final = "沈河区"
CITY: Final = "市"
CLOSED: Final = "您现在不能办理这件事"


def _ended(conn: Connection, person: int) -> None:
    _set(conn, person, state="ended")


def _pending(conn: Connection, person: int) -> None:
    _set(conn, person, state="pending")


def _replaced(conn: Connection, person: int) -> None:
    """Somebody else holds the role from now on."""
    held = conn.execute(select(memberships).where(memberships.c.person == person)).all()
    _ended(conn, person)
    successor = people.add_guest(conn, "zh-CN")
    for role in held:
        people.grant(conn, successor, role.role, role.subject, "active", role.since)


def _moved(conn: Connection, person: int) -> None:
    """The same role, in another enterprise or district; who is of the city is nothing any more."""
    held = conn.execute(select(memberships).where(memberships.c.person == person)).all()
    for role in held:
        where = {FOOD: OTHER}.get(role.subject, FAR) if role.role in DISTRICT_ROLES or role.subject == FOOD else None
        change = {"state": "ended"} if where is None else {"subject": where}
        conn.execute(update(memberships).where(memberships.c.id == role.id).values(**change))


def _set(conn: Connection, person: int, **values: Any) -> None:
    conn.execute(update(memberships).where(memberships.c.person == person).values(**values))


WAYS: Final[Mapping[str, Callable[[Connection, int], None]]] = {
    "ended": _ended,
    "pending": _pending,
    "replaced": _replaced,
    "moved": _moved,
}


class UndoneError(Exception):
    """Ends a transaction in which somebody only tried something."""


@dataclass
class Gone:
    """Tries each step of a town's talks by somebody who is gone."""

    town: Town
    tried: set[str] = field(default_factory=set)
    """The talks of which a step was tried."""
    faults: list[tuple[str, str, str]] = field(default_factory=list)
    """What came of a step all the same: how they are gone, what they sent, what happened."""

    def before(self, person: Person, inbound: Inbound) -> None:
        """Try a message in each way of being gone."""
        for way, go in WAYS.items():
            try:
                self.town.app.database.run(partial(self._try, person=person, inbound=inbound, way=way, go=go))
            except UndoneError:
                continue
        try:
            self.town.app.database.run(partial(self._try_for_several, person=person, inbound=inbound))
        except UndoneError:
            return

    def _try_for_several(self, conn: Connection, person: Person, inbound: Inbound) -> None:
        """Take a step as if everybody stood for another enterprise or district too, since just now: each of them reads
        whose it is.
        """
        _, uow, _ = self._at_a_step(conn, person, inbound)
        once_more(conn, OTHER)
        with overheard() as heard:
            respond(uow, inbound)
        own = {role.person for role in conn.execute(select(memberships).where(memberships.c.subject == FOOD)).all()}
        for reader, draft, message in heard:
            wanted = (NAME,) if reader in own else (NAME, DISTRICT, CITY)
            if not (ids(draft) <= OF_NOBODY or any(name in shown(message) for name in wanted)):
                what = inbound.text or inbound.data or str(inbound.kind)
                self.faults.append(("several", what, f"{reader} is not told whose: {message.text}"))
        raise UndoneError

    def _at_a_step(
        self, conn: Connection, person: Person, inbound: Inbound
    ) -> tuple[int, UnitOfWork, conversations.Conversation]:
        """Return who writes, the unit of work, and the talk of which the message is a step; UndoneError: of none."""
        who = people.meet(conn, person.address, "zh-CN", self.town.app._wall())
        talk = None if who.person is None else self._led(conn, who.person, inbound)
        if who.person is None or talk is None:
            raise UndoneError
        uow = self.town.app._uow(conn, self.town.app._wall(), b"gone" * 8, f"gone/{inbound.update_id}")
        if isinstance(flow.spec_of(uow, talk).needs(uow, talk), Own):
            raise UndoneError
        return who.person, uow, talk

    def _try(
        self, conn: Connection, person: Person, inbound: Inbound, way: str, go: Callable[[Connection, int], None]
    ) -> None:
        me, uow, talk = self._at_a_step(conn, person, inbound)
        go(conn, me)
        self.tried.add(talk.dialog)
        before = conn.execute(select(outbox.c.id).order_by(outbox.c.id.desc()).limit(1)).scalar_one_or_none() or 0
        written = _watched(conn, uow)
        respond(uow, inbound)
        letters = conn.execute(select(outbox).where(outbox.c.id > before)).all()
        told = [letter.body["text"] for letter in letters if letter.external_id == person.address.external_id]
        shown = str([letter.body for letter in letters]).replace(inbound.text or NAME * 2, "")
        found = {
            "written": sorted(written),
            "papers": [paper.kind for paper in uow.papers],
            "others told": [letter.external_id for letter in letters if letter.person != me],
            "shown": [word for word in (NAME, FOOD) if word in shown],
            # In which enterprise: asked of no place yet, so that a clerk of another district goes on as one of it.
            "not one line": [] if _is_told(told) or talk.dialog == WhichEnterpriseBrief.talk else told,
        }
        what = f"{talk.dialog}: {inbound.text or inbound.data or inbound.kind}"
        self.faults += [(way, what, f"{name}: {one}") for name, one in found.items() if one]
        raise UndoneError

    def _led(self, conn: Connection, person: int, inbound: Inbound) -> conversations.Conversation | None:
        """Return the talk that a message is a step of."""
        if inbound.kind is Kind.BUTTON:
            token = inbound.data.removeprefix("p:").partition(":")[0]
            found = conversations.prompted(conn, token) if inbound.data.startswith("p:") else None
            mine = found is not None and found[1].person == person and found[1].state != "finished"
            return found[1] if found is not None and mine else None
        if inbound.text.startswith("/") and inbound.text not in ("/back", "/cancel"):
            return None
        return conversations.front(conn, person)


def _is_told(told: list[str]) -> bool:
    """Whether one line says that it is theirs no more; nothing where it is the double of a tap before."""
    return len(told) <= 1 and all(line.startswith(CLOSED) for line in told)


def _watched(conn: Connection, uow: UnitOfWork) -> set[str]:
    """Return the tables of effects that are written from now on, but for what follows by itself."""
    written: set[str] = set()

    def watch(table: str) -> None:
        if table not in FREE and not uow.by_itself:
            written.add(table)
        uow.writes(table)

    assert isinstance(conn, WatchedConnection)
    conn.watch = watch
    return written


DRIVEN: Final[Mapping[str, str]] = {
    "accident": "test_accidents.test_an_accident_is_told_at_once_noted_and_added_to",
    "action": "test_enforcement.test_a_tap_twice_on_the_confirmation_enters_once",
    "action-back": "test_enforcement.test_what_was_taken_back_cannot_be_taken_back_again",
    "annex-override": "test_annex.test_a_figure_is_changed_only_with_a_reason_and_the_counted_one_stays",
    "annex-return": "test_annex.test_what_a_leader_sends_back_is_a_draft_again_with_the_sentence",
    "by-phone": "test_by_phone.test_from_the_card_of_the_enterprise_to_the_principals_one_tap",
    "check-draw": "test_check_draws.test_whoever_begins_again_gets_the_same_seed_until_it_is_drawn",
    "check-drop": "test_check_draws.test_what_was_drawn_is_dropped_with_a_reason_only",
    "check-inspectors": "test_check_draws.test_inspectors_are_named_first_and_let_go",
    "check-object": "test_check_signing.test_who_was_named_wrongly_objects_and_the_check_is_entered_anew",
    "check-pick": "test_checks.test_the_city_checks_everywhere_and_in_its_own_name",
    "check-record": "test_checks.test_confirming_twice_enters_once",
    "check-take-back": "test_checks.test_a_record_is_taken_back_once",
    "criteria-check": "test_criteria.test_an_enterprise_that_finds_nothing_taps_once_a_place",
    "enterprise-state": "test_enterprise_states.test_a_clerk_enters_a_standstill_and_takes_it_back",
    "enterprise-state-back": "test_enterprise_states.test_a_clerk_enters_a_standstill_and_takes_it_back",
    "explain": "test_district_duties.test_a_clerk_explains_before_the_day_and_the_city_accepts",
    "factor-reset": "test_factor.test_it_can_be_left_as_it_is",
    "first-round": "test_first_round.test_nothing_found_is_a_zero_report_and_the_signed_page_completes_it",
    "form": "test_forms.test_major_hazards_of_an_inspection_lead_into_the_ledger",
    "give-back": "test_dispatch.test_the_officer_fills_and_the_principal_confirms_what_turns_on_in_person",
    "hazard-decision": "test_hazards.test_evaluation_comes_before_reinspection_and_both_before_closure",
    "hazard-listing": "test_hazards.test_listing_is_a_mark_beside_the_state",
    "hazard-plan": "test_hazards.test_a_worker_reports_and_the_plan_follows_within_24_hours",
    "hazard-report": "test_weekly.test_found_on_thursday_is_asked_about_next_week",
    "hazard-update": "test_hazards.test_a_deadline_moved_keeps_the_old_one_and_the_reason",
    "hazard-which": "test_hazards.test_departments_enter_what_they_find_after_naming_the_enterprise",
    "monthly-dispatch": "test_dispatch.test_photos_are_a_button_on_the_confirmation",
    "notice": "test_notices.test_a_clerk_writes_previews_and_sends",
    "notice-answer": "test_notice_receipts.test_an_answer_by_a_form_of_the_pack",
    "permit-acceptance": "test_permit_talks.test_a_place_that_is_in_order_is_accepted_and_the_permit_closed",
    "permit-application": "test_permit_talks.test_an_application_is_filled_in_and_goes_to_the_approver",
    "permit-arrival": "test_permit_talks.test_the_guardian_arrives_with_a_photo",
    "permit-gas": "test_permit_talks.test_whoever_is_not_the_tester_says_who_took_it",
    "permit-look": "test_permit_talks.test_a_look_too_early_is_no_look_and_one_in_time_is",
    "permit-measures": "test_permit_talks.test_a_measure_that_is_lacking_stops_the_start_until_somebody_confirms_it",
    "permit-reason": "test_permit_talks.test_a_refusal_and_a_cancellation_ask_once_more",
    "permit-return": "test_permit_talks.test_one_wrong_answer_goes_back_and_only_it_is_asked_again",
    "permit-stopped": "test_permit_talks.test_why_a_job_was_stopped_is_kept_with_it",
    "lock": "test_seats.test_a_lost_phone_is_locked_by_a_tap",
    "promise": "test_met.test_a_filing_that_admits_the_breach_is_kept_and_comes_back_on_the_day_that_is_promised",
    "return": "test_met.test_staff_return_an_answer_with_one_question_and_it_begins_from_what_was_answered",
    "role-end": "test_seats.test_a_clerk_ends_a_role_with_a_reason_and_the_person_is_told",
    "training": "test_coverage.test_a_training_is_recorded_once_for_whom_it_reached",
    "training-undo": "test_coverage.test_it_is_taken_back_only_with_a_reason",
    "hand-over": "test_office.test_a_second_clerk_is_seen_beside_the_first_who_hands_over",
    "invite": "test_office.test_a_clerk_invites_into_an_enterprise_and_nothing_is_left_of_the_code",
    "rename": "test_office.test_a_name_is_put_right_by_those_over_all_that_somebody_is",
    "telephone": "test_telephones.test_staff_see_and_correct_the_numbers_and_nobody_else",
    "weekly-rectification": "test_weekly.test_the_officer_fills_and_the_principal_confirms",
}
"""By each talk the test that drives it, from the first question to its end."""


@contextmanager
def tried_by_who_is_gone(town: Town, test: str) -> Iterator[None]:
    """Let whoever is gone try each step of a test, where it is listed."""
    dialogs = {dialog for dialog, driven in DRIVEN.items() if driven == test}
    if not dialogs:
        yield
        return
    gone = Gone(town)
    town.before = gone.before
    yield
    assert gone.faults == [], gone.faults
    assert dialogs <= gone.tried, gone.tried
