"""Typed text made comparable: one width, one kind of white space, nothing invisible."""

import re
from unicodedata import category, normalize

_INVISIBLE = {"Cc", "Cf", "Cs"}
"""Controls, zero-width and direction marks, halves of surrogate pairs."""
_VARIATION = range(0xFE00, 0xFE10)
_JOINERS = "\u200c\u200d"
"""Invisible themselves, but they make the signs on both sides one, as in many emoji."""
_BLANK = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters and signs to Unicode that have no ink."""
_REFUSED = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""What XML refuses, and with it every workbook, document and page; and what would steer a terminal."""
_LOOSE_SPACE = re.compile(r"(?<![0-9]) | (?![0-9])")


def clean(text: str, *, lines: bool = False) -> str:
    """The text in NFKC, without invisible characters, each run of white space one space.

    With `lines` the line breaks stay, and empty lines go.
    """
    seen = (letter for letter in text if letter.isspace() or not _is_invisible(letter))
    unified = normalize("NFKC", "".join(seen))
    if lines:
        return "\n".join(filter(None, (" ".join(line.split()) for line in unified.splitlines())))
    return " ".join(unified.split())


def tidy(text: str) -> str:
    """Words of one's own as they were written, without what nobody sees: controls, direction marks, halves
    of surrogate pairs, noncharacters, empty lines; "" when nothing visible is left.

    A database may refuse a NUL and half a pair, a workbook a noncharacter, and a direction mark shows another text than
    is stored.
    """
    lines = ("".join(map(_as_seen, line)).strip() for line in writable(text.replace("\r", "\n")).splitlines())
    return "\n".join(filter(_shows, lines))


def writable(text: str) -> str:
    """The text without what no document can hold: controls but tabs and line ends, halves of surrogate pairs,
    noncharacters. One of them in one name would keep a whole list from being drawn.
    """
    return _REFUSED.sub("", text)


def compact(text: str) -> str:
    """The cleaned text in lower case, without spaces but those that keep two numbers apart: "3 台", "1 3"."""
    return _LOOSE_SPACE.sub("", clean(text).lower())


def _as_seen(letter: str) -> str:
    if letter in _JOINERS or category(letter) not in _INVISIBLE:
        return letter
    return " " if letter.isspace() else ""


def _shows(line: str) -> bool:
    return any(category(letter)[0] in "LNPS" and letter not in _BLANK for letter in line)


def printable(text: str) -> str:
    """The text without what would steer a terminal; lines and tabs stay."""
    kept = f"{_JOINERS}\n\t"
    return "".join(letter if letter in kept or category(letter) not in _INVISIBLE else "\ufffd" for letter in text)


def _is_invisible(letter: str) -> bool:
    return category(letter) in _INVISIBLE or ord(letter) in _VARIATION
