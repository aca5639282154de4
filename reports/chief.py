"""The city's picture of the month, for a phone: hazards found and rectified by column, and who has filed."""

from typing import Any

from reports import typesetting
from reports.drawing import File, draws
from service.annex.chief import Chief, ChiefPaper
from talk.texts import CHINESE, Say, render

PHONE = 216
"""Pixels an inch at which a picture of 5 inches is 1080 pixels wide."""


@draws(ChiefPaper)
def draw(facts: Chief) -> list[File]:
    """Draw the picture as .png."""
    return [File(f"{render(Say('chief-file-name', month=facts.month.name), CHINESE)}.png", picture(facts))]


def picture(facts: Chief) -> bytes:
    """The picture as PNG."""
    return typesetting.pages("chief", document(facts), facts.at, ppi=PHONE)[0]


def document(facts: Chief) -> dict[str, Any]:
    """What it says, as JSON. Bars are shares of the longest one."""
    longest = max(1, *(one.found for one in facts.columns), *(one.rectified for one in facts.columns))
    filed = sum(one.filed for one in facts.columns)
    return {
        "title": f"{facts.month.last.year}年{facts.month.last.month}月重大事故隐患排查整治",
        "bureau": facts.bureau,
        "rehearsal": facts.rehearsal,
        "at": f"{facts.at.month}月{facts.at.day}日 {facts.at:%H:%M}",
        "filed": str(filed),
        "missing": str(len(facts.columns) - filed),
        "found": str(sum(one.found for one in facts.columns)),
        "rectified": str(sum(one.rectified for one in facts.columns)),
        "columns": [
            {
                "name": one.name,
                "filed": one.filed,
                "found": str(one.found),
                "rectified": str(one.rectified),
                "found_share": one.found / longest,
                "rectified_share": one.rectified / longest,
            }
            for one in facts.columns
        ],
    }
