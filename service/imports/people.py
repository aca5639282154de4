"""The name of one person in a cell of a list, where people also write a telephone, an office, or a second name."""

import re
from dataclasses import dataclass
from typing import Final
from unicodedata import normalize

from campaign.identity import unify_text
from talk.texts import Say

_LABEL: Final = r"(?:(?:联系|办公)?(?:电话|手机|方式|号码?|tel|mobile)[:：]?\s*)*"
_FIGURES: Final = re.compile(
    rf"[(（]?{_LABEL}[(（+]*[0-9](?:[-\s()（）转/、,;]*[0-9]){{6,25}}[xX]?[)）]*", re.IGNORECASE
)
"""A telephone, or another number of seven digits and more."""
_OFFICE: Final = "(?:副?总经理|副?经理|副?厂长|副?主任|董事长|法定代表人|安全员|安全总监)"
_OFFICES: Final = re.compile(
    rf"[(（](?:{_OFFICE}|法人(?:代表)?|主?要?负责人|主管|先生|女士|兼职?|专职)[)）]|\s{_OFFICE}(?=\s|$)|^{_OFFICE}[\s:：]"
    rf"|(?<=[\u4e00-\u9fff]{{2}}){_OFFICE}$|^[\u4e00-\u9fff]{{2,8}}[:：]|\s[(（]?[男女][)）]?$"
)
_NO_NAME: Final = re.compile(r"[0-9:：]|[(（](?![A-Za-z .·]+[)）])")
"""Digits, and a remark in brackets that is no second spelling."""
_NAMESAKE: Final = re.compile(r"(?<=[^\W\d_])[0-9]{1,2}$")
"""The number by which a list tells two people of one name apart: 王演伟2. Behind a space it would be an age."""
_BETWEEN_NAMES: Final = re.compile(r"[、;/|&+\\]+|(?<![a-z]),|,(?!\s?[a-z])", re.IGNORECASE)
"""What stands between two names; the comma of Smith, John does not."""
_BETWEEN_PARTS: Final = re.compile(r"\s+|(?<=..)[和及与](?=..)")
_HAN_NAME: Final = re.compile("[\u3400-\u9fff]{2,4}")
_SURNAMES: Final = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕任沈姚卢姜崔钟谭陆"
    "汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_LONG_SURNAMES: Final = frozenset(
    ("欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "夏侯")
)


@dataclass(frozen=True, slots=True)
class Named:
    """What a cell names: one person, or why not; `beside` where it told something else, too."""

    name: str
    fault: Say | None = None
    beside: bool = False


def named(cell: str) -> Named:
    """Return the person that a cell names. A number or an office beside the name is left out of it; a number at its end
    that tells namesakes apart is part of it.
    """
    whole = normalize("NFKC", cell)
    bare = _OFFICES.sub(" ", _FIGURES.sub(" ", whole))
    names = [name for part in _BETWEEN_NAMES.split(bare) if (name := unify_text(part))]
    if not names:
        return Named("", Say("imports-no-name"))
    if len(names) > 1 or _are_two(bare):
        return Named("", Say("imports-several-names", value=unify_text(bare)))
    if _NO_NAME.search(_NAMESAKE.sub("", bare.strip())):
        return Named("", Say("imports-more-than-name", value=names[0]))
    return Named(names[0], beside=bare != whole)


def _are_two(name: str) -> bool:
    """Whether a space, or 和, stands between what looks like two names; 张 三 and 欧阳 修文 are one."""
    parts = _BETWEEN_PARTS.split(name.strip())
    return len(parts) > 1 and all(
        _HAN_NAME.fullmatch(part) and part[0] in _SURNAMES and part not in _LONG_SURNAMES for part in parts
    )
