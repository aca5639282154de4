"""The table of who may do what. Every use case asks `may`; nothing else decides."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

from campaign.pack import Pack
from campaign.roles import CITY, CLERK, DISTRICT_ROLES, ENTERPRISE_ROLES, LEADER, OFFICER, PRINCIPAL, WORKER
from service.core.refusal import not_allowed
from service.core.unit_of_work import Speaker, UnitOfWork
from storage import people, registry
from storage.registry import Enterprise

_OF_ENTERPRISE = frozenset(ENTERPRISE_ROLES)
_OF_DISTRICT = frozenset(DISTRICT_ROLES)


class Act(StrEnum):
    """What somebody may want to do, and the roles that may: the rows of the table."""

    roles: frozenset[str]

    def __new__(cls, what: str, *roles: str) -> Self:
        act = str.__new__(cls, what)
        act._value_ = what
        act.roles = frozenset(roles)
        return act

    SEE_ENTERPRISE_DUTY = "see a duty of an enterprise", PRINCIPAL, OFFICER, CLERK, LEADER, CITY
    FILL_ENTERPRISE_DUTY = "fill in a duty of an enterprise", PRINCIPAL, OFFICER
    CONFIRM_ENTERPRISE_DUTY = "confirm a duty of an enterprise in person", PRINCIPAL
    EXPLAIN_ENTERPRISE_DUTY = "explain why a duty is not done (说明情况)", PRINCIPAL, OFFICER
    SEE_DISTRICT_DUTY = "see a duty of a district", CLERK, LEADER, CITY
    FILL_DISTRICT_DUTY = "fill in a duty of a district", CLERK
    EXPLAIN_DISTRICT_DUTY = "explain why a duty of a district is not done (说明情况)", CLERK
    DECIDE_DISTRICT_EXPLANATION = "accept or return what a district explains", CITY
    SEE_COVERAGE = "see who is checked and trained in a district (应检、应训)", CLERK, LEADER, CITY
    RECORD_TRAINING = "record a training on the criteria, or take it back", CLERK, CITY
    DRAFT_REPORT = "have a report of a district drafted (草稿)", CLERK, LEADER, CITY
    SEE_DISTRICT_PROGRESS = "see who has answered in a district", CLERK, LEADER, CITY
    SEE_CITY_PROGRESS = "see who has answered in every district", CITY
    HAND_ON_PROGRESS = "have who owes what, and whom to telephone, as a file (导出、电话名单)", CLERK, LEADER, CITY
    NUDGE = "nudge the people of an enterprise about what it owes (催办)", CLERK, CITY
    ENTER_BY_PHONE = "enter an answer that an enterprise gave by phone (电话代录)", CLERK, CITY
    DECIDE_MEMBERSHIP = "accept or decline a second principal", CLERK, CITY
    DECIDE_EXPLANATION = "accept or return an explanation (说明情况)", CLERK, CITY
    SEE_HAZARD = "see a hazard of the ledger", *ENTERPRISE_ROLES, CLERK, LEADER, CITY
    REPORT_HAZARD = "report a hazard of one's enterprise", PRINCIPAL, OFFICER, WORKER
    RECTIFY_HAZARD = "plan and rectify a hazard", PRINCIPAL, OFFICER
    EVALUATE_HAZARD = "confirm that a hazard was evaluated (整改评估)", PRINCIPAL
    ENTER_HAZARD = "enter a hazard that a department found", CLERK, CITY
    JUDGE_HAZARD = "reinspect, close and look back at a hazard", CLERK, CITY
    LIST_HAZARD = "list a hazard for supervision (挂牌督办)", CLERK, CITY
    INSPECTION_FILE = "have the inspection file of an enterprise (迎检资料)", PRINCIPAL, OFFICER
    ANSWER_PROBLEM = "say what became of a problem raised in a dispatch", PRINCIPAL
    COORDINATE_PROBLEM = "say that a problem of an enterprise was coordinated (已协调)", CLERK, CITY
    SEE_WORKERS = "see the register of workers of one's enterprise (特种作业人员)", PRINCIPAL, OFFICER
    SEND_NOTICE = "send a notice (通知) to enterprises of one's place", CLERK, CITY
    SEE_NOTICE = "see what came of a notice of one's place", CLERK, LEADER, CITY
    SEE_ANNEX = "see the annex table of a district (调度表)", CLERK, LEADER, CITY
    FILL_ANNEX = "fill in and file the annex table of a district", CLERK
    REVIEW_ANNEX = "review the annex table of a district (审核)", LEADER
    FILL_CITY_ANNEX = "fill in and file the city's own column of the annex (市本级)", CITY
    RETURN_ANNEX_CELL = "return a cell of a filed annex table", CITY
    RECORD_ACTION = "enter a spot check or an enforcement action, or take it back", CLERK, CITY
    PLAN_CHECK = "plan spot checks (抽查), draw them at random, name inspectors", CLERK, CITY
    SEE_CHECK = "see the spot checks of one's place", CLERK, LEADER, CITY
    SEE_CHECK_RESULT = "see what a spot check of one's enterprise found", PRINCIPAL, OFFICER
    DECIDE_TAG = "add or remove a tag of risk as an enterprise proposes (有无)", CLERK, CITY
    APPLY_PERMIT = "apply for a hot-work permit (动火作业票)", PRINCIPAL, OFFICER
    SEE_PERMIT = "see a hot-work permit; a worker only one that he is on", *ENTERPRISE_ROLES, CLERK, LEADER, CITY
    ACT_ON_PERMIT = "take part in a hot-work permit in one's seat", PRINCIPAL, OFFICER, WORKER
    APPROVE_PERMIT = "approve a hot-work permit, where its level allows the role", PRINCIPAL, OFFICER, WORKER
    SEE_BLOCKED_ATTEMPTS = "see how many attempts a permit's gates stopped", CLERK, LEADER, CITY


TABLE: Final[Mapping[Act, frozenset[str]]] = {act: act.roles for act in Act}
"""The roles that may do each act."""


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
        membership.role in act.roles
        and membership.state == "active"
        and covers(membership.role, membership.subject, target)
        for membership in people.roles(uow.conn, person)
    )


def require(uow: UnitOfWork, me: Speaker, act: Act, target: Target) -> None:
    """Go on only where somebody may do something to a target: RefusedError where they may not."""
    if not may(uow, me.person, act, target):
        raise not_allowed()


def subjects_of(uow: UnitOfWork, person: int, roles: Collection[str]) -> list[str]:
    """Return the enterprises, districts or city for which somebody holds one of some roles now, each once."""
    held = people.roles(uow.conn, person)
    return list(dict.fromkeys(role.subject for role in held if role.state == "active" and role.role in roles))


def enterprises_of(uow: UnitOfWork, person: int, act: Act) -> list[Enterprise]:
    """Return the enterprises to which somebody belongs in a role that may do something there, each once."""
    subjects = subjects_of(uow, person, act.roles & _OF_ENTERPRISE)
    found = (registry.enterprise(uow.conn, subject) for subject in subjects)
    return [enterprise for enterprise in found if enterprise is not None]


def own_district(uow: UnitOfWork, person: int) -> str | None:
    """Return the district for which somebody works as clerk or leader; None: for none."""
    return next(iter(subjects_of(uow, person, _OF_DISTRICT)), None)
