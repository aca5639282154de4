"""Which duties a campaign makes, and when: the one truth from which storage makes rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from campaign.notation import DAY_ENDS
from campaign.obligations import Obligation, Subject
from campaign.owing import is_owed, opening
from campaign.pack import Pack
from campaign.periods import shown
from campaign.scope import Matched
from talk.texts import Words


class DutyStanding(StrEnum):
    """What became of a duty, as a bureau counts it."""

    OVERDUE = "overdue"
    UNMET = "unmet"
    """Answered, and the answer does not meet the clause (已填报，未达要求)."""
    OPEN = "open"
    EXPLAINED = "explained"
    """说明情况, and staff have not decided."""
    EXCUSED = "excused"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Window:
    """The time that a look covers, without its first instant and with its last; both aware."""

    after: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Planned:
    """A duty of one period for everybody who falls to the scope; aware times in the pack's zone."""

    obligation_id: str
    subject_kind: Subject
    scope: Matched
    period: str
    opens: datetime
    due: datetime | None


def plan(pack: Pack, window: Window) -> list[Planned]:
    """The duties that open within a window, by opening; one with a trigger is made by its event, not here."""
    found = [planned for planned in _all(pack) if window.after < planned.opens <= window.until]
    return sorted(found, key=lambda planned: planned.opens)


def owed_before(pack: Pack) -> list[Planned]:
    """The duties that a campaign asked for before the day from which things are owed, and which nobody owes."""
    if pack.owed_from is None:
        return []
    owed = {(planned.obligation_id, planned.period, planned.due) for planned in _all(pack)}
    whole = _all(pack.model_copy(update={"owed_from": None}))
    return [planned for planned in whole if (planned.obligation_id, planned.period, planned.due) not in owed]


def title_of(obligation: Obligation, period: str, *, owed: bool = False) -> Words:
    """What a duty is called in a period: 6月调度确认; `owed`: what is still owed of it."""
    title = obligation.owed if owed and obligation.owed is not None else obligation.title
    zh, en = title.zh, title.en
    if "{period}" not in zh:
        return title
    names = shown(period)
    return Words(
        zh.replace("{period}", names.zh),
        en and _sentence(en.replace("{period}", names.en or "")),
    )


def bare_title(obligation: Obligation) -> Words:
    """What a duty is called whatever its period: 调度确认."""
    zh, en = obligation.title.zh, obligation.title.en
    return Words(zh.replace("{period}", ""), en and _sentence(en.replace("{period}", "")))


def _sentence(text: str) -> str:
    text = text.strip()
    return text[:1].upper() + text[1:]


def _all(pack: Pack) -> Iterator[Planned]:
    for obligation in pack.obligations:
        if obligation.trigger is not None or obligation.anchor is not None:
            continue
        for place, variant in enumerate(obligation.variants):
            scope = Matched(variant.scope, tuple(earlier.scope for earlier in obligation.variants[:place]))
            for period in obligation.periods(variant, pack.campaign, pack.phase_periods):
                due = variant.due_on(period)
                if not is_owed(period, due, pack.owed_from):
                    continue
                yield Planned(
                    obligation.id,
                    obligation.subject,
                    scope,
                    period.name,
                    _at(opening(variant.opens_on(period), pack.owed_from), time.min, pack),
                    None if due is None else _at(due, DAY_ENDS, pack),
                )


def _at(day: date, moment: time, pack: Pack) -> datetime:
    return datetime.combine(day, moment, pack.zone)
