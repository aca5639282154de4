"""Kept files at rest, encrypted: AES-256-GCM (NIST SP 800-38D), under a key made of the secret for files alone.

A sealed file is: the magic, the version, the key's id, the nonce, then the ciphertext with its tag. All that stands
before the nonce, and the file's name, which is the hash of its plain content, are bound into it: under another name, or
with another key's id, it does not open.
"""

import hashlib
import os
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.keys import Key, KeyRing, UnknownKeyError

MAGIC: Final = b"\0AZFILE"
"""No file that is taken begins like this."""
VERSION: Final = b"\x01"
ID_BYTES: Final = 4
HEAD_BYTES: Final = len(MAGIC) + len(VERSION) + ID_BYTES
NONCE_BYTES: Final = 12
PURPOSE: Final = "files"


class SpoiltFileError(Exception):
    """A kept file that does not open: its key is not at hand, or it was changed on the disk."""


def seal(keys: KeyRing, sha256: str, content: bytes) -> bytes:
    """Return the content of a hash encrypted with the key in use; it is never the same twice."""
    head = MAGIC + VERSION + bytes.fromhex(keys.current.id)
    nonce = os.urandom(NONCE_BYTES)
    return head + nonce + _cipher(keys.current).encrypt(nonce, content, head + sha256.encode())


def opened(keys: KeyRing | None, sha256: str, stored: bytes) -> bytes:
    """Return the content of a hash, of a file that is plain or sealed with any key at hand. SpoiltFileError: it is not
    what was kept.
    """
    if hashlib.sha256(stored).hexdigest() == sha256:
        return stored
    head, rest = stored[:HEAD_BYTES], stored[HEAD_BYTES:]
    if keys is None or not head.startswith(MAGIC + VERSION) or len(head) < HEAD_BYTES:
        raise SpoiltFileError(sha256)
    try:
        cipher = _cipher(keys.by_id(head[-ID_BYTES:].hex()))
        return cipher.decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], head + sha256.encode())
    except (UnknownKeyError, InvalidTag, ValueError) as error:  # ValueError: cut off within the nonce
        raise SpoiltFileError(sha256) from error


def key_of(path: Path) -> str | None:
    """Return the id of the key that a file was sealed with; None: it is plain. Raises OSError."""
    with path.open("rb") as stored:
        head = stored.read(HEAD_BYTES)
    return head[-ID_BYTES:].hex() if head.startswith(MAGIC) else None


def _cipher(key: Key) -> AESGCM:
    return AESGCM(key.derived(PURPOSE))
