"""What is sealed opens with the same key for the same purpose and owner, and in no other way."""

import os

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from service.core.encryption import NONCE_BYTES, SealError, is_current, seal, unseal
from storage.keys import Key, KeyRing
from talk.texts import CHINESE, render

KEYS, OTHER = KeyRing.of(b"s" * 32), KeyRing.of(b"t" * 32)


@given(st.text(max_size=60), st.text(max_size=20))
def test_what_is_sealed_opens_again_and_tells_nothing(text: str, owner: str) -> None:
    sealed = seal(KEYS, "certificate", owner, text)
    assert unseal(KEYS, "certificate", owner, sealed) == text
    assert len(text) < 4 or text.encode() not in sealed
    assert seal(KEYS, "certificate", owner, text) != sealed


@pytest.mark.parametrize(
    ("keys", "purpose", "owner"),
    [(OTHER, "certificate", "A"), (KEYS, "another", "A"), (KEYS, "certificate", "B")],
)
def test_another_key_purpose_or_owner_opens_nothing(keys: KeyRing, purpose: str, owner: str) -> None:
    sealed = seal(KEYS, "certificate", "A", "T11010519491231002X")
    with pytest.raises(SealError) as caught:
        unseal(keys, purpose, owner, sealed)
    assert "ANZHU_SECRET_KEY" in render(caught.value.what, CHINESE)


@given(st.integers(0, 53), st.integers(1, 255))
def test_a_changed_byte_is_noticed(place: int, change: int) -> None:
    sealed = bytearray(seal(KEYS, "certificate", "A", "T11010519491231002X"))
    sealed[place] ^= change
    with pytest.raises(SealError):
        unseal(KEYS, "certificate", "A", bytes(sealed))


@given(st.binary(max_size=30))
def test_what_was_never_sealed_does_not_open(rubbish: bytes) -> None:
    with pytest.raises(SealError):
        unseal(KEYS, "certificate", "A", rubbish)


def test_a_retired_key_still_opens_and_is_seen_to_be_old() -> None:
    sealed = seal(KEYS, "certificate", "A", "T11010519491231002X")
    rotated = KeyRing.of(b"t" * 32, b"s" * 32)
    assert unseal(rotated, "certificate", "A", sealed) == "T11010519491231002X"
    assert (is_current(KEYS, sealed), is_current(rotated, sealed)) == (True, False)


def test_what_was_sealed_before_keys_had_ids_opens() -> None:
    nonce = os.urandom(NONCE_BYTES)
    before = nonce + AESGCM(Key(b"s" * 32).derived("certificate")).encrypt(nonce, b"T110", b"A")
    assert unseal(KeyRing.of(b"t" * 32, b"s" * 32), "certificate", "A", before) == "T110"
    assert not is_current(KEYS, before)


def test_a_ring_reads_its_keys_anew_when_it_meets_one_it_does_not_know() -> None:
    lying = [b"s" * 32]
    ring = KeyRing(lambda: lying)
    lying.insert(0, b"t" * 32)
    sealed = seal(OTHER, "certificate", "A", "T110")
    assert unseal(ring, "certificate", "A", sealed) == "T110"
    assert ring.current.id == OTHER.current.id
