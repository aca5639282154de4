"""What a notice asks of whom: an obligation with its clause, its variants, and how its days follow."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Final, Literal, Self

from pydantic import AfterValidator, Field, PositiveInt, StringConstraints, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from campaign import talks
from campaign.anchors import DATED, AnchorRule
from campaign.conditions import KEY, KIND
from campaign.fields import Clause, Day, DueDay, Id, Name, OpensDay, Part, Text, defines, known, names
from campaign.notation import OnDate, Within
from campaign.periods import MOST_YEARS, Cadence, Period, bare, periods
from campaign.scope import EVERYBODY, Concerned, Matched, Scope, leaves_somebody
from campaign.unmet import JUDGED, JUDGED_KEY, Unmet
from campaign.validity import ALWAYS, Valid, cut

Owner = Literal["principal", "officer", "clerk", "city"]
Subject = Literal["enterprise", "municipal", "district", "city"]
"""On whom a duty lies; `municipal` are the enterprises that the city itself supervises, `city` is its own bureau."""
OF_BUREAUS: Final[frozenset[Subject]] = frozenset({"district", "city"})
Trigger = Literal["hazard-found", "hazard-open", "hot-job"]
"""The events that make a duty; time alone does not."""
Drafted = Literal["phase-report", "guidance-report", "summary", "evaluation"]
"""The reports of which a draft is made with the figures that are known."""

CRITERIA_CHECK: Final = "criteria-check"
"""The talk that goes through the criteria."""
_TALK = "talk of an obligation"
OWN: Final = "id of the obligation that is read"
_FULL_WIDTH_BRACKETS = str.maketrans("()", "（）")


def _form(name: str, info: ValidationInfo) -> str:
    forms = known(info).names["form"]
    in_code = talks.duty_forms()
    if name == CRITERIA_CHECK and not known(info).names["article"]:
        raise PydanticCustomError("no_standard", "nothing to check by")
    if name not in in_code and name not in forms:
        raise PydanticCustomError("unknown", "no such form", {"known": "、".join((*in_code, *sorted(forms)))})
    return name


def _own_id(name: str, info: ValidationInfo) -> str:
    known(info).names[OWN] = {name}
    return name


def _dates(keys: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
    there = known(info).names
    there[f"{DATED}{next(iter(there[OWN]), '')}"] = set(keys)
    return keys


class Presence(Part):
    """The first question where tags in a registry may be missing: 本企业有无……？ with the tag that it is about."""

    tag: Annotated[Id, names("tag")]
    ask: Text


class CountsAs(Part):
    """Another duty, of an obligation defined before, that the answer meets as well: when the principal says so in
    the form's yes-no question `asked`.
    """

    obligation: Annotated[Id, names("obligation")]
    period: Name
    asked: Name
    done_on: Name | None = None
    """The question for the day on which that other duty was done; None: not asked."""

    @model_validator(mode="after")
    def _exists(self, info: ValidationInfo) -> Self:
        periods = known(info).names.get(f"period of {self.obligation}")
        if periods is not None and self.period not in periods:
            raise PydanticCustomError("no_such_period", "never owed", {"period": self.period})
        return self


def _judged(key: str, info: ValidationInfo) -> str:
    there = known(info).names
    kinds = talks.judged(next(iter(there[_TALK]), ""))
    if key not in kinds:
        raise PydanticCustomError("unknown", "not judged", {"given": key, "known": "、".join(sorted(kinds))})
    there[JUDGED] = {kinds[key]}
    return key


class UnmetAnswer(Unmet):
    """An answer that does not meet the clause, in a talk that is in code, by the `key` of its question there."""

    key: Annotated[Name, AfterValidator(_judged)]


class Variant(Part):
    """Whom a duty concerns, how often, from when (None: as its period begins) and until when. `every`: one period of
    `yearly` has so many years (`3 years`).
    """

    scope: Scope = EVERYBODY
    cadence: Cadence
    every: Annotated[str, StringConstraints(pattern=rf"^[2-{MOST_YEARS}] years$")] | None = None
    phases: tuple[Annotated[PositiveInt, names("phase")], ...] = ()
    opens: OpensDay | None = None
    due: DueDay | None = None

    def periods(self, campaign: Period, phases: Sequence[Period]) -> tuple[Period, ...]:
        """Its periods in a campaign, in order."""
        wanted = {f"phase-{number}" for number in self.phases}
        years = 1 if self.every is None else int(self.every.split()[0])
        found = periods(self.cadence, campaign, [phase for phase in phases if bare(phase.name) in wanted], years)
        return tuple(period for period in found if not self._was_over(period, campaign))

    def _was_over(self, period: Period, campaign: Period) -> bool:
        """Whether a period is cut so that its day lies before what is left of it: the 31st of March in a campaign that
        begins in May.
        """
        due = None if isinstance(self.due, OnDate) else self.due_on(period)
        return due is not None and due < period.first == campaign.first

    def opens_on(self, period: Period) -> date:
        """The day on which it opens, at 00:00: never before its period begins."""
        return max(self.opens.on(period), period.first) if self.opens else period.first

    def due_on(self, period: Period) -> date | None:
        """Its last day; None when there is no end, or hours after an event count."""
        return None if self.due is None or isinstance(self.due, Within) else self.due.on(period)

    @model_validator(mode="after")
    def _concerns_somebody(self, info: ValidationInfo) -> Self:
        there = known(info)
        if there.earlier is not None:
            if not leaves_somebody(Matched(self.scope, tuple(there.earlier)), there.names["sector"] or {""}):
                raise PydanticCustomError("shadowed", "the variants before it cover all")
            there.earlier.append(self.scope)
        return self

    @model_validator(mode="after")
    def _days_fit(self, info: ValidationInfo) -> Self:
        if (self.cadence == "phase") != bool(self.phases):
            raise PydanticCustomError("phases", "phases and the cadence phase belong together")
        if self.every is not None and self.cadence != "yearly":
            raise PydanticCustomError("every", "several years belong to the cadence yearly")
        if isinstance(self.due, Within) and self.cadence != "event":
            raise PydanticCustomError("hours", "hours count from an event")
        if (self.due is None) != (self.cadence == "continuous") and self.cadence != "event":
            raise PydanticCustomError("due", "all but the continuous is due on some day")
        if known(info).endless and self.cadence == "once" and not isinstance(self.due, OnDate):
            raise PydanticCustomError("endless", "no end to count from")
        if (campaign := known(info).campaign) is None:
            return self
        for period in self.periods(campaign, known(info).phases):
            opens = self.opens_on(period)
            due = self.due_on(period) or opens
            known(info).within_reach(due)
            if due < opens:
                raise PydanticCustomError("backwards", "due before it opens")
        return self


class Obligation(Part):
    """A duty as the notice lays it on somebody.

    `title` may contain {period}; `owed` is what is still owed before the answer is complete, where that is less than
    the title says: a hazard that is told is reported, and its plan is missing. `demand` is what is owed, in the words
    of the notice, and has no full stop;
    `note` explains. `minutes` is how long answering takes. A `routine` duty stays visible after its answer,
    without a due day, and can be answered again. `form` names one of the pack's forms or of `talks.duty_forms()`;
    None: it is not asked as a duty. `signed_page`: where a form is produced to be signed, only a photo of the signed
    page completes the duty. `draft`: the report that is owed, of which a draft is made.
    `done_on`: the questions for the days of the deed, where the clause dates that and not the report of it: the last of
    them decides what is late. `done_by`: its last day, where that is not the day on which the duty is due.
    `unsure`: what a lawyer has to check of it. One that is `off` is not owed; a pack that extends this one may say
    `change: {ID: {off: false}}`.
    """

    id: Annotated[Id, defines("duty"), defines("obligation"), AfterValidator(_own_id)]
    off: bool = False
    unsure: Text | None = None
    valid: Valid = ALWAYS
    clause: Clause
    title: Text
    owed: Text | None = None
    demand: Text
    note: Text | None = None
    owner: Owner
    subject: Subject
    minutes: PositiveInt
    form: Annotated[str, AfterValidator(_form)] | None = "plain"
    counts_as: CountsAs | None = None
    presence: Presence | None = None
    routine: bool = False
    signed_page: bool = False
    draft: Drafted | None = None
    trigger: Trigger | None = None
    done_on: Annotated[tuple[Name, ...], AfterValidator(_dates)] = ()
    anchor: AnchorRule | None = None
    done_by: Day | None = None
    unmet: tuple[UnmetAnswer, ...] = ()
    ladder: Annotated[Id, names("ladder")] | None
    variants: Annotated[tuple[Variant, ...], Field(min_length=1)]

    @property
    def clause_shown(self) -> str:
        """The clause as Chinese readers write it: 三（一）1."""
        return self.clause.translate(_FULL_WIDTH_BRACKETS)

    def variant_for(self, who: Concerned) -> Variant | None:
        """The variant to which an enterprise falls: the first whose scope covers it."""
        return next((variant for variant in self.variants if variant.scope.covers(who)), None)

    def periods(self, variant: Variant, campaign: Period, phases: Sequence[Period]) -> tuple[Period, ...]:
        """The periods of a variant in a campaign while the rule is in force, in order."""
        days = cut(self.valid, campaign)
        left = [part for phase in phases if (part := cut(self.valid, phase)) is not None]
        return () if days is None else variant.periods(days, left)

    @model_validator(mode="before")
    @classmethod
    def _begin(cls, data: Any, info: ValidationInfo) -> Any:
        there = known(info).names
        # What bureaus owe is planned for each of them, whatever a scope says.
        of_bureau = isinstance(data, Mapping) and data.get("subject") in OF_BUREAUS
        known(info).earlier = None if of_bureau else []
        there[_TALK] = {str(data.get("form"))} if isinstance(data, Mapping) else set()
        for name in [name for name in there if name in (JUDGED_KEY, KEY) or name.startswith(KIND)]:
            del there[name]  # of the last form
        return data

    @model_validator(mode="after")
    def _triggered(self) -> Self:
        if self.trigger is None and self.anchor is None and any(one.cadence == "event" for one in self.variants):
            raise PydanticCustomError("trigger", "an event has a trigger")
        return self

    @model_validator(mode="after")
    def _anchored(self, info: ValidationInfo) -> Self:
        if self.anchor is None:
            return self
        within = [isinstance(variant.due, Within) for variant in self.variants]
        fits = not any(within) if self.anchor.answered is None else all(within)
        if self.trigger is not None or not fits or any(variant.cadence != "event" for variant in self.variants):
            raise PydanticCustomError("anchored", "an anchor does not fit")
        if self.anchor.answered == self.id:
            raise PydanticCustomError("anchored", "it would follow itself for ever")
        return self

    @model_validator(mode="after")
    def _asks_whether_it_counts(self, info: ValidationInfo) -> Self:
        questions = known(info).names[f"yes-no of {self.form}"]
        if self.counts_as is not None and self.counts_as.asked not in questions:
            raise PydanticCustomError("counts_as", "not asked", {"known": "、".join(sorted(questions))})
        return self

    @model_validator(mode="after")
    def _asks_for_the_deed(self, info: ValidationInfo) -> Self:
        days = {key for key, kind in talks.judged(str(self.form)).items() if kind == "day"}
        days |= known(info).names[f"day of {self.form}"]
        also = None if self.counts_as is None else self.counts_as.done_on
        for key in (*self.done_on, *filter(None, (also,))):
            if key not in days:
                raise PydanticCustomError("unknown", "no day", {"given": key, "known": "、".join(sorted(days))})
        if self.done_by is not None and not self.done_on:
            raise PydanticCustomError("done_by", "no deed")
        return self

    @model_validator(mode="after")
    def _named_while_it_is_on(self, info: ValidationInfo) -> Self:
        if self.off:
            if self.unsure is None:
                raise PydanticCustomError("off", "off, and nothing is unsure")
            known(info).names["obligation"].discard(self.id)
        return self

    @model_validator(mode="after")
    def _days_fit_while_in_force(self, info: ValidationInfo) -> Self:
        campaign = known(info).campaign
        if campaign is None or self.valid == ALWAYS:
            return self
        for variant in self.variants:
            for period in self.periods(variant, campaign, known(info).phases):
                due = variant.due_on(period)
                if due is not None and due < variant.opens_on(period):
                    raise PydanticCustomError("valid_from", "in force too late", {"day": due.isoformat()})
        return self

    @model_validator(mode="after")
    def _remember_periods(self, info: ValidationInfo) -> Self:
        if campaign := known(info).campaign:
            found = [self.periods(variant, campaign, known(info).phases) for variant in self.variants]
            known(info).names[f"period of {self.id}"] = {period.name for some in found for period in some}
        return self
