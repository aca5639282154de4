"""Duties as typed forms: the questions of a duty as data of the pack, so that a bureau changes them without code.

A form is asked by `bot/dialogs/form.py`. A conversation keeps a copy of its form, so what was begun or answered under
an older one stays readable, in the words then shown.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from typing import Annotated, Any, Final, Literal, Self, get_args

from pydantic import (
    AfterValidator,
    Field,
    NonNegativeInt,
    PlainSerializer,
    PlainValidator,
    PositiveInt,
    StringConstraints,
    ValidationInfo,
    model_validator,
)
from pydantic_core import PydanticCustomError

from campaign import talks
from campaign.admissions import Admission, Admits, admitted
from campaign.conditions import KEY, KIND, Earlier, OnlyIf
from campaign.fields import Id, Known, Name, Part, Text, defines, known
from campaign.notation import Mark, OnDate, on_date
from campaign.periods import first_of_whole, named
from campaign.unmet import JUDGED, JUDGED_KEY, JUDGED_OPTION, Judgement, Measure, Unmet
from talk.asking import TEXT_LIMIT
from talk.texts import Words

OPTION: Final = "option of a question"
RESERVED: Final = frozenset({"present", "photos", "confirm"})
"""Keys of what the dialog asks around a form."""
SHORTEST_LABEL: Final = 2
LONGEST_LABEL: Final = 7
"""Characters of a button."""
MOST_OPTIONS: Final = 5
MOST_PICKS: Final = 4
"""Buttons of a choice, and of several choices: 完成 stands beside those, 上一步 beside both."""
CLOSED_WITHIN: Final = timedelta(days=366)
"""So long after its period something may still be done that closes it."""
KnownNumber = Literal["enterprises", "supervised", "municipal", "to-train", "trained", "to-check", "checked"]
"""What is counted of a district and can be proposed: its enterprises, those of them with a supervising department on
record, those that the city supervises itself; people to be trained on the criteria, and trained; enterprises with
places of greater danger, and those of them that were checked.
"""
COUNTED: Final = get_args(KnownNumber)


def _define_key(key: str, info: ValidationInfo) -> str:
    if key in RESERVED:
        raise PydanticCustomError("reserved", "taken by the dialog itself", {"name": key})
    known(info).define(KEY, key)
    return key


def _define_form(name: str, info: ValidationInfo) -> str:
    if name in talks.duty_forms():
        raise PydanticCustomError("repeated", "a dialog in code", {"name": name})
    known(info).define("form", name)
    return name


def _on_a_button(label: Words) -> Words:
    if not SHORTEST_LABEL <= len(label.zh) <= LONGEST_LABEL:
        raise PydanticCustomError("button", "does not fit on a button", {"label": label.zh})
    return label


def _since(value: object, info: ValidationInfo) -> OnDate | Literal["period"]:
    if value == "period":
        return "period"
    if value == "campaign":
        # A copy that a conversation keeps has the day instead.
        return OnDate(known(info).start or date.min, Mark.DERIVED)
    return on_date(value)


def _day_and_mark(day: OnDate | Literal["period"]) -> str:
    return day if isinstance(day, str) else f"{day.day.isoformat()} [{day.mark}]"


Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$"), AfterValidator(_define_key)]
"""The name under which an answer is kept; once in use it stays."""
Label = Annotated[Text, AfterValidator(_on_a_button)]
Since = Annotated[OnDate | Literal["period"], PlainValidator(_since), PlainSerializer(_day_and_mark)]
"""A day; `campaign`, its first; `period`, the first of the whole month, quarter, half-year or year, also where the
campaign begins in the midst of it.
"""


class FormOption(Part):
    """A button of a choice."""

    id: Annotated[Id, defines(OPTION)]
    label: Label


class Ask(Part):
    """What every question of a form has.

    `ask` and `hint` may name {title}, the duty's, and {employees}, the registry's number. `by: principal`: what
    turns on 亲自 or 带队 is asked of the principal alone. `rev` rises with a new meaning; older answers are then
    asked for again. `unmet`: which answers do not meet the clause; what is judged by is the pack's form of the day, and
    no stored copy carries it. `admits`: which answers admit a criterion of major hazards, which the ledger then wants.
    """

    key: Key
    ask: Text
    label: Text
    hint: Text | None = None
    only_if: OnlyIf | None = None
    by: Literal["principal"] | None = None
    rev: PositiveInt = 1
    unmet: Annotated[tuple[Unmet, ...], Field(exclude=True)] = ()
    admits: tuple[Admits, ...] = ()

    @property
    def needs(self) -> frozenset[str]:
        """The keys of the earlier questions on which this one depends."""
        return frozenset() if self.only_if is None else frozenset({self.only_if.key})

    @model_validator(mode="before")
    @classmethod
    def _begin_judging(cls, data: Any, info: ValidationInfo) -> Any:
        if isinstance(data, Mapping):
            there, options = known(info).names, data.get("options")
            there[JUDGED], there[JUDGED_KEY] = {str(data.get("kind"))}, {str(data.get("key"))}
            given = options if isinstance(options, list) else ()
            there[JUDGED_OPTION] = {str(option.get("id")) for option in given if isinstance(option, Mapping)}
        return data

    @model_validator(mode="after")
    def _remember_kind(self, info: ValidationInfo) -> Self:
        known(info).names[f"{KIND}{self.key}"] = {str(getattr(self, "kind", ""))}
        return self


class YesNoAsk(Ask):
    """Yes or no, in words of one's own."""

    kind: Literal["yes-no"]
    yes: Text | None = None
    no: Text | None = None


class _Optioned(Ask):
    @model_validator(mode="before")
    @classmethod
    def _begin(cls, data: Any, info: ValidationInfo) -> Any:
        known(info).names[OPTION].clear()
        return data

    @model_validator(mode="after")
    def _remember_options(self, info: ValidationInfo) -> Self:
        known(info).names[f"options of {self.key}"] = set(known(info).names[OPTION])
        return self


class ChoiceAsk(_Optioned):
    """One of several. `same`: what was answered last time comes first."""

    kind: Literal["choice"]
    options: Annotated[tuple[FormOption, ...], Field(min_length=2, max_length=MOST_OPTIONS)]
    same: Literal["last-answer"] | None = None


class ChoicesAsk(_Optioned):
    """Any of several, with `free` also words of one's own of at most `limit` characters. `nothing` is the word of the
    button that says it is none of them. `tags`: the options are tags of the pack, and staff decide where the registry
    says otherwise.
    """

    kind: Literal["choices"]
    options: Annotated[tuple[FormOption, ...], Field(min_length=1, max_length=MOST_PICKS)]
    free: bool = False
    limit: PositiveInt = TEXT_LIMIT
    nothing: Label | None = None
    tags: Annotated[bool, Field(exclude=True)] = False

    @model_validator(mode="after")
    def _are_tags(self, info: ValidationInfo) -> Self:
        there = known(info).names["tag"]
        for option in self.options if self.tags else ():
            if option.id not in there:
                raise PydanticCustomError("unknown", "no tag", {"given": option.id, "known": "、".join(sorted(there))})
        return self


class CountAsk(Ask):
    """A number of things, shown with its `unit`. `nothing` is the word of a button for 0; `at_most` names an earlier
    number that this one cannot exceed; `same` offers last time's number, the registry's of employees, or what is
    counted of a district. `as_counted`: no other number than that is taken, since the records behind it are the only
    store; who knows better records it there. `hazards`: it counts major hazards, which are then reported into the
    ledger one by one.
    """

    kind: Literal["count"]
    unit: Text
    nothing: Label | None = None
    minimum: NonNegativeInt = 0
    maximum: NonNegativeInt = 1_000_000
    at_most: Earlier | None = None
    same: Literal["last-answer", "employees"] | KnownNumber | None = None
    as_counted: bool = False
    hazards: bool = False

    @property
    def needs(self) -> frozenset[str]:
        """The number that limits this one, too."""
        return super().needs | ({self.at_most} if self.at_most else frozenset())

    @model_validator(mode="after")
    def _bounded(self, info: ValidationInfo) -> Self:
        if self.minimum > self.maximum or (self.nothing is not None and self.minimum):
            raise PydanticCustomError("bounds", "no number fits")
        if self.as_counted and self.same not in COUNTED:
            raise PydanticCustomError("as_counted", "not a number that is counted", {"known": "、".join(COUNTED)})
        if self.at_most is not None and known(info).names[f"{KIND}{self.at_most}"] not in (set(), {"count"}):
            raise PydanticCustomError("at_most", "not a number")
        return self


class AmountAsk(Ask):
    """Money in yuan."""

    kind: Literal["amount"]


class DayAsk(Ask):
    """A day of the duty's own, or `since` an earlier one (`in_period`: in that period only); not in the future unless
    `past` is false. `closing`: what is done when the period ends, on its last day or after it.
    """

    kind: Literal["day"]
    since: Since | None = None
    in_period: Name | None = None
    past: bool = True
    closing: bool = False

    def first(self, period: str, own: date) -> date:
        """The first day that counts, in a duty of this period that begins on its `own` day."""
        if self.since is None or self.in_period not in (None, period):
            return own
        return first_of_whole(period) or own if self.since == "period" else self.since.day

    def days(self, period: str, first: date, last: date) -> tuple[date, date]:
        """Between which days an answer may lie, in a duty of this period with its own first and last day."""
        return (last, last + CLOSED_WITHIN) if self.closing else (self.first(period, first), last)

    @model_validator(mode="after")
    def _exists(self, info: ValidationInfo) -> Self:
        campaign, phases = known(info).campaign, known(info).phases
        if campaign and self.in_period and self.in_period not in named(campaign, phases):
            raise PydanticCustomError("no_such_period", "no such period", {"period": self.in_period})
        return self


class TextAsk(Ask):
    """Words of one's own. `nothing` is the word of the button that says there are none; `same` offers last time's."""

    kind: Literal["text"]
    limit: PositiveInt = TEXT_LIMIT
    nothing: Label | None = None
    same: Literal["last-answer"] | None = None


class PhoneAsk(Ask):
    """A telephone number."""

    kind: Literal["phone"]


class PersonAsk(Ask):
    """The name of a person, or of several; a department or a post is none."""

    kind: Literal["person"]


class PhotoAsk(Ask):
    """Photos or files, asked for in turn; `nothing` is the word of the button that leads past it. `takes: photos`: what
    is no picture is refused. `evidence`: staff see where it is missing; without a `required` one the clause is not met.
    """

    kind: Literal["photo"]
    nothing: Label | None = None
    takes: Literal["photos", "files"] = "files"
    evidence: Annotated[Literal["required", "wanted"] | None, Field(exclude=True)] = None


Asked = Annotated[
    YesNoAsk | ChoiceAsk | ChoicesAsk | CountAsk | AmountAsk | DayAsk | TextAsk | PhoneAsk | PersonAsk | PhotoAsk,
    Field(discriminator="kind"),
]


class Form(Part):
    """The questions of a duty, in their order."""

    id: Annotated[Id, AfterValidator(_define_form)]
    fields: Annotated[tuple[Asked, ...], Field(min_length=1)]

    @classmethod
    def stored(cls, data: Mapping[str, Any]) -> Self:
        """A form out of `as_json`: the copy that a conversation keeps."""
        return cls.model_validate(data, context=Known())

    def as_json(self, without: AbstractSet[str] = frozenset()) -> dict[str, Any]:
        """The form as JSON; `without` are keys of questions that are not to be asked, nor what depends on them."""
        left = _dependent(self.fields, without)
        kept = self.model_copy(update={"fields": tuple(field for field in self.fields if field.key not in left)})
        return kept.model_dump(mode="json", by_alias=True, exclude_defaults=True)

    @property
    def judged(self) -> tuple[tuple[str, Unmet], ...]:
        """Which answers do not meet the clause, by the keys of their questions."""
        return tuple((field.key, condition) for field in self.fields for condition in field.unmet)

    @property
    def telling(self) -> tuple[tuple[str, Judgement], ...]:
        """Which answers tell anything of what is not as it should be, by the keys of their questions."""
        admits = ((field.key, condition) for field in self.fields for condition in field.admits)
        return (*self.judged, *admits)

    def admissions(self, values: Mapping[str, Any], measure: Measure) -> tuple[Admission, ...]:
        """Return what stored answers admit of major hazards: criterion by criterion, then so many of whichever."""
        conditions = [(field.key, condition) for field in self.fields for condition in field.admits]
        counted = [
            Admission(None, (field.label,), number)
            for field in self.fields
            if isinstance(field, CountAsk) and field.hazards and isinstance(number := values.get(field.key), int)
            if number
        ]
        return (*admitted(conditions, values, measure), *counted)

    @property
    def admitting(self) -> bool:
        """Whether any answer can admit a major hazard."""
        return bool(self.criteria) or self.counts_hazards

    @property
    def criteria(self) -> frozenset[str]:
        """The criteria of major hazards that an answer can admit."""
        return frozenset(condition.criterion for field in self.fields for condition in field.admits)

    @property
    def counts_hazards(self) -> bool:
        """Whether it is asked how many major hazards there are."""
        return any(isinstance(field, CountAsk) and field.hazards for field in self.fields)

    def missing(self, values: Mapping[str, Any], *, required: bool) -> tuple[Words, ...]:
        """Return the labels of the evidence that stored answers lack: of what is required, or of what is wanted."""
        wanted = "required" if required else "wanted"
        return tuple(
            field.label
            for field in self.fields
            if isinstance(field, PhotoAsk) and field.evidence == wanted and not values.get(field.key)
            if field.only_if is None or field.only_if.holds_stored(values.get(field.only_if.key))
        )

    def in_order(self, *, delegated: bool) -> tuple[Asked, ...]:
        """The questions as they are asked: what only the principal can answer comes last where another fills in."""
        own = _dependent(self.fields, {field.key for field in self.fields if field.by}) if delegated else set[str]()
        first = tuple(field for field in self.fields if field.key not in own)
        return (*first, *(field for field in self.fields if field.key in own))

    @model_validator(mode="before")
    @classmethod
    def _begin(cls, data: Any, info: ValidationInfo) -> Any:
        there = known(info).names
        for name in [name for name in there if name == KEY or name.startswith((KIND, "options of "))]:
            del there[name]
        return data

    @model_validator(mode="after")
    def _remember_questions(self, info: ValidationInfo) -> Self:
        for kind in ("yes-no", "day"):
            known(info).names[f"{kind} of {self.id}"] = {field.key for field in self.fields if field.kind == kind}
        return self


def _dependent(fields: Sequence[Asked], keys: AbstractSet[str]) -> set[str]:
    """These keys, and those of the questions that depend on them."""
    found = set(keys)
    for field in fields:
        if not field.needs.isdisjoint(found):
            found.add(field.key)
    return found
