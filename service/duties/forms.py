"""Duties that are answered by a form of the pack: what its talk starts from, and what else the answer meets."""

from collections.abc import Callable, Mapping

import msgspec

from campaign.forms import COUNTED, Asked, ChoiceAsk, CountAsk, Form, PhotoAsk, TextAsk
from campaign.talks.duties import DutyBrief, DutyFacts, Filled, FormBrief
from service.core.duty_talk import OwnedDuty
from service.core.unit_of_work import UnitOfWork
from service.duties import admissions
from service.duties.owned import with_rule
from storage import conversations, duties, registry
from storage.conversations import Conversation
from storage.duties import UNDONE

Counter = Callable[[UnitOfWork, str], Mapping[str, int]]
"""Gives the numbers that are known of a district, by their names in the pack (`campaign.forms.KnownNumber`)."""


def brief(uow: UnitOfWork, owned: OwnedDuty, facts: DutyFacts, counted: Counter) -> FormBrief:
    """The brief of a duty that a form answers: with the form as it is now, and what is known already."""
    form = uow.pack.form(str(owned.rule.form))
    duty = owned.duty
    enterprise = None if duty.enterprise is None else registry.enterprise(uow.conn, duty.enterprise)
    employees = enterprise.employees if enterprise else None
    before = conversations.latest_result(uow.conn, duty.obligation, duty.subject, before=duty.opens)
    known: dict[str, int | None] = {"employees": employees}
    if duty.enterprise is None and any(isinstance(field, CountAsk) and field.same in COUNTED for field in form.fields):
        known |= counted(uow, duty.district)
    usual = {
        field.key: known[field.same] if field.same in known else before.get(field.key)
        for field in form.fields
        if isinstance(field, ChoiceAsk | CountAsk | TextAsk) and field.same
    }
    counts = owned.rule.counts_as
    pointless = {counts.asked} if counts is not None and met_as_well(uow, owned) is None else set()
    return FormBrief(
        **facts,
        form=form.as_json(without=pointless),
        period=duty.period,
        employees=employees,
        usual={key: value for key, value in usual.items() if value is not None},
        denied=admissions.denied_before(uow, duty, form),
    )


def renewed(uow: UnitOfWork, talk: Conversation, brief: FormBrief, counted: Counter) -> FormBrief:
    """Return the brief of a talk with the numbers that are only confirmed as they are counted by now, and with what the
    self-check denies by now.
    """
    form = Form.stored(brief.form)
    fixed = {field.key: field.same for field in form.fields if isinstance(field, CountAsk) and field.as_counted}
    duty = None if talk.duty is None or not (fixed or form.admitting) else duties.get(uow.conn, talk.duty)
    if duty is None:
        return brief
    now = counted(uow, duty.district) if fixed else {}
    usual = {key: now[str(name)] for key, name in fixed.items() if str(name) in now}
    denied = admissions.denied_before(uow, duty, form)
    return msgspec.structs.replace(brief, usual=brief.usual | usual, denied=denied)


def wants_photos(brief: DutyBrief) -> bool:
    """Return whether a form asks for photos; none can be given by phone."""
    return isinstance(brief, FormBrief) and any(isinstance(field, PhotoAsk) for field in _fields(brief))


def can_be_told(uow: UnitOfWork, owned: OwnedDuty) -> bool:
    """Return whether a form can be answered by phone: no photo or signed page is its answer."""
    fields = uow.pack.form(str(owned.rule.form)).fields
    return all(field.nothing is not None for field in fields if isinstance(field, PhotoAsk))


def counts_coverage(uow: UnitOfWork, owned: OwnedDuty) -> bool:
    """Return whether a form asks how many are checked or trained: /coverage has their names."""
    form = uow.pack.form_of(owned.rule)
    return form is not None and any(
        isinstance(field, CountAsk) and field.same in ("to-check", "to-train") for field in form.fields
    )


def met_as_well(uow: UnitOfWork, owned: OwnedDuty) -> OwnedDuty | None:
    """The other duty, still to be done, that an answer to this one may meet as well; locked."""
    counts = owned.rule.counts_as
    if counts is None:
        return None
    other = duties.of_period(uow.conn, counts.obligation, owned.duty.subject, counts.period)
    return None if other is None or other.status not in UNDONE else with_rule(uow, other)


def also_met(uow: UnitOfWork, owned: OwnedDuty, result: object) -> list[OwnedDuty]:
    """The other duty that an answer meets, where its question about that was answered with yes; locked."""
    counts = owned.rule.counts_as
    if counts is None or not isinstance(result, Filled) or result.values.get(counts.asked) is not True:
        return []
    other = met_as_well(uow, owned)
    return [] if other is None else [other]


def _fields(brief: FormBrief) -> tuple[Asked, ...]:
    return Form.stored(brief.form).fields
