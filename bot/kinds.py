"""What can be talked about: each talk with its dialog, its name, what its end does, and a brief for its outline."""

from collections.abc import Callable, Mapping
from typing import Any, cast

from bot.bureau_kinds import BUREAU_KINDS
from bot.dialogs import criteria as criteria_dialog
from bot.dialogs import (
    hazard_staff,
    hazards,
    join,
    people,
    rectifying,
    weekly,
)
from campaign.talks.duties import DutyFacts, PlainBrief
from service.annex import filing as annex_filing
from service.annex import tables as annex_tables
from service.core.duty_talk import DutyTalk, OwnedDuty
from service.core.talk_spec import OldTalkSpec
from service.core.unit_of_work import DutyOpening, Speaker, UnitOfWork
from service.duties import bundles, delegation, filling
from service.duties.talks import answer_anew, never
from service.hazards import briefs as hazard_briefs
from service.hazards import criteria
from service.hazards import talks as hazard_talks
from service.people import joining, myself
from storage import registry
from storage.conversations import Conversation
from talk.conversation import Brief
from talk.texts import Phrase, Say, Words

GIVE_BACK = "give-back"


def _duty_title(brief: Brief) -> Phrase:
    return Words(**brief["title"])


def _checked(uow: UnitOfWork, me: Speaker, talk: Conversation, result: criteria_dialog.Checked) -> None:
    before = filling.counted_until_now(uow, talk)
    if filling.submit(uow, me, talk, cast("Any", talk.brief), result):
        criteria.enter(uow, me, talk, result.findings, before=before)


def _joined(uow: UnitOfWork, me: Speaker, talk: Conversation, result: join.Joined | join.Declined) -> None:
    match result:
        case join.Joined(name):
            joining.joined(uow, me, talk, name)
        case join.Declined():
            joining.declined(uow, me)


def _found(uow: UnitOfWork, me: Speaker, talk: Conversation, result: hazards.Reported) -> None:
    hazard_talks.found(uow, me, talk, result.finding, result.how)


def _which(uow: UnitOfWork, me: Speaker, talk: Conversation, result: str) -> None:
    del talk
    hazard_talks.which(uow, me, result)


def _week_checked(uow: UnitOfWork, me: Speaker, talk: Conversation, result: weekly.Checked) -> None:
    hazard_talks.checked(uow, me, talk, result)


def _feedback(uow: UnitOfWork, me: Speaker, talk: Conversation, result: str) -> None:
    del talk
    myself.give_feedback(uow, me, result)


_SAMPLE_DUTY: dict[str, Any] = {
    "title": {"zh": "6月调度确认", "en": "Dispatch of June"},
    "demand": {"zh": "专项行动期间，主要负责人每月至少调度一次。", "en": None},
    "first": "2023-06-01",
    "last": "2023-06-30",
    "due": "2023-06-30",
    "enterprise": None,
    "delegated": False,
    "principal_name": "…",
    "presence": {"zh": "本企业有无外包外租？", "en": None},
    "previous": {},
    "raised": [{"id": 7, "text": "…", "ask": True}],
}

_SAMPLE_DAYS = {"today": "2023-06-06", "latest": "2024-06-06", "example": "2023-06-20"}
_SAMPLE_HAZARD: dict[str, Any] = {
    "number": 41,
    "place": "…",
    "state": "rectifying",
    "deadline": "2023-06-30",
    "overdue": False,
}
_SAMPLE_CRITERIA: list[dict[str, Any]] = [
    {
        "id": id_,
        "article": 3,
        "title": {"zh": "通用管理", "en": "General management"},
        "place": {"zh": "通用管理", "en": "General management"},
        "fact": {"zh": fact, "en": None},
        "text": {"zh": "…", "en": None},
        "device": device,
    }
    for id_, fact, device in (("3-1", "…一", False), ("3-2", "…二", True))
]
_SAMPLE_CHECK: dict[str, Any] = {
    "articles": [
        {
            "number": 4,
            "title": {"zh": "冶金", "en": "Metallurgy"},
            "groups": [
                {
                    "place": {"zh": "煤气区域", "en": "Gas area"},
                    "criteria": [
                        {
                            "id": "4-6",
                            "fact": {"zh": "未装CO报警或无值守", "en": "No CO alarm, or its data are not watched"},
                            "text": {"zh": "……", "en": None},
                            "device": True,
                            "note": None,
                        },
                        {
                            "id": "4-7",
                            "fact": {"zh": "煤气管道未装隔断", "en": "No isolating device in a gas pipe"},
                            "text": {"zh": "……", "en": None},
                            "device": False,
                            "note": {"zh": "……", "en": None},
                        },
                    ],
                }
            ],
        }
    ],
    "plans_until": "2024-12-28",
}


def _answers(made: Callable[[UnitOfWork, OwnedDuty, DutyFacts], Any]) -> dict[str, Any]:
    """What every talk about a duty can do; bundles and calls take none that is not converted yet."""
    return {
        "duty": DutyTalk(brief=made, bundled=False, by_phone=never),
        "park": bundles.wait,
        "send_back": delegation.begin_sending_back,
        "answer_anew": answer_anew,
    }


def _criteria_brief(uow: UnitOfWork, owned: OwnedDuty, facts: DutyFacts) -> dict[str, Any]:
    enterprise = registry.enterprise(uow.conn, owned.duty.subject)
    return PlainBrief(**facts).as_json() | ({} if enterprise is None else criteria.brief(uow, enterprise))


def _weekly_brief(uow: UnitOfWork, owned: OwnedDuty, facts: DutyFacts) -> dict[str, Any]:
    return PlainBrief(**facts).as_json() | hazard_briefs.weekly(uow, owned.duty, facts["last"])


OPENINGS: Mapping[str, DutyOpening] = {
    hazard_briefs.PLAN: hazard_briefs.begin_plan_of,
    annex_tables.FORM: annex_filing.open_of,
}
"""How duties are begun whose subjects are not converted yet."""

KINDS: Mapping[str, OldTalkSpec] = {
    criteria.CHECK: OldTalkSpec(
        criteria_dialog.criteria_check, _duty_title, _checked, _SAMPLE_DUTY | _SAMPLE_CHECK, **_answers(_criteria_brief)
    ),
    joining.JOIN: OldTalkSpec(
        join.join,
        lambda brief: Say("join-title", place=brief["place"]),
        _joined,
        {"inviter": "…", "role": "principal", "place": "…", "registered": "…", "known": ""},
    ),
    myself.FEEDBACK: OldTalkSpec(people.feedback, lambda _: Say("feedback-title"), _feedback, {}),
    myself.LEAVE: OldTalkSpec(people.leave, lambda _: Say("leave-title"), myself.left, {"roles": "…"}),
    hazard_briefs.FOUND: OldTalkSpec(
        hazards.report,
        lambda brief: Say("report-title", name=brief["name"]),
        _found,
        {
            **_SAMPLE_DAYS,
            "enterprise": "…",
            "name": "…",
            "bureau": "…",
            "department": False,
            "criteria": _SAMPLE_CRITERIA,
        },
    ),
    hazard_briefs.PLAN: OldTalkSpec(
        hazards.plan,
        lambda brief: Say("plan-title", number=brief["number"]),
        hazard_talks.planned,
        {**_SAMPLE_DAYS, "number": 41, "place": "…", "before": None},
        answer_anew=answer_anew,
    ),
    hazard_briefs.UPDATE: OldTalkSpec(
        rectifying.update,
        lambda brief: Say("update-title", number=brief["hazard"]["number"]),
        hazard_talks.updated,
        {**_SAMPLE_DAYS, "hazard": _SAMPLE_HAZARD, "may_evaluate": True},
    ),
    hazard_briefs.DECISION: OldTalkSpec(
        hazard_staff.decide,
        lambda brief: Say("decide-title", act=brief["act"], number=brief["number"]),
        hazard_talks.decided,
        {"number": 41, "place": "…", "name": "…", "act": "failed"},
    ),
    hazard_briefs.LISTING: OldTalkSpec(
        hazard_staff.listing,
        lambda brief: Say("listing-title", number=brief["number"]),
        hazard_talks.listed,
        {**_SAMPLE_DAYS, "earliest": "2023-01-01", "number": 41, "name": "…"},
    ),
    hazard_briefs.WHICH: OldTalkSpec(hazard_staff.which, lambda _: Say("which-title"), _which, {}),
    hazard_briefs.WEEKLY: OldTalkSpec(
        weekly.weekly,
        _duty_title,
        _week_checked,
        {
            **_SAMPLE_DUTY,
            **_SAMPLE_DAYS,
            "hazards": [_SAMPLE_HAZARD, {**_SAMPLE_HAZARD, "number": 42, "state": "evaluated"}],
            "month": 6,
            "dispatch": 1,
        },
        **_answers(_weekly_brief),
    ),
    **BUREAU_KINDS,
}
"""Every talk: its dialog, its name, what its end does, and a brief for its outline."""
