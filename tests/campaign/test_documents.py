"""The number of a document (文号), however it is typed."""

import pytest

from campaign.documents import document_number


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("沈应急发〔2023〕27号", "沈应急发〔2023〕27号"),
        ("沈安委办[2023]12号", "沈安委办〔2023〕12号"),
        ("沈安委办（2023）12号。", "沈安委办〔2023〕12号"),
        ("沈安委办【２０２３】第12", "沈安委办〔2023〕12号"),
        (" 辽应急制造 [2023] 5 号 ", "辽应急制造〔2023〕5号"),
        ("（浑）应急罚〔2023〕12-1号", "（浑）应急罚〔2023〕12-1号"),
        ("(沈浑)应急现决<2023>执法003号", "（沈浑）应急现决〔2023〕执法003号"),
        *(
            (odd, None)
            for odd in (
                "1",
                "12号",
                "2023",
                "〔2023〕27号",
                "沈应急发27号",
                "沈应急发〔23〕27号",
                "（浑应急罚〔2023〕1号",
            )
        ),
        *(
            (odd, None)
            for odd in ("沈应急发〔2023〕号", "没有", "abc〔2023〕1号", "沈应急发〔2023〕27号附件", "号" * 60)
        ),
    ],
)
def test_the_number_of_a_document_is_taken_however_it_is_typed(typed: str, number: str | None) -> None:
    assert document_number(typed) == number
