"""Who does a job: welders out of the register, the leader, the guardian, who tests the gas."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.dialogs.hot_work.asking import Somebody, Unfit, Welders
from campaign.applications import Application, Who
from talk.conversation import Brief, Talk
from talk.list_questions import fits_button
from talk.questions import Option
from talk.texts import FullDay, Numbered, Phrase, Say


def welders_of(brief: Brief, last: date, before: Application | None) -> Talk[tuple[Who, ...]]:
    """Those who weld, out of `welders` of the brief: [{worker, person, name, trade, masked, until, fault}], `until`
    the last day on which the certificate is valid. Those of `before` are kept while all of them are still valid on
    the `last` day of the job.
    """
    fit = [one for one in brief["welders"] if _fault(one, last) is None]
    by_id = {f"w{one['worker']}": one for one in fit}
    if before is not None:
        kept = [by_id.get(f"w{one.worker}") for one in before.welders]
        sure = [one for one in kept if one is not None]
        if sure and len(sure) == len(kept):
            return tuple(map(_who, sure))
    unfit = tuple(Unfit(one["name"], fault) for one in brief["welders"] if (fault := _fault(one, last)) is not None)
    picked = yield from Welders(
        key="welders",
        ask=Say("permit-welders") if fit else Say("permit-welders-nobody", day=last),
        label=Say("permit-welders-label"),
        hint=_register(fit, unfit),
        choices=tuple(
            Option(id_, one["name"], None if fits_button(one["name"]) else Say("permit-nth", number=number))
            for number, (id_, one) in enumerate(by_id.items(), 1)
        ),
        unfit=unfit,
    )
    return tuple(_who(by_id[id_]) for id_ in picked.ids)


def _who(one: Mapping[str, Any]) -> Who:
    return Who(one["name"], one["person"], one["worker"])


def _fault(one: Mapping[str, Any], last: date) -> Phrase | None:
    """Why somebody of the register cannot be named for a job whose last day this is."""
    until = None if one["until"] is None else date.fromisoformat(one["until"])
    if one["fault"] is None:
        return None if until is None or until >= last else Say("permit-fault-ends", day=FullDay(until))
    if until is None or one["fault"] == "trade":
        return Say("permit-fault-trade", trade=one["trade"])
    return Say("permit-fault", fault=one["fault"], day=FullDay(until))


def _register(fit: Sequence[Mapping[str, Any]], unfit: Sequence[Unfit]) -> Phrase:
    lines = tuple(
        Say("permit-welder-line", name=one["name"], trade=one["trade"], day=FullDay(date.fromisoformat(one["until"])))
        if one["until"]
        else str(one["name"])
        for one in fit
    )
    those = Numbered(lines)
    if not unfit:
        return Say("permit-welders-hint", names=those)
    void = Numbered(tuple(Say("permit-welder-void", name=one.name, why=one.why) for one in unfit))
    return Say("permit-welders-hint-void", names=those, void=void) if lines else Say("permit-welders-void", void=void)


def members(brief: Brief) -> tuple[Who, ...]:
    """The people of the enterprise in the chat."""
    return tuple(Who(one["name"], one["person"]) for one in brief["members"])


def leader_of(brief: Brief, before: Application | None) -> Talk[Who]:
    """作业负责人."""
    people = members(brief)
    if before is not None and _still(before.leader, people):
        return before.leader
    return (
        yield from Somebody(
            key="leader",
            ask=Say("permit-leader"),
            label=Say("permit-leader-label"),
            hint=Say("permit-somebody-hint"),
            people=people,
        )
    )


def guardian_of(brief: Brief, welding: tuple[Who, ...], before: Application | None) -> Talk[Who]:
    """监护人, who watches all the time and so cannot weld."""
    people = members(brief)
    if before is not None and _still(before.guardian, people) and before.guardian.name not in _names(welding):
        return before.guardian
    return (
        yield from Somebody(
            key="guardian",
            ask=Say("permit-guardian"),
            label=Say("permit-guardian-label"),
            hint=Say("permit-guardian-hint"),
            people=people,
            barred=welding,
            why_not=Say("permit-guardian-welds"),
        )
    )


def tester_of(brief: Brief, before: Application | None) -> Talk[Who]:
    """分析人."""
    people = members(brief)
    if before is not None and before.tester is not None and _still(before.tester, people):
        return before.tester
    return (
        yield from Somebody(
            key="tester",
            ask=Say("permit-tester"),
            label=Say("permit-tester-label"),
            hint=Say("permit-somebody-hint"),
            people=people,
        )
    )


def _still(who: Who, people: tuple[Who, ...]) -> bool:
    """Somebody of the last permit is there still; a name alone always is."""
    return who.person is None or who in people


def _names(people: tuple[Who, ...]) -> list[str]:
    return [one.name for one in people]
