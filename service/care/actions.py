"""What an operator can ask for: how the bot itself is."""

from typing import Final

from talk.actions import Command

HEALTH: Final = Command("health")
