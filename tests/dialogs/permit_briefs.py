"""Briefs of the talks about permits, as the service makes them."""

from typing import Any

from campaign.applications import APPLICATION, Application, MeasureTaken, Who
from campaign.hot_work import HotWork
from campaign.permit_life import Sample
from tests.dialogs.talker import NOW, PACK, SHENYANG, Talker, photo

__all__ = ["NOW", "RULES", "SHENYANG", "Sample", "Talker", "Who", "application_brief", "gas_brief", "usual", "welder"]

assert PACK.hot_work is not None
RULES: HotWork = PACK.hot_work

OFFICER = Who("王演三", 3)
LEADER = Who("刘演六", 6)
GUARD = Who("陈演七", 7)
WELDER = Who("李演四", 4, 21)


def welder(worker: int, name: str, until: str = "2025-06-30", fault: str | None = None, **more: Any) -> dict[str, Any]:
    """Give somebody of the register as a brief carries it."""
    one = {"worker": worker, "person": None, "name": name, "trade": "焊接与热切割作业", "masked": "T210***3X"}
    return {**one, "until": until, "fault": fault, **more}


WELDERS = [
    welder(21, "李演四", person=4, kind="review"),
    welder(22, "赵演八", until="2023-06-07", kind="expiry"),
    welder(23, "孙演九", until="2023-05-01", fault="review_overdue"),
    welder(24, "周演十", until="2023-06-05", fault="expired"),
    welder(25, "吴演一", fault="trade", trade="高处作业"),
]


def usual(**changed: Any) -> dict[str, Any]:
    """Give the last application of the enterprise: a weld in the workshop on a working day."""
    start = NOW.replace(day=5, hour=10)
    fields: dict[str, Any] = {
        "place": "1号车间",
        "part": "3号料仓下料口",
        "content": "更换法兰",
        "surroundings": "elsewhere",
        "stopped": False,
        "workpiece": "other",
        "wind": False,
        "ways": ("arc",),
        "welders": (WELDER,),
        "leader": LEADER,
        "guardian": GUARD,
        "tester": None,
        "starts": start,
        "until": start.replace(hour=12),
        "hours": None,
        "no_sample": "无可燃介质",
        "risks": ("fire", "burn", "shock"),
        "others": (),
        "measures": (MeasureTaken("extinguishers", 4), MeasureTaken("machine")),
        "photos": (photo("现场.jpg"),),
    }
    given: dict[str, Any] = APPLICATION.dump_python(Application(**{**fields, **changed}), mode="json")
    return given


def application_brief(**changed: Any) -> dict[str, Any]:
    """Give the brief of an application."""
    brief = {
        "enterprise": "91210112114884238K",
        "name": "沈阳白桦示范食品有限公司",
        "permit": None,
        "rules": RULES.as_json(),
        "earliest": NOW.isoformat(),
        "latest": NOW.replace(day=13).isoformat(),
        "points": [{"place": "1号车间", "part": "3号料仓下料口"}, {"place": "2号车间", "part": "除尘管道"}],
        "welders": WELDERS,
        "members": [
            {"person": one.person, "name": one.name, "role": role}
            for one, role in ((OFFICER, "officer"), (LEADER, "worker"), (GUARD, "worker"), (Who("李演四", 4), "worker"))
        ],
        "usual": None,
    }
    return brief | changed


def gas_brief(**changed: Any) -> dict[str, Any]:
    """Give the brief of a gas sample."""
    brief = {
        "permit": 7,
        "number": "D-0606-07",
        "rules": RULES.as_json(),
        "last": "methane",
        "own": True,
        "members": [{"person": 3, "name": "王演三", "role": "officer"}],
    }
    return brief | changed
