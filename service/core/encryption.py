"""Encryption of what a stolen database must not tell: AES-256-GCM, under a key made of the secret for each purpose."""

import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from talk.texts import Say

KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12


class SealError(Exception):
    """A sealed text that does not open: another key, another owner, or changed since; `what` says what to do."""

    def __init__(self) -> None:
        self.what = Say("sealing-wrong-key")
        super().__init__(self.what.id)


def seal(secret: bytes, purpose: str, owner: str, text: str) -> bytes:
    """Return a text encrypted; it opens only for the same purpose and owner, and is never the same twice."""
    nonce = os.urandom(NONCE_BYTES)  # not `UnitOfWork.fresh`: a job that runs twice must not use a nonce for two texts
    return nonce + _cipher(secret, purpose).encrypt(nonce, text.encode(), owner.encode())


def unseal(secret: bytes, purpose: str, owner: str, sealed: bytes) -> str:
    """Return the text that was sealed; SealError where it does not open."""
    nonce, rest = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    try:
        return _cipher(secret, purpose).decrypt(nonce, rest, owner.encode()).decode()
    except (InvalidTag, ValueError) as error:  # a stub is too short for a nonce
        raise SealError from error


def _cipher(secret: bytes, purpose: str) -> AESGCM:
    return AESGCM(HKDF(SHA256(), KEY_BYTES, salt=None, info=f"anzhu/{purpose}".encode()).derive(secret))
