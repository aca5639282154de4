"""The language of the terminal, and saying things in it."""

import os
import sys
from contextlib import suppress
from functools import cache

from bot.hiding import covered
from talk.cleaning import printable
from talk.texts import CHINESE, ENGLISH, Phrase, render


@cache
def language() -> str:
    """Chinese, or English where the locale of the terminal is English.

    The locale is no setting of the bot: it is read here, as the C library would, and needs not be installed.
    """
    given = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    spoken = next(filter(None, given), "")
    return ENGLISH if spoken.lower().startswith("en") else CHINESE


def words(phrase: Phrase) -> str:
    """A phrase in the language of the terminal, without the secrets of the settings."""
    return covered(render(phrase, language()))


def say(phrase: Phrase) -> None:
    """Print a phrase."""
    sys.stdout.write(printable(words(phrase)) + "\n")


def complain(phrase: Phrase) -> None:
    """Print a phrase to stderr, as one line."""
    with suppress(BrokenPipeError):
        sys.stderr.write(" ".join(printable(words(phrase)).split()) + "\n")
