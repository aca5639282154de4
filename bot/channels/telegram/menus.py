"""The menus of commands: one for everybody in two languages, others for those whose role or choice of
language asks for it.
"""

from typing import Any, Final

from sqlalchemy import Connection

from bot.channels.telegram.api import NAME, ApiError, Client
from campaign.roles import CITY, CLERK, LEADER, OPERATOR
from service.core.assurance import Policy
from storage import people
from storage.engine import Database
from talk.texts import CHINESE, ENGLISH, Say, render

EVERYBODY: Final = (
    ("tasks", Say("telegram-command-tasks")),
    ("hazards", Say("telegram-command-hazards")),
    ("report", Say("telegram-command-report")),
    ("accident", Say("telegram-command-accident")),
    ("permit", Say("telegram-command-permit")),
    ("permits", Say("telegram-command-permits")),
    ("file", Say("telegram-command-file")),
    ("workers", Say("telegram-command-workers")),
    ("people", Say("telegram-command-people")),
    ("notices", Say("telegram-command-notices")),
    ("receipt", Say("telegram-command-receipt")),
    ("me", Say("telegram-command-me")),
    ("language", Say("telegram-command-language")),
    ("feedback", Say("telegram-command-feedback")),
    ("help", Say("telegram-command-help")),
)
FACTOR: Final = ("factor", Say("telegram-command-factor"))
"""For those whom the settings ask for a second factor."""
OF_ENTERPRISES: Final = frozenset({"permit", "file", "workers"})
STAFF: Final = (
    EVERYBODY[0],
    ("district", Say("telegram-command-district")),
    ("notice", Say("telegram-command-notice")),
    ("annex", Say("telegram-command-annex")),
    ("actions", Say("telegram-command-actions")),
    ("checks", Say("telegram-command-checks")),
    ("coverage", Say("telegram-command-coverage")),
    ("drafts", Say("telegram-command-drafts")),
    *(entry for entry in EVERYBODY[1:] if entry[0] not in OF_ENTERPRISES),
)
LEADERS: Final = tuple(entry for entry in STAFF if entry[0] not in ("notice", "report", "people"))
"""A leader looks and reviews; notices, hazards and roles are a clerk's to see to."""
OPERATORS: Final = (
    ("health", Say("telegram-command-health")),
    *(entry for entry in EVERYBODY if entry[0] in ("me", "language", "feedback", "help")),
)
"""Whoever runs the bot sees how it is, and nothing else."""
MENUS: Final = {CLERK: STAFF, CITY: STAFF, LEADER: LEADERS, OPERATOR: OPERATORS}
"""Whose role has a menu of its own; of several the first counts."""

Menu = tuple[str | None, str]
"""The role that it is for, and the language."""

ORDINARY: Final[Menu] = (None, CHINESE)


class Menus:
    """Knows which menu each person was given by this process, and gives those that changed."""

    def __init__(self, client: Client, account: str, database: Database, second_factor: Policy) -> None:
        self._client = client
        self._account = account
        self._database = database
        self._second_factor = second_factor
        self._given: dict[int, Menu] = {}
        self._general = False

    async def refresh(self) -> None:
        """Set what is not set yet, one after the other; raises what goes wrong, and goes on there the next time."""
        if not self._general:
            scope = {"type": "all_private_chats"}
            await self._set(ORDINARY, scope=scope)
            await self._set((None, ENGLISH), scope=scope, language_code="en")
            self._general = True
        for person, menu, chats in await self._database.read(self._wanted):
            for chat in chats:
                await self._set_for(chat, menu)
            self._given[person] = menu

    def _wanted(self, conn: Connection) -> list[tuple[int, Menu, list[str]]]:
        """Who needs another menu than the one they were given: person, menu, chats."""
        held = {(role.person, role.role) for role in people.all_roles(conn) if role.state == "active"}
        wanted: list[tuple[int, Menu, list[str]]] = []
        for person in people.everybody(conn):
            menu = (next((role for role in MENUS if (person.id, role) in held), None), person.language)
            # The ordinary menu is everybody's already.
            if self._given.get(person.id, ORDINARY) != menu:
                here = [
                    address.external_id
                    for address in people.addresses_of(conn, person.id)
                    if (address.channel, address.account) == (NAME, self._account)
                ]
                wanted.append((person.id, menu, here))
        return wanted

    async def _set_for(self, chat: str, menu: Menu) -> None:
        try:
            await self._set(menu, scope={"type": "chat", "chat_id": int(chat)})
        except ApiError as error:
            # 400 and 403: blocked, or gone; there is nobody to show a menu to.
            if error.code not in (400, 403):
                raise

    async def _set(self, menu: Menu, **where: Any) -> None:
        role, language = menu
        entries = EVERYBODY if role is None else MENUS[role]
        if self._second_factor.is_for(staff=role not in (None, OPERATOR)):
            entries = (*entries, FACTOR)
        commands = [{"command": name, "description": render(about, language)} for name, about in entries]
        await self._client.call("setMyCommands", {"commands": commands, **where})
