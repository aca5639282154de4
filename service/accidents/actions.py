"""What can be started about accidents: the command, and the buttons of the cards."""

from typing import Final

from talk.actions import MAYBE, NUMBER, PAGE, Command, action

REPORTING: Final = Command("accident")
"""/accident 事故报告."""

REPORT: Final = action("accident", MAYBE)
"""报告事故, in an enterprise by its code; without one: in one's own."""
ADD: Final = action("accident-add", NUMBER)
"""补报, to the first report by its number."""
SHOW: Final = action("accident-show", NUMBER)
"""The card of an accident, by its first report."""
SEEN: Final = action("accident-seen", NUMBER)
"""收到, of the department, for a report."""
LIST: Final = action("accidents", PAGE)
"""The accidents of late."""
