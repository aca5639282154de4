"""Who does a job: welders out of the register, the leader, the guardian, who tests the gas."""

from collections.abc import Sequence
from datetime import date

from bot.dialogs.hot_work.asking import Somebody, Unfit, Welders
from campaign.applications import Application, Who
from campaign.talks.hot_work import ListedWelder, Member
from talk.conversation import Talk
from talk.list_questions import fits_button
from talk.questions import Option
from talk.texts import FullDay, Numbered, Phrase, Say


def welders_of(register: Sequence[ListedWelder], last: date, before: Application | None) -> Talk[tuple[Who, ...]]:
    """Those who weld, out of the register. Those of `before` are kept while the certificates of all of them are still
    valid on the `last` day of the job.
    """
    fit = [welder for welder in register if _fault(welder, last) is None]
    by_id = {f"w{welder.worker}": welder for welder in fit}
    if before is not None:
        kept = [by_id.get(f"w{who.worker}") for who in before.welders]
        sure = [welder for welder in kept if welder is not None]
        if sure and len(sure) == len(kept):
            return tuple(map(_who, sure))
    unfit = tuple(Unfit(welder.name, fault) for welder in register if (fault := _fault(welder, last)) is not None)
    picked = yield from Welders(
        key="welders",
        ask=Say("permit-welders") if fit else Say("permit-welders-nobody", day=last),
        label=Say("permit-welders-label"),
        hint=_register(fit, unfit),
        choices=tuple(
            Option(id_, welder.name, None if fits_button(welder.name) else Say("permit-nth", number=number))
            for number, (id_, welder) in enumerate(by_id.items(), 1)
        ),
        unfit=unfit,
    )
    return tuple(_who(by_id[id_]) for id_ in picked.ids)


def _who(welder: ListedWelder) -> Who:
    return Who(welder.name, welder.person, welder.worker)


def _fault(welder: ListedWelder, last: date) -> Phrase | None:
    """Return why somebody of the register cannot be named for a job whose last day this is; None: he can."""
    until = welder.until
    if welder.fault is None:
        return (
            None if until is None or until >= last else Say("permit-fault-ends", kind=welder.kind, day=FullDay(until))
        )
    if until is None or welder.fault == "trade":
        return Say("permit-fault-trade", trade=welder.trade)
    return Say("permit-fault", fault=welder.fault, day=FullDay(until))


def _register(fit: Sequence[ListedWelder], unfit: Sequence[Unfit]) -> Phrase:
    lines = tuple(
        welder.name
        if welder.until is None
        else Say(
            "permit-welder-line",
            name=welder.name,
            trade=welder.trade,
            until=Say("certificate-day", kind=welder.kind, day=FullDay(welder.until)),
        )
        for welder in fit
    )
    those = Numbered(lines)
    if not unfit:
        return Say("permit-welders-hint", names=those)
    void = Numbered(tuple(Say("permit-welder-void", name=welder.name, why=welder.why) for welder in unfit))
    return Say("permit-welders-hint-void", names=those, void=void) if lines else Say("permit-welders-void", void=void)


def members(listed: Sequence[Member]) -> tuple[Who, ...]:
    """Return the people of the enterprise in the chat, as they are named on a permit."""
    return tuple(Who(member.name, member.person) for member in listed)


def leader_of(people: Sequence[Who], before: Application | None) -> Talk[Who]:
    """作业负责人."""
    return _as_before(
        None if before is None else before.leader,
        Somebody(
            key="leader",
            ask=Say("permit-leader"),
            label=Say("permit-leader-label"),
            hint=Say("permit-somebody-hint"),
            people=tuple(people),
        ),
    )


def guardian_of(people: Sequence[Who], welding: tuple[Who, ...], before: Application | None) -> Talk[Who]:
    """监护人, who watches all the time and so cannot weld."""
    return _as_before(
        None if before is None else before.guardian,
        Somebody(
            key="guardian",
            ask=Say("permit-guardian"),
            label=Say("permit-guardian-label"),
            hint=Say("permit-guardian-hint"),
            people=tuple(people),
            barred=welding,
            why_not=Say("permit-guardian-welds"),
        ),
    )


def tester_of(people: Sequence[Who], before: Application | None) -> Talk[Who]:
    """分析人."""
    return _as_before(
        None if before is None else before.tester,
        Somebody(
            key="tester",
            ask=Say("permit-tester"),
            label=Say("permit-tester-label"),
            hint=Say("permit-somebody-hint"),
            people=tuple(people),
        ),
    )


def _as_before(usual: Who | None, question: Somebody) -> Talk[Who]:
    """Take whoever it was on the last permit, unless they left or are barred by their name; else ask."""
    there = usual is not None and (usual.person is None or usual in question.people)
    if usual is not None and there and usual.name not in [barred.name for barred in question.barred]:
        return usual
    return (yield from question)
