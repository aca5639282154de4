"""What a department does with a hazard: 复查, 销号, 回头看, 挂牌, or judging that it is not major."""

from datetime import date

from bot.dialogs.hazards import PLACE_LIMIT
from campaign.hazards import Act, Decision, Listing
from talk.conversation import Brief, Talk
from talk.questions import Confirm, Day, Photo, Text
from talk.texts import Say


def decide(brief: Brief) -> Talk[Decision]:
    """The brief gives the hazard's number and place, its enterprise's name, and the act. What goes back to the
    enterprise needs a sentence.
    """
    act: Act = brief["act"]
    needed = act in ("failed", "reopen", "not_major")
    remark = yield from Text(
        key="remark",
        ask=Say("decide-remark", act=act, number=brief["number"], place=brief["place"]),
        label=Say("decide-remark-label", act=act),
        nothing=None if needed else Say("hazard-remark-none"),
    )
    photos = yield from Photo(
        key="photos",
        ask=Say("photo-ask"),
        label=Say("photo-label"),
        on_request=Say("photo-attach"),
        nothing=Say("photo-none"),
    )
    yield from Confirm(key="confirm", ask=Say("decide-confirm", act=act, number=brief["number"], name=brief["name"]))
    return Decision(act, remark, photos)


def listing(brief: Brief) -> Talk[Listing]:
    """挂牌督办. The brief gives the hazard's number, its enterprise's name, who usually lists, the first day of
    the year, today, and the latest day of a deadline.
    """
    by = yield from Text(key="by", ask=Say("listing-by"), label=Say("listing-by-label"), limit=PLACE_LIMIT, step=(1, 4))
    number = yield from Text(
        key="number",
        ask=Say("listing-number"),
        label=Say("listing-number-label"),
        hint=Say("listing-number-hint"),
        limit=PLACE_LIMIT,
        step=(2, 4),
    )
    today = date.fromisoformat(brief["today"])
    day = yield from Day(
        key="day",
        ask=Say("listing-day"),
        label=Say("listing-day-label"),
        first=date.fromisoformat(brief["earliest"]),
        last=today,
        past=True,
        step=(3, 4),
    )
    deadline = yield from Day(
        key="deadline",
        ask=Say("listing-deadline"),
        label=Say("listing-deadline-label"),
        hint=Say("plan-deadline-hint", example=date.fromisoformat(brief["example"])),
        first=today,
        last=date.fromisoformat(brief["latest"]),
        future=True,
        step=(4, 4),
    )
    yield from Confirm(key="confirm", ask=Say("listing-confirm", number=brief["number"], name=brief["name"]))
    return Listing(by, number, day, deadline)


def which(brief: Brief) -> Talk[str]:
    """In which enterprise a department found a hazard: its code, or a piece of its name. The brief is empty."""
    del brief
    return (yield from Text(key="which", ask=Say("which-ask"), hint=Say("which-hint"), limit=PLACE_LIMIT))
