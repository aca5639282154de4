"""The settings, read from the environment here and nowhere else (prefix ANZHU_)."""

import base64
import os
import secrets
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from talk.texts import Say

KEY_BYTES = 32


class SettingsError(Exception):
    """A setting that cannot be used; `what` says what to do."""

    def __init__(self, what: Say) -> None:
        super().__init__(what.id)
        self.what = what


def _aware(moment: datetime | None) -> datetime | None:
    if moment is not None and moment.tzinfo is None:
        raise ValueError("a time without its offset")
    return moment


class Settings(BaseSettings):
    """Where the bot keeps its data, by which pack and in which zone it works."""

    model_config = SettingsConfigDict(env_prefix="ANZHU_", env_ignore_empty=True, frozen=True)

    data_dir: Path = Path("data")
    database_url: str = ""
    """Empty: SQLite in the data folder."""
    secret_key: str = ""
    """URL-safe base64 of 32 bytes: seals the audit and hashes codes."""
    pack: str = "shenyang_2023"
    timezone: ZoneInfo = Field(default_factory=lambda: ZoneInfo("Asia/Shanghai"))
    clock_start: Annotated[datetime | None, AfterValidator(_aware)] = None
    """A rehearsal: campaign time at the first start, aware."""
    photo_location: bool = False
    """Whether photos keep the place where they were taken."""
    telegram_token: SecretStr = SecretStr("")
    telegram_api: str = "https://api.telegram.org"
    """Base address of a Bot API server."""
    telegram_library: Literal["ptb", "aiogram"] = "ptb"
    telegram_rate: Annotated[float, Field(ge=0)] = 30
    """Deadlines and notices a second; 0: any number."""

    @property
    def database(self) -> str:
        """The database's address."""
        return self.database_url or f"sqlite:///{self.data_dir / 'anzhu.db'}"

    @property
    def on_sqlite(self) -> bool:
        """Whether the database is one file on this machine."""
        return self.database.startswith("sqlite")

    @property
    def database_file(self) -> Path | None:
        """The file of an SQLite database."""
        return Path(self.database.removeprefix("sqlite:///")) if self.on_sqlite else None

    @property
    def files(self) -> Path:
        """The folder of the kept files."""
        return self.data_dir / "files"

    def key(self) -> bytes:
        """The secret key; on SQLite it is made at first use, into the data folder, readable by the owner only.

        Raises SettingsError where it is malformed, or missing beside a PostgreSQL database: several
        replicas with a key each could not read one another's seals.
        """
        if self.secret_key:
            return _key(self.secret_key)
        if not self.on_sqlite:
            raise SettingsError(Say("settings-no-key"))
        file = self.data_dir / "secret.key"
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            made = base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES))
            draft = file.with_name(f"secret.key.{os.getpid()}")
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                out.write(made)
            try:
                # A link fails where another process was first: its key is the one that counts.
                os.link(draft, file)
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        return _key(file.read_text(encoding="ascii"))


def _key(text: str) -> bytes:
    try:
        key = base64.urlsafe_b64decode(text.strip())
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise SettingsError(Say("settings-bad-key"))
    return key
