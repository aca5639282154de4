"""/health: how the bot itself is, for its operators."""

from typing import Final

from bot.handlers.subject import Subject
from service.care import actions, health

SUBJECT: Final = Subject()

SUBJECT.command(actions.HEALTH)(health.show)
