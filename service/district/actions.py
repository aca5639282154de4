"""What can be started about a district's coverage, trainings and reports: commands, and the buttons of the cards."""

from typing import Final, Literal, get_args

from talk.actions import NUMBER, PAGE, PLACE, WORD, Command, action, one_of

COVERAGE_COMMAND: Final = Command("coverage")
DRAFTS_COMMAND: Final = Command("drafts")

View = Literal["show", "unchecked", "untrained", "record", "trainings", "export", "city"]


COVERAGE: Final = action("coverage", one_of(get_args(View)), PLACE, PAGE)
"""What is done with the coverage of a column (by its place among them), or of the whole city. Of the list of the city's
columns the second argument is the page.
"""
TRAINING: Final = action("training", NUMBER)
UNDO_TRAINING: Final = action("training-undo", NUMBER)
"""撤销登记."""
DRAFT: Final = action("draft", NUMBER)
"""草稿 on the card of a duty, by the number of the duty."""
DRAFTS: Final = action("drafts", PLACE, WORD, WORD)
"""A report of a district (by its place among them) or of the city: its kind, and the period that it is about."""
