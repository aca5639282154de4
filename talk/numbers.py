"""Numbers as people type them: 12, １２人, 十二, 两百零三, 一百二, 3万5千, 3.5w, ￥1,200.50."""

import re
from collections.abc import Sequence
from decimal import Decimal

from talk.cleaning import DASHES, clean, compact

LONGEST = 40
"""No number that anybody means is written with more characters."""
_LIMIT = 10**12

_PLAIN = str.maketrans(
    dict(zip("〇○壹贰叁肆伍陆柒捌玖拾佰仟萬億兩俩仨", "零零一二三四五六七八九十百千万亿两两三", strict=True))
    | {"廿": "二十", "卅": "三十"}
)
_DIGITS = {name: value for value, name in enumerate("零一二三四五六七八九")} | {"两": 2}
_DIGIT = f"[0-9{''.join(_DIGITS)}]"
_UNITS = {"亿": 10**8, "万": 10**4, "千": 1000, "百": 100, "十": 10}
_SCALES = _UNITS | {"w": 10**4, "k": 1000, "": 1}

_WRITTEN = re.compile(
    r"(?P<whole>[0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3}){1,3})(?P<part>\.[0-9]{1,6})?(?P<scale>[亿万千百wk]?)"
)
_BETWEEN = re.compile(r"[\s()]")
_DASHED = str.maketrans(dict.fromkeys(f"{DASHES}.", "-"))
_TELEPHONE = re.compile(
    r"(?:(?:(?:联系|办公|固定)?(?:电话|手机|座机)号?码?|tel|phone):?-?)?(?P<number>\+?[0-9]+(?:-+[0-9]+)*)"
    r"(?:[-,]*(?:转接?|轉接?|分机号?|分機號?|内线|ext(?:ension|n)?|x|#)[-:]*(?P<extension>[0-9]{1,6})号?)?",
    re.ASCII,
)
_COUNTRY = re.compile(r"^(?:\+|00)86-?|^86-?(?=1[3-9][0-9]{9}$)")
_MOBILE_BEGINS = re.compile(r"1[3-9]")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_TELEPHONE_DIGITS = range(7, 16)
"""E.164 has 15 digits at the most; the extension of a switchboard comes behind them."""
_SPOKEN = re.compile(rf"(?P<whole>.{{1,9}})点(?P<part>[{''.join(_DIGITS)}]{{1,6}})(?P<scale>[亿万千百]?)")

_MEASURES = "个具名位人台套件次份家处项条张把辆支只组批间座栋层场班队户天页本块片根枚瓶罐桶副对双种类例起回遍道门部"
_NOUNS = "人|人次|次|套|员工|职工|工人|人员|企业|单位|设备|隐患|问题|岗位|系统|承包商"
_COUNTED = re.compile(
    rf"(?P<number>.+?)(?:[{_MEASURES}](?:{_NOUNS})?|people|persons?|workers?|items?|pcs|sets?|units?)"
)
_ALTOGETHER = re.compile("^(?:一共|总共|共计|合计|共有|共|有|是)")
_NOTHING = {"无", "没有", "没", "暂无", "none"}

_MONEY = re.compile(
    r"(?:人民币|rmb|cny|¥)?(?P<number>.+?)"
    rf"(?:(?:元|圆|圓|块)(?:(?P<jiao>{_DIGIT})(?:角|毛)?)?(?:(?P<fen>{_DIGIT})分)?(?:钱|整|人民币)?|yuan|rmb|cny|人民币)?"
)
_CENT = Decimal("0.01")


def count(text: str, units: Sequence[str] = ()) -> int | None:
    """A whole number of things, 0 for 无 and 没有; None for anything else, also for 约3, 3-4, 3.5 and -1.

    After the number may stand a measure word with a plain noun (12人, 3 台, 5名员工) or one of `units`.
    """
    said = _said(text)
    if said in _NOTHING:
        return 0
    said = _ALTOGETHER.sub("", said)
    counted = _COUNTED.fullmatch(said)
    bare = [said, counted["number"]] if counted else [said]
    bare += [said.removesuffix(unit) for unit in map(compact, units) if unit and said.endswith(unit)]
    for candidate in bare:
        number = _number(candidate)
        if number is not None and number == number.to_integral_value():
            return int(number)
    return None


def amount(text: str) -> Decimal | None:
    """Money in yuan, to the 分, 0 for 无 and 没有; None for anything else, also for 约3万 and 3万左右."""
    said = _said(text)
    if said in _NOTHING:
        return Decimal(0)
    money = _MONEY.fullmatch(said)
    yuan = _number(money["number"]) if money else None
    if money is None or yuan is None:
        return None
    if money["jiao"] or money["fen"]:
        if yuan != yuan.to_integral_value():
            return None
        yuan += 10 * _CENT * (whole(money["jiao"] or "零") or 0) + _CENT * (whole(money["fen"] or "零") or 0)
    if yuan == yuan.to_integral_value():
        return Decimal(int(yuan))
    exact = yuan.quantize(_CENT)
    return exact if exact == yuan else None


def decimal(text: str) -> Decimal | None:
    """A number with or without a fraction, in digits or Chinese: 0.05, 零点三."""
    return _number(text) if len(text) <= LONGEST else None


def whole(text: str) -> int | None:
    """The integer under 10^12 that numerals name: Chinese (一百二, 叁万伍仟), digits or both (3万5千)."""
    return _under(text.translate(_PLAIN), _LIMIT) if len(text) <= LONGEST else None


def _said(text: str) -> str:
    """The text made comparable, without a full stop; what is too long for a number becomes nothing."""
    said = compact(text).rstrip("。.!~")
    return said if len(said) <= LONGEST else ""


def _number(text: str) -> Decimal | None:
    text = text.translate(_PLAIN)
    if written := _WRITTEN.fullmatch(text):
        digits = written["whole"].replace(",", "") + (written["part"] or "")
        number = Decimal(digits) * _SCALES[written["scale"]]
        return number if number < _LIMIT else None
    if spoken := _SPOKEN.fullmatch(text):
        before = whole(spoken["whole"])
        after = "".join(str(_DIGITS[digit]) for digit in spoken["part"])
        return None if before is None else Decimal(f"{before}.{after}") * _SCALES[spoken["scale"]]
    integer = whole(text)
    return None if integer is None else Decimal(integer)


def telephone(text: str) -> str | None:
    """A telephone number as it is kept: 024-22334455, 13800000000, +8613800000000, with an extension, however it is
    called (转801, ext. 801), 024-22334455-801; None for anything else.
    """
    found = _TELEPHONE.fullmatch(_BETWEEN.sub("", clean(text).lower().translate(_DASHED))) if len(text) <= 80 else None
    if found is None:
        return None
    number = re.sub("-+", "-", found["number"])
    head, _, last = number.rpartition("-")
    if not any(sum(map(str.isdigit, main)) in _TELEPHONE_DIGITS for main in (number, head if len(last) <= 6 else "")):
        return None
    return number if found["extension"] is None else f"{number}-{found['extension']}"


def telephone_at_home(text: str) -> str | None:
    """A telephone number as it is dialled in the country, of those that `telephone` reads: 13800000000,
    024-22334455-801, 400-123-4567; None also for a mobile number with a digit too many or too few.
    """
    found = telephone(text)
    if found is None:
        return None
    number = _COUNTRY.sub("", found)
    if number != found and not number.startswith(("0", "1", "4", "8")):
        number = f"0{number}"
    whole = number.replace("-", "")
    if _MOBILE_BEGINS.match(whole):
        return whole if _MOBILE.fullmatch(whole) else None
    return number


def _under(text: str, limit: int) -> int | None:
    """The value of numerals, which must lie under `limit`: the largest unit splits them in two."""
    value = _value(text)
    return value if value is not None and value < limit else None


def _value(text: str) -> int | None:
    if text.isascii() and text.isdigit():
        return int(text)
    if text in _DIGITS:
        return _DIGITS[text]
    unit_name = next((name for name in _UNITS if name in text), None)
    if unit_name is None:
        return None
    unit = _UNITS[unit_name]
    head, _, tail = text.partition(unit_name)
    factor = 1 if unit_name == "十" and not head else _under(head, 10**4 if unit >= 10**4 else 10)
    rest = _tail(tail, unit)
    return factor * unit + rest if factor and rest is not None else None


def _tail(tail: str, unit: int) -> int | None:
    """What follows a unit; a lone digit counts tenths of it (一百二, 三万五) unless 零 stands before it."""
    if not tail:
        return 0
    if len(tail) == 1:
        digit = _value(tail)
        return digit * unit // 10 if digit else None
    return _under(tail.removeprefix("零"), unit) or None
