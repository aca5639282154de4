"""What the pages show: chats as the templates want them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.channels.web.history import Entry
from service.talks.prompting import DONE
from storage.files import SIZE_LIMIT
from talk.messages import Address
from talk.texts import LANGUAGES, Arg, DayAndWeekday, Say, render, show

UPLOAD_MB = SIZE_LIMIT // (1024 * 1024)
UPLOADS = 10
"""Files in one message at the most: what a phone sends in one go."""

TONES = {"⏰": "soon", "⚠️": "danger", "✅": "kept"}
"""The signs that set a message apart. They are drawn, since a machine without an emoji font shows a box."""

OF_ENTERPRISES = {
    "/tasks": Say("web-tasks"),
    "/hazards": Say("web-hazards"),
    "/notices": Say("web-notices"),
    "/permits": Say("web-permits"),
    "/file": Say("web-file"),
    "/help": Say("web-help"),
}
OF_STAFF = {
    "/tasks": Say("web-tasks"),
    "/district": Say("web-progress"),
    "/notices": Say("web-notices"),
    "/checks": Say("web-checks"),
    "/annex": Say("web-annex"),
}
"""Commands that have a button under the chat, and what stands on it; it is what the chat then shows."""
QUICK = OF_ENTERPRISES | OF_STAFF

_REHEARSAL_LINES = {render(Say("rehearsal-line"), language) for language in LANGUAGES}

_templates = Environment(
    loader=PackageLoader("bot.channels.web"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody whose chat the page shows. `role_title` and `place` are in the person's language."""

    person_id: int
    name: str
    role_title: str
    place: str
    address: Address
    language: str
    staff: bool = False
    """Of a district or the city: has a button for the progress of the enterprises."""


@dataclass(frozen=True, slots=True)
class Line:
    """A message in its parts: the rehearsal's line, a signed first line, a sign of `TONES`, the rest."""

    entry: Entry
    new_day: str
    """The day, where it is another one than that of the message before."""
    rehearsal: str
    heading: str
    sign: str
    text: str

    @property
    def likely(self) -> str:
        """What the button carries that most people want: the one that ends a several-choice, else the first."""
        data = [button.data for row in self.entry.buttons for button in row]
        return next((item for item in data if item.endswith(f":{DONE}")), data[0] if data else "")

    @property
    def tone(self) -> str:
        """How the message is set apart."""
        return TONES.get(self.sign, "")


@dataclass(frozen=True, slots=True)
class Chat:
    """One chat on a page. `once` numbers its forms; `notice` and `draft` are a refusal and what was typed."""

    persona: Persona
    lines: Sequence[Line]
    once: int
    notice: str = ""
    draft: str = ""

    @property
    def quick(self) -> Sequence[tuple[str, str]]:
        """The commands under the chat, each with the words of its button."""
        commands = OF_STAFF if self.persona.staff else OF_ENTERPRISES
        return [(command, render(label, self.persona.language)) for command, label in commands.items()]

    @property
    def say(self) -> "Voice":
        """Speaks the language of whose chat it is."""
        return partial(say, self.persona.language)


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock bar: campaign time now; `once` numbers its form."""

    now: datetime
    day: str
    once: int


Voice = Callable[..., str]
"""A sentence by its id and arguments."""


def say(language: str, message_id: str, **args: Arg) -> str:
    """A sentence for a page."""
    return render(Say(message_id, **args), language)


def clock_at(now: datetime, once: int, language: str) -> Clock:
    """The clock bar at a campaign time."""
    return Clock(now, show(DayAndWeekday(now.date()), language), once)


def lines_of(entries: Iterable[Entry], language: str) -> list[Line]:
    """The messages of a chat as they are drawn."""
    lines: list[Line] = []
    last: date | None = None
    for entry in entries:
        day = entry.at.date()
        lines.append(_line(entry, "" if day == last else show(DayAndWeekday(day), language), language))
        last = day
    return lines


def page(template: str, language: str, **context: object) -> str:
    """A page or a part of one, in the language of whoever's chat is open."""
    voice = partial(say, language)
    return _templates.get_template(template).render(say=voice, language=language, upload_mb=UPLOAD_MB, **context)


def _line(entry: Entry, new_day: str, language: str) -> Line:
    if entry.by_person:
        text = render(QUICK.get(entry.text, entry.text), language)
        return Line(entry, new_day, rehearsal="", heading="", sign="", text=text)
    first, _, rest = entry.text.partition("\n")
    rehearsal = first if first in _REHEARSAL_LINES else ""
    text = rest if rehearsal else entry.text
    heading, _, rest = text.partition("\n")
    if rest and heading.startswith("【"):
        text = rest
    else:
        heading = ""
    sign = next((sign for sign in TONES if text.startswith(sign)), "")
    return Line(entry, new_day, rehearsal, heading, sign, text.removeprefix(sign).lstrip(" "))
