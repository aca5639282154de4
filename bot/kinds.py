"""What can be talked about: each talk with its dialog, its name, what its end does, and a brief for its outline."""

from collections.abc import Mapping
from typing import Any

from bot.bureau_kinds import BUREAU_KINDS
from bot.dialogs import by_phone as by_phone_dialog
from bot.dialogs import criteria as criteria_dialog
from bot.dialogs import (
    dispatch,
    explain,
    first_round,
    form,
    hazard_staff,
    hazards,
    join,
    plain,
    rectifying,
    small,
    weekly,
)
from bot.permit_kinds import PERMIT_KINDS
from campaign.duties import title_of
from campaign.pack import Pack
from service import bundles, criteria, duties, joining, myself, talks
from service import first_round as first_round_report
from service.desk import by_phone
from service.hazards import briefs as hazard_briefs
from service.hazards import talks as hazard_talks
from service.notices import receipts as notice_receipts
from service.work import Kind, Speaker, Talking, Work
from talk.conversation import Brief, Dialog
from talk.texts import Phrase, Say, Words

GIVE_BACK = "give-back"


def _duty_title(brief: Brief) -> Phrase:
    return Words(**brief["title"])


def _dispatched(work: Work, me: Speaker, talk: Talking, result: dispatch.Result) -> None:
    match result:
        case dispatch.Dispatched():
            duties.submit(work, me, talk)
        case dispatch.PlannedFor(day):
            duties.plan_for(work, me, talk, day)
        case dispatch.ToExplain():
            duties.explain_after(work, me, talk)


def _reported(work: Work, me: Speaker, talk: Talking, result: plain.Reported | form.Filled) -> None:
    del result
    duties.submit(work, me, talk)


def _taken_by_phone(work: Work, me: Speaker, talk: Talking, result: by_phone_dialog.Taken) -> None:
    match result.result:
        case dispatch.PlannedFor(day):
            by_phone.planned(work, me, talk, day)
        case dispatch.ToExplain():
            by_phone.to_explain(work, me)
        case _:
            by_phone.entered(work, me, talk, result.who, result.day)


def _checked(work: Work, me: Speaker, talk: Talking, result: criteria_dialog.Checked) -> None:
    before = duties.counted_until_now(work, talk)
    if duties.submit(work, me, talk):
        criteria.enter(work, me, talk, result.findings, before=before)


def _first_round_asked(work: Work, me: Speaker, talk: Talking, key: str) -> None:
    if key.startswith(first_round.SIGNED):
        first_round_report.order_form(work, me, talk)


def _first_round(work: Work, me: Speaker, talk: Talking, result: first_round.Result) -> None:
    match result:
        case first_round.ToLedger():
            first_round_report.to_ledger(work, me, talk)
        case first_round.FirstRound():
            if first_round_report.moved(work, talk):
                duties.ask_anew(work, me, talk, Say("first-round-moved", title=_duty_title(talk.brief)))
            elif duties.submit(work, me, talk) and not talk.brief["signed_page"]:
                first_round_report.order_form(work, me, talk)


def _explained(work: Work, me: Speaker, talk: Talking, result: explain.Explained) -> None:
    duties.explained(work, me, talk, result.reason)


def _joined(work: Work, me: Speaker, talk: Talking, result: join.Joined | join.Declined) -> None:
    match result:
        case join.Joined(name):
            joining.joined(work, me, talk, name)
        case join.Declined():
            joining.declined(work, me)


def _found(work: Work, me: Speaker, talk: Talking, result: hazards.Reported) -> None:
    hazard_talks.found(work, me, talk, result.finding, result.how)


def _which(work: Work, me: Speaker, talk: Talking, result: str) -> None:
    del talk
    hazard_talks.which(work, me, result)


def _week_checked(work: Work, me: Speaker, talk: Talking, result: weekly.Checked) -> None:
    hazard_talks.checked(work, me, talk, result.updates, counts=result.counts)


def _notice_answered(work: Work, me: Speaker, talk: Talking, result: form.Filled) -> None:
    del result
    notice_receipts.answered(work, me, talk)


def _feedback(work: Work, me: Speaker, talk: Talking, result: str) -> None:
    del talk
    myself.give_feedback(work, me, result)


def _given_back(work: Work, me: Speaker, talk: Talking, result: str) -> None:
    talks.returned(work, me, talk, result)


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
_SAMPLE_FORM: dict[str, Any] = {
    "form": {
        "id": "sample",
        "fields": [
            {"kind": "day", "key": "day", "ask": {"zh": "{title}是哪天？"}, "label": {"zh": "日期"}},
            {"kind": "text", "key": "note", "ask": {"zh": "情况如何？"}, "label": {"zh": "情况"}},
        ],
    },
    "usual": {},
    "period": "2023-06",
    "employees": 85,
}


KINDS: Mapping[str, Kind] = {
    duties.DISPATCH: Kind(dispatch.monthly_dispatch, _duty_title, _dispatched, _SAMPLE_DUTY, park=bundles.park),
    duties.PLAIN: Kind(plain.plain_report, _duty_title, _reported, _SAMPLE_DUTY, park=bundles.park),
    duties.FORM: Kind(form.form, _duty_title, _reported, _SAMPLE_DUTY | _SAMPLE_FORM, park=bundles.park),
    duties.BY_PHONE: Kind(
        by_phone_dialog.by_phone,
        lambda brief: Say("by-phone-title", title=_duty_title(brief), place=brief["place"]),
        _taken_by_phone,
        _SAMPLE_DUTY
        | {"dialog": "monthly-dispatch", "place": "…", "names": ["…一", "…二"]}
        | {"call_first": "2023-06-01", "call_last": "2023-06-13"},
    ),
    criteria.CHECK: Kind(criteria_dialog.criteria_check, _duty_title, _checked, _SAMPLE_DUTY | _SAMPLE_CHECK),
    first_round_report.FORM: Kind(
        first_round.first_round,
        _duty_title,
        _first_round,
        _SAMPLE_DUTY | {"ledger": {"found": 2, "rectified": 1, "left": 1}, "signed_page": True},
        asks=_first_round_asked,
    ),
    duties.EXPLAIN: Kind(
        explain.explain,
        lambda brief: Say("explain-title", title=_duty_title(brief)),
        _explained,
        _SAMPLE_DUTY,
    ),
    joining.JOIN: Kind(
        join.join,
        lambda brief: Say("join-title", place=brief["place"]),
        _joined,
        {"inviter": "…", "role": "principal", "place": "…", "registered": "…", "known": ""},
    ),
    myself.FEEDBACK: Kind(small.feedback, lambda _: Say("feedback-title"), _feedback, {}),
    myself.LEAVE: Kind(small.leave, lambda _: Say("leave-title"), myself.left, {"roles": "…"}),
    GIVE_BACK: Kind(
        small.give_back,
        lambda brief: Say("give-back-title", label=brief["label"]),
        _given_back,
        {"label": "…"},
    ),
    hazard_briefs.FOUND: Kind(
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
    hazard_briefs.PLAN: Kind(
        hazards.plan,
        lambda brief: Say("plan-title", number=brief["number"]),
        hazard_talks.planned,
        {**_SAMPLE_DAYS, "number": 41, "place": "…", "before": None},
    ),
    hazard_briefs.UPDATE: Kind(
        rectifying.update,
        lambda brief: Say("update-title", number=brief["hazard"]["number"]),
        hazard_talks.updated,
        {**_SAMPLE_DAYS, "hazard": _SAMPLE_HAZARD, "may_evaluate": True},
    ),
    hazard_briefs.DECISION: Kind(
        hazard_staff.decide,
        lambda brief: Say("decide-title", act=brief["act"], number=brief["number"]),
        hazard_talks.decided,
        {"number": 41, "place": "…", "name": "…", "act": "failed"},
    ),
    hazard_briefs.LISTING: Kind(
        hazard_staff.listing,
        lambda brief: Say("listing-title", number=brief["number"]),
        hazard_talks.listed,
        {**_SAMPLE_DAYS, "earliest": "2023-01-01", "number": 41, "name": "…"},
    ),
    hazard_briefs.WHICH: Kind(hazard_staff.which, lambda _: Say("which-title"), _which, {}),
    hazard_briefs.WEEKLY: Kind(
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
    ),
    notice_receipts.ANSWER: Kind(
        form.form,
        lambda brief: Say("notice-answer-title", title=_duty_title(brief)),
        _notice_answered,
        _SAMPLE_DUTY | _SAMPLE_FORM | {"notice": 7},
    ),
    **PERMIT_KINDS,
    **BUREAU_KINDS,
}
"""Every talk: its dialog, its name, what its end does, and a brief for its outline."""


def outlined(pack: Pack, name: str) -> tuple[Dialog[Any], Brief] | None:
    """The dialog that a name stands for, with a brief for its outline: a talk, an obligation of the pack, or a form."""
    obligation = next((one for one in pack.obligations if one.id == name), None)
    asked = name if obligation is None else obligation.form
    found = next((one for one in pack.forms if one.id == asked), None)
    kind = KINDS.get(duties.FORM if found else {"plain": duties.PLAIN}.get(str(asked), str(asked)))
    if kind is None:
        return None
    brief = dict(kind.sample)
    if obligation is not None:
        presence = obligation.presence
        period = next(iter(obligation.variants[0].periods(pack.campaign, pack.phase_periods)), pack.campaign)
        title = title_of(obligation, period.name)
        brief |= {"period": period.name, "first": period.first.isoformat(), "last": period.last.isoformat()}
        brief["title"] = title.as_json()
        brief["presence"] = None if presence is None else presence.ask.as_json()
    if found is not None:
        brief["form"] = found.as_json()
    if "rules" in brief and pack.hot_work is not None:
        brief["rules"] = pack.hot_work.as_json()
    return kind.dialog, brief
