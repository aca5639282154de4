"""Hot-work permits as they are used: gates, people, time, what comes late, what two do at once, who may see what."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.app import App
from bot.settings import Settings
from campaign.applications import Who
from campaign.permit_life import Checked, Pause, Sample
from campaign.permits import ENDED, TABLE, Event, Gate, Seat, State
from service.core.unit_of_work import Speaker, UnitOfWork
from service.hot_work import applying, figures
from service.hot_work.acting import act
from service.hot_work.in_hand import PermitInHand, approvers, glance, seats
from service.hot_work.refusals import last_decision
from service.hot_work.steps import locked, tick, visible, visible_by_code
from storage import conversations, duties, people, permit_tables, permits
from storage.tables import audit
from talk.texts import CHINESE
from tests.service.conftest import CITY, DISTRICT, FOOD, row
from tests.service.site import Site, application_brief, moment, or_gates, photo
from tests.service.welders import OTHER
from tests.town import SECRET, Mailbox, Town

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def site(town: Town) -> Site:
    """A crew at 09:00 on 5 June, a Monday."""
    return await Site.found(town)


@pytest.fixture
def second(town: Town, town_url: str, tmp_path: Path) -> Iterator[App]:
    """Another replica on the same database."""
    settings = Settings(data_dir=tmp_path, database_url=town_url, secret_key=SECRET)
    replica = App(settings, [Mailbox()], wall=lambda: town.now)
    yield replica
    replica.close()


# From application to closure


async def test_a_permit_is_walked_from_application_to_closure(site: Site) -> None:
    one = site.apply()
    assert isinstance(one, PermitInHand)
    assert one.row.code == "D-0605-01"
    assert (one.row.level, one.row.upgraded, one.row.sample) == ("first", False, True)
    assert len(one.row.token) == 12
    assert [(named.seat, named.name) for named in one.people] == [
        ("applicant", "钱演七"),
        ("leader", "周演工"),
        ("welder", "何演松"),
        ("guardian", "吴演看"),
        ("tester", "冯演气"),
    ]
    welder = one.people[2]
    assert welder.certificate is not None
    assert "*" in welder.certificate
    assert welder.valid_until == date(2023, 8, 31)
    approved = site.decide("principal", "approve")
    assert isinstance(approved, PermitInHand)
    assert approved.approver is not None
    assert approved.approver.name == "郑演丙"
    site.at("05T09:50")
    site.ready()
    assert site.do("leader", Event.START) == (Gate.IN_TIME,)
    site.at("05T10:00")
    assert site.do("leader", Event.START) is State.STARTED
    site.at("05T12:30")
    assert site.sample() is State.STARTED
    site.at("05T14:00")
    assert site.do("leader", Event.FINISH) is State.FINISHED
    assert site.do("guardian", Event.WATCH) is State.FIRE_WATCH
    for at in ("05T14:30", "05T15:00"):
        site.at(at)
        assert site.do("guardian", Event.LOOK) is State.FIRE_WATCH
    assert site.do("leader", Event.CLOSE) == (Gate.ACCEPTED,)
    site.photo("guardian")
    assert site.do("leader", Event.CLOSE) is State.CLOSED
    site.town.use(tick)
    kept = site.permit().row
    assert (kept.state, kept.look_at, kept.begun) == ("closed", None, True)
    log = select(audit.c.event).where(audit.c.subject == "permit/1").order_by(audit.c.id)
    noted = site.town.use(lambda uow: list(uow.conn.execute(log).scalars()))
    # The chain that is sealed tells every step.
    assert noted == [f"permit-{event}" for event in site.events()]
    whole = ("approve", "arrive", "measures", "photo", "sample", "start", "sample", "finish")
    assert noted[1:9] == [f"permit-{event}" for event in whole]


async def test_the_duty_of_each_job_is_answered_by_its_approval(site: Site) -> None:
    site.apply()

    def duty(uow: UnitOfWork) -> duties.Duty | None:
        return duties.of_period(uow.conn, "hot-work-permit", FOOD, "permit/D-0605-01")

    assert site.town.use(duty) is None
    site.decide("principal", "approve")
    found = site.town.use(duty)
    assert found is not None
    assert (found.status, found.answered_at) == ("answered", moment("05T09:00"))
    # In the chat, in the progress of the district, nowhere it stands in the way.
    assert "没有听懂" not in await site.crew["principal"].say("/tasks")
    progress = site.town.use(lambda uow: duties.progress(uow.conn, district=None, now=uow.now))
    assert "hot-work-permit" not in {one.obligation for one in progress}


# Gates of the application


@pytest.mark.parametrize(
    ("changes", "gate"),
    [
        ({"welders": ()}, Gate.CERTIFIED),
        ({"welders": (Who("生演人"),)}, Gate.CERTIFIED),
        ({"guardian": Who("何演松")}, Gate.DISTINCT),
        ({"starts": moment("05T08:00")}, Gate.WINDOW),
        ({"starts": moment("05T10:00"), "until": moment("05T18:01")}, Gate.WINDOW),
        ({"starts": moment("05T10:00"), "until": moment("05T10:00")}, Gate.WINDOW),
        ({"starts": moment("05T06:00"), "until": moment("05T08:00")}, Gate.WINDOW),
        ({"prohibited": (5,)}, Gate.HARMLESS),
    ],
)
async def test_an_application_is_stopped_and_nothing_of_it_is_there(
    site: Site, changes: dict[str, Any], gate: Gate
) -> None:
    assert site.apply(site.application(**changes)) == (gate,)
    assert site.town.use(lambda uow: permits.find(uow.conn)) == []
    assert site.town.use(lambda uow: permits.points(uow.conn, FOOD)) == []


async def test_an_application_may_be_handed_in_a_little_after_its_first_minute(site: Site) -> None:
    """It was begun before the job; a permit for a job that was under way is another matter."""

    def case(begun: str) -> Any:
        def run(uow: UnitOfWork, me: Speaker) -> Any:
            brief = application_brief()
            talk = conversations.begin(uow.conn, "hot-work", me.person, brief.as_json(), None, moment(begun), "aside")
            return or_gates(lambda: applying.submit(uow, me, talk, brief, application))

        return run

    application = site.application()
    site.at("05T10:05")
    assert site.use("officer", case("05T10:02")) == (Gate.WINDOW,)
    assert isinstance(site.use("officer", case("05T09:55")), PermitInHand)
    site.at("05T10:31")
    assert site.use("officer", case("05T09:55")) == (Gate.WINDOW, Gate.POINT)


async def test_whoever_has_no_certificate_is_counted_once_a_day_and_never_named_to_the_district(site: Site) -> None:
    for _ in range(3):
        assert site.apply(site.application(welders=(Who("生演人"),))) == (Gate.CERTIFIED,)
    attempts = site.town.use(lambda uow: permits.attempts_of(uow.conn, FOOD))
    assert [(one.data["name"], one.gate, one.district) for one in attempts] == [("生演人", "certified", DISTRICT)]

    def number(seat: str, district: str | None) -> int | None:
        since = moment("01T00:00")
        found: int | None = site.use(seat, lambda uow, me: figures.blocked_since(uow, me.person, district, since))
        return found

    assert number("clerk", DISTRICT) == 1
    assert number("clerk", "沈河区") is None
    assert number("clerk", None) is None
    assert number("officer", DISTRICT) is None


async def test_a_second_application_for_the_same_place_and_time_is_stopped_however_it_is_typed(site: Site) -> None:
    site.apply()
    again = site.application(place=" １号 冷库机房")
    assert site.apply(again) == (Gate.POINT,)
    later = replace(again, starts=moment("05T16:00"), until=moment("05T18:00"))
    assert isinstance(site.apply(later), PermitInHand)
    assert isinstance(site.apply(site.application(place="2号冷库机房")), PermitInHand)
    assert [one.name for one in site.town.use(lambda uow: permits.points(uow.conn, FOOD))] == [
        "2号冷库机房", "1号冷库机房",
    ]  # fmt: skip


async def test_only_who_may_hands_an_application_in(site: Site) -> None:
    for seat in ("guardian", "clerk"):
        assert site.apply(by=seat) == (Gate.POSSIBLE,)


# Approval


async def test_nobody_approves_his_own_application_nor_what_he_guards(site: Site) -> None:
    site.apply(by="principal", application=site.application(guardian=site.who("officer")))
    for seat in ("principal", "officer", "guardian", "leader", "clerk"):
        assert site.decide(seat, "approve") == (Gate.POSSIBLE,), seat
    assert site.town.use(lambda uow: approvers(uow, site_permit(uow))) == []


def site_permit(uow: UnitOfWork, number: int = 1) -> PermitInHand:
    kept = permits.get(uow.conn, number)
    assert kept is not None
    return glance(uow, kept)


async def test_a_certificate_that_ended_since_the_application_is_no_ground_to_approve(site: Site) -> None:
    site.apply()
    site.expire_certificate(date(2023, 6, 4))
    assert site.decide("principal", "approve") == (Gate.CERTIFIED,)
    assert isinstance(site.decide("principal", "return_", "place", "换一位焊工"), PermitInHand)


async def test_a_level_decides_who_approves(site: Site) -> None:
    site.apply(site.application(surroundings="dike"))
    assert site.permit().row.level == "special"
    assert site.decide("leader", "approve") == (Gate.POSSIBLE,)
    site.apply(site.days(place="2号冷库机房"))
    assert site.permit(2).row.level == "second"
    assert isinstance(site.decide("leader", "approve", number=2), PermitInHand)


async def test_the_second_of_two_approvers_is_told_who_decided(site: Site) -> None:
    site.apply(site.days())
    assert isinstance(site.decide("principal", "approve"), PermitInHand)
    assert site.decide("leader", "refuse", "不行") == (Gate.POSSIBLE,)
    decision = site.use("leader", lambda uow, _: last_decision(uow, site_permit(uow)))
    assert (decision.event, decision.name, decision.at) == (Event.APPROVE, "郑演丙", moment("05T09:00"))


async def test_two_approvers_at_once_on_two_replicas(site: Site, second: App) -> None:
    site.apply(site.days())
    names = {seat: site.crew[seat].id for seat in ("principal", "leader")}

    def approving(app: App, seat: str) -> Any:
        def run(conn: Any) -> bool:
            uow = app._uow(conn, site.town.now, b"seed", seat)
            identity = people.meet(conn, site.crew[seat].address, CHINESE, uow.wall)
            one = visible(uow, names[seat], 1)
            assert one is not None
            return isinstance(
                or_gates(lambda: act(uow, Speaker(names[seat], identity), one, Event.APPROVE)), PermitInHand
            )

        return app.database.submit(run)

    results = [approving(site.town.app, "principal"), approving(second, "leader")]
    assert sorted(result.result(30) for result in results) == [False, True]
    assert site.events().count("approve") == 1


async def test_a_returned_application_asks_the_wrong_question_again_and_keeps_its_number(site: Site) -> None:
    site.apply()
    assert site.decide("principal", "return_", "nothing", "请改") == (Gate.POSSIBLE,)
    assert site.decide("leader", "return_", "place", "请改") == (Gate.POSSIBLE,)
    assert isinstance(site.decide("principal", "return_", "place", "写清楚是哪个机房"), PermitInHand)
    talk = site.use("officer", lambda uow, _: applying.talk_of(uow, site_permit(uow)))
    assert (talk.dialog, talk.state, talk.focus, talk.remark) == (
        "permit-application",
        "waiting",
        "place",
        "写清楚是哪个机房",
    )
    assert talk.person == site.crew["officer"].id
    kept = site.town.use(lambda uow: conversations.remembered(uow.conn, talk.id))
    assert set(kept) == {"surroundings", "starts"}
    again = site.application(place="1号冷库机房东侧")
    assert isinstance(site.apply(again, **talk.brief), PermitInHand)
    one = site.permit()
    assert (one.row.code, one.life.state, one.application.place) == ("D-0605-01", State.SUBMITTED, "1号冷库机房东侧")
    assert site.events() == ["submit", "return", "submit"]
    assert len([named for named in one.people if named.seat == "welder"]) == 1


async def test_what_came_back_may_keep_its_time_while_the_job_has_not_begun(site: Site) -> None:
    site.apply()
    site.decide("principal", "return_", "place", "请改")
    site.at("05T11:00")
    assert site.apply(site.application(starts=moment("05T10:15")), permit=1) == (Gate.WINDOW,)
    assert isinstance(site.apply(permit=1), PermitInHand)
    assert site.permit().life.state is State.SUBMITTED


async def test_what_was_returned_and_ran_out_of_time_becomes_a_new_permit(site: Site) -> None:
    site.apply()
    site.decide("principal", "return_", "starts", "明天再做")
    site.at("06T09:00")
    later = site.application(starts=moment("06T10:00"), until=moment("06T12:00"))
    assert isinstance(site.apply(later, permit=1), PermitInHand)
    assert site.permit(2).row.code == "D-0606-01"
    assert site.permit().life.state is State.EXPIRED


# Who may do what, in every state


STATES = {
    State.SUBMITTED: (),
    State.RETURNED: ("return",),
    State.REFUSED: ("refuse",),
    State.APPROVED: ("approve",),
    State.STARTED: ("approve", "ready", Event.START),
    State.SUSPENDED: ("approve", "ready", Event.START, Event.STOP),
    State.FINISHED: ("approve", "ready", Event.START, Event.FINISH),
    State.FIRE_WATCH: ("approve", "ready", Event.START, Event.FINISH, Event.WATCH),
    State.CLOSED: ("approve", "ready", Event.START, Event.FINISH, Event.WATCH, "close"),
    State.EXPIRED: ("approve", "ready", Event.START, "16:00"),
    State.CANCELLED: (Event.CANCEL,),
}
DRIVERS = {Event.WATCH: "guardian"}
SEATS = {
    "officer": {Seat.APPLICANT, Seat.OFFICE},
    "principal": {Seat.OFFICE, Seat.APPROVER},
    "guardian": {Seat.GUARDIAN},
    "leader": {Seat.LEADER},
    "tester": {Seat.TESTER},
    "welder": {Seat.WELDER},
    "clerk": set[Seat](),
}
NOT_BY_ACT = {Event.SUBMIT, Event.RETURN, Event.SAMPLE, Event.GAS_OVER, Event.VIOLATION}
ALL = Checked(("extinguishers",))


@pytest.mark.parametrize("state", STATES)
async def test_every_event_by_every_seat(site: Site, state: State) -> None:
    """What the table forbids is refused to each, and what it allows is stopped by a gate of the table at most."""
    site.apply()
    site.at("05T10:00")
    for step in STATES[state]:
        if step == "ready":
            site.ready()
        elif step == "16:00":
            site.at("05T16:00")
        elif step == "close":
            for at in ("05T10:30", "05T11:00"):
                site.at(at)
                site.do("guardian", Event.LOOK)
            site.photo("guardian")
            assert site.do("leader", Event.CLOSE) is State.CLOSED
        elif step == "return":
            site.decide("principal", "return_", "place", "请改")
        elif step == "refuse":
            site.decide("principal", "refuse", "不行")
        elif step == "approve":
            site.decide("principal", "approve")
        else:
            assert site.do(DRIVERS.get(Event(step), "officer"), Event(step)) in set[object](State)
    one = site.permit()
    assert one.life.state is state
    tried = 0
    for seat, own in SEATS.items():
        owned = site.use(seat, lambda uow, me: seats(uow, me.person, site_permit(uow)))
        assert owned == own, seat
        for event in Event:
            if event in NOT_BY_ACT or event in (Event.MISSED, Event.SPELL_ENDS, Event.EXPIRE):
                continue
            tried += 1
            transition = TABLE.get((state, event))
            allowed = transition is not None and bool(transition.by & own)
            got = attempted(site, seat, event)
            if allowed and transition is not None:
                assert got == "done" or set(got) <= set(transition.gates), (seat, event, got)
            elif got == "done":
                # What was seen is kept, and moves nothing.
                assert own, (seat, event)
                assert event in (Event.PHOTO, Event.START, Event.RESUME, Event.FINISH), (seat, event)
                assert event is Event.PHOTO or state in ENDED, (seat, event)
            else:
                assert got == (Gate.POSSIBLE,), (seat, event)
    assert tried == len(SEATS) * 16
    assert site.permit().life == one.life


class _UndoError(Exception):
    """Nothing of what was tried stays."""


def attempted(site: Site, seat: str, event: Event) -> Any:
    """Cause an event in a transaction that is taken back: done, or the gates."""
    found: list[Any] = []

    def case(uow: UnitOfWork, me: Speaker) -> None:
        one = locked(uow, 1)
        assert one is not None
        before = one.life.state
        got = or_gates(lambda: act(uow, me, one, event, checked=ALL if event is Event.MEASURES else None))
        if isinstance(got, PermitInHand) and got.wrote[-1] in (Event.NOTE, Event.VIOLATION):
            assert got.life.state is before
        found.append("done" if isinstance(got, PermitInHand) else got)
        raise _UndoError

    with pytest.raises(_UndoError):
        site.use(seat, case)
    return found[-1]


async def test_a_guardian_without_the_bot_is_stood_for_by_who_named_him(site: Site) -> None:
    site.approved(site.application(guardian=Who("临演时")))
    assert site.do("leader", Event.ARRIVE) == (Gate.POSSIBLE,)
    assert site.do("officer", Event.ARRIVE) is State.APPROVED
    (step,) = [one for one in site.town.use(lambda uow: permits.steps(uow.conn, 1)) if one.event == "arrive"]
    assert step.data == {"proxy": True}


async def test_who_has_left_the_enterprise_has_no_seat_any_more(site: Site) -> None:
    site.approved()
    guardian = site.crew["guardian"].id

    def leave(uow: UnitOfWork) -> None:
        for role in people.roles(uow.conn, guardian):
            people.set_state(uow.conn, role.id, "ended", uow.now)

    site.town.use(leave)
    assert site.do("guardian", Event.ARRIVE) == (Gate.POSSIBLE,)


# On site


async def test_gas_over_the_limit_stops_the_job_at_once_whatever_the_caller_says_of_it(site: Site) -> None:
    site.started()
    site.at("05T11:00")
    assert site.sample(value="0.51") is State.SUSPENDED
    assert site.permit().life.why is Pause.GAS
    assert site.do("leader", Event.RESUME) == (Gate.SAMPLED,)
    site.at("05T11:10")
    assert site.sample(value="0.5") is State.SUSPENDED
    assert site.do("leader", Event.RESUME) is State.STARTED


async def test_anybody_on_the_permit_stops_the_job_and_nobody_else(site: Site) -> None:
    site.started()
    assert site.do("clerk", Event.STOP) == (Gate.POSSIBLE,)
    assert site.do("tester", Event.STOP, data={"reason": "看见烟"}) is State.SUSPENDED


async def test_the_same_photo_or_sample_twice_is_one_step(site: Site) -> None:
    site.approved()
    one = photo(1)
    said = {"photos": [[one.sha256, one.name, one.mime, one.size]]}
    taken = Sample(moment("05T08:55"), "methane", Decimal("0.05"), ok=True)
    same = Sample(moment("05T08:55"), "methane", Decimal("0.050"), ok=True)
    for seat in ("leader", "guardian"):
        assert site.do(seat, Event.PHOTO, data=said) is State.APPROVED
    for sample in (taken, same):
        assert site.do("tester", Event.SAMPLE, sample=sample) is State.APPROVED
    assert site.events() == ["submit", "approve", "photo", "sample"]


async def test_the_future_is_refused_but_for_a_platforms_clock(site: Site) -> None:
    site.approved()
    ahead = moment("05T09:02")
    assert site.sample(taken=ahead) == (Gate.SAMPLED,)
    assert site.photo("leader", at=ahead) == (Gate.PICTURED,)
    assert site.do("guardian", Event.ARRIVE, at=ahead) == (Gate.POSSIBLE,)
    assert site.do("guardian", Event.ARRIVE, at=moment("05T09:01")) is State.APPROVED
    (step,) = [one for one in site.town.use(lambda uow: permits.steps(uow.conn, 1)) if one.event == "arrive"]
    assert step.at == step.received == moment("05T09:00")


async def test_a_photo_of_another_day_opens_nothing(site: Site) -> None:
    site.approved()
    site.at("05T10:00")
    site.do("guardian", Event.ARRIVE)
    site.check()
    site.sample()
    site.photo("leader", at=moment("04T21:00"))
    assert site.do("leader", Event.START) == (Gate.PICTURED,)
    site.photo("leader")
    assert site.do("leader", Event.START) is State.STARTED


async def test_words_out_of_order_do_not_undo_a_stop(site: Site) -> None:
    site.started()
    site.at("05T11:00")
    site.do("leader", Event.PAUSE)
    site.at("05T11:05")
    site.do("tester", Event.STOP)
    site.at("05T11:06")
    site.sample()
    assert site.do("leader", Event.RESUME, at=moment("05T11:03")) == (Gate.POSSIBLE,)
    assert site.permit().life.state is State.SUSPENDED
    assert site.events()[-1] == "note"
    assert site.do("leader", Event.RESUME) is State.STARTED


async def test_a_look_that_was_taken_too_early_is_not_made_good_by_arriving_late(site: Site) -> None:
    site.started()
    site.at("05T11:00")
    site.do("leader", Event.FINISH)
    site.do("guardian", Event.WATCH)
    site.at("05T11:31")
    assert site.do("guardian", Event.LOOK, at=moment("05T11:29")) == (Gate.LOOK_DUE,)
    assert site.do("guardian", Event.LOOK, at=moment("05T11:30")) is State.FIRE_WATCH


async def test_what_arrives_after_the_end_is_kept_and_revives_nothing(site: Site) -> None:
    site.started()
    site.at("05T12:50")
    site.sample()
    site.at("05T15:40")
    site.sample()
    site.at("05T16:05")
    assert site.do("leader", Event.FINISH, at=moment("05T15:58")) is State.EXPIRED
    assert site.sample(taken=moment("05T15:50")) is State.EXPIRED
    assert site.events()[-3:] == ["expire", "note", "note"]
    assert site.permit().life.violation_at is None
    assert site.do("leader", Event.RESUME, at=moment("05T15:59")) == (Gate.POSSIBLE,)
    late = [one for one in site.town.use(lambda uow: permits.steps(uow.conn, 1)) if one.event == "note"]
    assert [(one.at, one.received, one.data["event"]) for one in late] == [
        (moment("05T15:58"), moment("05T16:05"), "finish"),
        (moment("05T15:50"), moment("05T16:05"), "sample"),
    ]
    assert site.do("leader", Event.FINISH) is State.EXPIRED
    assert site.events()[-1] == "violation"
    assert site.permit().life.violation_at == moment("05T16:05")


async def test_a_permit_on_which_nobody_began_ends_without_a_violation(site: Site) -> None:
    site.approved()
    site.at("05T16:05")
    assert site.do("leader", Event.START) == (Gate.POSSIBLE,)
    assert site.sample() is State.EXPIRED
    assert site.events() == ["submit", "approve", "expire", "note"]


# Time


async def test_a_jump_of_the_clock_over_five_hours_writes_each_step_with_its_own_instant(site: Site) -> None:
    site.started(site.application(until=moment("05T15:00")))
    site.at("05T15:30")
    looked = site.town.use(tick)
    assert [one.wrote for one in looked] == [(Event.MISSED, Event.EXPIRE)]
    steps = site.town.use(lambda uow: permits.steps(uow.conn, 1))[-2:]
    assert [(one.event, one.at, one.received, one.moved_to, one.person) for one in steps] == [
        ("missed", moment("05T13:15"), moment("05T13:15"), "suspended", None),
        ("expire", moment("05T15:00"), moment("05T15:00"), "expired", None),
    ]
    assert site.town.use(tick) == []
    assert site.permit().row.look_at is None


async def test_whoever_looks_first_writes_the_same_and_a_tick_still_hears_of_it(site: Site) -> None:
    site.started()
    site.at("05T13:20")
    assert site.do("leader", Event.RESUME) == (Gate.SAMPLED,)
    assert site.events()[-1] == "missed"
    looked = site.town.use(tick)
    assert [(one.life.state, one.wrote) for one in looked] == [(State.SUSPENDED, ())]
    assert site.town.use(tick) == []


async def test_a_tick_looks_when_something_is_to_be_said(site: Site) -> None:
    site.started()
    site.town.use(tick)
    for at, expected in (("05T12:59", 0), ("05T13:00", 1), ("05T13:01", 0), ("05T13:15", 1)):
        site.at(at)
        assert len(site.town.use(tick)) == expected, at


async def test_two_replicas_that_tick_at_once_write_each_step_once(site: Site, second: App) -> None:
    site.started()
    site.at("05T16:00")
    ticks = [
        app.database.submit(lambda conn, app=app: tick(app._uow(conn, site.town.now, b"seed", "tick")))  # type: ignore[misc]  # bound now
        for app in (site.town.app, second, site.town.app, second)
    ]
    assert sum(len(tick.result(30)) for tick in ticks) == 1
    assert site.events()[-2:] == ["missed", "expire"]


async def test_a_certificate_that_ends_during_a_permit_of_several_days_stops_the_job_on_that_day(site: Site) -> None:
    site.started(site.days())
    site.expire_certificate(date(2023, 6, 6))
    site.at("06T08:30")
    site.ready()
    assert site.do("leader", Event.RESUME) is State.STARTED
    site.at("07T08:30")
    site.ready()
    assert site.do("leader", Event.RESUME) == (Gate.CERTIFIED,)


# One job at a point


async def two_at_one_point(site: Site) -> None:
    """Two permits for one place, one after the other, of which both could be started at 15:00."""
    site.approved(site.days(until=moment("05T15:00"), hours=None))
    site.approved(site.days(starts=moment("05T15:00"), until=moment("05T17:00"), hours=None), number=2)
    site.at("05T14:50")
    site.ready()
    assert site.do("leader", Event.START) is State.STARTED
    site.do("leader", Event.FINISH)
    site.at("05T15:00")
    site.ready(2)


async def test_no_second_job_begins_where_the_fire_watch_of_the_first_lasts(site: Site) -> None:
    await two_at_one_point(site)
    assert site.do("leader", Event.START, 2) == (Gate.POINT,)
    # What was stopped before its start holds nothing, and the stop goes through.
    assert site.do("leader", Event.STOP, 2) is State.SUSPENDED


async def test_two_replicas_start_two_jobs_at_one_point(site: Site, second: App) -> None:
    site.approved(site.days(until=moment("05T15:00"), hours=None))
    site.approved(site.days(starts=moment("05T15:00"), until=moment("05T17:00"), hours=None), number=2)

    def overlap(uow: UnitOfWork) -> None:
        # As two applications at the same moment would leave them.
        values = {"starts": moment("05T10:00"), "application": dict(first(uow))}
        uow.conn.execute(update(permit_tables.permits).where(permit_tables.permits.c.id == 2).values(values))

    def first(uow: UnitOfWork) -> Any:
        kept = permits.get(uow.conn, 1)
        assert kept is not None
        return kept.application

    site.town.use(overlap)
    site.at("05T10:00")
    site.ready()
    site.ready(2)
    leader = site.crew["leader"].id

    def starting(app: App, number: int) -> Any:
        def run(conn: Any) -> Any:
            uow = app._uow(conn, site.town.now, b"seed", f"start/{number}")
            identity = people.meet(conn, site.crew["leader"].address, CHINESE, uow.wall)
            one = visible(uow, leader, number)
            assert one is not None
            got = or_gates(lambda: act(uow, Speaker(leader, identity), one, Event.START))
            return got if isinstance(got, tuple) else got.life.state

        return app.database.submit(run)

    runs = [starting(site.town.app, 1), starting(second, 2)]
    got = {run.result(30) for run in runs}
    assert got == {State.STARTED, (Gate.POINT,)}


async def test_two_replicas_number_their_permits_one_after_the_other(site: Site, second: App) -> None:
    officer = site.crew["officer"].id

    def submitting(app: App, number: int) -> Any:
        application = site.application(place=f"{number}号机房")

        def run(conn: Any) -> str:
            uow = app._uow(conn, site.town.now, b"seed%d" % number, f"submit/{number}")
            identity = people.meet(conn, site.crew["officer"].address, CHINESE, uow.wall)
            brief = application_brief()
            talk = conversations.begin(conn, "hot-work", officer, brief.as_json(), None, uow.now, "aside")
            return applying.submit(uow, Speaker(officer, identity), talk, brief, application).row.code

        return app.database.submit(run)

    codes = [submitting(app, number) for number, app in enumerate((site.town.app, second, site.town.app, second))]
    assert sorted(code.result(30) for code in codes) == [f"D-0605-{number:02}" for number in range(1, 5)]


# Who may see what


async def test_who_sees_a_permit_also_by_a_guessed_number(site: Site) -> None:
    site.town.register(
        row(), row(OTHER, 3, 企业名称="沈阳红枫示范有限公司", 所属区县="沈河区", 监管单位="沈河区应急管理局")
    )
    for name, role, subject in (
        ("李演外", "worker", FOOD),
        ("王演领", "leader", DISTRICT),
        ("赵演市", "city", CITY),
        ("陈演邻", "officer", OTHER),
        ("褚演邻", "clerk", "沈河区"),
    ):
        site.crew[name] = await site.town.join(name, role, subject)
    site.apply()

    def sees(seat: str, number: int = 1) -> bool:
        return site.use(seat, lambda uow, me: visible(uow, me.person, number)) is not None

    inside = {"officer", "principal", "guardian", "leader", "tester", "welder", "clerk", "王演领", "赵演市"}
    assert {seat for seat in site.crew if sees(seat)} == inside
    assert not any(sees(seat, 2) for seat in site.crew)
    by_code = site.use("guardian", lambda uow, me: visible_by_code(uow, me.person, "D-0605-01"))
    assert by_code.row.code == "D-0605-01"
    for wrong in ("D-0605-02", "D-0604-01", "你好", ""):
        assert site.use("guardian", lambda uow, me, code=wrong: visible_by_code(uow, me.person, code)) is None  # type: ignore[misc]  # bound now
    assert site.use("陈演邻", lambda uow, me: visible_by_code(uow, me.person, "D-0605-01")) is None


async def test_a_worker_who_is_on_no_permit_sees_one_that_he_could_approve(site: Site) -> None:
    site.crew["李演外"] = await site.town.join("李演外", "worker", FOOD)
    site.apply(site.days())
    assert site.use("李演外", lambda uow, me: visible(uow, me.person, 1)) is not None
    site.decide("principal", "approve")
    assert site.use("李演外", lambda uow, me: visible(uow, me.person, 1)) is None


# Figures


async def test_what_became_of_the_permits(site: Site) -> None:
    site.started()
    site.at("05T11:00")
    site.do("tester", Event.STOP)
    site.do("tester", Event.STOP)
    site.at("05T11:10")
    site.sample()
    site.do("leader", Event.RESUME)
    site.at("05T16:30")
    site.do("leader", Event.FINISH)
    site.apply(site.application(welders=(Who("生演人"),), starts=moment("05T17:00"), until=moment("05T18:00")))
    site.apply(site.application(place="2号机房", starts=moment("05T17:00"), until=moment("05T18:00")))
    site.decide("principal", "refuse", "人手不够", number=2)

    def count(district: str | None) -> figures.Outcomes:
        return site.town.use(lambda uow: figures.outcomes(uow, district, moment("05T00:00"), moment("06T00:00")))

    here = count(DISTRICT)
    assert here == count(None)
    assert here == figures.Outcomes(
        submitted=2,
        approved=1,
        refused=1,
        returned=0,
        started=1,
        suspended={**dict.fromkeys(Pause, 0), Pause.STOPPED: 1, Pause.MISSED: 1},
        resumed=1,
        expired=1,
        closed=0,
        cancelled=0,
        violations=1,
        blocked=1,
    )
    assert count("沈河区").submitted == 0
