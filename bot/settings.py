"""The settings, read from the environment here and nowhere else (prefix ANZHU_)."""

import os
import re
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Final, Literal
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from storage.nearness import is_here
from storage.retention import Terms
from talk.texts import Say

MOST_KEPT: Final = 36_500
"""Days, a hundred years."""

WEBHOOK_PORTS: Final = (443, 80, 88, 8443)
"""The ports that Telegram calls (Bot API, setWebhook)."""

_LISTEN: Final = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([^\s:\[\]/@]+)):([0-9]{1,5})", re.ASCII)
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{16,256}", re.ASCII)
"""A secret token as the platform takes it, and long enough that nobody guesses it."""


class SettingsError(Exception):
    """A setting that cannot be used; `what` says what to do."""

    def __init__(self, what: Say) -> None:
        super().__init__(what.id)
        self.what = what


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where the platform calls: the address that it is told, its path (decoded), and where this process listens."""

    url: str
    path: str
    host: str
    port: int


def _aware(moment: datetime | None) -> datetime | None:
    if moment is not None and moment.tzinfo is None:
        raise ValueError("a time without its offset")
    return moment


def _day(given: object) -> object:
    """A day as packs write it, 2026-12-01, and no other way of ISO 8601."""
    if isinstance(given, str) and not _DAY.fullmatch(given):
        raise ValueError("no day")
    return date.fromisoformat(given) if isinstance(given, str) else given


def _zone(given: object) -> object:
    """A zone by its name; a folder of zones is none, whatever the file system says."""
    try:
        return ZoneInfo(given) if isinstance(given, str) else given
    except (OSError, ZoneInfoNotFoundError, RecursionError) as error:  # it imports a package for each stroke of a name
        raise ValueError("no zone") from error


def _collector(address: str) -> str:
    parts = urlsplit(address)
    reached = parts.scheme in ("udp", "tcp") and parts.hostname and parts.port
    if address and not address.startswith("/") and not reached:
        raise ValueError("no address of a collector of logs")
    return address


class Settings(BaseSettings):
    """Where the bot keeps its data, by which pack and in which zone it works."""

    model_config = SettingsConfigDict(
        env_prefix="ANZHU_", env_ignore_empty=True, frozen=True, hide_input_in_errors=True
    )

    data_dir: Path = Path("data")
    database_url: str = Field(default="", repr=False)
    """Empty: SQLite in the data folder."""
    secret_key: str = Field(default="", repr=False)
    """URL-safe base64 of 32 bytes: seals the audit, hashes codes. After it, apart by spaces, keys that are retired."""
    secret_key_file: Path | None = None
    """A file that holds the key, out of the data folder."""
    secret_key_command: str = ""
    """A program with its arguments that prints the key, as one that asks a key management service."""
    second_factor: Literal["off", "staff", "everyone"] = "off"
    """Who needs a code beside the chat account: nobody; staff, twice a day; principals at each confirmation, too."""
    pack: str = "shenyang_2023"
    owed_from: Annotated[date | None, BeforeValidator(_day)] = None
    """The day from which anything is owed; None: the one of the pack, or else its first."""
    timezone: Annotated[ZoneInfo, BeforeValidator(_zone)] = Field(default_factory=lambda: ZoneInfo("Asia/Shanghai"))
    holidays: Path | None = None
    """A file of days off and days worked (调休) that count before the calendar the bot has by itself."""
    clock_start: Annotated[datetime | None, AfterValidator(_aware)] = None
    """A rehearsal: campaign time at the first start, aware."""
    operator: str = ""
    """The name of who works at the command line; empty: the name of the login."""
    administrators: Path | None = None
    """A file that names the system, security and audit administrators; none: whoever can call a command may."""
    audit_anchor_file: Path | None = None
    """Where the anchor of each day is written, best on another machine's disk; none: nowhere."""
    syslog: Annotated[str, AfterValidator(_collector)] = ""
    """Where a collector of logs is told the events of the audit: udp://HOST:PORT, tcp://HOST:PORT, /dev/log."""
    photo_location: bool = False
    """Whether photos keep the place where they were taken."""
    encrypt_files: bool = False
    """Whether the files that are kept are encrypted on the disk."""
    telegram_token: SecretStr = SecretStr("")
    telegram_api: str = "https://api.telegram.org"
    """Base address of a Bot API server."""
    telegram_api_insecure: bool = False
    """Whether that server may be reached without encryption although it is not on this machine."""
    telegram_library: Literal["ptb", "aiogram"] = "ptb"
    telegram_rate: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 30
    """Deadlines and notices a second; 0: any number."""
    webhook_url: str = ""
    """The public https address at which the platform calls with updates; empty: they are polled."""
    webhook_listen: str = "127.0.0.1:9465"
    """Where `anzhu run` answers those calls, HOST:PORT, behind a proxy that ends TLS."""
    webhook_secret: SecretStr = SecretStr("")
    """What each call must bring; empty: it is derived from the secret key, alike in all processes."""

    keep_updates: Annotated[int, Field(ge=2, le=MOST_KEPT)] = 7
    """Days for which a raw update is kept, to know its repeats: platforms send again for up to 48 hours."""
    keep_letters: Annotated[int, Field(ge=30, le=MOST_KEPT)] = 180
    """Days for which the words and the address of a letter are kept that was sent."""
    keep_letter_rows: Annotated[int, Field(ge=180, le=MOST_KEPT)] = 400
    """Days for which it is kept that there was a letter, at least as long as its words."""
    keep_strangers: Annotated[int, Field(ge=1, le=MOST_KEPT)] = 30
    """Days for which people who never joined are kept after their last word."""
    keep_tries: Annotated[int, Field(ge=1, le=MOST_KEPT)] = 7
    """Days for which wrong codes are counted."""
    keep_invitations: Annotated[int, Field(ge=30, le=MOST_KEPT)] = 90
    """Days for which an invitation is kept after its use or end."""
    keep_prompts: Annotated[int, Field(ge=30, le=MOST_KEPT)] = 180
    """Days for which a question with its buttons is kept after the end of its talk."""
    keep_former: Annotated[int, Field(ge=30, le=MOST_KEPT)] = 400
    """Days for which somebody is known by name who has no role any more, after the last one ended."""
    keep_workers: Annotated[int, Field(ge=30, le=MOST_KEPT)] = 365
    """Days for which somebody is kept who was taken off the register of special workers."""
    keep_meter: Annotated[int, Field(ge=62, le=MOST_KEPT)] = 400
    """Days for which it is kept how many reminders somebody got on a day."""
    keep_feedback: Annotated[int, Field(ge=30, le=MOST_KEPT)] = 400
    """Days for which complaints are kept."""
    keep_unattached: Annotated[int, Field(ge=1, le=MOST_KEPT)] = 1
    """Days for which a file is kept that nothing refers to."""
    keep_own_data: Annotated[int, Field(ge=1, le=MOST_KEPT)] = 1
    """Days for which the file of somebody's own data is kept."""
    keep_papers: Annotated[int, Field(ge=1, le=MOST_KEPT)] = 30
    """Days for which a drawn form or report is kept."""
    log_format: Literal["text", "json"] = "text"
    """How a line of the log is written: key=value, or JSON."""
    metrics_port: Annotated[int, Field(ge=0, le=65535)] = 0
    """The port of this machine on which `anzhu run` answers /healthz, /readyz and /metrics; 0: on none."""

    @property
    def terms(self) -> Terms:
        """How long what ends by time is kept."""
        days = {term.name: getattr(self, f"keep_{term.name}") for term in fields(Terms)}
        days["letter_rows"] = max(days["letter_rows"], days["letters"])
        return Terms(**{name: timedelta(days=number) for name, number in days.items()})

    @property
    def database(self) -> str:
        """The database's address."""
        return self.database_url or f"sqlite:///{self.data_dir / 'anzhu.db'}"

    @property
    def secrets(self) -> list[str]:
        """What of the settings is never shown: the token, the keys, the password of the database."""
        try:
            password = urlsplit(self.database_url).password or ""
        except ValueError:
            password = self.database_url
        tokens = [self.telegram_token.get_secret_value(), self.webhook_secret.get_secret_value()]
        return [*tokens, *self.secret_key.replace(",", " ").split(), password]

    @property
    def bot_api(self) -> str:
        """The base address of the Bot API server. SettingsError where the token would travel without encryption to
        another machine, or the address is none.
        """
        try:
            parts = urlsplit(self.telegram_api)
            host = parts.hostname or ""
        except ValueError:
            raise SettingsError(Say("telegram-bad-api")) from None
        plain = parts.scheme == "http" and (self.telegram_api_insecure or is_here(host))
        if not host or parts.username or parts.query or parts.fragment or not (parts.scheme == "https" or plain):
            raise SettingsError(Say("telegram-bad-api"))
        return self.telegram_api.rstrip("/")

    @property
    def webhook(self) -> Webhook | None:
        """Where updates are brought; None: they are polled. SettingsError where the platform would not call the
        address, the place to listen at is none, or the secret is one that it does not take.
        """
        if not self.webhook_url:
            return None
        try:
            parts = urlsplit(self.webhook_url)
            host, port = parts.hostname or "", parts.port or 443
        except ValueError:
            raise SettingsError(Say("telegram-bad-webhook")) from None
        odd = parts.username is not None or "?" in self.webhook_url or "#" in self.webhook_url
        if parts.scheme != "https" or not host or odd or not self.webhook_url.isprintable() or " " in self.webhook_url:
            raise SettingsError(Say("telegram-bad-webhook"))
        if port not in WEBHOOK_PORTS or parts.port == 0:
            raise SettingsError(Say("telegram-webhook-port", port=str(parts.port)))
        listen = _LISTEN.fullmatch(self.webhook_listen)
        if listen is None or not 0 < int(listen[3]) < 65536:
            raise SettingsError(Say("telegram-bad-webhook-listen"))
        secret = self.webhook_secret.get_secret_value()
        if secret and not _SECRET.fullmatch(secret):
            raise SettingsError(Say("telegram-bad-webhook-secret"))
        return Webhook(self.webhook_url, unquote(parts.path) or "/", listen[1] or listen[2], int(listen[3]))

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

    @property
    def folders(self) -> list[Path]:
        """The folders that the bot writes into, the data folder first; not each need be there."""
        file = self.database_file
        return [self.data_dir, self.files, *([] if file is None else [file.parent])]

    @property
    def credentials_directory(self) -> Path | None:
        """The folder of what systemd hands over to a service (LoadCredential=)."""
        folder = os.environ.get("CREDENTIALS_DIRECTORY", "")
        return Path(folder) if folder else None
