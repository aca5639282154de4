"""The command and the button by which the dossier of an enterprise is asked for."""

from typing import Final

from talk.actions import MAYBE, Command, action

INSPECTION_FILE: Final = Command("file")

FILE: Final = action("file", MAYBE)
"""迎检资料 of an enterprise, by its code."""
