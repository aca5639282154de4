"""The one place where a duty becomes answered: its status, what the answer is worth, the receipt, and the audit."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any, Final

from campaign.talks.duties import ByPhoneBrief
from campaign.unmet import Judged, Measure, shortfalls
from service.core.unit_of_work import UnitOfWork
from service.duties import deeds
from storage import conversations, duties, filings, registry
from storage.conversations import Conversation
from storage.duties import Duty
from storage.engine import apart

AT_ONCE: Final = 500
"""Answers of before answers were judged that one tick judges: others wait for the one writer."""


def close(uow: UnitOfWork, duty: Duty, *, by: int | None, **source: Any) -> None:
    """Let a duty be answered by what was done elsewhere, without a talk about it and so without a receipt.

    `by` is the person who did it (None: several, or the system); `source` names for the audit what answers the duty, as
    `hazard=41`.
    """
    duties.answered(uow.conn, duty.id, None, written_at(uow, duty))
    uow.note("duty-answered", f"duty/{duty.id}", actor=uow.acting(by), **source)


def close_by_talk(uow: UnitOfWork, duty: Duty, talk: Conversation, *, by: int, at: datetime | None = None) -> str:
    """Let a talk that has finished be the answer to a duty that counts from now on, in the place of an earlier one;
    return the code of its receipt. An answer that does not meet the clause counts as well: it was given.

    `at` is campaign time, aware: since when the duty is answered, where what was told before had answered it already.
    """
    code = uow.fresh.code()
    judged = _judged(uow, duty, talk)
    written = written_at(uow, duty)
    duties.answered(uow.conn, duty.id, talk.id, at or written, judged, deeds.dated(uow, duty, talk))
    duties.add_receipt(uow.conn, code, duty.id, talk.id, written, uow.assurance)
    uow.note(
        "duty-answered",
        f"duty/{duty.id}",
        actor=uow.acting(by),
        conversation=talk.id,
        assurance=uow.assurance,
        met=judged.met,
    )
    return code


def judge(uow: UnitOfWork, duty: Duty, stored: Mapping[str, Any]) -> Judged:
    """Return what the answers of a duty are worth, by the pack as it is now."""
    values = _by_own_keys(stored)
    if values.get("present") is False:
        return duties.MET
    rule = uow.pack.obligation(duty.obligation)
    form = uow.pack.form_of(rule)
    conditions, by = [(condition.key, condition) for condition in rule.unmet], measure(uow, duty)
    if form is None:
        return Judged(shortfalls(conditions, values, by))
    return Judged(
        shortfalls([*conditions, *form.judged], values, by),
        form.missing(values, required=True),
        form.missing(values, required=False),
    )


def measure(uow: UnitOfWork, duty: Duty) -> Measure:
    """Return what the answers of a duty are compared with besides one another."""
    enterprise = None if duty.enterprise is None else registry.enterprise(uow.conn, duty.enterprise)
    if enterprise is None:
        return Measure(uow.pack.campaign.first)
    return Measure(uow.pack.campaign.first, enterprise.employees, enterprise.tags)


def own_answers(uow: UnitOfWork, duty: Duty) -> Mapping[str, Any]:
    """Return the answers of a duty by the keys of its questions; {} where another duty's talk, or none, met it."""
    talk = None if duty.conversation is None else conversations.by_id(uow.conn, duty.conversation)
    if talk is None or not _is_about(talk, duty):
        return {}
    return _by_own_keys(conversations.result(uow.conn, talk.id))


def _by_own_keys(stored: Mapping[str, Any]) -> dict[str, Any]:
    # What only the principal can say has a key of its own in a call; his own word goes before it.
    return {key.removeprefix(ByPhoneBrief.SAID): value for key, value in stored.items()} | dict(stored)


def judge_former(uow: UnitOfWork) -> None:
    """Judge some of what was answered before answers were judged: their owners hear of it as of any other."""
    apart(uow.conn, [partial(_judge_former, uow, duty) for duty in filings.unjudged(uow.conn, AT_ONCE)])


def _judge_former(uow: UnitOfWork, duty: Duty) -> None:
    talk = None if duty.conversation is None else conversations.by_id(uow.conn, duty.conversation)
    judged = duties.MET if talk is None else _judged(uow, duty, talk)
    filings.judge(uow.conn, duty.id, met=judged.met, shortfall=judged.as_json())
    if not judged.met:
        duties.snooze(uow.conn, duty.id, uow.now)
        uow.note("duty-judged", f"duty/{duty.id}", met=False)


def _judged(uow: UnitOfWork, duty: Duty, talk: Conversation) -> Judged:
    """Return what a talk that answers a duty is worth; one about another duty, which meets this as well, is enough."""
    return judge(uow, duty, conversations.result(uow.conn, talk.id)) if _is_about(talk, duty) else duties.MET


def _is_about(talk: Conversation, duty: Duty) -> bool:
    """Whether a talk asked about this duty, and does not just meet it as well."""
    return duty.id in (talk.duty, talk.brief.get("duty"))


def written_at(uow: UnitOfWork, duty: Duty) -> datetime:
    """Return since when a duty that is answered now is answered, in campaign time: since the message was written, where
    it lay with its platform, or here, until now; since now where nobody knows that, or the duty had not opened then.
    """
    return uow.now if uow.undated or uow.written < duty.opens else uow.written
