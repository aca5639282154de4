"""The talks in which a duty is answered, explained, entered by phone or sent back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar, Final, Self, TypedDict

import msgspec

from talk.briefs import Brief
from talk.samples import sample_of
from talk.texts import Words


class DutyFacts(TypedDict):
    """What is known of every duty that is answered; the fields of `DutyBrief`."""

    title: Words
    demand: Words
    first: date
    last: date
    due: date | None
    enterprise: str | None
    delegated: bool
    overdue: bool
    principal_name: str
    presence: Words | None


class DutyBrief(Brief, frozen=True, kw_only=True):
    """A duty is answered."""

    SAMPLE: ClassVar[Mapping[str, Any]] = {
        "demand": Words("……"),
        "enterprise": None,
        "presence": Words("本企业有无外包外租？"),
    }

    title: Words
    demand: Words = Words("")
    """What is owed, in the words of the notice."""
    first: date
    """The first day that what is reported may lie on: that of the period, or of the campaign."""
    last: date
    due: date | None
    """The last day of the duty; None: it has no end."""
    enterprise: str | None
    """The code of the enterprise; None: the duty is a district's."""
    delegated: bool
    """Whether an officer fills in what the principal confirms."""
    overdue: bool = False
    principal_name: str
    """In whose name it is submitted."""
    presence: Words | None = None
    """The question whether the risk exists that the duty is about; None: it is not in doubt."""


class Raised(msgspec.Struct, frozen=True):
    """A problem raised in a dispatch before this one that is still open."""

    id: int
    text: str
    ask: bool
    """Whether it is time to ask what became of it."""


class DispatchBrief(DutyBrief, frozen=True, kw_only=True):
    """The principal says how the month's dispatch went."""

    talk = "monthly-dispatch"
    SAMPLE: ClassVar[Mapping[str, Any]] = {"raised": (Raised(7, "…", ask=True),)}

    previous: Mapping[str, str] = msgspec.field(default_factory=dict)
    """The `form` of the dispatch before this one; in older briefs also the words of its `problems`."""
    raised: tuple[Raised, ...] | None = None
    """None: an older brief, in which `previous` has the problems."""


class PlainBrief(DutyBrief, frozen=True, kw_only=True):
    """A duty is answered by the plain form: day, note, photo."""

    talk = "plain-report"


class DeniedBefore(msgspec.Struct, frozen=True):
    """What the self-check did not find: a criterion, with its fact in short, or (None) any major hazard."""

    check: Words
    """The title of the self-check."""
    criterion: str | None
    fact: Words
    there: int = 0
    """Hazards of the ledger that an answer may mean; of a criterion that is denied there is none."""
    explained: tuple[str, ...] = ()
    """What the sentence of the self-check is about, where it was asked for one: that is not asked about again."""

    def is_explained(self, said: Iterable[Words], number: int) -> bool:
        """Return whether the self-check said already why it did not find what was said to be there."""
        told = {words.zh for words in said} | (set() if self.criterion else {str(number)})
        return told.issubset(self.explained)


class FormBrief(DutyBrief, frozen=True, kw_only=True):
    """A duty is answered by a form of the pack."""

    talk = "form"
    SAMPLE: ClassVar[Mapping[str, Any]] = {
        "form": {
            "id": "sample",
            "fields": [
                {"kind": "day", "key": "day", "ask": {"zh": "{title}是哪天？"}, "label": {"zh": "日期"}},
                {"kind": "text", "key": "note", "ask": {"zh": "情况如何？"}, "label": {"zh": "情况"}},
            ],
        },
    }

    form: dict[str, Any]
    """A copy of the form (`campaign.forms.Form.as_json`), so that a change of the pack changes no running talk."""
    period: str
    employees: int | None
    """By the registry; None: not known."""
    usual: dict[str, int | str]
    """By the keys of its questions the numbers and words that are proposed: last time's, or known ones."""
    denied: tuple[DeniedBefore, ...] = ()
    """What the form can admit and the self-check denied; nothing in a talk that was begun before it was compared."""


PLAIN_FORM: Final = "plain"
"""The word of a pack for the plain form."""
DUTY_FORMS: Final = (DispatchBrief.talk, PLAIN_FORM)
JUDGED: Final = {DispatchBrief.talk: {"in_person": "yes-no", "day": "day"}, PLAIN_FORM: {"day": "day"}}


class PlanDays(msgspec.Struct, frozen=True):
    """Between which days a district may plan what it has not done."""

    first: date = msgspec.field(name="today")
    """The day on which it is asked."""
    last: date = msgspec.field(name="latest")


class ExplainBrief(Brief, frozen=True, kw_only=True):
    """说明情况: why a duty is not done."""

    talk = "explain"

    title: Words
    first: date
    """The first day that a standstill may name."""
    last: date
    district: PlanDays | None = None
    """Of a district's duty, whose reason is told in words; None: an enterprise's."""
    asked_on: date | None = None
    """The day on which it is asked. None: of before a standstill could be from before the campaign, or be open."""


class OwnPromise(msgspec.Struct, frozen=True):
    """A duty whose answer does not meet the clause, and why."""

    duty: int
    conversation: int | None
    """The answer; another one is judged anew."""
    title: Words
    why: tuple[Words, ...]


class PromiseBrief(Brief, frozen=True, kw_only=True):
    """It is asked by which day will be met what answers do not meet."""

    talk = "promise"
    SAMPLE: ClassVar[Mapping[str, Any]] = {"unmet": (OwnPromise(7, 7, Words("……"), (Words("……"),)),)}

    unmet: tuple[OwnPromise, ...]
    first: date
    """The day on which it is asked; nobody promises for a day before it."""
    last: date
    due: date | None
    """The earliest last day of these duties that is still to come."""
    by_phone: bool = False
    """Whether staff ask it of somebody on the telephone."""


class ReturnBrief(Brief, frozen=True, kw_only=True):
    """退回补正: staff give an answer back, with one question."""

    talk = "return"

    duty: int
    conversation: int
    """The answer that they saw; another one is not returned."""
    title: Words
    place: str


class GiveBackBrief(Brief, frozen=True, kw_only=True):
    """The principal sends one answer back to the officer who gave it."""

    talk = "give-back"

    conversation: int
    key: str
    """Of the question whose answer is wrong."""
    label: str


class ByPhoneBrief(Brief, frozen=True, kw_only=True):
    """电话代录: staff enter what was answered by phone. It is stored as one mapping with the brief of the duty's own
    talk.
    """

    talk = "by-phone"
    SAID: ClassVar[str] = "phone/"
    """How the keys begin of what only a call knows: who answered and when, and what the principal alone can say. His
    own word on that is another answer, under the duty's own key.
    """

    own: Mapping[str, Any] = msgspec.field(default_factory=dict)
    """The stored brief of the duty's own talk."""
    dialog: str
    """The name of that talk."""
    duty: int
    corrects: int | None = None
    """The conversation whose answers by phone are entered anew."""
    title: Words
    place: str
    """The name of the enterprise."""
    names: tuple[str, ...]
    """Its people who may have answered."""
    principal_name: str
    call_first: date
    """The first day on which the call may have been."""
    call_last: date

    def as_json(self) -> dict[str, Any]:
        """Both briefs in one."""
        stored = super().as_json()
        return {**stored.pop("own"), **stored}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """As in `Brief`; `own` holds the fields of both, of which its own class reads what it knows."""
        return super().from_json({**stored, "own": stored})

    @classmethod
    def sample(cls) -> Self:
        """A dispatch by phone."""
        call = sample_of(cls, own=DispatchBrief.sample().as_json(), dialog=DispatchBrief.talk)
        return cls.from_json(call.as_json())


@dataclass(frozen=True, slots=True)
class Reported:
    """A duty is done, or (`present` False) what it is about does not exist in the enterprise."""

    present: bool


@dataclass(frozen=True, slots=True)
class Filled(Reported):
    """The same by a form of the pack."""

    values: Mapping[str, Any] = field(default_factory=dict)
    """The answers by the keys of the form's questions, as its questions read them."""


@dataclass(frozen=True, slots=True)
class Dispatched:
    """The month's dispatch took place and is confirmed."""

    solved: Mapping[int, bool] = field(default_factory=dict)
    """What became of the problems raised before that were asked about, by their numbers."""
    problems: str = ""
    """The problems it raises, in words."""


@dataclass(frozen=True, slots=True)
class PlannedFor:
    """Not yet: the duty stays open, and its people are reminded on this day."""

    day: date


@dataclass(frozen=True, slots=True)
class Promised:
    """It will be met by this day."""

    day: date


@dataclass(frozen=True, slots=True)
class ToExplain:
    """Not at all for now: the principal wants to explain the situation (说明情况)."""


@dataclass(frozen=True, slots=True)
class Explained:
    """The reason, for staff to accept or return."""

    reason: str


@dataclass(frozen=True, slots=True)
class Taken:
    """Who answered by phone, on which day, and what came of the duty's own dialog."""

    who: str
    day: date
    result: object
