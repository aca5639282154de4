"""Typed text made comparable: one width, one kind of white space, nothing invisible.

`likeness` is the one form in which names and codes are compared, wherever that is. It is for comparing and searching
only: what is kept and shown is what was entered. Nobody is let in by a name, so names that are alike give no right.
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any
from unicodedata import category, normalize

if TYPE_CHECKING:
    from opencc import OpenCC

_INVISIBLE = {"Cc", "Cf", "Cs"}
"""Controls, zero-width and direction marks, halves of surrogate pairs."""
_JOINERS = "\u200c\u200d"
"""Invisible themselves, but they make the signs on both sides one, as in many emoji."""
_BLANK = "\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
"""Letters and signs to Unicode that have no ink."""
_CHOOSERS = "\u034f\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef"
"""Marks without ink that choose the shape of the sign before them, or join it to the next."""
_NONE = "\ufdd0-\ufdef" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
"""What never is a sign, in any plane."""
_REFUSED = re.compile(f"[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff{_NONE}]")
"""What XML or a reader of it refuses, and with it every workbook, document and page; and what would steer a
terminal.
"""
_UNSEEN = re.compile(f"[{_BLANK}{_CHOOSERS}{_NONE}]")
_IDEOGRAPHS = str.maketrans(
    "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺"
    "⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲",
    "厂乛乚乙亻冂𠘨刀刂卜㔾小尐兀尣尢𡯂巳幺彑彐忄心扌攵旡日月歺民氵氺灬爫爬丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀"
    "聿肉𦥑艹艺艻虎衤覀西见角𧢲讠贝𧾷车辶辷辸邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀",
)
"""Radicals as a copy out of a PDF has them, and the signs that they look like (EquivalentUnifiedIdeograph of the
Unicode database, block 2E80): NFKC knows those of block 2F00 only."""
DOTS = "·•・‧∙⋅●∘◦⸱⸳⸰᛫ᐧ⦁▪ꞏ𐄁。."
DASHES = "‐‑‒–—―−﹘⁃⸺⸻᠆֊-"
APOSTROPHES = "’‘‛′ʼʹ`ꞌ'"
"""What keyboards, systems and fonts put for the dot within a name, for a dash, for an apostrophe; what NFKC makes one
of these is not named.
"""
_SIGNS = str.maketrans(
    {
        **dict.fromkeys(DOTS, "."),
        **dict.fromkeys(DASHES, "-"),
        **dict.fromkeys(APOSTROPHES, "'"),
        **dict.fromkeys("⦅〔[【〖〘〚", "("),
        **dict.fromkeys("⦆〕]】〗〙〛", ")"),
    }
)
_SHORT = 60
_DOT_IN_NAME = re.compile(r"(?<![0-9.])\.+|\.+(?![0-9.])")
"""A dot that parts no two numbers: 阿不都·热合曼 is often written without it, and 1.5 is not 15."""
_LOOSE_SPACE = re.compile(r"(?<![0-9]) | (?![0-9])")


def clean(text: str, *, lines: bool = False) -> str:
    """The text in NFKC, without invisible characters, each run of white space one space.

    With `lines` the line breaks stay, and empty lines go.
    """
    one_width = unified(text)
    if lines:
        return "\n".join(filter(None, (" ".join(line.split()) for line in one_width.splitlines())))
    return " ".join(one_width.split())


def unified(text: str) -> str:
    """The text in NFKC, its radicals as signs, without invisible characters; white space as it stands."""
    if not text.isprintable():
        text = "".join(letter for letter in text if letter.isspace() or category(letter) not in _INVISIBLE)
    return normalize("NFKC", _UNSEEN.sub("", text)).translate(_IDEOGRAPHS)


def likeness(text: str) -> str:
    """What all spellings of one name or code have in common; for comparing, never for showing. "" where nothing of the
    text is visible.
    """
    return _likeness_of_short(text) if len(text) <= _SHORT else _likeness(text)


def _likeness(text: str) -> str:
    folded = "".join(unified(text).casefold().split()).translate(_SIGNS)
    # What was parted by a space or a dot may now be one sign.
    return normalize("NFKC", _DOT_IN_NAME.sub("", normalize("NFKC", folded)))


# Each answer is compared with the same labels, names and codes.
_likeness_of_short = lru_cache(2048)(_likeness)


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


def writable_all(value: Any) -> Any:
    """A value for JSON with every text in it as `writable` leaves it: data from before may hold anything."""
    match value:
        case str():
            return writable(value)
        case Mapping():
            return {writable_all(key): writable_all(inner) for key, inner in value.items()}
        case list() | tuple():
            return [writable_all(inner) for inner in value]
        case _:
            return value


def compact(text: str) -> str:
    """The cleaned text in lower case and simplified characters, without spaces but those that keep two numbers apart:
    "3 台", "1 3".
    """
    return _LOOSE_SPACE.sub("", simplified(clean(text)).lower())


def simplified(text: str) -> str:
    """The text in simplified characters, to be compared with words of ours; names are kept as they are written."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return str(_converter().convert(text))
    return text


@cache
def _converter() -> "OpenCC":
    # Its tables take a while, and hardly anybody needs them.
    from opencc import OpenCC

    return OpenCC("t2s")


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
