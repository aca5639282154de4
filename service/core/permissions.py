"""The table of who may do what. Every use case asks `may`; nothing else decides."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from campaign.pack import Pack
from campaign.roles import (
    CITY,
    CLERK,
    DISTRICT_ROLES,
    ENTERPRISE_ROLES,
    LEADER,
    OFFICER,
    PRINCIPAL,
    WORKER,
)
from service.core.refusal import not_allowed
from service.core.unit_of_work import Speaker, UnitOfWork
from storage import people, registry
from storage.registry import Enterprise

_OF_ENTERPRISE = frozenset(ENTERPRISE_ROLES)
_OF_DISTRICT = frozenset(DISTRICT_ROLES)


class Act(StrEnum):
    """The acts that need a permission: the rows of the table."""

    SEE_ENTERPRISE_DUTY = "see a duty of an enterprise"
    FILL_ENTERPRISE_DUTY = "fill in a duty of an enterprise"
    CONFIRM_ENTERPRISE_DUTY = "confirm a duty of an enterprise in person"
    EXPLAIN_ENTERPRISE_DUTY = "explain why a duty is not done (说明情况)"
    SEE_DISTRICT_DUTY = "see a duty of a district"
    FILL_DISTRICT_DUTY = "fill in a duty of a district"
    EXPLAIN_DISTRICT_DUTY = "explain why a duty of a district is not done (说明情况)"
    DECIDE_DISTRICT_EXPLANATION = "accept or return what a district explains"
    SEE_COVERAGE = "see who is checked and trained in a district (应检、应训)"
    RECORD_TRAINING = "record a training on the criteria, or take it back"
    DRAFT_REPORT = "have a report of a district drafted (草稿)"
    SEE_DISTRICT_PROGRESS = "see who has answered in a district"
    SEE_CITY_PROGRESS = "see who has answered in every district"
    HAND_ON_PROGRESS = "have who owes what, and whom to telephone, as a file (导出、电话名单)"
    NUDGE = "nudge the people of an enterprise about what it owes (催办)"
    ENTER_BY_PHONE = "enter an answer that an enterprise gave by phone (电话代录)"
    DECIDE_MEMBERSHIP = "accept or decline a second principal"
    DECIDE_EXPLANATION = "accept or return an explanation (说明情况)"
    SEE_HAZARD = "see a hazard of the ledger"
    REPORT_HAZARD = "report a hazard of one's enterprise"
    RECTIFY_HAZARD = "plan and rectify a hazard"
    EVALUATE_HAZARD = "confirm that a hazard was evaluated (整改评估)"
    ENTER_HAZARD = "enter a hazard that a department found"
    JUDGE_HAZARD = "reinspect, close and look back at a hazard"
    LIST_HAZARD = "list a hazard for supervision (挂牌督办)"
    INSPECTION_FILE = "have the inspection file of an enterprise (迎检资料)"
    ANSWER_PROBLEM = "say what became of a problem raised in a dispatch"
    COORDINATE_PROBLEM = "say that a problem of an enterprise was coordinated (已协调)"
    SEE_WORKERS = "see the register of workers of one's enterprise (特种作业人员)"
    SEND_NOTICE = "send a notice (通知) to enterprises of one's place"
    SEE_NOTICE = "see what came of a notice of one's place"
    SEE_ANNEX = "see the annex table of a district (调度表)"
    FILL_ANNEX = "fill in and file the annex table of a district"
    REVIEW_ANNEX = "review the annex table of a district (审核)"
    FILL_CITY_ANNEX = "fill in and file the city's own column of the annex (市本级)"
    RETURN_ANNEX_CELL = "return a cell of a filed annex table"
    RECORD_ACTION = "enter a spot check or an enforcement action, or take it back"
    PLAN_CHECK = "plan spot checks (抽查), draw them at random, name inspectors"
    SEE_CHECK = "see the spot checks of one's place"
    SEE_CHECK_RESULT = "see what a spot check of one's enterprise found"
    DECIDE_TAG = "add or remove a tag of risk as an enterprise proposes (有无)"
    APPLY_PERMIT = "apply for a hot-work permit (动火作业票)"
    SEE_PERMIT = "see a hot-work permit; a worker only one that he is on"
    ACT_ON_PERMIT = "take part in a hot-work permit in one's seat"
    APPROVE_PERMIT = "approve a hot-work permit, where its level allows the role"
    SEE_BLOCKED_ATTEMPTS = "see how many attempts a permit's gates stopped"


TABLE: Final[Mapping[Act, frozenset[str]]] = {
    Act.SEE_ENTERPRISE_DUTY: frozenset({PRINCIPAL, OFFICER, CLERK, LEADER, CITY}),
    Act.FILL_ENTERPRISE_DUTY: frozenset({PRINCIPAL, OFFICER}),
    Act.CONFIRM_ENTERPRISE_DUTY: frozenset({PRINCIPAL}),
    Act.EXPLAIN_ENTERPRISE_DUTY: frozenset({PRINCIPAL, OFFICER}),
    Act.SEE_DISTRICT_DUTY: frozenset({CLERK, LEADER, CITY}),
    Act.FILL_DISTRICT_DUTY: frozenset({CLERK}),
    Act.EXPLAIN_DISTRICT_DUTY: frozenset({CLERK}),
    Act.DECIDE_DISTRICT_EXPLANATION: frozenset({CITY}),
    Act.SEE_COVERAGE: frozenset({CLERK, LEADER, CITY}),
    Act.RECORD_TRAINING: frozenset({CLERK, CITY}),
    Act.DRAFT_REPORT: frozenset({CLERK, LEADER, CITY}),
    Act.SEE_DISTRICT_PROGRESS: frozenset({CLERK, LEADER, CITY}),
    Act.SEE_CITY_PROGRESS: frozenset({CITY}),
    Act.HAND_ON_PROGRESS: frozenset({CLERK, LEADER, CITY}),
    Act.NUDGE: frozenset({CLERK, CITY}),
    Act.ENTER_BY_PHONE: frozenset({CLERK, CITY}),
    Act.DECIDE_MEMBERSHIP: frozenset({CLERK, CITY}),
    Act.DECIDE_EXPLANATION: frozenset({CLERK, CITY}),
    Act.SEE_HAZARD: frozenset({PRINCIPAL, OFFICER, WORKER, CLERK, LEADER, CITY}),
    Act.REPORT_HAZARD: frozenset({PRINCIPAL, OFFICER, WORKER}),
    Act.RECTIFY_HAZARD: frozenset({PRINCIPAL, OFFICER}),
    Act.EVALUATE_HAZARD: frozenset({PRINCIPAL}),
    Act.ENTER_HAZARD: frozenset({CLERK, CITY}),
    Act.JUDGE_HAZARD: frozenset({CLERK, CITY}),
    Act.LIST_HAZARD: frozenset({CLERK, CITY}),
    Act.INSPECTION_FILE: frozenset({PRINCIPAL, OFFICER}),
    Act.ANSWER_PROBLEM: frozenset({PRINCIPAL}),
    Act.COORDINATE_PROBLEM: frozenset({CLERK, CITY}),
    Act.SEE_WORKERS: frozenset({PRINCIPAL, OFFICER}),
    Act.SEND_NOTICE: frozenset({CLERK, CITY}),
    Act.SEE_NOTICE: frozenset({CLERK, LEADER, CITY}),
    Act.SEE_ANNEX: frozenset({CLERK, LEADER, CITY}),
    Act.FILL_ANNEX: frozenset({CLERK}),
    Act.REVIEW_ANNEX: frozenset({LEADER}),
    Act.FILL_CITY_ANNEX: frozenset({CITY}),
    Act.RETURN_ANNEX_CELL: frozenset({CITY}),
    Act.RECORD_ACTION: frozenset({CLERK, CITY}),
    Act.PLAN_CHECK: frozenset({CLERK, CITY}),
    Act.SEE_CHECK: frozenset({CLERK, LEADER, CITY}),
    Act.SEE_CHECK_RESULT: frozenset({PRINCIPAL, OFFICER}),
    Act.DECIDE_TAG: frozenset({CLERK, CITY}),
    Act.APPLY_PERMIT: frozenset({PRINCIPAL, OFFICER}),
    Act.SEE_PERMIT: frozenset({PRINCIPAL, OFFICER, WORKER, CLERK, LEADER, CITY}),
    Act.ACT_ON_PERMIT: frozenset({PRINCIPAL, OFFICER, WORKER}),
    Act.APPROVE_PERMIT: frozenset({PRINCIPAL, OFFICER, WORKER}),
    Act.SEE_BLOCKED_ATTEMPTS: frozenset({CLERK, LEADER, CITY}),
}


@dataclass(frozen=True, slots=True)
class Target:
    """The object of an act: an enterprise and its district, a district alone, or (neither) the city."""

    district: str | None = None
    enterprise: str | None = None

    @classmethod
    def of(cls, enterprise: Enterprise) -> "Target":
        """Return the target of what its own people do, and of what the district where it is sees of it."""
        return cls(enterprise.district, enterprise.code)

    @classmethod
    def of_supervisor(cls, enterprise: Enterprise) -> "Target":
        """Return the target of what a department does to an enterprise: over a unit that the city supervises itself
        (市直) the district has no say.
        """
        return cls(None if enterprise.municipal else enterprise.district, enterprise.code)

    @classmethod
    def of_column(cls, pack: Pack, column: str) -> "Target":
        """Return the target of what is done for a column of the city's table: its district, or the city itself."""
        return cls() if column == pack.annex.city_column else cls(column)


def covers(role: str, subject: str, target: Target) -> bool:
    """Return whether a role for a subject reaches a target at all: one's own enterprise, one's own district,
    the whole city.
    """
    if role in _OF_ENTERPRISE:
        return target.enterprise is not None and subject == target.enterprise
    if role in _OF_DISTRICT:
        return target.district is not None and subject == target.district
    return True


def may(uow: UnitOfWork, person: int, act: Act, target: Target) -> bool:
    """Return whether a person may do something to a target, by the active roles that they hold now."""
    return any(
        membership.role in TABLE[act]
        and membership.state == "active"
        and covers(membership.role, membership.subject, target)
        for membership in people.roles(uow.conn, person)
    )


def require(uow: UnitOfWork, me: Speaker, act: Act, target: Target) -> None:
    """Go on only where somebody may do something to a target: RefusedError where they may not."""
    if not may(uow, me.person, act, target):
        raise not_allowed()


def enterprises_of(uow: UnitOfWork, person: int, act: Act) -> list[Enterprise]:
    """The enterprises to which somebody belongs in a role that may do something there, each once."""
    subjects = dict.fromkeys(
        one.subject
        for one in people.roles(uow.conn, person)
        if one.role in TABLE[act] & _OF_ENTERPRISE and one.state == "active"
    )
    found = (registry.enterprise(uow.conn, subject) for subject in subjects)
    return [enterprise for enterprise in found if enterprise is not None]


def own_district(uow: UnitOfWork, person: int) -> str | None:
    """Return the district for which somebody works as clerk or leader; None: for none."""
    subjects = (
        membership.subject
        for membership in people.roles(uow.conn, person)
        if membership.state == "active" and membership.role in _OF_DISTRICT
    )
    return next(subjects, None)
