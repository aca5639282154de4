"""What is sealed opens with the same key for the same purpose and owner, and in no other way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.encryption import SealError, seal, unseal
from talk.texts import CHINESE, render

SECRET, OTHER = b"s" * 32, b"t" * 32


@given(st.text(max_size=60), st.text(max_size=20))
def test_what_is_sealed_opens_again_and_tells_nothing(text: str, owner: str) -> None:
    sealed = seal(SECRET, "certificate", owner, text)
    assert unseal(SECRET, "certificate", owner, sealed) == text
    assert len(text) < 4 or text.encode() not in sealed
    assert seal(SECRET, "certificate", owner, text) != sealed


@pytest.mark.parametrize(
    ("secret", "purpose", "owner"),
    [(OTHER, "certificate", "A"), (SECRET, "another", "A"), (SECRET, "certificate", "B")],
)
def test_another_key_purpose_or_owner_opens_nothing(secret: bytes, purpose: str, owner: str) -> None:
    sealed = seal(SECRET, "certificate", "A", "T11010519491231002X")
    with pytest.raises(SealError) as caught:
        unseal(secret, purpose, owner, sealed)
    assert "ANZHU_SECRET_KEY" in render(caught.value.what, CHINESE)


@given(st.integers(0, 46), st.integers(1, 255))
def test_a_changed_byte_is_noticed(place: int, change: int) -> None:
    sealed = bytearray(seal(SECRET, "certificate", "A", "T11010519491231002X"))
    sealed[place] ^= change
    with pytest.raises(SealError):
        unseal(SECRET, "certificate", "A", bytes(sealed))


@given(st.binary(max_size=30))
def test_what_was_never_sealed_does_not_open(rubbish: bytes) -> None:
    with pytest.raises(SealError):
        unseal(SECRET, "certificate", "A", rubbish)
