"""Talks of one or two questions about a permit: sent back, refused, cancelled, stopped, somebody on site, the fire
watch, the end.
"""

from dataclasses import dataclass, replace

from bot.dialogs.hot_work.asking import Suggested, one_listed
from talk.asking import Option
from talk.conversation import Brief, Talk
from talk.list_questions import numbered
from talk.messages import FileRef
from talk.questions import Choice, Confirm, Photo, Text
from talk.texts import CHINESE, Numbered, Say, Words, render

REASON_LIMIT = 200
CLEAR, FIRE = "clear", "fire"
SAFE, UNSAFE = "safe", "unsafe"


@dataclass(frozen=True, slots=True)
class SentBack:
    """An application goes back for the one question that is wrong, by its key, with a sentence."""

    key: str
    remark: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a permit is refused or cancelled (`act`), or a job was stopped; may be empty for a stop."""

    act: str
    why: str


@dataclass(frozen=True, slots=True)
class OnSite:
    """The guardian is on site."""

    photos: tuple[FileRef, ...]


@dataclass(frozen=True, slots=True)
class Looked:
    """A look of the fire watch (看火)."""

    clear: bool


@dataclass(frozen=True, slots=True)
class Accepted:
    """The place after the job: whether nothing glows and everything is cleared, and its photos."""

    safe: bool
    photos: tuple[FileRef, ...]


def send_back(brief: Brief) -> Talk[SentBack]:
    """The brief gives the permit's `number` and the `fields` of its application: [{key, label: {zh, en}, value: {zh,
    en}}].
    """
    fields = brief["fields"]
    *first, last = numbered((one["key"], Words(**one["label"])) for one in fields)
    values = tuple(Say("permit-named", name=Words(**one["label"]), text=Words(**one["value"])) for one in fields)
    key = yield from one_listed(
        "field",
        Say("permit-return-field", number=brief["number"]),
        Say("permit-return-field-label"),
        Say("permit-list-hint", all=Numbered(values)),
        (*first, replace(last, button=Say("pick-button", number=len(fields)))),
    )
    label = next(Words(**one["label"]) for one in fields if one["key"] == key)
    remark = yield from Text(
        key="remark",
        ask=Say("give-back-ask", label=label),
        label=Say("permit-remark-label"),
        hint=Say("permit-return-hint"),
        limit=REASON_LIMIT,
    )
    return SentBack(key, remark)


def reason(brief: Brief) -> Talk[Reason]:
    """Why a permit is refused or cancelled, which nothing takes back. The brief gives `act` (refuse, cancel), the
    permit's `number` and its `place`.
    """
    act = brief["act"]
    why = yield from Text(
        key="why",
        ask=Say("permit-reason", act=act, number=brief["number"], place=brief["place"]),
        label=Say("permit-reason-label"),
        hint=Say("permit-reason-hint", act=act),
        limit=REASON_LIMIT,
    )
    yield from Confirm(
        key="confirm",
        ask=Say("permit-reason-confirm", act=act, number=brief["number"]),
        yes=Say("permit-reason-yes", act=act),
    )
    return Reason(act, why)


def stopped(brief: Brief) -> Talk[Reason]:
    """Why a job was stopped, asked after it was. The brief gives the permit's `number`."""
    usual = (Say("permit-stop-gas"), Say("permit-stop-guardian"), Say("permit-stop-sparks"))
    why = yield from Suggested(
        key="why",
        ask=Say("permit-stop-why", number=brief["number"]),
        hint=Say("permit-stop-hint"),
        nothing=Say("permit-stop-later"),
        # The reason stands on the permit, which is in Chinese whoever gives it.
        suggestions=tuple(render(one, CHINESE) for one in usual),
        limit=REASON_LIMIT,
    )
    return Reason("stop", why)


def arrive(brief: Brief) -> Talk[OnSite]:
    """The guardian has come. The brief gives the permit's `number` and `place`."""
    photos = yield from Photo(
        key="photo",
        ask=Say("permit-arrive", number=brief["number"], place=brief["place"]),
        hint=Say("permit-arrive-hint"),
        nothing=Say("permit-arrive-no-photo"),
    )
    return OnSite(photos)


def look(brief: Brief) -> Talk[Looked]:
    """A look of the fire watch. The brief gives the permit's `number` and `place`."""
    seen = yield from Choice(
        key="seen",
        ask=Say("permit-look", number=brief["number"], place=brief["place"]),
        hint=Say("permit-look-hint"),
        choices=(Option(CLEAR, Say("permit-look-clear")), Option(FIRE, Say("permit-look-fire"))),
    )
    return Looked(seen == CLEAR)


def accept(brief: Brief) -> Talk[Accepted]:
    """完工验收. The brief gives the permit's `number` and `place`. A place that is not safe is not accepted, so it
    needs no photo.
    """
    found = yield from Choice(
        key="result",
        ask=Say("permit-accept", number=brief["number"], place=brief["place"]),
        label=Say("permit-accept-label"),
        hint=Say("permit-accept-hint"),
        choices=(Option(SAFE, Say("permit-accept-safe")), Option(UNSAFE, Say("permit-accept-unsafe"))),
    )
    if found == UNSAFE:
        return Accepted(safe=False, photos=())
    photos = yield from Photo(
        key="photo",
        ask=Say("permit-accept-photo"),
        label=Say("permit-photo-label"),
    )
    return Accepted(safe=True, photos=photos)
