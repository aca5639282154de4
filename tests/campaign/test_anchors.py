"""Stretches of time: so long after a day."""

from datetime import date

import pytest

from campaign.anchors import stretch


@pytest.mark.parametrize(
    ("written", "day", "after"),
    [
        ("3 years [N]", date(2024, 2, 29), date(2027, 2, 28)),
        ("1 year [S]", date(2023, 12, 31), date(2024, 12, 31)),
        ("6 months [S]", date(2023, 8, 31), date(2024, 2, 29)),
        ("1 month [D]", date(2023, 12, 15), date(2024, 1, 15)),
        ("10 days [D]", date(2023, 12, 25), date(2024, 1, 4)),
    ],
)
def test_so_long_after_a_day(written: str, day: date, after: date) -> None:
    long = stretch(written)
    assert long.after(day) == after
    # What a look in storage asks for leaves out nothing that is due by then.
    assert long.before(after) >= day
