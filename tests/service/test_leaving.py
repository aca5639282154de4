"""The second look at letters, in the transaction that claims them for sending."""

from collections import Counter

from service.reminders import leaving


def test_no_kind_of_letter_has_two_second_looks() -> None:
    kinds = Counter(kind for second in leaving.SECOND_LOOKS for kind in second.kinds)
    assert max(kinds.values()) == 1
