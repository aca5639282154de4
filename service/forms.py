"""Duties that are answered by a form of the pack: what its talk starts from, and what else the answer meets."""

from collections.abc import Mapping
from typing import Any, Final, get_args

from campaign.forms import ChoiceAsk, CountAsk, Form, KnownNumber, TextAsk
from service.district import coverage
from service.mine import Mine, mine_of
from service.work import Work
from storage import conversations, duties, registry
from storage.duties import UNDONE

COUNTED: Final = get_args(KnownNumber)


def brief(work: Work, mine: Mine) -> dict[str, Any]:
    """What the talk about a form needs beside what every duty gives: the form as it is now, and what is known."""
    form = work.pack.form(str(mine.rule.form))
    duty = mine.duty
    enterprise = None if duty.enterprise is None else registry.enterprise(work.conn, duty.enterprise)
    employees = enterprise.employees if enterprise else None
    before = conversations.latest_result(work.conn, duty.obligation, duty.subject, before=duty.opens)
    known: dict[str, int | None] = {"employees": employees}
    if duty.enterprise is None and any(isinstance(one, CountAsk) and one.same in COUNTED for one in form.fields):
        known |= coverage.numbers(work, duty.district)
    usual = {
        one.key: known[one.same] if one.same in known else before.get(one.key)
        for one in form.fields
        if isinstance(one, ChoiceAsk | CountAsk | TextAsk) and one.same
    }
    counts = mine.rule.counts_as
    pointless = {counts.asked} if counts is not None and met_as_well(work, mine) is None else set()
    return {
        "form": form.as_json(without=pointless),
        "period": duty.period,
        "employees": employees,
        "usual": {key: value for key, value in usual.items() if value is not None},
    }


def counts_coverage(work: Work, mine: Mine) -> bool:
    """Whether a form asks how many are checked or trained: /coverage has their names."""
    form = next((one for one in work.pack.forms if one.id == mine.rule.form), None)
    return form is not None and any(
        isinstance(one, CountAsk) and one.same in ("to-check", "to-train") for one in form.fields
    )


def met_as_well(work: Work, mine: Mine) -> Mine | None:
    """The other duty, still to be done, that an answer to this one may meet as well; locked."""
    counts = mine.rule.counts_as
    if counts is None:
        return None
    other = duties.one(work.conn, counts.obligation, mine.duty.subject, counts.period)
    return None if other is None or other.status not in UNDONE else mine_of(work, other)


def hazards_in(brief: Mapping[str, Any], result: Mapping[str, Any]) -> int:
    """How many major hazards an answer counts, each of which is still to be reported."""
    if "form" not in brief:
        return 0
    fields = Form.stored(brief["form"]).fields
    return sum(result.get(one.key, 0) for one in fields if isinstance(one, CountAsk) and one.hazards)
