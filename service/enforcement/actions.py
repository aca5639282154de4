"""What can be started about a bureau's actions (执法): the command, and the buttons of the cards."""

from typing import Final

from talk.actions import NUMBER, PAGE, WORD, Command, action

LISTING: Final = Command("actions")

SHOW: Final = action("action", NUMBER)
"""An entry, by its number."""
LIST: Final = action("actions", NUMBER, WORD, PAGE)
"""What was entered for a column (by its place among them) in a month."""
ENTER: Final = action("action-new", NUMBER)
"""录入, for a column by its place."""
TAKE_BACK: Final = action("action-back", NUMBER)
"""更正 of an entry, by its number."""
