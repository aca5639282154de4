"""Official documents: how their numbers (文号) are written."""

import re
from typing import Final

from talk.cleaning import clean

_NUMBER: Final = re.compile(
    # The agency in Chinese, with brackets in between as in （浑）应急罚; the year in any brackets; the number.
    r"(?P<agency>[\u3400-\u9fff()·]{2,30})[\[(<{〈《](?P<year>(?:19|20)[0-9]{2})年?[\])>}〉》]"
    r"第?(?P<number>[\u3400-\u9fff]{0,6}[0-9]{1,6}(?:-[0-9]{1,4})?)号?"
)
"""GB/T 9704-2012, 7.2.5: the agency's short name, the year in 〔〕, the number; leniently typed."""
_BRACKETS: Final = str.maketrans("〔【〖⦅〕】〗⦆–—－", "[[[(]]])---")


def document_number(text: str) -> str | None:
    """Return a 文号 as documents bear it, 沈应急发〔2023〕27号, however it was typed; None: it is none."""
    typed = "".join(clean(text.translate(_BRACKETS)).translate(_BRACKETS).split()).rstrip("。.")
    found = _NUMBER.fullmatch(typed)
    if found is None or found["agency"].count("(") != found["agency"].count(")"):
        return None
    agency = found["agency"].replace("(", "（").replace(")", "）")
    return f"{agency}〔{found['year']}〕{found['number']}号"
