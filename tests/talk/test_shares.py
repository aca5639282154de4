"""Shares of gas, as people type them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talk.shares import Reading, Unit, read_gas


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("0.05%", "0.05", Unit.PERCENT),
        ("0.3", "0.3", Unit.PERCENT),
        ("0,3", "0.3", Unit.PERCENT),
        ("0，3", "0.3", Unit.PERCENT),
        ("0。3", "0.3", Unit.PERCENT),
        (".05", "0.05", Unit.PERCENT),
        ("０.３％", "0.3", Unit.PERCENT),
        ("百分之零点三", "0.3", Unit.PERCENT),
        ("零点零五", "0.05", Unit.PERCENT),
        ("20.9 %", "20.9", Unit.PERCENT),
        ("可燃气体：0.2%", "0.2", Unit.PERCENT),
        ("0.3%vol", "0.3", Unit.VOLUME),
        ("0.3%（体积分数）", "0.3", Unit.VOLUME),
        ("体积分数0.3%", "0.3", Unit.PERCENT),
        ("5%LEL", "5", Unit.LEL),
        ("5 LEL", "5", Unit.LEL),
        ("5% lel", "5", Unit.LEL),
        ("10%爆炸下限", "10", Unit.LEL),
        ("300ppm", "300", Unit.PPM),
        ("未检出", "0", Unit.VOLUME),
        ("0", "0", Unit.PERCENT),
    ],
)
def test_a_share_is_read(text: str, value: str, unit: Unit) -> None:
    assert read_gas(text) == Reading(Decimal(value), unit)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "%",
        "-0.1",
        "－0.1%",
        "合格",
        "很低",
        "0.1 0.2 0.3",
        "0.1、0.2",
        "0.05%，20.9%",
        "1,200",
        "1e5",
        "约0.3",
        "0.3-0.4",
        "0.3%CO2",
        "nan",
    ],
)
def test_what_is_no_share_or_may_be_two_is_not_read(text: str) -> None:
    assert read_gas(text) is None


@given(st.text(max_size=60))
def test_whatever_is_typed_gives_a_share_that_is_not_below_zero_or_none(text: str) -> None:
    found = read_gas(text)
    assert found is None or (found.value >= 0 and found.value.is_finite())


@given(st.decimals(min_value=0, max_value=999, places=4))
def test_a_number_is_read_as_it_was_written(number: Decimal) -> None:
    for text in (f"{number:f}", f"{number:f}%", f"{number:f} %LEL"):
        found = read_gas(text)
        assert found is not None
        assert found.value == number
