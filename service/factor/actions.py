"""What can be started about one's second factor."""

from typing import Final

from talk.actions import Command, action

FACTOR: Final = Command("factor")
"""二次验证: set it up, or see how it stands."""

ANEW: Final = action("factor:anew")
"""Set it up anew, for another phone."""
CODES: Final = action("factor:codes")
"""Have new recovery codes."""
LOST: Final = action("factor:lost")
"""What to do without the phone."""
