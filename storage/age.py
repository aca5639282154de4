"""Backups encrypted to public keys: the age format (age-encryption.org/v1), by the library pyrage."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, Final

import pyrage

from storage.archive import ArchiveError, damaged
from talk.texts import Say

MAGIC: Final = b"age-encryption.org/v1\n"
IDENTITY_LIMIT: Final = 64 * 1024
"""Bytes of a file of secret keys."""


class _Disk:
    """A file that remembers what the disk said: the library says it in words of its own."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.error: OSError | None = None

    def write(self, data: bytes) -> int:
        """Write as a file does."""
        try:
            return self._file.write(data)
        except OSError as error:
            self.error = error
            raise

    def flush(self) -> None:
        """Flush as a file does."""
        self._file.flush()


def recipients(given: Sequence[str]) -> list[Any]:
    """Return public keys (`age1…`, or `ssh-ed25519 …`); ArchiveError where one is none."""
    found: list[Any] = []
    for key in given:
        kind = pyrage.ssh if key.startswith("ssh-") else pyrage.x25519
        try:
            found.append(kind.Recipient.from_str(key.strip()))
        except pyrage.RecipientError as error:
            raise ArchiveError(Say("backup-bad-recipient", given=key[:80])) from error
    return found


def identities(file: Path) -> list[Any]:
    """Return the secret keys of a file, as `age-keygen` writes it. ArchiveError: there is none; OSError."""
    with file.open("rb") as opened:
        lines = opened.read(IDENTITY_LIMIT).decode("utf-8", "replace").splitlines()
    keys = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    try:
        if keys and keys[0].startswith("-----BEGIN"):
            return [pyrage.ssh.Identity.from_buffer("\n".join(lines).encode() + b"\n")]
        found = [pyrage.x25519.Identity.from_str(key) for key in keys]
    except pyrage.IdentityError as error:
        raise ArchiveError(Say("backup-bad-identity", file=str(file))) from error
    if not found:
        raise ArchiveError(Say("backup-bad-identity", file=str(file)))
    return found


@contextmanager
def encrypting(out: IO[bytes], keys: Sequence[Any]) -> Iterator[IO[bytes]]:
    """Give a file to write of which only what is encrypted reaches `out`; no plain part of it is ever on a disk."""
    read, write = os.pipe()
    disk = _Disk(out)

    def encrypt() -> None:
        with os.fdopen(read, "rb") as plain:
            pyrage.encrypt_io(plain, disk, keys)

    with ThreadPoolExecutor(1, thread_name_prefix="age") as workers:
        encrypted = workers.submit(encrypt)
        try:
            with os.fdopen(write, "wb") as plain:
                yield plain
        finally:
            error = encrypted.exception()
            if disk.error is not None:
                raise disk.error
            if error is not None:
                raise error


@contextmanager
def opened(file: Path, secret: Path | None, near: Path) -> Iterator[IO[bytes]]:
    """Give a backup to read, decrypted where it is encrypted, into a file without a name in a folder. ArchiveError: it
    is encrypted and no key of `secret` opens it, or it is damaged; OSError.
    """
    if file.exists() and not file.is_file():
        raise ArchiveError(Say("backup-none-of-ours"))
    with file.open("rb") as raw:
        if raw.read(len(MAGIC)) != MAGIC:
            raw.seek(0)
            yield raw
            return
        if secret is None:
            raise ArchiveError(Say("backup-encrypted"))
        raw.seek(0)
        with TemporaryFile(dir=near) as plain:
            disk = _Disk(plain)
            try:
                pyrage.decrypt_io(raw, disk, identities(secret))
            except pyrage.DecryptError as error:
                raise disk.error or ArchiveError(Say("backup-other-identity")) from error
            except OSError as error:
                raise disk.error or damaged() from error
            plain.seek(0)
            yield plain
