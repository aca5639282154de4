"""Every door that takes bytes or words of people."""

from typing import Final

from tests.fuzz import chats, commands, files, pages, words

DOORS: Final = (*words.DOORS, *files.DOORS, *chats.DOORS, *pages.DOORS, *commands.DOORS)
