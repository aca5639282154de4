"""Duties that are answered by a form of the pack: what its talk starts from, and what else the answer meets."""

from collections.abc import Mapping
from typing import Any, Final, get_args

from campaign.forms import ChoiceAsk, CountAsk, Form, KnownNumber, TextAsk
from service.core.unit_of_work import UnitOfWork
from service.district import coverage
from service.duties.owned import OwnedDuty, with_rule
from storage import conversations, duties, registry
from storage.duties import UNDONE

COUNTED: Final = get_args(KnownNumber)


def brief(uow: UnitOfWork, owned: OwnedDuty) -> dict[str, Any]:
    """What the talk about a form needs beside what every duty gives: the form as it is now, and what is known."""
    form = uow.pack.form(str(owned.rule.form))
    duty = owned.duty
    enterprise = None if duty.enterprise is None else registry.enterprise(uow.conn, duty.enterprise)
    employees = enterprise.employees if enterprise else None
    before = conversations.latest_result(uow.conn, duty.obligation, duty.subject, before=duty.opens)
    known: dict[str, int | None] = {"employees": employees}
    if duty.enterprise is None and any(isinstance(one, CountAsk) and one.same in COUNTED for one in form.fields):
        known |= coverage.numbers(uow, duty.district)
    usual = {
        one.key: known[one.same] if one.same in known else before.get(one.key)
        for one in form.fields
        if isinstance(one, ChoiceAsk | CountAsk | TextAsk) and one.same
    }
    counts = owned.rule.counts_as
    pointless = {counts.asked} if counts is not None and met_as_well(uow, owned) is None else set()
    return {
        "form": form.as_json(without=pointless),
        "period": duty.period,
        "employees": employees,
        "usual": {key: value for key, value in usual.items() if value is not None},
    }


def counts_coverage(uow: UnitOfWork, owned: OwnedDuty) -> bool:
    """Whether a form asks how many are checked or trained: /coverage has their names."""
    form = next((one for one in uow.pack.forms if one.id == owned.rule.form), None)
    return form is not None and any(
        isinstance(one, CountAsk) and one.same in ("to-check", "to-train") for one in form.fields
    )


def met_as_well(uow: UnitOfWork, owned: OwnedDuty) -> OwnedDuty | None:
    """The other duty, still to be done, that an answer to this one may meet as well; locked."""
    counts = owned.rule.counts_as
    if counts is None:
        return None
    other = duties.one(uow.conn, counts.obligation, owned.duty.subject, counts.period)
    return None if other is None or other.status not in UNDONE else with_rule(uow, other)


def hazards_in(brief: Mapping[str, Any], result: Mapping[str, Any]) -> int:
    """How many major hazards an answer counts, each of which is still to be reported."""
    if "form" not in brief:
        return 0
    fields = Form.stored(brief["form"]).fields
    return sum(result.get(one.key, 0) for one in fields if isinstance(one, CountAsk) and one.hazards)
