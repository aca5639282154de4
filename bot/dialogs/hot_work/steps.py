"""Talks of one or two questions about a permit: sent back, refused, cancelled, stopped, somebody on site, the fire
watch, the end.
"""

from dataclasses import replace

from bot.dialogs.hot_work.asking import Suggested, one_listed
from bot.dialogs.hot_work.measures import on_site
from campaign.talks import hot_work
from talk.asking import Option
from talk.conversation import Talk
from talk.list_questions import numbered
from talk.questions import Choice, Confirm, Photo, Text
from talk.texts import CHINESE, Numbered, Say, render

REASON_LIMIT = 200
CLEAR, FIRE = "clear", "fire"
SAFE, UNSAFE = "safe", "unsafe"


def send_back(brief: hot_work.ReturnBrief) -> Talk[hot_work.SentBack]:
    """Which question of an application is wrong, and what about it."""
    fields = brief.fields
    *first, last = numbered((field.key, field.label) for field in fields)
    values = tuple(Say("permit-named", name=field.label, text=field.value) for field in fields)
    key = yield from one_listed(
        "field",
        Say("permit-return-field", number=brief.number),
        Say("permit-return-field-label"),
        Say("permit-list-hint", all=Numbered(values)),
        (*first, replace(last, button=Say("pick-button", number=len(fields)))),
    )
    label = next(field.label for field in fields if field.key == key)
    remark = yield from Text(
        key="remark",
        ask=Say("give-back-ask", label=label),
        label=Say("permit-remark-label"),
        hint=Say("permit-return-hint"),
        limit=REASON_LIMIT,
    )
    return hot_work.SentBack(key, remark)


def reason(brief: hot_work.ReasonBrief) -> Talk[hot_work.Reason]:
    """Why a permit is refused or cancelled, which nothing takes back."""
    act = brief.act
    why = yield from Text(
        key="why",
        ask=Say("permit-reason", act=act, number=brief.number, place=brief.place),
        label=Say("permit-reason-label"),
        hint=Say("permit-reason-hint", act=act),
        limit=REASON_LIMIT,
    )
    yield from Confirm(
        key="confirm",
        ask=Say("permit-reason-confirm", act=act, number=brief.number),
        yes=Say("permit-reason-yes", act=act),
    )
    return hot_work.Reason(act, why)


def stopped(brief: hot_work.StopReasonBrief) -> Talk[hot_work.Reason]:
    """Why a job was stopped, asked after it was."""
    usual = (Say("permit-stop-gas"), Say("permit-stop-guardian"), Say("permit-stop-sparks"))
    why = yield from Suggested(
        key="why",
        ask=Say("permit-stop-why", number=brief.number),
        hint=Say("permit-stop-hint"),
        nothing=Say("permit-stop-later"),
        # The reason stands on the permit, which is in Chinese whoever gives it.
        suggestions=tuple(render(words, CHINESE) for words in usual),
        limit=REASON_LIMIT,
    )
    return hot_work.Reason("stop", why)


def arrive(brief: hot_work.ArrivalBrief) -> Talk[hot_work.OnSite]:
    """The guardian has come, and looks at the measures."""
    photos = yield from Photo(
        key="photo",
        ask=Say("permit-arrive", number=brief.number, place=brief.place),
        hint=Say("permit-arrive-hint"),
        nothing=Say("permit-arrive-no-photo"),
    )
    return hot_work.OnSite(photos, (yield from on_site(brief)))


def measures(brief: hot_work.MeasuresBrief) -> Talk[hot_work.SiteCheck | None]:
    """The guardian or the leader looks at the measures on site."""
    return (yield from on_site(brief))


def look(brief: hot_work.LookBrief) -> Talk[hot_work.Looked]:
    """A look of the fire watch."""
    seen = yield from Choice(
        key="seen",
        ask=Say("permit-look", number=brief.number, place=brief.place),
        hint=Say("permit-look-hint"),
        choices=(Option(CLEAR, Say("permit-look-clear")), Option(FIRE, Say("permit-look-fire"))),
    )
    return hot_work.Looked(seen == CLEAR)


def accept(brief: hot_work.AcceptanceBrief) -> Talk[hot_work.Accepted]:
    """完工验收. A place that is not safe is not accepted, so it needs no photo."""
    found = yield from Choice(
        key="result",
        ask=Say("permit-accept", number=brief.number, place=brief.place),
        label=Say("permit-accept-label"),
        hint=Say("permit-accept-hint"),
        choices=(Option(SAFE, Say("permit-accept-safe")), Option(UNSAFE, Say("permit-accept-unsafe"))),
    )
    if found == UNSAFE:
        return hot_work.Accepted(safe=False, photos=())
    photos = yield from Photo(
        key="photo",
        ask=Say("permit-accept-photo"),
        label=Say("permit-photo-label"),
    )
    return hot_work.Accepted(safe=True, photos=photos)
