"""What can be started about a district's coverage, trainings and reports: commands, and the buttons of the cards."""

from typing import Final

from service.core import shared_actions
from talk.actions import NUMBER, PLACE, WORD, Command, action

COVERAGE_COMMAND: Final = Command("coverage")
DRAFTS_COMMAND: Final = Command("drafts")

COVERAGE: Final = shared_actions.COVERAGE
TRAINING: Final = action("training", NUMBER)
UNDO_TRAINING: Final = action("training-undo", NUMBER)
"""撤销登记."""
DRAFT: Final = shared_actions.DRAFT_REPORT
DRAFTS: Final = action("drafts", PLACE, WORD, WORD)
"""A report of a district (by its place among them) or of the city: its kind, and the period that it is about."""
