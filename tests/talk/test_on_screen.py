"""What is typed of what stands on the screen: the label, the number, the line of a list, or its code alone."""

import pytest

from talk.messages import Button, Outbound
from talk.on_screen import By, named

LIST = Outbound(
    "浑南区企业：\n7. 沈阳白桦示范食品有限公司：91210112114884238K\n8. 沈阳青杨制冷设备厂：9121011211488424XK\n还有2家",
    ((Button("名单和导出", "a:owes-tools:"),), (Button("第7项", "a:firm:7"), Button("第8项", "a:firm:8"))),
)
CARD = Outbound("6月调度确认", ((Button("已调度", "a:fill:1:yes"), Button("还没有", "a:fill:1:no")),))


@pytest.mark.parametrize(
    ("typed", "data", "by"),
    [
        ("7", "a:firm:7", By.NUMBER),
        ("第八项", "a:firm:8", By.NUMBER),
        ("選⑧", "a:firm:8", By.NUMBER),
        ("第8项", "a:firm:8", By.LABEL),
        ("名單和導出", "a:owes-tools:", By.LABEL),
        ("青杨 制冷", "a:firm:8", By.LINE),
        ("91210112114884238k", "a:firm:7", By.LINE),
        ("９１２１０１１２１１４８８４２４ＸＫ", "a:firm:8", By.LINE),
    ],
)
def test_a_line_of_a_list_is_named(typed: str, data: str, by: By) -> None:
    found = named(typed, LIST)
    assert found is not None
    assert (found.button.data, found.by) == (data, by)


@pytest.mark.parametrize("typed", ["1", "9", "沈阳", "桦", "已调度", "", "名单", "x" * 300])
def test_what_names_no_line_or_several_names_nothing(typed: str) -> None:
    assert named(typed, LIST) is None


@pytest.mark.parametrize(
    ("typed", "data"), [("2", "a:fill:1:no"), ("還沒有。", "a:fill:1:no"), ("👉已调度", "a:fill:1:yes")]
)
def test_a_button_without_a_number_of_its_own_has_its_place(typed: str, data: str) -> None:
    found = named(typed, CARD)
    assert found is not None
    assert found.button.data == data


@pytest.mark.parametrize("typed", ["没有", "3", "调度", "是"])
def test_a_piece_of_a_label_taps_nothing(typed: str) -> None:
    assert named(typed, CARD) is None
