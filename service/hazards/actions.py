"""What can be started about major hazards: the commands, and the buttons of the cards."""

from typing import Final, get_args

from campaign.hazards import Act
from talk.actions import MAYBE, NUMBER, PAGE, Arg, Command, action, one_of

LEDGER: Final = Command("hazards")
REPORTING: Final = Command("report")

_CLOSED: Final = Arg(lambda word: word == "closed", lambda closed: "closed" if closed else "page", default=False)
"""Whether the closed hazards are meant, for 回头看, rather than the open ones."""
_ACT: Final[Arg[Act]] = one_of(get_args(Act))

LIST: Final = action("hazards", _CLOSED, PAGE)
OPEN: Final = False
"""As the first argument of `LIST`: the open hazards, not the closed ones."""
SHOW: Final = action("hazard", NUMBER)
"""The card of a hazard, by its number; as all the following."""
HISTORY: Final = action("history", NUMBER)
PHOTOS: Final = action("photos", NUMBER, PAGE)
PLAN: Final = action("plan", NUMBER)
UPDATE: Final = action("update", NUMBER)
DECIDE: Final = action("decide", NUMBER, _ACT)
PUT_ON_LIST: Final = action("list", NUMBER)
"""挂牌督办."""
REPORT: Final = action("report", MAYBE)
"""A hazard is reported; in the enterprise of this code, where it is named."""
