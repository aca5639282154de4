"""The secret keys: the one in use, and those retired, which still open what was made with them."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES: Final = 32


class UnknownKeyError(LookupError):
    """Something was made with a key that is not at hand; `key` is its id."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True)
class Key:
    """One secret of 32 bytes. It is used by itself for what was made before keys had an id; else a key made of it
    for each purpose is (HKDF, RFC 5869), so that what one part gives away is of no use against another.
    """

    secret: bytes = field(repr=False)

    @cached_property
    def id(self) -> str:
        """The fingerprint by which rows, files and lists name the key: 8 hex digits, which give nothing of it away."""
        return hashlib.sha256(b"anzhu/key-id/" + self.secret).hexdigest()[:8]

    def derived(self, purpose: str) -> bytes:
        """Return the key of 32 bytes for a purpose."""
        return HKDF(SHA256(), KEY_BYTES, salt=None, info=f"anzhu/{purpose}".encode()).derive(self.secret)


class KeyRing:
    """The keys at hand, the one in use first. They are read anew when an id turns up that is not among them: then
    another process has rotated them (`anzhu key rotate`) while this one ran.
    """

    def __init__(self, load: Callable[[], Sequence[bytes]]) -> None:
        """`load` reads the secrets where they lie, the one in use first."""
        self._load = load
        self._keys = _keys(load())

    @classmethod
    def of(cls, *secrets: bytes) -> "KeyRing":
        """Return a ring of secrets that are known already."""
        return cls(lambda: secrets)

    @property
    def current(self) -> Key:
        """The key with which everything new is made."""
        return self._keys[0]

    @property
    def retired(self) -> Sequence[Key]:
        """The keys that were in use before, the last one first."""
        return self._keys[1:]

    @property
    def everything(self) -> Sequence[Key]:
        """All keys, the one in use first."""
        return self._keys

    def by_id(self, key: str) -> Key:
        """Return the key of an id; UnknownKeyError where it is not at hand, and not where keys are read from."""
        found = self._found(key)
        if found is None:
            self.reload()
            found = self._found(key)
        if found is None:
            raise UnknownKeyError(key)
        return found

    def reload(self) -> None:
        """Read the keys anew."""
        self._keys = _keys(self._load())

    def _found(self, key: str) -> Key | None:
        return next((known for known in self._keys if known.id == key), None)


def _keys(secrets: Sequence[bytes]) -> tuple[Key, ...]:
    return tuple(Key(secret) for secret in dict.fromkeys(secrets))
