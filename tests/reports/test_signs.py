"""Characters that no font has are named: on the message with the paper, and by the doctor."""

import pytest
import typst

from reports import typesetting

RARE = "𠮷𬎆"


@pytest.fixture
def only_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the machine no font but the one that is shipped."""
    alone = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[typesetting.FONTS])
    monkeypatch.setattr(typesetting, "_fonts", lambda: alone)


@pytest.mark.usefixtures("only_ours")
@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        (f"王{RARE}", RARE),
        ("王演三　沈阳・㎡ €①（）", ""),
        # What has no ink is no box: joiners, directions, variants, line ends.
        ("王\u200d\u200f\ufe0f\U000e0100\n\t", ""),
        # Marks that stand on a letter, and emoji, may be boxes as well.
        ("a\u0f71", "\u0f71"),
        ("🧯", "🧯"),
        # Made privately, as old imports have them, and newer than this Unicode.
        ("\ue5e5\U0002ebf0", "\ue5e5\U0002ebf0"),
    ],
)
def test_data_that_ran_out_a_sign_that_no_font_has(text: str, lacking: str) -> None:
    assert typesetting.lacking(text) == frozenset(lacking)
