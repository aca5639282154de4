"""What can be started about major hazards: the commands, and the buttons of the cards."""

from typing import Final, get_args

from campaign.hazards import Act
from service.core import shared_actions
from talk.actions import NUMBER, PAGE, Arg, Command, action, one_of

LEDGER: Final = Command("hazards")
REPORTING: Final = Command("report")

_ACT: Final[Arg[Act]] = one_of(get_args(Act))

LIST: Final = shared_actions.HAZARDS
REPORT: Final = shared_actions.REPORT_HAZARD
SHOW: Final = action("hazard", NUMBER)
"""The card of a hazard, by its number; as all the following."""
HISTORY: Final = action("history", NUMBER)
PHOTOS: Final = action("photos", NUMBER, PAGE)
PLAN: Final = action("plan", NUMBER)
UPDATE: Final = action("update", NUMBER)
DECIDE: Final = action("decide", NUMBER, _ACT)
PUT_ON_LIST: Final = action("list", NUMBER)
"""挂牌督办."""
