"""First round (首轮自查自改), 三(一)1 and 四(二)1: the ledger's figures, the platform, the signed commitment."""

from dataclasses import dataclass
from datetime import date

from bot.dialogs.confirming import confirmation
from talk.conversation import Brief, Talk
from talk.questions import Day, Photo, Question, YesNo
from talk.texts import Say

STEPS = 2

SIGNED = "signed/"
"""How the key of the question for the photo of the signed page begins: whoever is asked it needs the page."""


@dataclass(frozen=True, slots=True)
class FirstRound:
    """The first round is reported."""

    in_platform: bool
    """Whether it was entered in the city's platform (双控系统) already."""


@dataclass(frozen=True, slots=True)
class ToLedger:
    """The ledger does not hold what is so: it is brought up to date before anything is reported."""


Result = FirstRound | ToLedger


def first_round(brief: Brief) -> Talk[Result]:
    """The brief gives, beside the duty, how many hazards the ledger holds as found, rectified and left, and whether
    the photo of the signed page completes the duty.
    """
    figures = brief["ledger"]
    # Other figures are another report: they are looked at anew, and signed anew.
    told = f"{figures['found']}-{figures['rectified']}-{figures['left']}"
    right = yield from _figures(
        f"figures/{told}", found=figures["found"], rectified=figures["rectified"], left=figures["left"]
    )
    if not right:
        return ToLedger()
    first, last = date.fromisoformat(brief["first"]), date.fromisoformat(brief["last"])
    yield from Day(
        key="day",
        ask=Say("first-round-day"),
        label=Say("first-round-day-label"),
        hint=Say("first-round-day-hint"),
        first=first,
        last=last,
        past=True,
        step=(1, STEPS),
    )
    in_platform = yield from YesNo(
        key="platform",
        ask=Say("first-round-platform"),
        label=Say("first-round-platform-label"),
        hint=Say("first-round-platform-hint"),
        yes=Say("first-round-platform-yes"),
        no=Say("first-round-platform-no"),
        step=(2, STEPS),
    )
    if brief["signed_page"]:
        yield from Photo(
            key=f"{SIGNED}{told}",
            ask=Say("first-round-signed"),
            label=Say("first-round-signed-label"),
            hint=Say("first-round-signed-hint"),
        )
    yield from confirmation(brief)
    return FirstRound(in_platform)


def _figures(key: str, *, found: int, rectified: int, left: int) -> Question[bool]:
    if not found:
        return YesNo(
            key=key,
            ask=Say("first-round-none"),
            label=Say("first-round-none-label"),
            yes=Say("first-round-none-yes"),
            no=Say("first-round-none-no"),
        )
    return YesNo(
        key=key,
        ask=Say("first-round-figures", found=found, rectified=rectified, left=left),
        label=Say("first-round-figures-label", found=found, rectified=rectified, left=left),
        hint=Say("first-round-figures-hint"),
        yes=Say("first-round-figures-yes"),
        no=Say("first-round-figures-no"),
    )
