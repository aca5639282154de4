"""The talks of a bureau: notices, the annex table, enforcement, spot checks, trainings; for `bot.kinds`."""

from collections.abc import Mapping
from typing import Any

from bot.dialogs import check as check_dialog
from bot.dialogs import check_plan
from service.checks import draws as check_draws
from service.checks import plans as check_plans
from service.checks import results as check_results
from service.core.talk_spec import OldTalkSpec
from talk.texts import Say

_SAMPLE_LINES = [{"id": "1", "name": {"zh": "……", "en": None}}, {"id": "2", "name": {"zh": "………", "en": None}}]
_SAMPLE_DRAW: dict[str, Any] = {
    "draw": 3,
    "place": "市本级",
    "fingerprint": "0123456789ABCDEF",
    "inspectors": 6,
    **dict.fromkeys(("places", "sectors", "tags"), _SAMPLE_LINES),
}
_SAMPLE_RECORD: dict[str, Any] = {
    "check": 7,
    "name": "…",
    "first": "2023-05-22",
    "last": "2023-12-31",
    "today": "2023-06-06",
    "inspectors": [{"id": 1, "name": "甲"}, {"id": 2, "name": "乙"}, {"id": 3, "name": "丙"}],
    "drawn": [1, 2],
    "rows": [
        {"row": f"B{number}", "label": "……（家）", "figure": figure}
        for number, figure in enumerate(
            ("not-studied", "not-led", "no-lists", "no-staff", check_dialog.UNCERTIFIED, "disorder", "no-drill"), 2
        )
    ],
}
BUREAU_KINDS: Mapping[str, OldTalkSpec] = {
    check_plans.PICK: OldTalkSpec(
        check_plan.pick, lambda _: Say("check-pick-title"), check_plans.picked, {"place": "浑南区"}
    ),
    check_plans.INSPECTORS: OldTalkSpec(
        check_plan.inspectors, lambda _: Say("check-inspectors-title"), check_plans.named, {"place": "浑南区"}
    ),
    check_draws.DRAW: OldTalkSpec(check_plan.draw, lambda _: Say("check-draw-title"), check_draws.drawn, _SAMPLE_DRAW),
    check_results.RECORD: OldTalkSpec(
        check_dialog.record,
        lambda brief: Say("check-record-title", name=brief["name"]),
        check_results.recorded,
        _SAMPLE_RECORD,
    ),
    check_plans.DROP: OldTalkSpec(
        check_plan.drop,
        lambda brief: Say("check-drop-title", name=brief["name"]),
        check_plans.dropped,
        {"check": 7, "name": "…", "drawn": True},
    ),
    check_results.TAKE_BACK: OldTalkSpec(
        check_plan.take_back,
        lambda brief: Say("check-take-back-title", name=brief["name"]),
        check_results.taken_back,
        {"check": 7, "name": "…", "day": "2023-06-05"},
    ),
}
