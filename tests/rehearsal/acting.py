"""How somebody of a crew does one thing and sees what is said to it; a job is a script of such things."""

import re
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.rehearsal import reading
from tests.rehearsal.people import Person
from tests.samples import photo
from tests.telegram.fake_api import ShownMessage

CARD = re.compile(r"^(?:⏰ |⚠️ |✅ |⛔ )?动火作业票 (D-\d{4}-\d+)　(.+)$", re.MULTILINE)
PROMPT = re.compile(r"^(?:⏰ |⚠️ |⛔ )?作业票 (D-\d{4}-\d+) ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Tapped:
    """A button is tapped."""

    person: Person
    message: ShownMessage
    label: str


@dataclass(frozen=True, slots=True)
class Typed:
    """Something is typed."""

    person: Person
    text: str


@dataclass(frozen=True, slots=True)
class Photographed:
    """A photo is sent; no two are alike."""

    person: Person


@dataclass(frozen=True, slots=True)
class Waited:
    """Nothing is done until an instant."""

    until: datetime


Deed = Tapped | Typed | Photographed | Waited
Script = Generator[Deed, list[ShownMessage], None]
"""What a crew does: of each deed it is sent what was said to it."""


@dataclass
class Acted:
    """A script at work. `due`: when it goes on; None: it is over."""

    script: Script
    due: datetime | None
    _waiting: tuple[Person, int, tuple[ShownMessage, int] | None] | None = None
    _begun: bool = False

    def go(self, now: datetime) -> bool:
        """Take in what was said to the last deed and do the next; False when there is nothing to do now."""
        while self.due is not None and self.due <= now:
            try:
                deed = self.script.send(self._said()) if self._begun else next(self.script)
            except StopIteration:
                self.due = None
                return False
            self._begun = True
            if not isinstance(deed, Waited):
                self._do(deed, now)
                return True
            self.due = deed.until
        return False

    def _said(self) -> list[ShownMessage]:
        if self._waiting is None:
            return []
        (person, read, touched), self._waiting = self._waiting, None
        fresh = person.chat.shown[read:]
        person.apart.update(message.id for message in fresh)
        if touched is not None and touched[0].edits != touched[1]:
            fresh.insert(0, touched[0])
        return fresh

    def _do(self, deed: Tapped | Typed | Photographed, now: datetime) -> None:
        person = deed.person
        read, touched = len(person.chat.shown), None
        match deed:
            case Tapped(_, message, label):
                touched = (message, message.edits)
                person.does(now, label, message.text)
                person.api.tap_data(person.chat, message, reading.buttons_of(message)[label])
            case Typed(_, text):
                person.does(now, text)
                person.api.say(person.chat, text)
            case Photographed():
                person.does(now, "")
                person.api.send_photo(person.chat, photo(f"{person.chat.id}/{person.steps}"))
        self._waiting = (person, read, touched)


@dataclass
class Eyes:
    """What a crew sees of one permit."""

    code: str = ""
    heard: set[int] = field(default_factory=set[int])

    def card(self, person: Person) -> ShownMessage | None:
        """The newest card of the permit in somebody's chat."""
        return next((one for one in reversed(person.chat.shown) if card_in(one.text)[0] == self.code), None)

    def state(self, person: Person) -> str:
        """How the permit stands, by the card."""
        card = self.card(person)
        return "" if card is None else card_in(card.text)[1]

    def prompts(self, people: Sequence[Person], words: str) -> list[tuple[Person, ShownMessage]]:
        """Prompts with some words that nobody has taken notice of yet."""
        found = []
        for person in people:
            for one in person.chat.shown:
                of = PROMPT.search(one.text)
                if of is not None and of[1] == self.code and words in one.text and one.id not in self.heard:
                    self.heard.add(one.id)
                    found.append((person, one))
        return found


def card_in(text: str) -> tuple[str, str]:
    """The permit whose card a message is, and its state; empty for what is no card."""
    found = CARD.search(text)
    return ("", "") if found is None else (found[1], found[2])


def texts(shown: Sequence[ShownMessage]) -> str:
    """All that was said."""
    return "\n".join(one.text for one in shown)


def later(now: datetime, minutes: float) -> Waited:
    """So many minutes from an instant."""
    return Waited(now + timedelta(minutes=minutes))
