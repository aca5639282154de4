"""What a deployment would say in its first week: the bot itself at work on an empty database of its own, each principal
and clerk there from the first morning, and nothing that leaves.
"""

import asyncio
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bot import stand_ins
from bot.app import App
from bot.channels import terminal
from bot.settings import Settings
from campaign.roles import CLERK, PRINCIPAL
from campaign.workdays import morning, workday_not_before
from service.core.unit_of_work import UnitOfWork
from service.duties import owned, planning
from service.imports.sheets import Sheet
from service.registry.enterprise_import import RegistryReport, import_enterprises
from storage import duties, registry, schema
from talk.messages import Address, Capabilities, Outbound, Outcome, Sent
from talk.texts import Phrase

DAYS = 7
ACCOUNT = "first-week"


@dataclass(frozen=True, slots=True)
class FirstWeek:
    """The week from the first morning on: duties by obligation and period, messages by day (to enterprises, to
    clerks), and what one enterprise reads on the morning on which first anything is said.
    """

    first: date
    owed: Sequence[tuple[Phrase, int]]
    said: Sequence[tuple[date, int, int]]
    enterprise: str
    messages: Sequence[str]


class _Kept:
    """A channel that keeps what is sent."""

    name = terminal.NAME
    account = ACCOUNT
    capabilities = Capabilities()
    rate = 0.0

    def __init__(self) -> None:
        self.letters: list[tuple[str, str]] = []

    async def send(self, address: Address, message: Outbound, replaces: str | None) -> Outcome:
        del replaces
        self.letters.append((address.external_id, message.text))
        return Sent(str(len(self.letters)))


def bring(uow: UnitOfWork, sheet: Sheet) -> RegistryReport:
    """Bring in the registry, and plan what is owed by it."""
    report = import_enterprises(uow, sheet.rows)
    if report.written:
        planning.replan(uow)
    return report


class Trial:
    """A deployment by these settings, in a folder that goes when it ends."""

    def __init__(self, settings: Settings, folder: Path, today: date) -> None:
        self._zone = settings.timezone
        first = workday_not_before(max(today, settings.owed_from or today))
        self._at = morning(first, datetime.now(self._zone)).astimezone(UTC)
        self._kept = _Kept()
        apart = {
            "data_dir": folder,
            "database_url": f"sqlite:///{folder / 'anzhu.db'}",
            "secret_key": "",
            "secret_key_file": None,
            "secret_key_command": "",
            "audit_anchor_file": None,
            "syslog": "",
        }
        mine = settings.model_copy(update=apart)
        schema.upgrade(mine.database)
        self.bot = App(mine, [self._kept], wall=lambda: self._at)

    def week(self) -> FirstWeek:
        """Let the mornings of a week pass."""
        first = self._at.astimezone(self._zone).date()
        whose = self.bot.use(_join)
        said: list[tuple[date, int, int]] = []
        messages: Sequence[tuple[str, str]] = ()
        with asyncio.Runner() as runner:
            for number in range(DAYS):
                self._kept.letters.clear()
                runner.run(self._morning())
                letters = list(self._kept.letters)
                clerks = sum(key.startswith(CLERK) for key, _ in letters)
                said.append((first + timedelta(days=number), len(letters) - clerks, clerks))
                if not messages and len(letters) > clerks:
                    one = next(key for key, _ in letters if key.startswith(PRINCIPAL))
                    messages = [letter for letter in letters if letter[0] == one]
                self._at += timedelta(days=1)
        owed = self.bot.look(_owed)
        name = whose[messages[0][0]] if messages else ""
        return FirstWeek(first, owed, said, name, [text for _, text in messages])

    async def _morning(self) -> None:
        await self.bot.tick()
        await self.bot.delivery.round()


@contextmanager
def trial(settings: Settings, today: date) -> Iterator[Trial]:
    """Open a trial; whatever happens, nothing of it is left."""
    with TemporaryDirectory(prefix="anzhu-start-") as folder:
        one = Trial(settings, Path(folder), today)
        with closing(one.bot):
            yield one


def _join(uow: UnitOfWork) -> dict[str, str]:
    """Let somebody join for each enterprise and each district; return the names of the places by their addresses."""
    known = sorted(registry.all_enterprises(uow.conn).values(), key=lambda one: one.name)
    places = [(PRINCIPAL, one.code, one.name, one.principal_name) for one in known if not one.is_closed]
    places += [(CLERK, name, name, name) for name in dict.fromkeys(one.district for one in known)]
    for role, subject, _, name in places:
        stand_ins.join(uow, Address(terminal.NAME, ACCOUNT, f"{role}/{subject}"), name, role, subject)
    return {f"{role}/{subject}": name for role, subject, name, _ in places}


def _owed(uow: UnitOfWork) -> list[tuple[Phrase, int]]:
    number: Counter[tuple[str, str]] = Counter()
    titles: dict[tuple[str, str], Phrase] = {}
    for duty in duties.find(uow.conn):
        if duty.status != "withdrawn":
            kind = (duty.obligation, duty.period)
            number[kind] += 1
            titles.setdefault(kind, owned.with_rule(uow, duty).title)
    return [(titles[kind], count) for kind, count in number.most_common()]
