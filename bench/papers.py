"""Part 4, papers: a hot-work permit as its page and as its card."""

from dataclasses import replace
from statistics import median
from time import perf_counter

from bench.table import Row, at_most
from reports import permit
from tests.reports.permits import SHEET

AIM = 1000
"""Milliseconds that a paper takes at the most."""


def measure(*, times: int) -> list[Row]:
    """Draw so many permits, each with words of its own: what was drawn before is remembered."""
    page, card = [], []
    for number in range(times + 1):
        sheet = replace(SHEET, code=f"D-0619-{number:03}", place=f"制粉车间{number}层")
        began = perf_counter()
        permit.pdf(sheet)
        printed = perf_counter()
        permit.card(sheet)
        page.append(printed - began)
        card.append(perf_counter() - printed)
    figures = (
        ("the first permit of a process as PDF, ms", page[0]),
        ("each further one, ms", median(page[1:])),
        ("a permit's card as PNG, ms", median(card[1:])),
    )
    return [
        Row(what, "reports", f"{seconds * 1000:.0f}", aim=at_most(AIM, seconds * 1000)) for what, seconds in figures
    ]
