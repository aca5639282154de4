"""What the bot knows only for a time, and until when: the calendar of working days, the campaign, certificates.

`anzhu doctor` tells it, and `anzhu run` logs each day what ends soon, so that nothing runs out unseen.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import make_url

from bot.settings import Settings, SettingsError
from campaign import arranged_days, workdays
from campaign.pack import Pack
from talk.texts import FullDay, Say

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

AHEAD: Final = timedelta(days=61)
"""How long before the end of something it is told: two months."""
LARGEST: Final = 100_000
"""Bytes of a file of days off at the most."""
YAML: Final = (".yaml", ".yml")
HOLIDAYS: Final = "holidays.yaml"
"""The file of days off in the data folder, where the settings name none."""


@dataclass(frozen=True, slots=True)
class End:
    """Something that ends: whether soon, and the words for it."""

    what: Say
    near: bool


def arrange(settings: Settings) -> None:
    """Let the days count that the installation arranges. SettingsError where its file cannot be read or used."""
    file = settings.holidays
    if file is None and (own := settings.data_dir / HOLIDAYS).exists():
        file = own
    workdays.arrange({} if file is None else _arranged(file))


def _arranged(file: Path) -> dict[date, bool]:
    with file.open("rb") as opened:
        given = opened.read(LARGEST + 1)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = given.decode(encoding)
        except UnicodeDecodeError:
            continue
        if len(given) > LARGEST or "\0" in text:
            break
        try:
            by_years = file.suffix.lower() in YAML
            return arranged_days.read_years(text) if by_years else arranged_days.read(text)
        except arranged_days.ArrangementError as error:
            raise SettingsError(Say("settings-holidays", file=file.name, what=error.what)) from error
    raise SettingsError(Say("settings-holidays", file=file.name, what=Say("holidays-no-text")))


def soon(settings: Settings, pack: Pack, now: datetime, wall: datetime) -> list[End]:
    """Return what ends soon, or has ended. `now` is campaign time, in the zone of the settings,
    `wall` real time, aware.
    """
    found = (holidays(now), campaign(pack, now), certificates(settings, wall))
    return [end for end in found if end is not None and end.near]


def holidays(now: datetime) -> End:
    """Look until when the calendar of working days reaches."""
    until = workdays.published_until()
    if until < now.date() + AHEAD:
        return End(Say("horizon-holidays-end", until=FullDay(until), year=str(until.year + 1)), near=True)
    return End(Say("horizon-holidays", until=FullDay(until)), near=False)


def campaign(pack: Pack, now: datetime) -> End:
    """Look whether the campaign is over, and nothing is planned any more, or anything is owed yet: on other days nobody
    is reminded.
    """
    if pack.owed_from is not None and not pack.has_begun(now.date()):
        return End(Say("horizon-owed-from", first=FullDay(pack.owed_from), until=FullDay(pack.end)), near=False)
    if pack.closes < now.date():
        return End(Say("horizon-campaign-over", until=FullDay(pack.end)), near=True)
    if pack.end < now.date():
        return End(Say("horizon-closing", ended=FullDay(pack.end), until=FullDay(pack.closes)), near=True)
    if not pack.has_end:
        return End(Say("horizon-no-end", first=FullDay(pack.start)), near=False)
    return End(Say("horizon-campaign", until=FullDay(pack.end)), near=False)


def certificates(settings: Settings, wall: datetime) -> End | None:
    """Look at the certificates that the settings name for the way to the database; `wall` is real time, aware. None
    where they name none.
    """
    query = {} if settings.on_sqlite else make_url(settings.database).query
    files = [Path(str(query[name])) for name in ("sslrootcert", "sslcert") if query.get(name, "system") != "system"]
    known = [(found.not_valid_after_utc, file) for file in files for found in _read(file)]
    if not known:
        return None
    until, file = min(known)
    day = FullDay(until.astimezone(settings.timezone).date())
    if until < wall:
        return End(Say("horizon-certificate-over", file=file.name, until=day), near=True)
    if until < wall + AHEAD:
        return End(Say("horizon-certificate-end", file=file.name, until=day), near=True)
    return End(Say("horizon-certificate", file=file.name, until=day), near=False)


def _read(file: Path) -> list["Certificate"]:
    from cryptography import x509  # noqa: PLC0415  # only where the settings name one

    try:
        return x509.load_pem_x509_certificates(file.read_bytes())
    except ValueError:
        raise SettingsError(Say("horizon-no-certificate", file=file.name)) from None
