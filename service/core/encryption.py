"""Encryption of what a stolen database must not tell: AES-256-GCM, under a key made of the secret for each purpose."""

import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.keys import Key, KeyRing, UnknownKeyError
from talk.texts import Say

NONCE_BYTES: Final = 12
MARK: Final = b"AZ2"
"""What a sealed text begins with that names its key; before keys had an id, it began with the nonce."""
ID_BYTES: Final = 4


class SealError(Exception):
    """A sealed text that does not open: another key, another owner, or changed since; `what` says what to do."""

    def __init__(self) -> None:
        self.what = Say("sealing-wrong-key")
        super().__init__(self.what.id)


def seal(keys: KeyRing, purpose: str, owner: str, text: str) -> bytes:
    """Return a text encrypted with the key in use; it opens only for the same purpose and owner, and is never the same
    twice.
    """
    nonce = os.urandom(NONCE_BYTES)  # not `UnitOfWork.fresh`: a job that runs twice must not use a nonce for two texts
    head = _head(keys.current)
    return head + nonce + _cipher(keys.current, purpose).encrypt(nonce, text.encode(), head + owner.encode())


def unseal(keys: KeyRing, purpose: str, owner: str, sealed: bytes) -> str:
    """Return the text that was sealed, with whichever key; SealError where it does not open."""
    head = sealed[: len(MARK) + ID_BYTES]
    if head.startswith(MARK):
        try:
            key = keys.by_id(head.removeprefix(MARK).hex())
            return _opened(key, purpose, head + owner.encode(), sealed.removeprefix(head))
        except (InvalidTag, ValueError, UnknownKeyError):
            pass  # an old one, whose nonce happens to begin like this
    for key in keys.everything:
        try:
            return _opened(key, purpose, owner.encode(), sealed)
        except (InvalidTag, ValueError):  # a stub is too short for a nonce
            continue
    raise SealError


def is_current(keys: KeyRing, sealed: bytes) -> bool:
    """Return whether a text was sealed with the key in use, in the present form."""
    return sealed.startswith(_head(keys.current))


def _head(key: Key) -> bytes:
    return MARK + bytes.fromhex(key.id)


def _opened(key: Key, purpose: str, bound: bytes, sealed: bytes) -> str:
    nonce, rest = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    return _cipher(key, purpose).decrypt(nonce, rest, bound).decode()


def _cipher(key: Key, purpose: str) -> AESGCM:
    return AESGCM(key.derived(purpose))
