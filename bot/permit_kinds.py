"""The talks about hot-work permits, for `bot.kinds`."""

from collections.abc import Mapping
from typing import Any

from bot.dialogs.hot_work import application as permit
from bot.dialogs.hot_work import gas as permit_gas
from bot.dialogs.hot_work import steps as permit_steps
from campaign.applications import Application
from service.core.talk_spec import OldTalkSpec
from service.core.unit_of_work import Speaker, UnitOfWork
from service.hot_work import briefs, talks
from storage.conversations import Conversation
from talk.conversation import Brief
from talk.texts import Phrase, Say


def _applied(uow: UnitOfWork, me: Speaker, talk: Conversation, result: Application | permit.Forbidden) -> None:
    match result:
        case Application():
            talks.applied(uow, me, talk, result)
        case permit.Forbidden(place, numbers):
            talks.forbidden(uow, me, talk, place, numbers)


def _sampled(uow: UnitOfWork, me: Speaker, talk: Conversation, result: permit_gas.Sampled) -> None:
    talks.sampled(uow, me, talk, result.samples, result.by)


def _returned(uow: UnitOfWork, me: Speaker, talk: Conversation, result: permit_steps.SentBack) -> None:
    talks.returned(uow, me, talk, result.key, result.remark)


def _reasoned(uow: UnitOfWork, me: Speaker, talk: Conversation, result: permit_steps.Reason) -> None:
    talks.reasoned(uow, me, talk, result.act, result.why)


def _arrived(uow: UnitOfWork, me: Speaker, talk: Conversation, result: permit_steps.OnSite) -> None:
    talks.arrived(uow, me, talk, result.photos)


def _looked(uow: UnitOfWork, me: Speaker, talk: Conversation, result: permit_steps.Looked) -> None:
    talks.looked(uow, me, talk, clear=result.clear)


def _accepted(uow: UnitOfWork, me: Speaker, talk: Conversation, result: permit_steps.Accepted) -> None:
    talks.accepted(uow, me, talk, result.photos, safe=result.safe)


def _title(brief: Brief) -> Phrase:
    return Say("permit-talk-title", number=brief["number"])


def _named(id_: str, **more: Any) -> dict[str, Any]:
    return {"id": id_, "name": {"zh": f"……{id_}", "en": None}, **more}


def _level(level: str, *, lasts: str = "PT8H", sample: bool = True) -> dict[str, Any]:
    return {
        "level": level,
        "name": {"zh": "……", "en": None},
        "title": {"zh": "……", "en": None},
        "approvers": ["principal"],
        "lasts": lasts,
        "fresh": "PT30M",
        "pause": "PT30M",
        "sample": sample,
        "continuous": False,
    }


_WORDS: Mapping[str, str | None] = {"zh": "……", "en": None}
_RULES: dict[str, Any] = {
    "standard": _WORDS,
    "levels": [
        _level("special"),
        _level("first"),
        _level("second", lasts="P3D", sample=False),
        _level("fixed", sample=False),
    ],
    "surroundings": [
        _named("a", text=_WORDS, level="first", stopped=True),
        _named("b", text=_WORDS, level="second", stopped=False),
    ],
    "workpieces": [_named("a", sample=False), _named("b", sample=True)],
    "gases": [_named("a", lel="5.0"), {"id": "oxygen", "name": {"zh": "氧气", "en": "Oxygen"}, "lel": None}],
    "limits": [{"lel": "0", "at_most": "0.5"}],
    "oxygen_least": "19.5",
    "oxygen_most": "21",
    "ways": [_named("a"), _named("b")],
    "risks": [_named("a"), _named("b")],
    "others": [_named("a"), _named("b")],
    "measures": [{"id": "a", "text": _WORDS, "short": _WORDS, "counted": True}],
    "prohibitions": [{"zh": "……一", "en": None}, {"zh": "……二", "en": None}],
    "night": ["20:00:00", "06:00:00"],
    "wind": 5,
    "recheck": "PT3H",
    "late": "PT15M",
    "warn": ["PT30M"],
    "looks": ["PT30M"],
    "pass_on": "PT3M",
    "photo": "PT12H",
    "kept": "P365D",
}
"""Rules of no pack, just large enough for the outline of a talk."""

_PERMIT: dict[str, Any] = {"permit": 7, "number": "D-0606-07", "place": "…"}
_WELDER: dict[str, Any] = {
    "worker": 21,
    "person": None,
    "name": "……焊",
    "trade": "…",
    "masked": "…",
    "until": "2025-06-30",
    "fault": None,
}
_APPLICATION: dict[str, Any] = {
    "enterprise": "…",
    "name": "…",
    "permit": None,
    "rules": _RULES,
    "earliest": "2023-06-06T09:00:00+08:00",
    "latest": "2023-06-13T09:00:00+08:00",
    "points": [],
    "welders": [_WELDER],
    "members": [{"person": 6, "name": "……一", "role": "worker"}],
    "usual": None,
}
_FIELDS = [
    {"key": key, "label": {"zh": f"……{key}", "en": None}, "value": {"zh": "…", "en": None}} for key in ("a", "b")
]

PERMIT_KINDS: Mapping[str, OldTalkSpec] = {
    briefs.APPLICATION: OldTalkSpec(
        permit.application,
        lambda _: Say("permit-application-title"),
        _applied,
        _APPLICATION,
        hears=talks.hears,
    ),
    briefs.GAS: OldTalkSpec(
        permit_gas.gas,
        _title,
        _sampled,
        {**_PERMIT, "rules": _RULES, "last": None, "own": False, "members": _APPLICATION["members"]},
    ),
    briefs.RETURN: OldTalkSpec(permit_steps.send_back, _title, _returned, {**_PERMIT, "fields": _FIELDS}),
    briefs.REASON: OldTalkSpec(permit_steps.reason, _title, _reasoned, {**_PERMIT, "act": "cancel"}),
    briefs.STOPPED: OldTalkSpec(permit_steps.stopped, _title, _reasoned, _PERMIT),
    briefs.ARRIVAL: OldTalkSpec(permit_steps.arrive, _title, _arrived, _PERMIT, hears=talks.hears),
    briefs.LOOK: OldTalkSpec(permit_steps.look, _title, _looked, _PERMIT),
    briefs.ACCEPTANCE: OldTalkSpec(permit_steps.accept, _title, _accepted, _PERMIT, hears=talks.hears),
}
"""As in `bot.kinds`."""
