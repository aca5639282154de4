"""What staff decide about the registry: 采纳 and 不采纳 of what an enterprise says of a risk."""

from functools import partial
from typing import Final

from bot.handlers.subject import Subject
from service.registry import actions, risks

SUBJECT: Final = Subject()

SUBJECT.on(actions.ADOPT)(partial(risks.decide, accept=True))
SUBJECT.on(actions.DISMISS)(partial(risks.decide, accept=False))
