"""Where the secret keys are read from, and the one place that writes them."""

import base64
import fcntl
import os
import secrets
import shlex
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from bot.reasons import reason
from bot.settings import Settings, SettingsError
from storage import audit_chain
from storage.engine import reading_engine
from storage.keys import KEY_BYTES, Key, KeyRing
from talk.texts import Say

CREDENTIAL: Final = "anzhu-secret-key"
"""The name under which systemd hands the key over (LoadCredential=)."""
FILE_NAME: Final = "secret.key"
"""The key's file in the data folder."""
PATIENCE: Final = 30
"""Seconds that the program of ANZHU_SECRET_KEY_COMMAND may take."""
KEYS_AT_MOST: Final = 100


def ring(settings: Settings) -> KeyRing:
    """Return the keys as the settings say where they are. SettingsError where there is none, or one is malformed.

    On SQLite a key is made at first use, into the data folder, readable by the owner only. Beside a PostgreSQL
    database it must be given: several replicas with a key each could not read one another's seals.
    """
    return KeyRing(lambda: _loaded(settings))


def file_of(settings: Settings) -> Path | None:
    """Return the file that the keys are read from; None where a variable or a program gives them."""
    if settings.secret_key or settings.secret_key_command:
        return None
    if settings.secret_key_file is not None:
        return settings.secret_key_file
    credential = _credential(settings)
    if credential is not None:
        return credential
    return settings.data_dir / FILE_NAME if settings.on_sqlite else None


def file_to_write(settings: Settings) -> Path | None:
    """Return the file of the keys where it is ours to change; None: a variable, a program or systemd gives them."""
    file = file_of(settings)
    return None if file is not None and file == _credential(settings) else file


def beside_data(settings: Settings) -> bool:
    """Return whether the keys lie in the data folder, where who takes the data takes them along."""
    file = file_of(settings)
    return file is not None and file.resolve().is_relative_to(settings.data_dir.resolve())


def is_made_at_first_use(settings: Settings) -> bool:
    """Return whether there is no key yet, none was asked for, and nothing here was sealed with one: where the key of a
    database is lost, another one would open nothing.
    """
    file = file_of(settings)
    is_ours = file is not None and file == settings.data_dir / FILE_NAME and not file.exists()
    return is_ours and _sealer(settings) is None


def fresh() -> bytes:
    """Return a new secret."""
    return secrets.token_bytes(KEY_BYTES)


def written(secret: bytes) -> str:
    """Return a secret as settings and files hold it: URL-safe base64."""
    return base64.urlsafe_b64encode(secret).decode()


def put_first(file: Path, key: Key) -> None:
    """Put a key into use: before those of a file, which open what was made until now. Who does the same at the same
    time waits, so that no key is lost which has sealed something. SettingsError: it cannot be read, or holds too many.
    """
    with _alone(file):
        found = _read(file.read_text(encoding="ascii", errors="replace"), str(file))
        if len(found) == KEYS_AT_MOST:
            raise SettingsError(Say("settings-many-keys", file=str(file), most=KEYS_AT_MOST))
        write(file, [key, *map(Key, found)])


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    """Hold off whoever wants to change a file as well."""
    while True:
        with file.open("r+b") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            # Who waited holds the file of before; the next one lies in its place by now.
            if os.path.samestat(os.fstat(held.fileno()), file.stat()):
                yield
                return


def write(file: Path, keys: Sequence[Key]) -> None:
    """Put keys into their file, the one in use first, in place of what was there; readable by the owner only. The old
    file stands whole until the new one does.
    """
    draft = _draft(file, keys)
    owner = file.stat()
    if (owner.st_uid, owner.st_gid) != (os.geteuid(), os.getegid()):
        # Root rotates the key of the service's user, who must still be able to read it.
        os.chown(draft, owner.st_uid, owner.st_gid)
    draft.replace(file)
    _sync(file.parent)


def _loaded(settings: Settings) -> list[bytes]:
    given = [settings.secret_key, settings.secret_key_command, settings.secret_key_file]
    if sum(map(bool, given)) > 1:
        raise SettingsError(Say("settings-several-keys"))
    if settings.secret_key:
        return _read(settings.secret_key, "ANZHU_SECRET_KEY")
    if settings.secret_key_command:
        return _read(_printed(settings.secret_key_command), "ANZHU_SECRET_KEY_COMMAND")
    file = file_of(settings)
    if file is None:
        raise SettingsError(Say("settings-no-key"))
    if is_made_at_first_use(settings):
        _make(file)
    elif file == settings.data_dir / FILE_NAME and not file.exists():
        raise SettingsError(Say("settings-key-lost", file=str(file), key=_sealer(settings) or "?"))
    try:
        text = file.read_text(encoding="ascii", errors="replace")
    except OSError as error:
        raise SettingsError(Say("settings-key-file", file=str(file), detail=reason(error))) from error
    return _read(text, str(file))


def _sealer(settings: Settings) -> str | None:
    """Return the id of the key that the SQLite database is sealed with; None: there is none, or nothing is sealed."""
    file = settings.database_file
    if file is None or not file.exists():
        return None
    engine = reading_engine(settings.database)
    try:
        with engine.connect() as conn:
            return audit_chain.sealer(conn)
    finally:
        engine.dispose()


def _credential(settings: Settings) -> Path | None:
    file = None if settings.credentials_directory is None else settings.credentials_directory / CREDENTIAL
    return file if file is not None and file.exists() else None


def _read(text: str, where: str) -> list[bytes]:
    """Return the keys that stand in a text, apart by spaces, lines or commas."""
    words = text.replace(",", " ").split()
    try:
        found = [base64.urlsafe_b64decode(word) for word in words]
    except ValueError:
        found = []
    if not 0 < len(found) <= KEYS_AT_MOST or any(len(key) != KEY_BYTES for key in found):
        raise SettingsError(Say("settings-bad-key", where=where))
    return found


def _printed(command: str) -> str:
    """Return what the program prints that gives the keys; no shell is in it."""
    try:
        words = shlex.split(command)
        done = subprocess.run(  # noqa: S603  # the operator's own setting
            words, stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE, check=False
        )
    except OSError as error:
        raise SettingsError(Say("settings-key-command", detail=reason(error))) from error
    except subprocess.TimeoutExpired as error:
        raise SettingsError(Say("settings-key-command-slow", seconds=PATIENCE)) from error
    except ValueError as error:
        raise SettingsError(Say("settings-key-command-quotes")) from error
    if done.returncode:
        raise SettingsError(Say("settings-key-command", detail=str(done.returncode)))
    return done.stdout.decode("ascii", errors="replace")


def _make(file: Path) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = _draft(file, [Key(fresh())])
    try:
        # A link fails where another process was first: its key is the one that counts.
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    _sync(file.parent)


def _draft(file: Path, keys: Sequence[Key]) -> Path:
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as out:
        out.writelines(f"{written(key.secret)}\n" for key in keys)
        out.flush()
        os.fsync(out.fileno())
    return draft


def _sync(folder: Path) -> None:
    """Let the folder's entries reach the disk: a key that is lost after it was used opens nothing any more."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
