"""What can be the name of a person, and what only imitates a bureau: 【浑南区应急管理局】紧急."""

import re
from collections.abc import Iterable
from typing import Final
from unicodedata import category, normalize

from talk.cleaning import APOSTROPHES, DASHES, DOTS, likeness

LONGEST_NAME: Final = 60
"""Characters of a person's name at the most: those of other peoples and of passports are longer than Chinese ones."""

_BETWEEN: Final = f" {DOTS}{DASHES}{APOSTROPHES}"
"""What stands between the parts of a name: 阿不都·热合曼, Jean-Luc O'Brien."""

_OF_BUREAUS: Final = re.compile(
    "应急|管理局|监管|安监|监察|监督|执法|政府|公安|消防|街道办|办公室|委员会|指挥部|领导小组|[市区县省]局|总局|[支大]队"
    "|系统|通知|通告|公告|紧急|警告|警报|客服|管理员|官方|机器人"
)
"""Words of those who give orders: nobody is called so."""

_ENGLISH: Final = frozenset(
    (
        *("admin", "administrator", "alert", "bot", "bureau", "department", "emergency", "government", "notice"),
        *("official", "police", "support", "system", "urgent", "warning"),
    )
)


def is_name(text: str, reserved: Iterable[str] = ()) -> bool:
    """Return whether a cleaned text can be the name of a person: letters and what stands between them, and no name or
    word of those who give orders. `reserved`: the names of the districts, the city and their bureaus.
    """
    if not text or not all(letter in _BETWEEN or category(letter)[0] in "LM" for letter in text):
        return False
    # A sign with a line through or under it still reads as it does.
    bare = "".join(letter for letter in normalize("NFD", text) if category(letter)[0] != "M")
    letters = "".join(letter for letter in bare if letter not in _BETWEEN)
    if not letters or category(text[0])[0] != "L":
        return False
    like = likeness(letters)
    if _OF_BUREAUS.search(letters) or any(known and known in like for known in map(likeness, reserved)):
        return False
    return _ENGLISH.isdisjoint(re.split(r"[^a-z]+", bare.casefold()))
