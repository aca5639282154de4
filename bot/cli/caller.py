"""Who calls a command: by `--operator`, by the settings, or by the name of the login."""

import getpass
import os
from contextvars import ContextVar
from typing import Final

from bot.cli.faults import Fault
from talk.cleaning import clean
from talk.texts import Say

LIMIT: Final = 40
"""Characters of a name."""

_given: ContextVar[str | None] = ContextVar("operator", default=None)


def call_by(name: str | None) -> None:
    """Keep the name that `--operator` gives, for the command that follows."""
    _given.set(name)


def operator(setting: str) -> str:
    """Return who works at the server: the name given, else that of the settings, else that of the login, behind sudo
    that of who called it. Fault for what is no name.
    """
    given = _given.get()
    return by_machine(setting) if given is None else _name(given)


def by_machine(setting: str) -> str:
    """Return who works at the server whatever name they give themselves. Fault for what is no name."""
    return _name(setting or _login())


def is_name(name: str) -> bool:
    """Return whether this can be an operator's name as it stands."""
    return 0 < len(name) <= LIMIT and clean(name).strip() == name


def _name(given: str) -> str:
    name = given.strip()
    if not is_name(name):
        raise Fault(Say("cli-bad-operator", limit=LIMIT))
    return name


def _login() -> str:
    try:
        name = getpass.getuser()
    except (KeyError, OSError):  # an account without a name, as containers have
        name = f"uid {os.getuid()}"
    return os.environ.get("SUDO_USER") or name if name == "root" else name
