"""What can be the name of a person, and what only imitates a bureau: 【浑南区应急管理局】紧急."""

import re
from collections.abc import Iterable
from typing import Final
from unicodedata import category, normalize

from talk.cleaning import APOSTROPHES, DASHES, DOTS, likeness

SHORTEST_NAME: Final = 2
LONGEST_NAME: Final = 60
"""Characters of a person's name at the most: those of other peoples and of passports are longer than Chinese ones."""

_BETWEEN: Final = f" {DOTS}{DASHES}{APOSTROPHES}"
"""What stands between the parts of a name: 阿不都·热合曼, Jean-Luc O'Brien."""

_OF_BUREAUS: Final = re.compile(
    "应急|管理局|监管|安监|监察|监督|执法|政府|公安|消防|街道办|办公室|委员会|指挥部|领导小组|[市区县省]局|总局|[支大]队"
    "|系统|通知|通告|公告|紧急|警告|警报|客服|管理员|官方|机器人"
)
"""Words of those who give orders: nobody is called so."""

_OF_POSTS: Final = re.compile(
    "(?:部|部门|处室?|车间|班组|小组|[一二三四五六七八九]班|公司|中心|工厂|分厂|仓库|工会|机构|团队)$"
    "|(?:安全|安环|环保|生产|设备|行政|财务|人事|技术|后勤|综合|质检|保卫|消防|工程|动力|物业|总经)(?:科|组|班|办|员)$"
    "|^(?:正|副|总|主要|分管|直接|第一|企业|法定|安全|生产|车间|项目|现场)*"
    "(?:经理|厂长|董事长?|总监|主任|主管|部长|科长|处长|组长|班长|队长|负责人|责任人|领导|代表人?|工程师|管理人?员|老板)$"
    "|^(?:没有|暂无|待定|未定|不详|不清楚|不知道|本人|我|同上|某人|全体.*|各.*)$"
)
"""Departments, posts and evasions: none of them is somebody."""

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


def is_person(text: str) -> bool:
    """Return whether a text names one person who can be held to something: no department (安全部), no post (安全员), no
    evasion (待定); a name with a title after it (钱主任) does.
    """
    return SHORTEST_NAME <= len(text) <= LONGEST_NAME and is_name(text) and not _OF_POSTS.search(text)
