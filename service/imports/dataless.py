"""Lines of a table that are no data, known for what they are: repeated heads, totals, remarks, examples, numbers of
columns.

Only what cannot be data is taken for one of them. Where a line might be data that is badly filled in it is none.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from talk.cleaning import compact


class Kind(StrEnum):
    """What a line is that is no data."""

    BLANK = "blank"
    """Nothing, or the number that was filled in beforehand."""
    HEAD = "head"
    TOTAL = "total"
    REMARK = "remark"
    SAMPLE = "sample"
    NUMBERS = "numbers"


@dataclass(frozen=True, slots=True)
class Head:
    """The line with the names of the columns, and what stands above it."""

    line: int
    names: Mapping[int, str]
    """What its cells say, by their columns from 0 on."""
    places: Mapping[str, int]
    """Where the columns of the import stand."""
    ignored: tuple[str, ...]
    titles: frozenset[str]

    @property
    def width(self) -> int:
        """The columns down to the last that has a name."""
        return max(self.names) + 1


LOOKED_AT: Final = 200
"""Characters of a cell that say what its line is."""
_TOTAL: Final = re.compile(
    r"(?:本[页表]|全[市区县]|人数|数量)?(?:合计|总计|小计|共计|累计|总数)(?:数|人数)?(?:\(.{1,4}\))?:?[0-9.,]*[家人户条项个处张]?"
)
_FIGURE: Final = re.compile(r"[0-9.,%]+(?:[家人户条项个处张])?")
_ORDINAL: Final = re.compile(r"[(（]?([0-9]{1,3})[)）]?|[甲乙丙丁戊]")
_SAMPLE: Final = re.compile(r"(?:填写)?(?:示例|样例|范例|举例|例如|例)[0-9一二三]?[:：]?|sample|example", re.IGNORECASE)
_HEADING: Final = re.compile(r"[一二三四五六七八九十]{1,3}[、.)]|\([一二三四五六七八九十]{1,3}\)")
"""一、轻工行业: over the lines of one group, alone in its line."""
_REMARK: Final = re.compile(
    r"[*※★#(\[【]*(?:"
    r"(?:注|备注|附注|说明|注意|注意事项|提示|填[报表写](?:说明|要求|须知)|要求|附)[0-9一二三]?(?:[:.、)\]】]|$)"
    r"|(?:填表|填报|制表|编制|编报|审核|审批|复核|校对|批准|报送|上报|统计|经办|联系|单位|部门|主管|分管|打印|导出|截止|截至|落款)"
    r"(?:负责)?(?:人|单位|部门|领导|日期|时间|电话)?(?:签[字名章]|盖章)?(?:\(.*?\))?:"
    r"|(?:日期|时间|电话|单位|签[字名章]|盖章|数据来源|资料来源|来源)(?:\(.*?\))?:"
    r"|.*\((?:盖章|公章|签[字名章])\)"
    r"|第[0-9]+页|共[0-9]+[页家人户条项个处行张]"
    r"|-*(?:以下空白|以下无正文|此页无正文|以下无内容|\(?(?:全文)?完\)?|end|eof|theend|-?以上-?)-*[.。]?$"
    r"|[12][0-9]{3}年[0-9]{1,2}月(?:[0-9]{1,2}日)?$"
    r")",
    re.IGNORECASE,
)


def kind_of(cells: Mapping[int, str], head: Head, required: frozenset[int], *, after_remark: bool) -> Kind | None:
    """Return what a line is that is no data; None where it is data, or may be. `required` are the columns that a line
    of data fills in; below a remark, a single cell goes on with it.
    """
    repeated = sum(cells.get(place) == head.names[place] for place in head.places.values())
    if 2 * repeated >= len(head.places):
        return Kind.HEAD
    first = compact(next(iter(cells.values()))[:LOOKED_AT])
    scant = 2 * len(required & cells.keys()) < len(required)
    if not scant and not _BEGINS.match(first):
        return None
    said = [compact(cell[:LOOKED_AT]) for cell in cells.values()]
    if _SAMPLE.fullmatch(first):
        return Kind.SAMPLE
    if _are_numbers_of_columns(said):
        return Kind.NUMBERS
    remarks = sum(_REMARK.match(one) is not None for one in said)
    if not scant:
        # A line that is filled in is one of them only if all of it is.
        if _TOTAL.fullmatch(first) and all(map(_FIGURE.fullmatch, said[1:])):
            return Kind.TOTAL
        return Kind.REMARK if 2 * remarks > len(said) else None
    if any(map(_TOTAL.fullmatch, said)):
        return Kind.TOTAL
    if len(said) == 1 and first in head.titles:
        return Kind.HEAD
    foreign = not any(place in cells for place in head.places.values())
    if foreign and all(map(_FIGURE.fullmatch, said)):
        return Kind.BLANK
    alone = len(said) == 1 and (after_remark or _HEADING.match(first))
    return Kind.REMARK if remarks or foreign or alone else None


def _are_numbers_of_columns(said: list[str]) -> bool:
    found = [_ORDINAL.fullmatch(one) for one in said]
    if len(said) < 3 or not all(found):
        return False
    numbers = [int(one[1]) for one in found if one and one[1]]
    return numbers == list(range(1, len(numbers) + 1))


_BEGINS: Final = re.compile(
    "|".join(f"(?:{one.pattern})" for one in (_TOTAL, _ORDINAL, _SAMPLE, _REMARK)), re.IGNORECASE
)
"""With what a line begins that may be one of them although it is filled in."""
