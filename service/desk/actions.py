"""What can be started at the desk of staff: who owes what (/district), nudges, lists and exports, what waits."""

from dataclasses import dataclass
from typing import Final

from campaign.duties import DutyStanding
from campaign.identity import CodeFault, code_fault, normalise_code
from talk.actions import MAYBE, PAGE, PLACE, WORD, Arg, Command, Listener, action


@dataclass(frozen=True, slots=True)
class DutyOfPlace:
    """A duty in a period, of a place by its number among the districts of the pack (None: of the city)."""

    obligation: str
    period: str
    place: int | None = None

    @classmethod
    def read(cls, text: str) -> "DutyOfPlace":
        """The duty out of `obligation|period|place`."""
        obligation, period, place = text.split("|")
        return cls(obligation, period, PLACE.read(place))

    def written(self) -> str:
        """The duty as a button carries it."""
        return "|".join((self.obligation, self.period, PLACE.write(self.place)))


@dataclass(frozen=True, slots=True)
class Alike:
    """The enterprises of a place that stand alike with a duty."""

    standing: DutyStanding
    duty: DutyOfPlace

    @classmethod
    def read(cls, text: str) -> "Alike":
        """These out of `standing|obligation|period|place`."""
        standing, _, duty = text.partition("|")
        return cls(DutyStanding(standing), DutyOfPlace.read(duty))

    def written(self) -> str:
        """These as a button carries them."""
        return f"{self.standing}|{self.duty.written()}"


_DUTY: Final = Arg(DutyOfPlace.read, DutyOfPlace.written)
_ALIKE: Final = Arg(Alike.read, Alike.written)

DISTRICT_COMMAND: Final = Command("district")
ENTERPRISE_CODE: Final = Listener(
    lambda inbound: not inbound.files and code_fault(normalise_code(inbound.text)) in (None, CodeFault.CHECK),
    before_questions=False,
)
"""The code of an enterprise alone, also one whose check character is wrong: such codes stand on real licences."""

DISTRICT: Final = action("district")
"""How one's own place stands."""
CITY: Final = action("city", PAGE)
"""The city, district by district."""
DUTIES: Final = action("owes", PLACE, PAGE)
"""The duties of a place."""
DUTY: Final = action("progress", _DUTY)
"""Who stands where with a duty of a place."""
ENTERPRISES: Final = action("owed", _ALIKE, PAGE)
"""The enterprises that stand alike with a duty."""
OWN_DUTIES: Final = action("own-duties", PAGE)
"""What the districts owe themselves; for the city."""
OWN_DUTY: Final = action("own-duty", _DUTY, PAGE)
"""Which districts have answered one of their own duties."""

EXPORTS: Final = action("owes-tools", PLACE)
"""名单和导出 of a place."""
PHONE_LIST: Final = action("owes-phones", PLACE)
"""电话名单."""
WORKBOOK: Final = action("owes-export", PLACE)
"""导出表格."""
GROUP_TEXT: Final = action("owes-group", PLACE)
"""复制到工作群."""
UNREACHED: Final = action("unreached", PLACE, PAGE)
"""联系不上."""

ENTERPRISE: Final = action("firm", WORD)
"""The card of an enterprise, by its code."""
ENTERPRISE_DUTIES: Final = action("firm-duties", WORD, PAGE)
"""全部任务 of an enterprise."""
ENTERPRISE_HAZARDS: Final = action("firm-hazards", WORD, PAGE)
"""重大隐患 of an enterprise."""

NUDGE: Final = action("nudge", _DUTY)
"""催办 everybody in a place who owes a duty."""
NUDGE_ENTERPRISE: Final = action("nudge-firm", WORD)
"""催办 the people of an enterprise."""
NUDGE_DISTRICTS: Final = action("nudge-own", _DUTY)
"""催办 the districts that owe one of their own duties."""

WAITING: Final = action("waiting", MAYBE, MAYBE)
"""待您处理: a page of the list, or one thing by its kind (`service.desk.waiting`) and its number."""
