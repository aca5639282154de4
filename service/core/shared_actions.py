"""Actions of subjects whose buttons stand on the cards of rooms below them too. Each subject names its own among its
`actions`, where all its others are declared.
"""

from typing import Final, Literal, get_args

from talk.actions import MAYBE, NUMBER, PAGE, PLACE, WORD, Arg, action, one_of

HAZARDS: Final = action(
    "hazards",
    Arg(lambda word: word == "closed", lambda closed: "closed" if closed else "page", default=False),
    PAGE,
    MAYBE,
)
"""A page of the ledger of hazards: of the open ones, or (True) of the closed, for 回头看; where one is named by its
code, of that enterprise alone.
"""
OPEN_HAZARDS: Final = False
"""The first argument of `HAZARDS` for the open ones."""
TYPE: Final = action("type", WORD, MAYBE)
"""A command by its name, as if it had been typed with the words behind it."""
REPORT_HAZARD: Final = action("report", MAYBE, PAGE)
"""A hazard is reported; in the enterprise of this code, where it is named; else a page of one's own to choose from."""

DRAFT_REPORT: Final = action("draft", NUMBER)
"""草稿 of the report that a duty asks of a district, by the number of the duty."""
CoverageView = Literal["show", "unchecked", "untrained", "record", "trainings", "export", "city"]
COVERAGE: Final = action("coverage", one_of(get_args(CoverageView)), PLACE, PAGE)
"""What is done with the coverage of a column (by its place among them), or of the whole city. Of the list of the city's
columns the second argument is the page.
"""
