"""What can be started about the register of workers with certificates (特种作业人员名册)."""

from typing import Final

from talk.actions import PAGE, Command, action

LISTING: Final = Command("workers")

LIST: Final = action("workers", PAGE)
