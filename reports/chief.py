"""The picture that follows the city's card of the month: hazards found and rectified by column, and who has filed."""

from typing import Any

from reports import typesetting
from reports.drawing import File, draws
from service.annex.chief import Chief, ChiefPaper
from talk.texts import CHINESE, Say, render, show

PHONE = 216
"""Pixels an inch at which a picture of 5 inches is 1080 pixels wide."""


@draws(ChiefPaper)
def draw(facts: Chief) -> list[File]:
    """Draw the picture as .png."""
    return [File(f"{render(Say('chief-file-name', month=facts.month.name), CHINESE)}.png", picture(facts))]


def picture(facts: Chief) -> bytes:
    """Draw the picture as PNG."""
    return typesetting.pages("chief", document(facts), facts.at, ppi=PHONE)[0]


def document(facts: Chief) -> dict[str, Any]:
    """Return its words and figures, as JSON for the template. The length of a bar is its share of the longest bar."""
    longest = max(1, *(column.found for column in facts.columns), *(column.rectified for column in facts.columns))
    filed = sum(column.filed for column in facts.columns)
    return {
        "title": f"{facts.month.last.year}年{facts.month.last.month}月重大事故隐患排查整治",
        "bureau": facts.bureau,
        "rehearsal": facts.rehearsal,
        "at": show(facts.at, CHINESE),
        "filed": str(filed),
        "missing": str(len(facts.columns) - filed),
        "found": str(sum(column.found for column in facts.columns)),
        "rectified": str(sum(column.rectified for column in facts.columns)),
        "columns": [
            {
                "name": column.name,
                "filed": column.filed,
                "found": str(column.found),
                "rectified": str(column.rectified),
                "found_share": column.found / longest,
                "rectified_share": column.rectified / longest,
            }
            for column in facts.columns
        ],
    }
