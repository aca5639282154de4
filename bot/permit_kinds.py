"""The talks about hot-work permits, for `bot.kinds`."""

from collections.abc import Mapping
from typing import Any

from bot.dialogs import permit, permit_gas, permit_small
from campaign.applications import Application
from service.hot_work import briefs as permit_briefs
from service.hot_work import talks as permit_talks
from service.work import Kind, Speaker, Talking, Work
from talk.conversation import Brief
from talk.texts import Phrase, Say


def _applied(work: Work, me: Speaker, talk: Talking, result: Application | permit.Forbidden) -> None:
    match result:
        case Application():
            permit_talks.applied(work, me, talk, result)
        case permit.Forbidden(place, numbers):
            permit_talks.forbidden(work, me, talk, place, numbers)


def _sampled(work: Work, me: Speaker, talk: Talking, result: permit_gas.Sampled) -> None:
    permit_talks.sampled(work, me, talk, result.samples, result.by)


def _returned(work: Work, me: Speaker, talk: Talking, result: permit_small.SentBack) -> None:
    permit_talks.returned(work, me, talk, result.key, result.remark)


def _reasoned(work: Work, me: Speaker, talk: Talking, result: permit_small.Reason) -> None:
    permit_talks.reasoned(work, me, talk, result.act, result.why)


def _arrived(work: Work, me: Speaker, talk: Talking, result: permit_small.OnSite) -> None:
    permit_talks.arrived(work, me, talk, result.photos)


def _looked(work: Work, me: Speaker, talk: Talking, result: permit_small.Looked) -> None:
    permit_talks.looked(work, me, talk, clear=result.clear)


def _accepted(work: Work, me: Speaker, talk: Talking, result: permit_small.Accepted) -> None:
    permit_talks.accepted(work, me, talk, result.photos, safe=result.safe)


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

PERMIT_KINDS: Mapping[str, Kind] = {
    permit_briefs.APPLICATION: Kind(
        permit.application,
        lambda _: Say("permit-application-title"),
        _applied,
        _APPLICATION,
        hears=permit_talks.hears,
    ),
    permit_briefs.GAS: Kind(
        permit_gas.gas,
        _title,
        _sampled,
        {**_PERMIT, "rules": _RULES, "last": None, "own": False, "members": _APPLICATION["members"]},
    ),
    permit_briefs.RETURN: Kind(permit_small.send_back, _title, _returned, {**_PERMIT, "fields": _FIELDS}),
    permit_briefs.REASON: Kind(permit_small.reason, _title, _reasoned, {**_PERMIT, "act": "cancel"}),
    permit_briefs.STOPPED: Kind(permit_small.stopped, _title, _reasoned, _PERMIT),
    permit_briefs.ARRIVAL: Kind(permit_small.arrive, _title, _arrived, _PERMIT, hears=permit_talks.hears),
    permit_briefs.LOOK: Kind(permit_small.look, _title, _looked, _PERMIT),
    permit_briefs.ACCEPTANCE: Kind(permit_small.accept, _title, _accepted, _PERMIT, hears=permit_talks.hears),
}
"""As in `bot.kinds`."""
