"""Gas samples (动火分析): which gas, how much of it, taken when and by whom."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from bot.dialogs.hot_work.asking import Somebody, one_listed
from bot.dialogs.hot_work.people import members
from campaign.gases import in_doubt, sample, share
from campaign.hot_work import Gas, HotWork
from campaign.permit_life import Sample
from campaign.talks.hot_work import GasBrief, Sampled
from talk.asking import Hint, Option, Question
from talk.conversation import Talk
from talk.list_questions import numbered
from talk.parsing import day, moment
from talk.questions import Choice, Moment, YesNo
from talk.shares import Reading, Unit, read_gas
from talk.texts import Numbered, Phrase, Say

MOST = 6
"""Samples of one talk: more than any job has gases."""
DAY = timedelta(days=1)
LAST_NIGHT = timedelta(hours=6)
"""A clock time that is still to come is that of yesterday where that is so short a while ago."""
KEPT = timedelta(days=1)
"""An older sample says nothing of the air of today."""
AGO = (("5", timedelta(minutes=5)), ("15", timedelta(minutes=15)))


@dataclass(frozen=True, kw_only=True)
class Share(Question[Reading]):
    """What the detector shows for a gas, with its unit."""

    gas: Gas

    def read(self, text: str, at: datetime) -> Reading | Hint:
        del at
        found = read_gas(text)
        if found is None:
            return self.refusal(text)
        if share(self.gas, found) is None:
            return Hint(Say("permit-gas-impossible", accepts=self.accepts()))
        return found

    def describe(self, value: Reading) -> Phrase:
        return Say("permit-gas-reading", value=f"{value.value:f}", unit=value.unit)

    def encode(self, value: Reading) -> Any:
        return [str(value.value), value.unit]

    def decode(self, stored: Any) -> Reading:
        value, unit = stored
        found = read_gas(str(value))
        if found is None or share(self.gas, Reading(found.value, Unit(unit))) is None:
            raise ValueError(stored)
        return Reading(found.value, Unit(unit))

    def samples(self) -> tuple[Reading, ...]:
        if self.gas.lel is None:
            return (Reading(Decimal("20.9"), Unit.PERCENT), Reading(Decimal(15), Unit.PERCENT))
        return tuple(Reading(Decimal(number), Unit.PERCENT) for number in ("0.05", "5", "0.9"))

    def accepts(self) -> Say:
        return Say("permit-accepts-oxygen") if self.gas.lel is None else Say("permit-accepts-gas")


@dataclass(frozen=True, kw_only=True)
class Taken(Moment):
    """When a sample was taken; not in the future, and not on another day's air."""

    def read(self, text: str, at: datetime) -> datetime | Hint:
        found = moment(text, at)
        if found is None:
            return self.refusal(text)
        if found > at and day(text, at.date()) is None and at - (found - DAY) <= LAST_NIGHT:
            found -= DAY
        if found > at:
            return Hint(Say("permit-taken-future", moment=found))
        return Hint(Say("permit-taken-old", moment=found)) if at - found > KEPT else found

    def offers(self, at: datetime) -> tuple[tuple[Option, datetime], ...]:
        minute = at.replace(second=0, microsecond=0)
        return (
            *super().offers(at),
            *((Option(ago, Say("permit-taken-ago", minutes=int(ago))), minute - span) for ago, span in AGO),
        )

    def accepts(self) -> Say:
        return Say("permit-accepts-taken")


def gas(brief: GasBrief) -> Talk[Sampled]:
    """One sample after the other. A sample over the limit ends the talk at once: the job has to stop."""
    rules = brief.rules
    by = None if brief.own else (yield from _by(brief))
    found: list[Sample] = []
    last = brief.last
    for number in range(1, MOST + 1):
        taken = yield from _one_sample(brief.number, rules, number, last)
        found.append(taken)
        last = taken.gas
        if not taken.ok or number == MOST:
            break
        more = yield from YesNo(
            key=f"more/{number}",
            ask=Say(
                "permit-gas-good",
                gas=rules.gas(taken.gas).name,
                value=f"{taken.value:f}",
                limit=_limit(rules, rules.gas(taken.gas)),
            ),
            label=Say("permit-gas-more-label"),
            yes=Say("permit-gas-done"),
            no=Say("permit-gas-more"),
        )
        if more:
            break
    return Sampled(tuple(found), by)


def _by(brief: GasBrief) -> Somebody:
    return Somebody(
        key="by",
        ask=Say("permit-gas-by", number=brief.number),
        label=Say("permit-tester-label"),
        hint=Say("permit-somebody-hint"),
        people=members(brief.members),
    )


def _one_sample(code: str, rules: HotWork, number: int, last: str | None) -> Talk[Sample]:
    gases = sorted(rules.gases, key=lambda known: known.id != last)
    picked = yield from one_listed(
        f"gas/{number}",
        Say("permit-gas", number=code),
        Say("permit-gas-label"),
        Say("permit-list-hint", all=Numbered(tuple(known.name for known in gases))),
        numbered((known.id, known.name) for known in gases),
    )
    measured = rules.gas(picked)
    reading = yield from Share(
        key=f"value/{number}",
        ask=Say("permit-gas-value", gas=measured.name, limit=_limit(rules, measured)),
        label=Say("permit-gas-value-label"),
        hint=Say("permit-gas-oxygen-hint") if measured.lel is None else Say("permit-gas-value-hint"),
        gas=measured,
    )
    converted: Phrase | None = None
    if in_doubt(measured, reading):
        as_lel = Reading(reading.value, Unit.LEL)
        unit = yield from Choice(
            key=f"unit/{number}",
            ask=Say(
                "permit-gas-unit",
                value=f"{reading.value:f}",
                lel=f"{measured.lel:f}",
                share=f"{share(measured, as_lel):f}",
            ),
            label=Say("permit-gas-unit-label"),
            choices=(Option(Unit.LEL, Say("permit-gas-lel")), Option(Unit.VOLUME, Say("permit-gas-volume"))),
        )
        reading = Reading(reading.value, Unit(unit))
    value = share(measured, reading)
    if value is None:
        raise ValueError(reading)
    if reading.unit in (Unit.LEL, Unit.PPM):
        converted = Say(
            "permit-gas-converted",
            reading=Say("permit-gas-reading", value=f"{reading.value:f}", unit=reading.unit),
            share=f"{value:f}",
        )
    taken = yield from Taken(
        key=f"taken/{number}",
        ask=Say("permit-taken") if converted is None else Say("permit-taken-converted", converted=converted),
        label=Say("permit-taken-label"),
        hint=Say("permit-accepts-taken"),
    )
    return sample(rules, measured, value, taken)


def _limit(rules: HotWork, measured: Gas) -> Phrase:
    limit = rules.limit(measured)
    if limit is None:
        least, most = f"{rules.oxygen_least:f}", f"{rules.oxygen_most:f}"
        return Say("permit-limit-oxygen", standard=rules.standard, least=least, most=most)
    return Say("permit-limit", standard=rules.standard, limit=f"{limit:f}")
