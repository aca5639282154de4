"""Shares of gas as people type them: 0.05%, 0,3, ０.３％, .05, 百分之零点三, 5%LEL, 300ppm."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from talk.cleaning import compact
from talk.numbers import decimal

LONGEST = 40


class Unit(StrEnum):
    """In what a share is given. `PERCENT`: a bare %, or no unit at all; detectors show %LEL as often as % vol."""

    PERCENT = "percent"
    VOLUME = "volume"
    LEL = "lel"
    PPM = "ppm"


@dataclass(frozen=True, slots=True)
class Reading:
    """A number as it was read off, and its unit as it was given."""

    value: Decimal
    unit: Unit


_LEAD: Final = re.compile(
    "^(?:可燃气体?|气体|氧气?|浓度|含量|体积分数|检测值?|分析值?|测得|结果|数值|读数)*(?:[:是为]|=)?(?P<rest>.+)$"
)
_NUMBER: Final = re.compile(
    r"(?P<number>[0-9]{0,7}(?:[.,。·][0-9]{1,6})?|[^0-9a-z%‰.,]+?)(?P<unit>[a-z%/体积分数爆炸下限]*)"
)
_OF_HUNDRED: Final = re.compile("百分之(?P<number>.+)")
_THOUSANDS: Final = re.compile("[1-9][0-9]{0,2}[,][0-9]{3}")
_UNITS: Final = {
    "": Unit.PERCENT,
    "%": Unit.PERCENT,
    **dict.fromkeys(("%vol", "vol%", "vol", "%v/v", "v/v%", "%体积分数", "%体积", "体积分数"), Unit.VOLUME),
    **dict.fromkeys(("%lel", "lel%", "lel", "%爆炸下限", "爆炸下限"), Unit.LEL),
    "ppm": Unit.PPM,
}
_BRACKETS: Final = str.maketrans("", "", "()")
_NOT_FOUND: Final = {"未检出", "nd"}


def read_gas(text: str) -> Reading | None:
    """The one share that a text names; None for none, for several, for one below 0, and for 1,200, which may be two
    numbers.
    """
    said = compact(text).rstrip("。!~").translate(_BRACKETS) if len(text) <= LONGEST else ""
    if said in _NOT_FOUND:
        return Reading(Decimal(0), Unit.VOLUME)
    lead = _LEAD.match(said)
    said = "" if lead is None else lead["rest"]
    of_hundred = _OF_HUNDRED.fullmatch(said)
    if of_hundred is not None:
        value = _value(of_hundred["number"])
        return None if value is None else Reading(value, Unit.PERCENT)
    found = _NUMBER.fullmatch(said)
    if found is None or found["unit"] not in _UNITS:
        return None
    value = _value(found["number"])
    return None if value is None else Reading(value, _UNITS[found["unit"]])


def _value(number: str) -> Decimal | None:
    if not number or _THOUSANDS.fullmatch(number):
        return None
    plain = number.replace(",", ".").replace("。", ".").replace("·", ".")
    return decimal(f"0{plain}" if plain.startswith(".") else plain)
