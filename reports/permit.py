"""动火安全作业票, after 表 A.1 of GB 30871-2022, a reference standard: one page of A4, to hang at the site and to keep,
and a card for a phone. Black on white says everything; colour only says it once more.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from campaign import permit_life
from campaign.certificates import masked
from campaign.hot_work import Level
from campaign.permits import State
from reports import qr, typesetting
from reports.drawing import File, draws
from service.hot_work.papers import PermitPaper
from service.hot_work.sheet import GasRow, Mark, Measure, PermitSheet, Welder
from talk.texts import CHINESE, FullDay, Say, render, show

LEVELS = {Level.SPECIAL: "特级", Level.FIRST: "一级", Level.SECOND: "二级", Level.FIXED: "固定动火区"}
STATES: dict[str, tuple[str, str, str]] = {
    State.DRAFTED: ("填写中", "未生效", "grey"),
    State.SUBMITTED: ("待审批", "未生效", "grey"),
    State.RETURNED: ("已退回", "未生效", "grey"),
    State.REFUSED: ("未批准", "不得动火", "red"),
    State.APPROVED: ("已批准", "尚未开始", "green"),
    State.STARTED: ("作业中", "", "green"),
    State.SUSPENDED: ("已暂停", "不得动火", "amber"),
    State.FINISHED: ("已结束", "待看火", "blue"),
    State.FIRE_WATCH: ("已结束", "看火中", "blue"),
    State.CLOSED: ("已关闭", "已验收", "grey"),
    State.EXPIRED: ("已过期", "不得动火", "red"),
    State.CANCELLED: ("已取消", "不得动火", "red"),
    permit_life.GAS: ("气体超限", "停止动火，撤离人员", "red"),
    permit_life.BARRED: ("已批准", "现在不得开工", "amber"),
}
"""A headline in words, what follows from it, and its colour on the card."""
STANDING = frozenset({State.APPROVED, State.STARTED, State.FINISHED, State.FIRE_WATCH, State.CLOSED})
"""States whose page nobody can misuse by not reading the state; any other is written across the page."""
OPINIONS = {
    "leader": "作业负责人\n意见",
    "unit": "所在单位\n意见",
    "safety": "安全管理\n部门意见",
    "approver": "动火审批人\n意见",
}
REFERENCE = "参照 GB 30871-2022 表A.1"

WELDERS, GAS, PAUSES, LOOKS, MEASURES = 6, 8, 6, 4, 30
"""Of how many the page has room; it says how many more there are."""
SHORT, LINE, TEXT = 12, 40, 90
"""Letters for which a name, a line, and a text of several lines have room."""
MEASURE, ALL_MEASURES = 90, 2100
"""Letters for a measure at the most, and for all of them together."""
PHONE = 216
"""Pixels an inch at which a card of 5 inches is 1080 pixels wide."""


@draws(PermitPaper)
def draw(facts: PermitSheet) -> list[File]:
    """Draw the page as .pdf and the card as .png."""
    name = f"{facts.code}{render(Say('permit-file-name'), CHINESE)}"
    return [File(f"{name}.pdf", pdf(facts)), File(f"{name}.png", card(facts))]


def pdf(sheet: PermitSheet, *, full: bool = False) -> bytes:
    """Draw the page as PDF. `full`: with the whole numbers of certificates, where the sheet has them; such a page
    travels through no foreign channel.
    """
    return typesetting.pdf("permit", document(sheet, full=full), sheet.made, {"qr.png": qr.png(sheet.verification)})


def card(sheet: PermitSheet) -> bytes:
    """Draw the card for a phone as PNG, without certificate numbers."""
    pictures = {"qr.png": qr.png(sheet.verification)}
    return typesetting.pages("permit-card", card_document(sheet), sheet.made, pictures, PHONE)[0]


def document(sheet: PermitSheet, *, full: bool = False) -> dict[str, Any]:
    """Return the words and figures of the page, as JSON for the template."""
    state, follows, _ = STATES[sheet.headline or sheet.state]
    letters = min(MEASURE, ALL_MEASURES // max(1, min(MEASURES, len(sheet.measures))))
    whole = full and any(welder.number for welder in sheet.welders)
    return {
        "title": f"动火安全作业票 {sheet.code}",
        "rehearsal": sheet.rehearsal,
        "code": sheet.code,
        "state": state,
        "follows": follows,
        "across": "" if (sheet.headline or sheet.state) in STANDING else state,
        "reference": REFERENCE,
        "enterprise": cut(sheet.enterprise, LINE),
        "bureau": cut(sheet.bureau, 14),
        "levels": [[words, level == sheet.level] for level, words in LEVELS.items()],
        "upgraded": cut(sheet.upgraded, LINE),
        "unit": cut(sheet.unit, LINE),
        "applied": f"{cut(sheet.applicant, SHORT)}　{_minute(sheet.applied, year=True)}",
        "content": cut(sheet.content, TEXT),
        "place": cut(sheet.place, LINE),
        "part": cut(sheet.part, LINE),
        "way": cut(sheet.way, LINE),
        "welders": [_welder(welder, full=full) for welder in sheet.welders[:WELDERS]],
        "more_welders": _more(sheet.welders, WELDERS, "人"),
        "leader": cut(sheet.leader, SHORT),
        "guardian": _guardian(sheet),
        "tester": cut(sheet.tester, SHORT),
        "approver": cut(sheet.approver, SHORT),
        "period": _period(sheet.begins, sheet.until),
        "daily": cut(sheet.daily, LINE),
        "risks": cut(sheet.risks, TEXT),
        "others": cut(sheet.others, TEXT) or "无",
        "gas": [_gas(row) for row in chosen(sheet.gas)],
        "more_gas": _more(sheet.gas, GAS, "次"),
        "gas_skipped": cut(sheet.gas_skipped, TEXT),
        "measures": [_measure(measure, letters) for measure in sheet.measures[:MEASURES]],
        "more_measures": _more(sheet.measures, MEASURES, "项"),
        "prohibitions": "" if sheet.prohibitions is None else _statement(sheet),
        "stated": _signed(sheet.prohibitions),
        "briefed": _signed(sheet.briefed),
        "briefed_people": cut("、".join(sheet.briefed_people), LINE),
        "opinions": [_opinion(sheet, signer, words) for signer, words in OPINIONS.items()],
        "checked": _mark(sheet.checked),
        "started": _mark(sheet.started),
        "pauses": [{"what": "恢复" if pause.resumed else "暂停", **_mark(pause)} for pause in sheet.pauses[-PAUSES:]],
        "more_pauses": _more(sheet.pauses, PAUSES, "次"),
        "finished": _mark(sheet.finished),
        "looks": [_mark(look) for look in sheet.looks[-LOOKS:]],
        "accepted": _mark(sheet.accepted),
        "violation": cut(sheet.violation, TEXT),
        "photos": sheet.photos,
        "made": _minute(sheet.made, year=True),
        "secrecy": "含完整证号，注意保密" if whole else "证号已遮盖",
    }


def card_document(sheet: PermitSheet) -> dict[str, Any]:
    """Return the words and figures of the card, as JSON for the template."""
    state, follows, colour = STATES[sheet.headline or sheet.state]
    welders = "、".join(cut(welder.name, SHORT) for welder in sheet.welders[:WELDERS])
    return {
        "title": f"动火安全作业票 {sheet.code}",
        "rehearsal": sheet.rehearsal,
        "code": sheet.code,
        "state": state,
        "follows": follows,
        "colour": colour,
        "level": f"{LEVELS[sheet.level]}{'（升级管理）' if sheet.upgraded else ''}",
        "enterprise": cut(sheet.enterprise, LINE),
        "place": cut(sheet.place, LINE),
        "part": cut(sheet.part, LINE),
        "content": cut(sheet.content, TEXT),
        "period": _period(sheet.begins, sheet.until, year=False).split(" 至 "),
        "daily": cut(sheet.daily, LINE),
        "people": [
            ["动火人", welders + (f"等{len(sheet.welders)}人" if len(sheet.welders) > WELDERS else "")],
            ["监护人", _guardian(sheet)],
            ["负责人", cut(sheet.leader, SHORT)],
            ["分析人", cut(sheet.tester, SHORT)],
            ["审批人", cut(sheet.approver, SHORT)],
        ],
        "gas": [_gas(row) for row in sheet.gas[-2:]],
        "violation": cut(sheet.violation, LINE),
        "made": _minute(sheet.made, year=True),
        "reference": REFERENCE,
    }


def cut(words: str, letters: int) -> str:
    """Return a text as one line cut to its room, in wide letters: two narrow ones take the room of a wide one."""
    line = " ".join(words.split())
    room = letters * 2
    for place, letter in enumerate(line):
        room -= 1 if letter < "\u2e80" and letter not in "…—“”‘’" else 2
        if room < 0:
            return line[: max(place - 1, 0)].rstrip() + "…"
    return line


def chosen(rows: Sequence[GasRow]) -> list[GasRow]:
    """Return the samples for which there is room, in their order: the first, by which the job began; those over the
    limit; the newest.
    """
    if len(rows) <= GAS:
        return list(rows)
    order = sorted(range(len(rows)), key=lambda place: (place != 0, rows[place].ok, -place))
    return [rows[place] for place in sorted(order[:GAS])]


def _welder(welder: Welder, *, full: bool) -> dict[str, str]:
    return {
        "name": cut(welder.name, SHORT),
        "trade": cut(welder.trade, SHORT),
        "number": cut(welder.number, SHORT) if full and welder.number else cut(masked(welder.certificate), SHORT),
        "review": "可用至" if welder.review is None else f"{welder.review:%Y-%m-%d}",
        "until": f"{welder.until:%Y-%m-%d}",
    }


def _statement(sheet: PermitSheet) -> str:
    source = f"（参照{cut(sheet.prohibitions_source, LINE)}）" if sheet.prohibitions_source else ""
    return f"已逐条核对焊割作业“十不准”{source}，所列情形均不存在"


def _guardian(sheet: PermitSheet) -> str:
    return cut(sheet.guardian, SHORT) + ("（未使用本系统，由申请人代录）" if sheet.guardian_without_bot else "")


def _gas(row: GasRow) -> dict[str, Any]:
    return {
        "at": f"{row.at:%m-%d %H:%M}",
        "gas": cut(row.gas, SHORT),
        "value": cut(row.value, SHORT),
        "limit": cut(row.limit, SHORT),
        "ok": "合格" if row.ok else "超限",
        "over": not row.ok,
        "tester": cut(row.tester, 6),
    }


def _measure(measure: Measure, letters: int) -> dict[str, Any]:
    applies = {True: "是", False: "否", None: ""}[measure.applies]
    return {
        "number": str(measure.number),
        "text": cut(measure.text, letters),
        "applies": applies,
        "by": cut(measure.confirmed_by, 6) or ("—" if measure.applies is False else ""),
        "at": "" if measure.confirmed_at is None else f"{measure.confirmed_at:%m-%d %H:%M}",
        "lacking": measure.lacking,
    }


def _opinion(sheet: PermitSheet, signer: str, words: str) -> dict[str, str]:
    given = next((opinion for opinion in reversed(sheet.opinions) if opinion.signer == signer), None)
    return {"of": words, **_mark(given)}


def _mark(mark: Mark | None) -> dict[str, str]:
    """Return a mark; where there is none its places are empty, to be filled in by hand."""
    if mark is None:
        return {"words": "", "by": "", "at": ""}
    return {"words": cut(mark.words, LINE), "by": cut(mark.by, SHORT), "at": _minute(mark.at)}


def _signed(mark: Mark | None) -> str:
    return "" if mark is None else f"{cut(mark.by, SHORT)}　{_minute(mark.at)}"


def _more(things: Sequence[object], room: int, unit: str) -> str:
    return f"共{len(things)}{unit}，列{room}{unit}" if len(things) > room else ""


def _period(begins: datetime, until: datetime, *, year: bool = True) -> str:
    end = f"{until:%H:%M}" if begins.date() == until.date() else _minute(until, year=begins.year != until.year)
    return f"{_minute(begins, year=year)} 至 {end}"


def _minute(at: datetime, *, year: bool = False) -> str:
    return f"{show(FullDay(at.date()) if year else at.date(), CHINESE)} {at:%H:%M}"
