"""What a department does with a hazard: 复查, 销号, 回头看, 挂牌, or judging that it is not major."""

from collections.abc import Sequence
from typing import Final

from bot.dialogs.hazards import NAME_LIMIT, deadline_day
from bot.dialogs.picking import PickedCriterion, pick_criterion
from bot.dialogs.written import DocumentNumber, Names, Note, names_apart
from campaign.hazards import Decision, Listing
from campaign.talks.hazards import HazardDecisionBrief, HazardListingBrief, InLedger, WhichEnterpriseBrief
from talk.conversation import Talk
from talk.list_questions import ListChoice, numbered
from talk.questions import Confirm, Day, Photo, Text
from talk.texts import Numbered, Say

MOST_NAMES: Final = 10
"""Of those who looked."""
LOOKED: Final = ("passed", "failed", "close", "look_back")
"""What is decided on a look at the place or its papers, which somebody answers for by name."""


def decide(brief: HazardDecisionBrief) -> Talk[Decision]:
    """A decision, by whom, and what it rests on: closure without a word proves nothing. What is to be rectified again
    gets a new deadline.
    """
    picked = PickedCriterion(None, device_failed=False)
    if brief.act == "major":
        picked = yield from pick_criterion(brief.criteria, sure=True)
    into = (yield from _which_goes_on(brief.others)) if brief.act == "merge" else None
    by: tuple[str, ...] = ()
    if brief.me and brief.act in LOOKED:
        named = yield from Names(
            key="by",
            ask=Say("decide-by", act=brief.act, number=brief.number, place=brief.place),
            label=Say("decide-by-label", act=brief.act),
            hint=Say("decide-by-hint"),
            limit=NAME_LIMIT * MOST_NAMES,
            me=brief.me,
        )
        by = names_apart(named)
    ask = Say("decide-remark", act=brief.act, number=brief.number, place=brief.place)
    label = Say("decide-remark-label", act=brief.act)
    if brief.me and brief.act != "lift":
        remark = yield from Note(key="remark", ask=ask, label=label, example=Say("decide-example", act=brief.act))
    else:
        # As it was asked before, and still of a listing that is lifted: its document was named when it was listed.
        needed = brief.act in ("failed", "reopen", "not_major")
        remark = yield from Text(
            key="remark", ask=ask, label=label, nothing=None if needed else Say("hazard-remark-none")
        )
    deadline = None
    if brief.days is not None:
        until = Say("decide-deadline", number=brief.number)
        deadline = yield from deadline_day("deadline", brief.days, until, Say("plan-deadline-label"))
    photos = yield from Photo(
        key="photos",
        documents=True,
        ask=Say("photo-ask"),
        label=Say("photo-label"),
        on_request=Say("photo-attach"),
        nothing=Say("photo-none"),
    )
    yield from Confirm(key="confirm", ask=Say("decide-confirm", act=brief.act, number=brief.number, name=brief.name))
    return Decision(brief.act, remark, photos, by, deadline, picked.criterion, picked.device_failed, into)


def _which_goes_on(others: Sequence[InLedger]) -> Talk[int]:
    lines = numbered(
        (str(other.number), Say("hazard-entry-own", number=other.number, place=other.place)) for other in others
    )
    picked = yield from ListChoice(
        key="into",
        ask=Say("decide-into"),
        label=Say("decide-into-label"),
        hint=Say("pick-listed", lines=Numbered(tuple(line.label for line in lines))),
        choices=lines,
        accepted=Say("pick-accepts-sure", last=len(lines)),
        unlisted=Say("pick-not-known", last=len(lines)),
    )
    return int(picked)


def listing(brief: HazardListingBrief) -> Talk[Listing]:
    """挂牌督办: by whom, by which document, on which day, until when."""
    by = yield from Text(key="by", ask=Say("listing-by"), label=Say("listing-by-label"), limit=NAME_LIMIT, step=(1, 4))
    number = yield from DocumentNumber(
        key="number",
        ask=Say("listing-number"),
        label=Say("listing-number-label"),
        hint=Say("listing-number-hint"),
        limit=NAME_LIMIT,
        step=(2, 4),
    )
    day = yield from Day(
        key="day",
        ask=Say("listing-day"),
        label=Say("listing-day-label"),
        first=brief.earliest,
        last=brief.asked_on,
        past=True,
        step=(3, 4),
    )
    deadline = yield from deadline_day(
        "deadline", brief, Say("listing-deadline"), Say("listing-deadline-label"), step=(4, 4)
    )
    ask = Say("listing-confirm", number=brief.number, name=brief.name)
    if brief.deadline is not None and deadline < brief.deadline:
        ask = Say("listing-confirm-clash", number=brief.number, name=brief.name, deadline=brief.deadline)
    yield from Confirm(key="confirm", ask=ask)
    return Listing(by, number, day, deadline)


def which(brief: WhichEnterpriseBrief) -> Talk[str]:
    """In which enterprise a department found a hazard: its code, or a piece of its name."""
    del brief
    return (yield from Text(key="which", ask=Say("which-ask"), hint=Say("which-hint"), limit=NAME_LIMIT))
