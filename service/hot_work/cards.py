"""The live card of a permit: how it stands, what is missing, and the buttons of whoever reads it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from campaign.certificates import standing
from campaign.hot_work import HotWork, Level
from campaign.permit_life import Sample, headline, look_due, recheck_due, unsecured, watch_ends
from campaign.permits import ENDED, Event, Gate, Seat, State, may
from service.core.letters import Draft
from service.core.unit_of_work import UnitOfWork
from service.hot_work import acting, actions
from service.hot_work.gates import rules_of
from service.hot_work.in_hand import PermitInHand, newest_checks, person_name, seats
from service.hot_work.refusals import lacking_line, listed_gates, void_certificates
from storage.permits import PermitPerson
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
    (Event.MEASURES, Say("permit-option-measures")),
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
    """Return a minute as people on a site say it; with its day where that is not today."""
    local = at.astimezone(uow.context.zone)
    return f"{local:%H:%M}" if local.date() == uow.now.date() else Say("shown-moment", moment=local)


@dataclass(frozen=True, slots=True)
class View:
    """A permit as everybody sees it: found out once, for all the chats that show it."""

    permit: PermitInHand
    lines: tuple[Phrase | None, ...]
    shut: tuple[Gate, ...]
    """The gates before what its state leads to."""


def view(uow: UnitOfWork, permit: PermitInHand) -> View:
    """Return a permit as everybody sees it now."""
    aim = AIM.get(permit.life.state)
    shut = () if aim is None else acting.missing(uow, permit, aim, uow.now)
    heading = Say("permit-heading", code=permit.row.code, state=headline(permit.life, frozenset(shut)))
    void = () if aim is None else void_certificates(uow, permit, shut, aim)
    return View(permit, (heading, *_facts(uow, permit), _missing(aim, shut), *void, _remark(permit)), shut)


def card(uow: UnitOfWork, person: int, seen: View, name: str) -> Draft:
    """Return a card with the buttons of one person; `name` is the card's, under which later ones replace it."""
    return Draft(seen.lines, tuple(_taps(uow, person, seen)), card=name, of=seen.permit.enterprise.code)


def _facts(uow: UnitOfWork, permit: PermitInHand) -> list[Phrase | None]:
    """Return a line each: level and times, place and work, people, gas, what is next."""
    rules, application = rules_of(uow), permit.application
    return [
        Say("permit-enterprise", name=permit.enterprise.name),
        level_line(uow, permit),
        _hours(permit),
        Say("permit-job", place=application.place, content=application.content),
        *_people(permit),
        *_site(uow, rules, permit),
    ]


def level_line(uow: UnitOfWork, permit: PermitInHand) -> Say:
    """Return the level, why it is stricter, and from when until when."""
    rules = rules_of(uow)
    assessed = permit.application.assessed(rules)
    start, until = minute(uow, permit.terms.starts), minute(uow, permit.terms.until)
    if assessed.level is Level.FIXED:
        return Say("permit-card-fixed", start=start, until=until)
    name = rules.rule(assessed.level).name
    if not assessed.upgraded:
        return Say("permit-level", level=level_name(rules, assessed.level), start=start, until=until)
    reasons = Listed(tuple(Say("permit-why", why=why) for why in assessed.why))
    return Say(
        "permit-level-upgraded",
        level=name,
        why=Say("listed", items=reasons),
        standard=rules.standard,
        start=start,
        until=until,
    )


def level_name(rules: HotWork, level: Level) -> Say:
    """Return a level by its name, with the standard from which it comes; a fixed area has none."""
    return Say("permit-level-name", level=level, name=rules.rule(level).name, standard=rules.standard)


def _hours(permit: PermitInHand) -> Say | None:
    hours = permit.application.hours
    return None if hours is None else Say("permit-card-hours", start=f"{hours[0]:%H:%M}", until=f"{hours[1]:%H:%M}")


def _people(permit: PermitInHand) -> list[Phrase | None]:
    welders = Listed(
        tuple(
            Say("permit-welder-bare", name=who.name)
            if who.valid_until is None
            else Say("permit-welder", name=who.name, until=_usable(who, who.valid_until))
            for who in permit.seated(Seat.WELDER)
        )
    )
    leader, guardian, tester = (_named(permit, seat) for seat in (Seat.LEADER, Seat.GUARDIAN, Seat.TESTER))
    return [
        Say("permit-crew", welders=Say("listed", items=welders)),
        Say("permit-people", leader=leader or "", guardian=guardian or ""),
        None if tester is None else Say("permit-card-tester", tester=tester),
    ]


def _usable(who: PermitPerson, valid_until: date) -> Say:
    """Return until when a certificate is usable, by what that day is."""
    if who.review_due is None:
        return Say("certificate-day", kind="usable", day=FullDay(valid_until))
    stands = standing(who.review_due, valid_until, valid_until)
    return Say("certificate-day", kind=stands.kind, day=FullDay(stands.until))


def _named(permit: PermitInHand, seat: Seat) -> Phrase | None:
    who = next(iter(permit.seated(seat)), None)
    if who is None:
        return None
    return who.name if who.person is not None else Say("permit-absent", name=who.name)


def name_of(permit: PermitInHand, seat: Seat) -> str:
    """Return the name of whoever has a seat, for a sentence; "" for nobody."""
    return next((who.name for who in permit.seated(seat)), "")


def _site(uow: UnitOfWork, rules: HotWork, permit: PermitInHand) -> Iterable[Phrase | None]:
    life = permit.life
    if life.state in (State.SUBMITTED, State.RETURNED, State.REFUSED):
        yield Say("permit-card-measures", number=len(permit.application.measures))
        yield _left_measures(rules, permit)
        return
    yield from _gas(uow, rules, permit)
    if life.state in (State.APPROVED, State.STARTED, State.SUSPENDED):
        here = life.guarded_since
        yield Say("permit-unguarded") if here is None else Say("permit-guarded", at=minute(uow, here))
        yield _measures(uow, permit)
    if life.why is not None and life.paused_at is not None and life.state is State.SUSPENDED:
        yield Say("permit-paused", why=life.why, at=minute(uow, life.paused_at))
    due = recheck_due(rules, permit.terms, life)
    if due is not None:
        yield Say("permit-recheck", at=minute(uow, due))
    if life.started_at is not None and life.state in (State.STARTED, *ENDED):
        yield Say("permit-started", at=minute(uow, life.started_at))
    if life.finished_at is not None:
        ended, heard = minute(uow, life.worked_until or life.finished_at), minute(uow, life.finished_at)
        yield Say("permit-finished", at=ended) if ended == heard else Say("permit-finished-late", at=ended, heard=heard)
    if life.looks:
        times = Listed(tuple(minute(uow, at) for at in life.looks))
        yield Say("permit-looked", times=Say("listed", items=times))
    look, ends = look_due(rules, life), watch_ends(rules, life)
    if look is not None and ends is not None and life.state in (State.FINISHED, State.FIRE_WATCH):
        yield Say("permit-card-look", at=minute(uow, look), until=minute(uow, ends))
    if life.violation_at is not None:
        yield Say("permit-violation", at=minute(uow, life.violation_at))


def _measures(uow: UnitOfWork, permit: PermitInHand) -> Say | None:
    """Return how the measures stand on site: lacking, not looked at yet, or who found them in place and when."""
    lacking = lacking_line(uow, permit)
    if lacking is not None:
        return lacking
    wanted = permit.terms.measures
    left = unsecured(permit.terms, permit.life, uow.now)
    if left:
        # Work that began before measures were asked for on site goes on as it was begun.
        started = permit.life.state is State.STARTED
        return None if started else Say("permit-card-unsecured", number=len(left))
    looked = newest_checks(permit)
    steps = {step.id: step for id_ in wanted if (step := looked.get(id_)) is not None}
    by = tuple(Say("permit-card-by", by=person_name(uow, s.person), at=minute(uow, s.at)) for s in steps.values())
    return Say("permit-card-secured", number=len(wanted), by=Say("listed", items=Listed(by))) if by else None


def _gas(uow: UnitOfWork, rules: HotWork, permit: PermitInHand) -> Iterable[Phrase]:
    if not permit.life.samples:
        if not permit.terms.sample:
            yield Say("permit-gas-free", reason=permit.application.no_sample)
        elif permit.life.state not in ENDED:
            yield Say("permit-gas-none")
        return
    for sample in permit.life.newest:
        yield Say(
            "permit-card-gas",
            gas=rules.gas(sample.gas).name,
            value=f"{sample.value.normalize():f}",
            at=minute(uow, sample.taken_at),
            verdict=Say("permit-gas-ok") if sample.ok else Say("permit-gas-over"),
        )


def gas_over(rules: HotWork, sample: Sample) -> Say:
    """Return a sample over its limit, with the limit."""
    gas = rules.gas(sample.gas)
    limit = rules.limit(gas)
    value = f"{sample.value.normalize():f}"
    if limit is None:
        least, most = str(rules.oxygen_least), str(rules.oxygen_most)
        return Say("permit-oxygen-out", gas=gas.name, value=value, standard=rules.standard, least=least, most=most)
    return Say("permit-gas-above", gas=gas.name, value=value, standard=rules.standard, limit=str(limit))


def _left_measures(rules: HotWork, permit: PermitInHand) -> Say | None:
    """Return the measures of the form that were not chosen: the approver should see them."""
    taken = {measure.id for measure in permit.application.measures}
    left = tuple(measure.short for measure in rules.measures if measure.id not in taken)
    return None if not left else Say("permit-measures-left", items=Say("listed", items=Listed(left)))


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


def _remark(permit: PermitInHand) -> Say | None:
    """Return the words of whoever returned, refused or cancelled it."""
    if permit.life.state not in (State.RETURNED, State.REFUSED, State.CANCELLED):
        return None
    remark = next((str(step.data["remark"]) for step in reversed(permit.steps) if step.data.get("remark")), "")
    if not remark:
        return None
    return (
        Say("permit-remark", remark=remark)
        if permit.life.state is State.RETURNED
        else Say("permit-refusal", remark=remark)
    )


def _taps(uow: UnitOfWork, person: int, seen: View) -> Iterable[Tap]:
    permit = seen.permit
    number, state = permit.row.id, permit.life.state
    owned = seats(uow, person, permit)
    if state is State.RETURNED and Seat.APPLICANT in owned:
        yield actions.EDIT.tap(Say("permit-option-edit"), number)
    for event, label in TAPS:
        if may(state, event, owned) and _is_offered(uow, seen, event, owned):
            yield actions.DO.tap(label, number, event)
    if state not in (State.SUBMITTED, State.RETURNED):
        yield actions.PRINT.tap(Say("permit-option-paper"), number)


def _is_offered(uow: UnitOfWork, seen: View, event: Event, owned: frozenset[Seat]) -> bool:
    """Return whether an event that is possible has a button: what cannot be done yet would only tempt, and who is not
    on site does not take photos of it.
    """
    permit, life = seen.permit, seen.permit.life
    match event:
        case Event.START | Event.RESUME | Event.CLOSE:
            # The photo of the acceptance is sent in the talk that closes.
            return set(seen.shut) <= {Gate.ACCEPTED}
        case Event.LOOK:
            return not acting.missing(uow, permit, event, uow.now)
        case Event.ARRIVE:
            return life.guarded_since is None
        case Event.LEAVE:
            return life.guarded_since is not None
        case Event.MEASURES:
            # A guardian who has not come yet looks at them when he comes.
            coming = may(life.state, Event.ARRIVE, owned) and life.guarded_since is None
            return not coming and bool(unsecured(permit.terms, life, uow.now))
        case Event.STOP:
            return life.state is State.STARTED
        case Event.PHOTO:
            return life.state is State.APPROVED and bool(owned - {Seat.APPROVER})
        case Event.FINISH:
            return life.started_at is not None
        case Event.SAMPLE:
            return permit.terms.sample or bool(life.samples)
        case Event.CANCEL:
            # Whoever may approve it refuses it instead.
            before = life.state in (State.SUBMITTED, State.RETURNED, State.APPROVED)
            return before and not may(life.state, Event.APPROVE, owned)
        case _:
            return True
