"""First round (首轮自查自改), 三(一)1 and 四(二)1: the ledger's figures, the platform, the signed commitment."""

from bot.dialogs.confirming import confirmation
from campaign.talks.dossiers import FirstRound, FirstRoundBrief, LedgerFigures, ToLedger
from talk.conversation import Talk
from talk.messages import FileRef
from talk.questions import Day, Photo, Question, YesNo
from talk.texts import Say

STEPS = 2

SIGNED = "signed/"
"""How the key of the question for the photo of the signed page begins: whoever is asked it needs the page."""


Result = FirstRound | ToLedger


def first_round(brief: FirstRoundBrief) -> Talk[Result]:
    """Whether the ledger is right; then the day, the city's platform, and the photo of the signed page."""
    figures = brief.ledger
    # Other figures are another report: they are looked at anew, and signed anew.
    told = f"{figures.found}-{figures.rectified}-{figures.left}"
    right = yield from _figures(f"figures/{told}", figures)
    if not right:
        return ToLedger()
    yield from Day(
        key="day",
        ask=Say("first-round-day"),
        label=Say("first-round-day-label"),
        hint=Say("first-round-day-hint"),
        first=brief.first,
        last=brief.last,
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
    page: tuple[FileRef, ...] = ()
    if brief.signed_page:
        # A hazard that reads otherwise than it was printed is signed anew, too.
        printed = "/".join(filter(None, (told, figures.digest)))
        page = yield from Photo(
            key=f"{SIGNED}{printed}",
            ask=Say("first-round-signed"),
            label=Say("first-round-signed-label"),
            hint=Say("first-round-signed-hint"),
        )
    yield from confirmation(brief)
    return FirstRound(in_platform, page)


def _figures(key: str, figures: LedgerFigures) -> Question[bool]:
    if not figures.found:
        return YesNo(
            key=key,
            ask=Say("first-round-none"),
            label=Say("first-round-none-label"),
            yes=Say("first-round-none-yes"),
            no=Say("first-round-none-no"),
        )
    found, rectified, left = figures.found, figures.rectified, figures.left
    return YesNo(
        key=key,
        ask=Say("first-round-figures", found=found, rectified=rectified, left=left),
        label=Say("first-round-figures-label", found=found, rectified=rectified, left=left),
        hint=Say("first-round-figures-hint"),
        yes=Say("first-round-figures-yes"),
        no=Say("first-round-figures-no"),
    )
