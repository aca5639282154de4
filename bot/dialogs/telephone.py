"""A telephone number of an enterprise is corrected by staff: whose it is, and the number."""

from dataclasses import dataclass
from datetime import datetime

from campaign.roles import CALLED, FIRM, PRINCIPAL
from campaign.talks.registry import TelephoneBrief, TelephoneGiven
from talk.conversation import Talk
from talk.numbers import telephone_at_home
from talk.questions import Choice, Hint, Option, Text
from talk.texts import Phrase, Say


@dataclass(frozen=True, kw_only=True)
class Telephone(Text):
    """A number as it is dialled in the country, or that there is none any more."""

    def read(self, text: str, at: datetime) -> str | Hint:
        said = super().read(text, at)
        return said if isinstance(said, Hint) or not said else telephone_at_home(said) or self.refusal(text)

    def samples(self) -> tuple[str, ...]:
        return ("024-00000000", "") if self.nothing is not None else ("024-00000000",)

    def accepts(self) -> Say:
        return Say("accepts-phone")


def correct(brief: TelephoneBrief) -> Talk[TelephoneGiven]:
    """Ask whose number it is, and for the number; it is shown in no confirmation, and kept in no answer."""
    whose = yield from Choice(
        key="whose",
        ask=Say("telephone-ask-whose", place=brief.place),
        label=Say("telephone-whose-label"),
        choices=tuple(Option(one, Say("telephone-whose", whose=one)) for one in CALLED),
    )
    number = yield from Telephone(
        key="number",
        ask=Say("telephone-ask", place=brief.place, whose=_called(brief, whose)),
        label=Say("telephone-label"),
        hint=Say("accepts-phone"),
        nothing=Say("telephone-none") if whose in brief.held else None,
    )
    return TelephoneGiven(whose, number)


def _called(brief: TelephoneBrief, whose: str) -> Phrase:
    if whose == FIRM:
        return Say("telephone-of-firm")
    name = brief.principal if whose == PRINCIPAL else brief.officer
    return Say("telephone-of", role=Say("role", role=whose), name=name)
