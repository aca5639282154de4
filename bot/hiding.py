"""Secrets of the settings never stand in what is logged, shown or kept: they are covered wherever a text may hold one.

Addresses of the Bot API hold the token, and libraries, proxies and servers repeat addresses in their errors.
"""

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import quote, unquote

COVER: Final = "***"
SHORTEST: Final = 6
"""Characters of a secret that is covered: a shorter one would cover words of every text."""

_TOKEN: Final = re.compile(r"(?<![0-9])[0-9]{6,}(?::|%3[Aa])[A-Za-z0-9_-]{20,}")
"""A token of the Bot API, whoever's it is: also one that was set before."""
_PASSWORD: Final = re.compile(r"(?<=://)([^\s/:@]*):[^\s/@]+@")
"""The password in an address."""

_known: set[str] = set()


def hide(secrets: Iterable[str]) -> None:
    """Cover these in every text from now on, as they are and as they stand in an address."""
    for secret in secrets:
        if len(secret) >= SHORTEST:
            _known.update({secret, quote(secret, safe=""), unquote(secret)})


def covered(text: str, *secrets: str) -> str:
    """Return a text with the secrets of the settings, and others that are given, covered."""
    given = {form for secret in secrets if secret for form in (secret, quote(secret, safe=""))}
    for secret in sorted(_known | given, key=len, reverse=True):
        text = text.replace(secret, COVER)
    return _PASSWORD.sub(rf"\1:{COVER}@", _TOKEN.sub(COVER, text))
