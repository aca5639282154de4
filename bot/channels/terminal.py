"""The terminal as a channel: no buttons and no edits, so each button is shown with a sign that taps it, #1. A number
without the sign is an answer, as it is on every channel.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from math import ceil
from time import time_ns
from typing import TextIO

from service.talks.prompting import BACK
from storage.files import FileStore, unreadable
from storage.sealed_files import SpoiltFileError
from talk.cleaning import printable
from talk.messages import (
    Address,
    Broken,
    Button,
    Capabilities,
    FileRef,
    Inbound,
    Kind,
    Outbound,
    Outcome,
    Rejected,
    Sent,
)
from talk.texts import Say, render

NAME = "terminal"

_SIGN = re.compile(r"#([0-9]{1,4})|\[([0-9]{1,4})\]")


def address_of(key: str) -> Address:
    """The address of somebody on the terminal. Each is an account of its own, so that a process claims
    only what waits for the person in front of it.
    """
    return Address(NAME, key, key)


class Terminal:
    """The terminal of one person: prints what is sent, and reads lines as that person's messages."""

    name = NAME
    capabilities = Capabilities(buttons=False, edits=False)
    rate = 0.0

    def __init__(self, address: Address, file_store: FileStore, language: str, out: TextIO) -> None:
        self.account = address.account
        self.address = address
        self._file_store = file_store
        self._language = language
        self._out = out
        self._options: list[Button] = []
        self._last_update = 0
        self.gone = False
        """Nobody reads what is printed any more."""

    async def send(self, address: Address, message: Outbound, replaces: str | None) -> Outcome:
        """Print a message; `replaces` changes nothing, since what is printed stays."""
        try:
            for file in message.files:
                self._file_store.read(file.sha256)
        except (FileNotFoundError, SpoiltFileError) as error:
            return Rejected(unreadable(error), ours=True)
        try:
            self._out.write(f"{self._drawn(message)}\n\n")
            self._out.flush()
        except OSError as error:
            self.gone = True
            return Broken(str(error))
        return Sent(str(self._number()))

    def read(self, line: str, at: datetime, files: tuple[FileRef, ...] = ()) -> Inbound:
        """A line as a message: the sign or the words of a button are a tap on it."""
        text = line.strip()
        button = None if files else self._picked(text)
        kind = Kind.FILE if files else Kind.BUTTON if button else Kind.TEXT
        return Inbound(
            self.address,
            self._number(),
            at,
            kind,
            text="" if button else text,
            data=button.data if button else "",
            files=files,
            language=self._language,
        )

    def _picked(self, text: str) -> Button | None:
        said = unicodedata.normalize("NFKC", text)
        if sign := _SIGN.fullmatch(said):
            return dict(enumerate(self._options, 1)).get(int(sign[1] or sign[2]))
        return next((option for option in self._options if unicodedata.normalize("NFKC", option.text) == said), None)

    def _drawn(self, message: Outbound) -> str:
        lines = [printable(message.text)] if message.text else []
        lines.extend(render(self._file(file), self._language) for file in message.files)
        if message.buttons:
            self._options = []
            lines.extend(filter(None, ("  ".join(self._shown(row)) for row in message.buttons)))
        return "\n".join(lines)

    def _file(self, file: FileRef) -> Say:
        """Where a file lies; of one that is encrypted there, which its place is of no use for, how large it is."""
        name = printable(file.name)
        if self._file_store.is_sealed(file.sha256):
            return Say("cli-file-sealed", name=name, size=ceil(file.size / 1024))
        return Say("cli-file-at", name=name, path=str(self._file_store.path(file.sha256)))

    def _shown(self, row: tuple[Button, ...]) -> Iterator[str]:
        for button in row:
            if button.data.endswith(f":{BACK}"):
                yield f"/back {printable(button.text)}"
            else:
                self._options.append(button)
                yield f"#{len(self._options)} {printable(button.text)}"

    def _number(self) -> int:
        """A number that rises from message to message, also from one run to the next."""
        self._last_update = max(self._last_update + 1, time_ns() // 1000)
        return self._last_update
