"""The pulse of live permits: what time has done to them, and the prompts that go to the site first, then on.

Minutes matter here: these letters go at any hour, ahead of all others. `tick` is called each minute, `beat` at once
when somebody did something.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from campaign.permit_life import Pause
from campaign.permits import Event, Seat, State
from campaign.pulse import Due, Prompt, due, look_at
from service.core.letters import Draft, answer, tell
from service.core.permissions import Act, require
from service.core.refusal import RefusedError
from service.core.unit_of_work import Speaker, UnitOfWork
from service.hot_work import actions, enterprise_ends, letters, steps
from service.hot_work.cards import gas_over, level_name, minute, name_of
from service.hot_work.gates import rules_of
from service.hot_work.in_hand import PermitInHand, person_name, seats
from service.hot_work.letters import people_with
from storage import outbox, people, permits
from storage.engine import apart
from storage.permits import SentPrompt
from talk.actions import Tap
from talk.texts import Listed, Phrase, Say

KIND: Final = "permit-prompt"
LOST: Final = frozenset({"refused", "rejected", "failed", "expired", "cancelled"})
"""How a letter ended that nobody will read."""

WATCHED: Final = timedelta(minutes=1)
"""While a critical prompt waits for a tap, whether it can still reach anybody is looked at so often."""

STALE: Final = timedelta(hours=12)
"""What was due longer ago, and never said, is not said any more: the clock of a rehearsal jumped."""


def tick(uow: UnitOfWork) -> int:
    """Advance and prompt every permit that time has something to do with; return how many."""
    looked = steps.tick(uow)
    ended = apart(uow.conn, [partial(enterprise_ends.cancel, uow, permit) for permit in enterprise_ends.orphaned(uow)])
    looked += [permit for permit in ended if permit is not None]
    enterprise_ends.tell_of_watched(uow)
    # One that fails is looked at again at the next tick, and holds up no other site.
    return len(apart(uow.conn, [partial(_follow, uow, permit) for permit in looked]))


def _follow(uow: UnitOfWork, permit: PermitInHand) -> None:
    letters.renew(uow, permit)
    beat(uow, permit)


def beat(uow: UnitOfWork, permit: PermitInHand) -> None:
    """Say what is due, pass on what nobody tapped, and note when to look again."""
    rules = rules_of(uow)
    later: list[datetime] = []
    prompts = [prompt for prompt in due(rules, permit.terms, permit.life) if uow.now - STALE < prompt.at <= uow.now]
    said = {(told.prompt, told.at): told for told in permits.prompts(uow.conn, permit.row.id)} if prompts else {}
    for prompt in _newest(prompts):
        again = _say(uow, permit, prompt, said.get((prompt.prompt, prompt.at)))
        if again is not None:
            later.append(again)
    at = look_at(rules, permit.terms, permit.life, uow.now)
    again_at = min([*later, *([] if at is None else [at])], default=None)
    if again_at != permit.row.look_at:
        permits.change(uow.conn, permit.row.id, look_at=again_at)


def _newest(prompts: Sequence[Due]) -> list[Due]:
    """Return the newest prompt of each kind: after a gap nobody wants to hear of 30 minutes and of 10."""
    return list({prompt.prompt: prompt for prompt in prompts}.values())


def _say(uow: UnitOfWork, permit: PermitInHand, prompt: Due, told: SentPrompt | None) -> datetime | None:
    """Say a prompt to the group whose turn it is; return when it has to be looked at again, or None. `told`: the prompt
    as it was sent so far.
    """
    pass_on, last = rules_of(uow).pass_on, len(prompt.groups) - 1
    if told is None:
        permits.add_prompt(uow.conn, permit.row.id, prompt.prompt, prompt.at, uow.now)
        told = SentPrompt(permit.row.id, prompt.prompt, prompt.at, 0, uow.now, None, None)
    elif told.acked_at is not None or told.rank >= last:
        return None
    elif uow.now < told.told_at + pass_on and _reached(uow, permit, prompt, told.rank):
        return min(told.told_at + pass_on, uow.now + WATCHED)
    else:
        permits.pass_on(uow.conn, told, uow.now)
        told = replace(told, rank=told.rank + 1)
    while not _tell_group(uow, permit, prompt, told.rank) and told.rank < last:
        # Nobody there, or nobody who can be reached: the next group is asked at once.
        permits.pass_on(uow.conn, told, uow.now)
        told = replace(told, rank=told.rank + 1)
    return None if told.rank >= last else uow.now + min(pass_on, WATCHED)


def _tell_group(uow: UnitOfWork, permit: PermitInHand, prompt: Due, rank: int) -> bool:
    told = [_tell(uow, permit, prompt, person, passed=rank > 0) for person in _group(uow, permit, prompt, rank)]
    return any(told)


def _group(uow: UnitOfWork, permit: PermitInHand, prompt: Due, group: int) -> list[int]:
    """Return the people of a group who are in no earlier one."""
    before = {person for seats in prompt.groups[:group] for person in people_with(uow, permit, seats)}
    return [person for person in people_with(uow, permit, prompt.groups[group]) if person not in before]


def _reached(uow: UnitOfWork, permit: PermitInHand, prompt: Due, rank: int) -> bool:
    """Return whether anybody of the group that was told can still read it."""
    group = _group(uow, permit, prompt, rank)
    # Whoever is locked out or has left may hold a phone on which it arrived, and does not act on it.
    keys = [_dedupe(permit, prompt, person) for person in group if people.address_of(uow.conn, person) is not None]
    return any(state not in LOST for state in outbox.states(uow.conn, keys))


def _tell(uow: UnitOfWork, permit: PermitInHand, prompt: Due, person: int, *, passed: bool) -> bool:
    lines: list[Phrase | None] = [_words(uow, permit, prompt)]
    if passed:
        lines.append(Say("permit-prompt-passed", minutes=int(rules_of(uow).pass_on.total_seconds() // 60)))
    return tell(
        uow,
        person,
        Draft(tuple(lines), _taps(uow, permit, prompt, person), of=permit.enterprise.code),
        kind=KIND,
        dedupe=_dedupe(permit, prompt, person),
        priority=outbox.PERMIT,
        valid=timedelta(hours=2),
    )


def _dedupe(permit: PermitInHand, prompt: Due, person: int) -> str:
    return f"permit/{permit.row.id}/{prompt.prompt}/{int(prompt.at.timestamp())}/{person}"


def _taps(uow: UnitOfWork, permit: PermitInHand, prompt: Due, person: int) -> tuple[Tap, ...]:
    number, owned = permit.row.id, seats(uow, person, permit)
    found: list[Tap] = []
    match prompt.prompt:
        case Prompt.RECHECK:
            found.append(actions.DO.tap(Say("permit-option-sample"), number, Event.SAMPLE))
        case Prompt.WATCH if Seat.GUARDIAN in owned:
            found.append(actions.DO.tap(Say("permit-option-watch"), number, Event.WATCH))
        case Prompt.LOOK if Seat.GUARDIAN in owned:
            found.append(actions.DO.tap(Say("permit-option-look"), number, Event.LOOK))
        case Prompt.ACCEPT:
            found.append(actions.DO.tap(Say("permit-option-close"), number, Event.CLOSE))
        case _:
            pass
    if permit.life.state is State.STARTED:
        found.append(actions.DO.tap(Say("permit-option-stop"), number, Event.STOP))
    at = int(prompt.at.timestamp())
    if prompt.prompt is Prompt.GAS:
        return (actions.ACKNOWLEDGE.tap(Say("permit-option-left-site"), number, prompt.prompt, at), *found)
    if len(prompt.groups) > 1:
        found.append(actions.ACKNOWLEDGE.tap(Say("permit-option-seen"), number, prompt.prompt, at))
    else:
        found.append(actions.SHOW.tap(Say("permit-option-show"), number))
    return tuple(found)


def _words(uow: UnitOfWork, permit: PermitInHand, prompt: Due) -> Phrase:  # one sentence each
    code, life, rules = permit.row.code, permit.life, rules_of(uow)
    guardian, until, at = name_of(permit, Seat.GUARDIAN), minute(uow, permit.terms.until), minute(uow, prompt.at)
    match prompt.prompt:
        case Prompt.AWAITS:
            return Say(
                "permit-prompt-awaits",
                code=code,
                place=permit.application.place,
                level=level_name(rules, permit.terms.level.level),
                start=minute(uow, permit.terms.starts),
            )
        case Prompt.ENDS:
            left = int((permit.terms.until - uow.now).total_seconds() // 60)
            return Say("permit-prompt-ends", code=code, minutes=left, until=until, guardian=guardian)
        case Prompt.RECHECK:
            tester = name_of(permit, Seat.TESTER) or guardian
            deadline = minute(uow, prompt.at + rules.late)
            return Say("permit-prompt-recheck", code=code, at=at, tester=tester, deadline=deadline)
        case Prompt.SUSPENDED:
            why = life.why or Pause.STOPPED
            return Say(
                "permit-prompt-suspended", code=code, why=why, at=at, guardian=guardian, who=_stopped_by(uow, permit)
            )
        case Prompt.GAS:
            over = tuple(gas_over(rules, sample) for sample in life.newest if not sample.ok)
            return Say(
                "permit-prompt-gas",
                code=code,
                gases=Say("listed", items=Listed(over)),
                tester=name_of(permit, Seat.TESTER) or guardian,
            )
        case Prompt.BREAK_LONG:
            return Say(
                "permit-prompt-break-long",
                code=code,
                level=permit.terms.level.level,
                standard=rules.standard,
                minutes=int(permit.terms.level.pause.total_seconds() // 60),
            )
        case Prompt.EXPIRED:
            return Say("permit-prompt-expired", code=code, until=until, guardian=guardian)
        case Prompt.LAPSED:
            return Say("permit-prompt-lapsed", code=code, until=until)
        case Prompt.WATCH:
            return Say("permit-prompt-watch", code=code, guardian=guardian)
        case Prompt.LOOK:
            return Say("permit-prompt-look", code=code, at=at, guardian=guardian)
        case Prompt.ACCEPT:
            return Say("permit-prompt-accept", code=code, leader=name_of(permit, Seat.LEADER))


def _stopped_by(uow: UnitOfWork, permit: PermitInHand) -> str:
    return next((person_name(uow, step.person) for step in reversed(permit.steps) if step.event == Event.STOP), "")


def acknowledge(uow: UnitOfWork, me: Speaker, number: int, prompt: Prompt, stamp: int) -> None:
    """收到: a prompt of a permit goes to nobody else. `stamp`: its instant in seconds since 1970."""
    permit = steps.opened(uow, me.person, number)
    # Whoever only sees the permit, as staff do, must not keep a prompt from those who are on it.
    require(uow, me, Act.ACT_ON_PERMIT, permit.enterprise)
    sent = next(
        (
            sent
            for sent in permits.prompts(uow.conn, permit.row.id)
            if sent.prompt == prompt and int(sent.at.timestamp()) == stamp
        ),
        None,
    )
    if sent is None:
        raise RefusedError(Say("tap-outdated"))
    if sent.acked_at is None:
        permits.acknowledge(uow.conn, sent.permit, sent.prompt, sent.at, uow.now, me.person)
    answer(uow, me, Say("permit-seen"))
