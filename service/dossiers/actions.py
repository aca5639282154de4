"""What can be asked of an enterprise's dossier: the command, and the button of one of several enterprises."""

from typing import Final

from talk.actions import MAYBE, Command, action

INSPECTION_FILE: Final = Command("file")

FILE: Final = action("file", MAYBE)
"""迎检资料 of an enterprise, by its code."""
