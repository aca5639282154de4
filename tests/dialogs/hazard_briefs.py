"""Briefs of the talks about hazards, as the service makes them."""

from typing import Any

from tests.dialogs.talker import duty_brief

DAYS = {"today": "2023-06-06", "latest": "2024-06-06", "example": "2023-06-20"}


def criterion(id_: str, title: str, place: str, fact: str, text: str, *, device: bool = False) -> dict[str, Any]:
    """Give a criterion as a brief carries it."""
    words = {"title": title, "place": place, "fact": fact, "text": text}
    shown = {name: {"zh": zh, "en": None} for name, zh in words.items()}
    return {"id": id_, "article": int(id_.split("-", maxsplit=1)[0]), **shown, "device": device}


CRITERIA = [
    criterion("3-1", "通用管理", "外包外租", "未统一协调管理", "未对承包单位、承租单位的安全生产工作统一协调、管理的"),
    criterion("3-2", "通用管理", "特种作业", "无证上岗", "特种作业人员未取得相应资格，上岗作业的"),
    criterion("11-1", "粉尘涉爆", "厂房建筑", "与人员聚集场所合用", "粉尘爆炸危险场所设置在非框架结构的建构筑物内"),
    criterion("11-2", "粉尘涉爆", "除尘系统", "未设泄爆", "干式除尘系统未采取泄爆、惰化、抑爆措施的", device=True),
    criterion("11-3", "粉尘涉爆", "除尘系统", "互联互通", "不同类别的可燃性粉尘除尘系统互联互通的"),
]


def report_brief(**changed: Any) -> dict[str, Any]:
    """Give the brief of a report."""
    brief = {
        **DAYS,
        "enterprise": "91210112114884238K",
        "name": "沈阳白桦示范食品有限公司",
        "bureau": "浑南区应急管理局",
        "department": False,
        "criteria": CRITERIA,
    }
    return brief | changed


def hazard(number: int = 41, state: str = "rectifying", **changed: Any) -> dict[str, Any]:
    """Give a hazard as a brief carries it."""
    told = {"number": number, "place": "2号除尘间", "state": state, "deadline": "2023-06-30", "overdue": False}
    return told | changed


def decision_brief(act: str) -> dict[str, Any]:
    """Give the brief of a department's decision."""
    brief: dict[str, Any] = {"number": 41, "place": "…", "name": "…", "act": act, "me": "孙演九"}
    if act in ("failed", "reopen"):
        brief["days"] = {"asked_on": "2023-06-06", "latest": "2024-06-06", "example": "2023-06-20"}
    if act == "major":
        brief["criteria"] = CRITERIA
    if act == "merge":
        brief["others"] = [{"number": 40, "place": "2号除尘间", "criterion": "11-2"}]
    return brief


def weekly_brief(*hazards: dict[str, Any], **changed: Any) -> dict[str, Any]:
    """Give the brief of a weekly check-in."""
    week = {"title": {"zh": "重大隐患每周调度（6月5日—6月11日）", "en": None}, "due": "2023-06-11"}
    more = {"hazards": list(hazards), "month": None, "dispatch": None}
    return {**duty_brief(), **week, **DAYS, **more, **changed}
