"""The table of who may do what. Every use case asks `may`; nothing else decides."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Final, Self

from campaign.pack import Pack
from campaign.roles import CITY, CLERK, DISTRICT_ROLES, ENTERPRISE_ROLES, LEADER, OFFICER, OPERATOR, PRINCIPAL, WORKER
from service.core.refusal import RefusedError, not_allowed
from service.core.shared_actions import TYPE
from service.core.unit_of_work import Speaker, UnitOfWork
from storage import registry
from storage.duties import Duty
from storage.registry import Enterprise
from talk.texts import Say

_OF_ENTERPRISE = frozenset(ENTERPRISE_ROLES)
_OF_DISTRICT = frozenset(DISTRICT_ROLES)


class Kind(Enum):
    """What sort of act a row is: over which enterprises a district has a say in it."""

    LOOK = "look"
    """Somebody sees, or has as a file. A district sees of every enterprise in it."""
    DEED = "deed"
    """Somebody changes what is their own: of their enterprise, their district, their permit."""
    OVERSIGHT = "oversight"
    """A department does something to an enterprise: over a unit that the city supervises itself (市直) the district
    has no say.
    """


class Act(StrEnum):
    """What somebody may want to do, what sort of act that is, and the roles that may: the rows of the table."""

    kind: Kind
    roles: frozenset[str]

    def __new__(cls, what: str, kind: Kind, *roles: str) -> Self:
        act = str.__new__(cls, what)
        act._value_ = what
        act.kind = kind
        act.roles = frozenset(roles)
        return act

    SEE_ENTERPRISE_DUTY = "see a duty of an enterprise", Kind.LOOK, PRINCIPAL, OFFICER, CLERK, LEADER, CITY
    FILL_ENTERPRISE_DUTY = "fill in a duty of an enterprise", Kind.DEED, PRINCIPAL, OFFICER
    CONFIRM_ENTERPRISE_DUTY = "confirm a duty of an enterprise in person", Kind.DEED, PRINCIPAL
    EXPLAIN_ENTERPRISE_DUTY = "explain why a duty is not done (说明情况)", Kind.DEED, PRINCIPAL, OFFICER
    SEE_DISTRICT_DUTY = "see a duty of a district", Kind.LOOK, CLERK, LEADER, CITY
    FILL_DISTRICT_DUTY = "fill in a duty of a district", Kind.DEED, CLERK
    EXPLAIN_DISTRICT_DUTY = "explain why a duty of a district is not done (说明情况)", Kind.DEED, CLERK
    DECIDE_DISTRICT_EXPLANATION = "accept or return what a district explains", Kind.DEED, CITY
    FILL_CITY_DUTY = "fill in a duty of the city's own bureau", Kind.DEED, CITY
    SEE_COVERAGE = "see who is checked and trained in a district (应检、应训)", Kind.LOOK, CLERK, LEADER, CITY
    RECORD_TRAINING = "record a training on the criteria, or take it back", Kind.OVERSIGHT, CLERK, CITY
    DRAFT_REPORT = "have a report of a district drafted (草稿)", Kind.LOOK, CLERK, LEADER, CITY
    SEE_DISTRICT_PROGRESS = "see who has answered in a district", Kind.LOOK, CLERK, LEADER, CITY
    SEE_CITY_PROGRESS = "see who has answered in every district", Kind.LOOK, CITY
    HAND_ON_PROGRESS = (
        "have who owes what, and whom to telephone, as a file (导出、电话名单)",
        Kind.LOOK,
        CLERK,
        LEADER,
        CITY,
    )
    NUDGE = "nudge the people of an enterprise about what it owes (催办)", Kind.OVERSIGHT, CLERK, CITY
    ENTER_BY_PHONE = "enter an answer that an enterprise gave by phone (电话代录)", Kind.OVERSIGHT, CLERK, CITY
    DECIDE_MEMBERSHIP = "accept or decline a second principal", Kind.OVERSIGHT, CLERK, CITY
    END_PRINCIPAL = "end the role of a principal, or lock them out (结束身份、锁定)", Kind.OVERSIGHT, CLERK, CITY
    END_ENTERPRISE_ROLE = (
        "end the role of an officer or a worker, or lock them out (结束身份、锁定)",
        Kind.OVERSIGHT,
        PRINCIPAL,
        CLERK,
        CITY,
    )
    END_DISTRICT_ROLE = "end the role of a clerk or a leader, or lock them out (结束身份、锁定)", Kind.OVERSIGHT, CITY
    RESET_ENTERPRISE_FACTOR = (
        "reset the second factor of somebody of an enterprise who lost the phone (重置二次验证)",
        Kind.OVERSIGHT,
        CLERK,
        CITY,
    )
    RESET_DISTRICT_FACTOR = "reset the second factor of a clerk or a leader (重置二次验证)", Kind.OVERSIGHT, CITY
    RETURN_ANSWER = "give an answer of an enterprise back with one question (退回补正)", Kind.OVERSIGHT, CLERK, CITY
    RETURN_DISTRICT_ANSWER = "give an answer of a district back with one question (退回补正)", Kind.DEED, CITY
    INVITE_PRINCIPAL = "invite a principal, or take a code back (邀请)", Kind.OVERSIGHT, CLERK, CITY
    INVITE_ENTERPRISE_ROLE = (
        "invite an officer or a worker, or take a code back (邀请)",
        Kind.OVERSIGHT,
        PRINCIPAL,
        CLERK,
        CITY,
    )
    INVITE_DISTRICT_ROLE = "invite a clerk or a leader, or take a code back (邀请)", Kind.OVERSIGHT, CITY
    CORRECT_ENTERPRISE_NAME = "correct the name of somebody of an enterprise (更正姓名)", Kind.OVERSIGHT, CLERK, CITY
    CORRECT_DISTRICT_NAME = "correct the name of a clerk or a leader (更正姓名)", Kind.OVERSIGHT, CITY
    DECIDE_EXPLANATION = "accept or return an explanation (说明情况)", Kind.OVERSIGHT, CLERK, CITY
    ENTER_STATE = (
        "enter that an enterprise stands still, resumes or is gone, or take it back (停产、复产、注销、迁出、合并)",
        Kind.OVERSIGHT,
        CLERK,
        CITY,
    )
    SEE_TELEPHONES = "see the telephone numbers of an enterprise (联系电话)", Kind.LOOK, CLERK, LEADER, CITY
    CORRECT_TELEPHONE = "correct a telephone number of an enterprise (更正电话)", Kind.OVERSIGHT, CLERK, CITY
    SEE_HAZARD = "see a hazard of the ledger", Kind.LOOK, *ENTERPRISE_ROLES, CLERK, LEADER, CITY
    REPORT_HAZARD = "report a hazard of one's enterprise", Kind.DEED, PRINCIPAL, OFFICER, WORKER
    RECTIFY_HAZARD = "plan and rectify a hazard", Kind.DEED, PRINCIPAL, OFFICER
    EVALUATE_HAZARD = "confirm that a hazard was evaluated (整改评估)", Kind.DEED, PRINCIPAL
    ENTER_HAZARD = "enter a hazard that a department found", Kind.OVERSIGHT, CLERK, CITY
    JUDGE_HAZARD = "reinspect, close and look back at a hazard", Kind.OVERSIGHT, CLERK, CITY
    LIST_HAZARD = "list a hazard for supervision (挂牌督办)", Kind.OVERSIGHT, CLERK, CITY
    INSPECTION_FILE = (
        "have the inspection file of an enterprise (迎检资料)",
        Kind.LOOK,
        PRINCIPAL,
        OFFICER,
        CLERK,
        LEADER,
        CITY,
    )
    ANSWER_PROBLEM = "say what became of a problem raised in a dispatch", Kind.DEED, PRINCIPAL
    COORDINATE_PROBLEM = "say that a problem of an enterprise was coordinated (已协调)", Kind.OVERSIGHT, CLERK, CITY
    SEE_WORKERS = "see the register of workers of one's enterprise (特种作业人员)", Kind.LOOK, PRINCIPAL, OFFICER
    REPORT_ACCIDENT = "report an accident of one's enterprise (事故报告)", Kind.DEED, PRINCIPAL, OFFICER, WORKER
    SEE_ACCIDENT = "see what was reported of an accident", Kind.LOOK, *ENTERPRISE_ROLES, CLERK, LEADER, CITY
    NOTE_ACCIDENT = "take note of the report of an accident (知悉)", Kind.OVERSIGHT, CLERK, CITY
    SEND_NOTICE = "send a notice (通知) to enterprises of one's place", Kind.OVERSIGHT, CLERK, CITY
    SEE_NOTICE = "see what came of a notice of one's place", Kind.LOOK, CLERK, LEADER, CITY
    RECEIVE_NOTICE = "take note of a notice that one received, and answer it", Kind.DEED, *ENTERPRISE_ROLES, CLERK
    SEE_ANNEX = "see the annex table of a district (调度表)", Kind.LOOK, CLERK, LEADER, CITY
    FILL_ANNEX = "fill in and file the annex table of a district", Kind.DEED, CLERK
    REVIEW_ANNEX = "review the annex table of a district (审核)", Kind.DEED, LEADER
    FILL_CITY_ANNEX = "fill in and file the city's own column of the annex (市本级)", Kind.DEED, CITY
    RETURN_ANNEX_CELL = "return a cell of a filed annex table", Kind.DEED, CITY
    RECORD_ACTION = "enter a spot check or an enforcement action, or take it back", Kind.OVERSIGHT, CLERK, CITY
    SIGN_CHECK = (
        "sign a spot check that one made, or object to it (谁检查、谁签名)",
        Kind.DEED,
        CLERK,
        LEADER,
        CITY,
    )
    PLAN_CHECK = "plan spot checks (抽查), draw them at random, name inspectors", Kind.OVERSIGHT, CLERK, CITY
    SEE_CHECK = "see the spot checks of one's place", Kind.LOOK, CLERK, LEADER, CITY
    SEE_CHECK_RESULT = (
        "see what a spot check of an enterprise found, once it is entered",
        Kind.LOOK,
        PRINCIPAL,
        OFFICER,
        CLERK,
        LEADER,
        CITY,
    )
    DECIDE_TAG = "add or remove a tag of risk as an enterprise proposes (有无)", Kind.OVERSIGHT, CLERK, CITY
    APPLY_PERMIT = "apply for a hot-work permit (动火作业票)", Kind.DEED, PRINCIPAL, OFFICER
    SEE_PERMIT = (
        "see a hot-work permit; a worker only one that he is on",
        Kind.LOOK,
        *ENTERPRISE_ROLES,
        CLERK,
        LEADER,
        CITY,
    )
    ACT_ON_PERMIT = "take part in a hot-work permit in one's seat", Kind.DEED, PRINCIPAL, OFFICER, WORKER
    APPROVE_PERMIT = "approve a hot-work permit, where its level allows the role", Kind.DEED, PRINCIPAL, OFFICER, WORKER
    SEE_BLOCKED_ATTEMPTS = "see how many attempts a permit's gates stopped", Kind.LOOK, CLERK, LEADER, CITY
    SEE_HEALTH = "see how the bot itself is (运行状态)", Kind.LOOK, OPERATOR


TABLE: Final[Mapping[Act, frozenset[str]]] = {act: act.roles for act in Act}
"""The roles that may do each act."""


@dataclass(frozen=True, slots=True)
class Area:
    """A district, or (None) the whole city, as the object of an act that is about no single enterprise."""

    district: str | None

    @classmethod
    def of_column(cls, pack: Pack, column: str) -> "Area":
        """Return the area of a column of the city's table: its district, or the city itself."""
        return CITY_ITSELF if column == pack.annex.city_column else cls(column)


CITY_ITSELF: Final = Area(None)


@dataclass(frozen=True, slots=True)
class Members:
    """An enterprise by its code, as the object of what its own people alone do: nothing of it need be looked up."""

    code: str


Object = Enterprise | Members | Duty | Area
"""What an act is about. From it and the act alone follows whose say counts; no caller chooses."""


@dataclass(frozen=True, slots=True)
class _Target:
    """An object as one act reaches it: an enterprise, a district that has a say, or (neither) the city alone."""

    district: str | None = None
    enterprise: str | None = None


def may(uow: UnitOfWork, person: int, act: Act, about: Object) -> bool:
    """Return whether a person may do something to an object, by the active roles that they hold now."""
    target = _target(uow, act, about)
    return any(
        membership.role in act.roles
        and membership.state == "active"
        and _covers(membership.role, membership.subject, target)
        for membership in uow.roles(person)
    )


def allows(uow: UnitOfWork, me: Speaker, act: Act, about: Object) -> bool:
    """Return whether the speaker may do something to an object. Where they may, and it is more than a look, effects may
    be written from now on in this transaction; what they are answered is about that object.
    """
    allowed = may(uow, me.person, act, about)
    if allowed:
        uow.concerns = subject_of(about)
        if act.kind is not Kind.LOOK:
            uow.granted.add(act)
    return allowed


def shows(uow: UnitOfWork, person: int, act: Act, about: Object) -> bool:
    """Return whether a person may see an object; what the speaker is answered from now on is about it."""
    allowed = may(uow, person, act, about)
    if allowed:
        uow.concerns = subject_of(about)
    return allowed


def require(uow: UnitOfWork, me: Speaker, act: Act, about: Object) -> None:
    """Go on only where `allows`: RefusedError where the speaker may not."""
    if not allows(uow, me, act, about):
        raise not_allowed()


@dataclass(frozen=True, slots=True)
class Needed:
    """What a talk or a paper needs of its person: any of some acts on an object."""

    about: Object
    acts: tuple[Act, ...]
    of: str | None = None
    """The enterprise or the district that it concerns, where the object does not say that; "": none in particular."""

    @property
    def concerns(self) -> str | None:
        """The enterprise (its code) or the district that it concerns; None: none in particular."""
        return subject_of(self.about) if self.of is None else self.of or None


class Own(StrEnum):
    """What is everybody's own affair: no role gives it, and none takes it away."""

    JOINING = "read an invitation and take it"
    DATA = "see, take away and leave what is kept about oneself"
    FEEDBACK = "complain to the city, or suggest something"


Permission = Needed | Own | None
"""What is asked before each step of a talk, and when a paper is gathered. None: what it was about is no more."""


def needed(about: Object | None, *acts: Act) -> Needed | None:
    """Return that any of some acts on an object is needed; None: there is no such object."""
    return None if about is None else Needed(about, acts)


def holds(uow: UnitOfWork, person: int, permission: Permission) -> bool:
    """Return whether somebody has now what is needed."""
    match permission:
        case None:
            return False
        case Own():
            return True
        case Needed(about, acts):
            return any(may(uow, person, act, about) for act in acts)


def grants(uow: UnitOfWork, me: Speaker, permission: Permission) -> bool:
    """Return whether the speaker has now what is needed; then, as with `allows`, effects may be written."""
    match permission:
        case None:
            return False
        case Own():
            own(uow, permission)
            return True
        case Needed(about, acts):
            granted = any(allows(uow, me, act, about) for act in acts)
            if granted:
                uow.concerns = permission.concerns
            return granted


def own(uow: UnitOfWork, affair: Own) -> None:
    """Go on with what is everybody's own affair: effects may be written from now on in this transaction."""
    uow.granted.add(affair)
    uow.concerns = None


def reaches(role: str, subject: str, act: Act, enterprise: Enterprise) -> bool:
    """Return whether a role for a subject reaches an enterprise in an act: one's own; those of one's own district, of
    which the city judges its own (市直); all for the city.
    """
    return _covers(role, subject, _of_enterprise(act, enterprise))


def supervisor(pack: Pack, enterprise: Enterprise) -> str:
    """Return the column of the bureau that has a say over an enterprise: its district, or the city itself (市直)."""
    return pack.annex.city_column if enterprise.municipal else enterprise.district


def subject_of(about: Object) -> str | None:
    """Return the enterprise (its code) or the district that an object of an act belongs to; None: the whole city."""
    match about:
        case Enterprise(code=code) | Members(code=code):
            return code
        case Area(district):
            return district
        case Duty(subject=subject):
            return subject


def _target(uow: UnitOfWork, act: Act, about: Object) -> _Target:
    match about:
        case Enterprise():
            return _of_enterprise(act, about)
        case Members(code):
            if act.roles - _OF_ENTERPRISE:
                raise ValueError(f"not its own people alone: {act}")
            return _Target(None, code)
        case Area(district) | Duty(enterprise=None, district=district):
            return _Target(district)
        case Duty(enterprise=code, district=district) if act.kind is not Kind.OVERSIGHT:
            return _Target(district, code)
        case Duty():
            enterprise = registry.enterprise(uow.conn, about.subject)
            return _Target() if enterprise is None else _of_enterprise(act, enterprise)


def _of_enterprise(act: Act, enterprise: Enterprise) -> _Target:
    """The one place that says over which enterprises a district has a say."""
    judged_by_city = enterprise.municipal and act.kind is Kind.OVERSIGHT
    return _Target(None if judged_by_city else enterprise.district, enterprise.code)


def _covers(role: str, subject: str, target: _Target) -> bool:
    if role in _OF_ENTERPRISE:
        return target.enterprise is not None and subject == target.enterprise
    if role in _OF_DISTRICT:
        return target.district is not None and subject == target.district
    return True


def subjects_of(uow: UnitOfWork, person: int, roles: Collection[str]) -> list[str]:
    """Return the enterprises, districts or city for which somebody holds one of some roles now, each once."""
    held = uow.roles(person)
    return list(dict.fromkeys(role.subject for role in held if role.state == "active" and role.role in roles))


def enterprises_of(uow: UnitOfWork, person: int, act: Act) -> list[Enterprise]:
    """Return the enterprises to which somebody belongs in a role that may do something there, each once."""
    subjects = subjects_of(uow, person, act.roles & _OF_ENTERPRISE)
    found = (registry.enterprise(uow.conn, subject) for subject in subjects)
    return [enterprise for enterprise in found if enterprise is not None]


def own_district(uow: UnitOfWork, person: int, command: str, words: str = "") -> str | None:
    """Return the district for which somebody works as clerk or leader; None: for none. RefusedError, with a button for
    each that types `command` with its name behind `words`: for several.
    """
    own = subjects_of(uow, person, _OF_DISTRICT)
    if len(own) > 1:
        raise which_district(own, command, words)
    return next(iter(own), None)


def which_district(districts: Sequence[str], command: str, words: str = "") -> RefusedError:
    """Return the refusal of what was asked for without saying in which of one's districts, with a button for each."""
    taps = tuple(TYPE.tap(name, command, f"{words} {name}".strip()) for name in districts)
    return RefusedError(Say("which-district", command=command, example=districts[0]), taps=taps)
