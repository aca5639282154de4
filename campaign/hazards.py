"""A major hazard (重大事故隐患) as somebody reports it: where, by which criterion, fixed at once or with a plan."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from talk.messages import FileRef


@dataclass(frozen=True, slots=True)
class Plan:
    """How a hazard will be rectified, in the five fields of 三(一)1: 责任人、措施、资金、期限、应急预案.

    `funds` are yuan.
    """

    person: str
    measures: str
    funds: Decimal
    deadline: date
    contingency: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A hazard found: where on site, by which criterion (None: the bureau is asked), and what becomes of it.

    `device_failed`: by article 14, a device that is fitted but has failed. `plan` is None where it was fixed at once.
    """

    place: str
    criterion: str | None
    device_failed: bool
    photos: tuple[FileRef, ...]
    fixed: bool
    plan: Plan | None
