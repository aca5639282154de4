"""What can be started about a person: commands, and the buttons for joining, for the language and for one's data."""

from typing import Final

from talk.actions import NUMBER, WORD, Arg, Command, action
from talk.texts import LANGUAGES

START: Final = Command("start", for_strangers=True)
HELP: Final = Command("help", for_strangers=True)
LANGUAGE: Final = Command("language", for_strangers=True)
ME: Final = Command("me")
FEEDBACK: Final = Command("feedback")


def language_of(text: str) -> str:
    """The language that a word such as `en`, `zh` or `zh-CN` begins to name; the first one for any other word."""
    return next((known for known in LANGUAGES if known.startswith(text[:2])), LANGUAGES[0])


SPEAK: Final = action("language", Arg(language_of), for_strangers=True)
"""Speak a language from now on."""
EXPORT: Final = action("export")
"""My data as a file."""
LEAVE: Final = action("leave")
"""Leave; asked once more first."""

ACKNOWLEDGE: Final = action("criteria", WORD)
"""我已知悉, under the criteria of an enterprise's own sector, by its code."""
ACCEPT: Final = action("accept", NUMBER)
"""Staff accept a second principal, by the number of the membership."""
DECLINE: Final = action("decline", NUMBER)
"""Staff decline a second principal."""
