"""Administrators apart (三权分立; GB/T 22239-2019, 8.1.5): whoever runs the system, whoever gives and takes rights, and
whoever looks at what both did are three, where the settings name them. Each command is the affair of one of them.
"""

import stat
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bot.cli import caller
from bot.cli.faults import Fault
from talk.texts import Listed, Say

if TYPE_CHECKING:
    from bot.settings import Settings


class Office(StrEnum):
    """What an administrator is there for."""

    SYSTEM = "system"
    """系统管理员: the machine, the rules and the lists that are brought in; needs no look at what people wrote."""
    SECURITY = "security"
    """安全管理员: who may do what, in whose name, by which keys; answers for the personal data that is taken out."""
    AUDIT = "audit"
    """审计管理员: what was done, and whether it is what it claims to be."""


Administrators = Mapping[Office, list[str]]
"""Who holds each office, by the names of operators."""

EXAMPLE: Final = 'system = ["王值班"]'
"""A line of the file that names them."""

OFFICES: Final[Mapping[str, Office | None]] = {
    "demo": Office.SYSTEM,
    "start": Office.SYSTEM,
    "run": Office.SYSTEM,
    "tick": Office.SYSTEM,
    "tidy": Office.SYSTEM,
    "import": Office.SYSTEM,
    "enterprises": Office.SYSTEM,  # names no person
    "outbox": Office.SYSTEM,  # states of letters, not their text
    "inbox": Office.SYSTEM,  # the same of what came in
    "papers": Office.SYSTEM,  # which were asked for, not what stands on them
    "pack": Office.SYSTEM,
    "db": Office.SYSTEM,
    "backup": Office.SYSTEM,
    "restore": Office.SYSTEM,
    "doctor": Office.SYSTEM,
    "chat": Office.SECURITY,  # in somebody else's name
    "invite": Office.SECURITY,
    "people": Office.SECURITY,
    "factor": Office.SECURITY,
    "key": Office.SECURITY,
    # Lists and papers with names, telephone numbers and certificates.
    "duties": Office.SECURITY,
    "hazards": Office.SECURITY,
    "notices": Office.SECURITY,
    "annex": Office.SECURITY,
    "report": Office.SECURITY,
    "permits": Office.SECURITY,
    "audit": Office.AUDIT,
    # Each shows that something was done as it is said to have been.
    "checks": Office.AUDIT,
    "receipt": Office.AUDIT,
    "replay": Office.AUDIT,
    # Shows a talk as it is in the program, with nobody's data.
    "outline": None,
}
"""Whose affair each command is; None: everybody's."""


def read(file: Path) -> Administrators:
    """Return who holds each office by a file in TOML, one line for each: `system = ["王值班"]`. Fault for a file that
    says something else, or leaves an office to nobody; OSError where it cannot be read.
    """
    try:
        kept = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise _malformed(file) from None
    if set(kept) != set(Office) or not all(_are_names(names) for names in kept.values()):
        raise _malformed(file)
    return {office: kept[office] for office in Office}


def is_writable_by_others(file: Path) -> bool:
    """Return whether somebody else than its owner may write the file."""
    return bool(file.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH))


def several(administrators: Administrators) -> list[str]:
    """Return who holds more than one office."""
    held = [name for names in administrators.values() for name in dict.fromkeys(names)]
    return [name for name in dict.fromkeys(held) if held.count(name) > 1]


def admit(command: str) -> None:
    """Go on with a command, such as `anzhu people end`, where it is the affair of whoever calls it, and note in the
    audit that it was refused where it is not: Fault.
    """
    office = OFFICES[command.split()[1]]
    if office is None:
        return
    from bot.cli import session  # noqa: PLC0415  # help must come at once, and needs none of it

    chosen = session.settings()
    if chosen.administrators is None:
        return
    administrators = read(chosen.administrators)
    name, claimed = caller.by_machine(chosen.operator), caller.operator(chosen.operator)
    # A name that is only said would open every office.
    if claimed != name:
        refusal = Say("administrators-other-name", operator=name, claimed=claimed)
    elif name not in administrators[office]:
        holders = Listed(tuple(administrators[office]))
        refusal = Say("administrators-refused", command=command, office=office, holders=holders, operator=name)
    else:
        return
    caller.call_by(None)
    _note(chosen, command, office, claimed)
    raise Fault(refusal)


def _note(chosen: "Settings", command: str, office: Office, claimed: str) -> None:
    from bot.cli import session  # noqa: PLC0415  # as above
    from storage import schema  # noqa: PLC0415  # as above

    file = chosen.database_file
    # No table is made or changed for somebody who is refused.
    if (file is None or file.exists()) and schema.is_current(chosen.database):
        name = command.removeprefix("anzhu ")
        with session.opened() as bot:
            bot.use(lambda uow: uow.note("operator-refused", "server", command=name, office=office, claimed=claimed))


def _malformed(file: Path) -> Fault:
    return Fault(Say("administrators-malformed", file=str(file), offices=Listed(tuple(Office)), example=EXAMPLE))


def _are_names(found: Any) -> bool:
    names = found if isinstance(found, list) else []
    return bool(names) and all(isinstance(name, str) and caller.is_name(name) for name in names)
