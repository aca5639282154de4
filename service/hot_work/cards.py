"""The live card of a permit: how it stands, what is missing, and the buttons of whoever reads it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from campaign.hot_work import HotWork, Level
from campaign.permit_life import look_due, recheck_due
from campaign.permits import ENDED, Event, Gate, Seat, State, may
from service.core.letters import Draft
from service.core.unit_of_work import UnitOfWork
from service.hot_work import permits
from service.hot_work.gates import rules_of
from service.hot_work.permits import Held
from storage import people
from storage import permits as kept
from talk.actions import Tap
from talk.texts import FullDay, Listed, Phrase, Say

TAPS: Final[tuple[tuple[Event, Say], ...]] = (
    (Event.APPROVE, Say("permit-option-approve")),
    (Event.RETURN, Say("permit-option-return")),
    (Event.REFUSE, Say("permit-option-refuse")),
    (Event.STOP, Say("permit-option-stop")),
    (Event.START, Say("permit-option-start")),
    (Event.RESUME, Say("permit-option-resume")),
    (Event.ARRIVE, Say("permit-option-arrive")),
    (Event.SAMPLE, Say("permit-option-sample")),
    (Event.PHOTO, Say("permit-option-photo")),
    (Event.PAUSE, Say("permit-option-pause")),
    (Event.LEAVE, Say("permit-option-leave")),
    (Event.FINISH, Say("permit-option-finish")),
    (Event.WATCH, Say("permit-option-watch")),
    (Event.LOOK, Say("permit-option-look")),
    (Event.CLOSE, Say("permit-option-close")),
    (Event.CANCEL, Say("permit-option-cancel")),
)
"""The buttons in the order of their weight."""

AIM: Final = {State.APPROVED: Event.START, State.SUSPENDED: Event.RESUME, State.FIRE_WATCH: Event.CLOSE}
"""What a state leads to when all goes well: its shut gates are what is missing."""


def minute(uow: UnitOfWork, at: datetime) -> Phrase:
    """A minute as people on a site say it; with its day where that is not today."""
    local = at.astimezone(uow.context.zone)
    return f"{local:%H:%M}" if local.date() == uow.now.date() else Say("shown-moment", moment=local)


@dataclass(frozen=True, slots=True)
class View:
    """A permit as everybody sees it: found out once, for all the chats that show it."""

    one: Held
    lines: tuple[Phrase | None, ...]
    shut: tuple[Gate, ...]
    """The gates before what its state leads to."""


def view(uow: UnitOfWork, one: Held) -> View:
    """How a permit looks now."""
    aim = AIM.get(one.life.state)
    shut = () if aim is None else permits.missing(uow, one, aim, uow.now)
    return View(one, (heading(one), *_facts(uow, one), _missing(aim, shut), _remark(uow, one)), shut)


def card(uow: UnitOfWork, person: int, seen: View, name: str) -> Draft:
    """A permit with the buttons of one person; `name` is the card's, under which later ones replace it."""
    return Draft(seen.lines, tuple(_taps(uow, person, seen)), card=name)


def heading(one: Held) -> Say:
    """The number and the state, its first letter a sign."""
    return Say("permit-heading", code=one.permit.code, state=one.life.state)


def _facts(uow: UnitOfWork, one: Held) -> list[Phrase | None]:
    """Level and until when, where and what, who, gas, what is next: a line each."""
    rules, application = rules_of(uow), one.application
    return [
        Say("permit-enterprise", name=one.enterprise.name),
        level_line(uow, one),
        _hours(one),
        Say("permit-job", place=application.place, content=application.content),
        *_people(one),
        *_site(uow, rules, one),
    ]


def level_line(uow: UnitOfWork, one: Held) -> Say:
    """The level, why it is stricter, and from when until when."""
    rules = rules_of(uow)
    assessed = one.application.assessed(rules)
    start, until = minute(uow, one.terms.starts), minute(uow, one.terms.until)
    if assessed.level is Level.FIXED:
        return Say("permit-card-fixed", start=start, until=until)
    name = rules.rule(assessed.level).name
    if not assessed.upgraded:
        return Say("permit-level", level=name, start=start, until=until)
    why = Listed(tuple(Say("permit-why", why=one) for one in assessed.why))
    return Say(
        "permit-level-upgraded",
        level=name,
        why=Say("listed", items=why),
        standard=rules.standard,
        start=start,
        until=until,
    )


def _hours(one: Held) -> Say | None:
    hours = one.application.hours
    return None if hours is None else Say("permit-card-hours", start=f"{hours[0]:%H:%M}", until=f"{hours[1]:%H:%M}")


def _people(one: Held) -> list[Phrase | None]:
    welders = Listed(
        tuple(
            Say("permit-welder-bare", name=who.name)
            if who.valid_until is None
            else Say("permit-welder", name=who.name, until=FullDay(who.valid_until))
            for who in one.seated(Seat.WELDER)
        )
    )
    leader, guardian, tester = (_named(one, seat) for seat in (Seat.LEADER, Seat.GUARDIAN, Seat.TESTER))
    return [
        Say("permit-crew", welders=Say("listed", items=welders)),
        Say("permit-people", leader=leader or "", guardian=guardian or ""),
        None if tester is None else Say("permit-card-tester", tester=tester),
    ]


def _named(one: Held, seat: Seat) -> Phrase | None:
    who = next(iter(one.seated(seat)), None)
    if who is None:
        return None
    return who.name if who.person is not None else Say("permit-absent", name=who.name)


def name_of(one: Held, seat: Seat) -> str:
    """How whoever has a seat is called, in a sentence."""
    return next((who.name for who in one.seated(seat)), "")


def _site(uow: UnitOfWork, rules: HotWork, one: Held) -> Iterable[Phrase | None]:
    life = one.life
    if life.state in (State.SUBMITTED, State.RETURNED, State.REFUSED):
        yield Say("permit-card-measures", number=len(one.application.measures))
        yield _left_measures(rules, one)
        return
    yield from _gas(uow, rules, one)
    if life.state in (State.APPROVED, State.STARTED, State.SUSPENDED):
        here = life.guarded_since
        yield Say("permit-unguarded") if here is None else Say("permit-guarded", at=minute(uow, here))
    if life.why is not None and life.paused_at is not None and life.state is State.SUSPENDED:
        yield Say("permit-paused", why=life.why, at=minute(uow, life.paused_at))
    due = recheck_due(rules, one.terms, life)
    if due is not None:
        yield Say("permit-recheck", at=minute(uow, due))
    if life.started_at is not None and life.state in (State.STARTED, *ENDED):
        yield Say("permit-started", at=minute(uow, life.started_at))
    if life.finished_at is not None:
        yield Say("permit-finished", at=minute(uow, life.finished_at))
    if life.looks:
        times = Listed(tuple(minute(uow, at) for at in life.looks))
        yield Say("permit-looked", times=Say("listed", items=times))
    look = look_due(rules, life)
    if look is not None and life.state in (State.FINISHED, State.FIRE_WATCH):
        yield Say("permit-card-look", at=minute(uow, look))
    if life.violation_at is not None:
        yield Say("permit-violation", at=minute(uow, life.violation_at))


def _gas(uow: UnitOfWork, rules: HotWork, one: Held) -> Iterable[Phrase]:
    if not one.life.samples:
        if not one.terms.sample:
            yield Say("permit-gas-free", reason=one.application.no_sample)
        elif one.life.state not in ENDED:
            yield Say("permit-gas-none")
        return
    for sample in one.life.newest:
        yield Say(
            "permit-card-gas",
            gas=rules.gas(sample.gas).name,
            value=f"{sample.value.normalize():f}",
            at=minute(uow, sample.taken_at),
            verdict=Say("permit-gas-ok") if sample.ok else Say("permit-gas-over"),
        )


def _left_measures(rules: HotWork, one: Held) -> Say | None:
    """What the approver should see: the measures of the form that were not chosen."""
    taken = {measure.id for measure in one.application.measures}
    left = tuple(measure.short for measure in rules.measures if measure.id not in taken)
    return None if not left else Say("permit-measures-left", items=Say("listed", items=Listed(left)))


def listed_gates(shut: Sequence[Gate]) -> Say:
    """Gates in a line."""
    return Say("listed", items=Listed(tuple(Say("permit-gate", gate=gate) for gate in shut)))


def _missing(aim: Event | None, shut: Sequence[Gate]) -> Say | None:
    if not shut:
        return None
    match aim:
        case Event.START:
            return Say("permit-missing", items=listed_gates(shut))
        case Event.RESUME:
            return Say("permit-missing-resume", items=listed_gates(shut))
        case _:
            return Say("permit-missing-close", items=listed_gates(shut))


def _remark(uow: UnitOfWork, one: Held) -> Say | None:
    """Why it came back, or to nothing, in the words of whoever decided so."""
    if one.life.state not in (State.RETURNED, State.REFUSED, State.CANCELLED):
        return None
    steps = kept.steps(uow.conn, one.permit.id)
    remark = next((str(step.data["remark"]) for step in reversed(steps) if step.data.get("remark")), "")
    if not remark:
        return None
    return (
        Say("permit-remark", remark=remark)
        if one.life.state is State.RETURNED
        else Say("permit-refusal", remark=remark)
    )


def _taps(uow: UnitOfWork, person: int, seen: View) -> Iterable[Tap]:
    one = seen.one
    number, state = one.permit.id, one.life.state
    seats = permits.seats(uow, person, one)
    if state is State.RETURNED and Seat.APPLICANT in seats:
        yield Tap(Say("permit-option-edit"), f"a:permit-edit:{number}")
    for event, label in TAPS:
        if may(state, event, seats) and _is_offered(uow, seen, event, seats):
            yield Tap(label, f"a:permit-do:{number}:{event}")
    if state not in (State.SUBMITTED, State.RETURNED):
        yield Tap(Say("permit-option-paper"), f"a:permit-paper:{number}")


def _is_offered(uow: UnitOfWork, seen: View, event: Event, seats: frozenset[Seat]) -> bool:
    """Not every event that is possible has a button: what cannot be done yet would only tempt, and who is not on
    site does not take photos of it.
    """
    one, life = seen.one, seen.one.life
    match event:
        case Event.START | Event.RESUME | Event.CLOSE:
            # The photo of the acceptance is sent in the talk that closes.
            return set(seen.shut) <= {Gate.ACCEPTED}
        case Event.LOOK:
            return not permits.missing(uow, one, event, uow.now)
        case Event.ARRIVE:
            return life.guarded_since is None
        case Event.LEAVE:
            return life.guarded_since is not None
        case Event.STOP:
            return life.state is State.STARTED
        case Event.PHOTO:
            return life.state is State.APPROVED and bool(seats - {Seat.APPROVER})
        case Event.FINISH:
            return life.started_at is not None
        case Event.SAMPLE:
            return one.terms.sample or bool(life.samples)
        case Event.CANCEL:
            # Whoever may approve it refuses it instead.
            before = life.state in (State.SUBMITTED, State.RETURNED, State.APPROVED)
            return before and not may(life.state, Event.APPROVE, seats)
        case _:
            return True


def who(uow: UnitOfWork, person: int | None) -> str:
    """How somebody who did something is called."""
    found = None if person is None else people.person(uow.conn, person)
    return "" if found is None else found.name
