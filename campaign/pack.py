"""A rule pack: a whole notice as data, and the loader that takes nothing half right."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache, cached_property
from typing import Annotated, Any, Final, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainValidator,
    PositiveInt,
    PrivateAttr,
    StringConstraints,
    ValidationError,
    ValidationInfo,
    model_validator,
)
from pydantic_core import PydanticCustomError

from campaign.anchors import AFTER
from campaign.annex import Annex
from campaign.certificates import CertificateRules
from campaign.checks import CheckRules
from campaign.coverage import CoverageRules
from campaign.fields import Closing, Day, Id, Known, Name, Part, PlainDay, Text, When, defines, known, names
from campaign.forms import MOST_OPTIONS, Form, Label
from campaign.hazards import HazardRules
from campaign.hot_work import HotWork
from campaign.notation import MARK, Between, between, on_date
from campaign.obligations import Obligation, Variant
from campaign.owing import is_owed
from campaign.pack_file import PACKS, folder_of, read
from campaign.periods import EDITION, ONCE, Period, bare, by_calendar, named, of_edition
from campaign.scope import Concerned
from campaign.standard import NO_STANDARD, Article, Criterion, Standard
from campaign.validity import in_force
from talk.cleaning import likeness
from talk.texts import Say

NO_END: Final = date.max
"""What stands for the end of a pack that states none, until its start is known."""
YEARS_AHEAD: Final = 9
"""For so many years after the one in which it begins a pack without an end is planned."""

Audience = Literal["principal", "officer", "clerk", "city"]


class PackError(Exception):
    """A pack that does not exist, or in which something is wrong; `what` says it to the operator."""

    def __init__(self, what: Say) -> None:
        super().__init__(what.id)
        self.what = what


class District(Part):
    """A district of the city: its name, what else registries call it, and the bureau that signs messages there."""

    name: Annotated[Name, defines("district")]
    bureau: Name
    aliases: tuple[Name, ...] = ()

    @cached_property
    def spellings(self) -> frozenset[str]:
        """How it may be called, as `likeness` reads it."""
        return frozenset(likeness(name) for name in (self.name, *self.aliases))


class NamedPart(Part):
    """Something that registries call by a name; `aliases` are its other names there."""

    name: Text
    aliases: tuple[Name, ...] = ()

    @cached_property
    def spellings(self) -> frozenset[str]:
        """How it may be called, as `likeness` reads it."""
        return frozenset(likeness(name) for name in (self.name.zh, *self.aliases))

    @model_validator(mode="after")
    def _spellings_once(self, info: ValidationInfo) -> Self:
        for spelling in sorted(self.spellings):
            known(info).define(f"name of a {type(self).__name__}", spelling)
        return self


class Sector(NamedPart):
    """A sector of industry or trade."""

    id: Annotated[Id, defines("sector")]


class Counted(Part):
    """A column of the registry that holds a number (涉粉作业人数), and the numbers at which it gives a tag."""

    column: Name
    number: Annotated[Between, PlainValidator(between)]


class Tag(NamedPart):
    """A kind of risk that an enterprise has. `counted`: where the registry has that column, its number decides."""

    id: Annotated[Id, defines("tag")]
    counted: Counted | None = None


class Phase(Part):
    """A phase of the campaign; both days belong to it."""

    number: Annotated[PositiveInt, defines("phase")]
    title: Text
    start: Day
    end: Day
    _edition: str | None = PrivateAttr(default=None)

    @property
    def period(self) -> Period:
        """The phase as a period, `phase-2`."""
        return Period(of_edition(f"phase-{self.number}", self._edition), self.start.day, self.end.day)

    @model_validator(mode="after")
    def _forwards(self, info: ValidationInfo) -> Self:
        if self.end.day < self.start.day:
            raise PydanticCustomError("backwards", "ends before it begins")
        self._edition = known(info).edition
        known(info).phases.append(self.period)
        return self


class LadderRung(Part):
    """When a reminder goes out, to whom, and to which level an unanswered duty then rises."""

    name: Id
    when: When
    audience: Annotated[frozenset[Audience], Field(min_length=1)]
    escalates: Literal["district", "city"] | None = None
    only_if_span_days: PositiveInt = 1


class Ladder(Part):
    """The reminders of a kind of duty, the more urgent later in the list."""

    id: Annotated[Id, defines("ladder")]
    rungs: Annotated[tuple[LadderRung, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _names_once(self, info: ValidationInfo) -> Self:
        for rung in self.rungs:
            known(info).define(f"rung of {self.id}", rung.name)
        return self


class BundlePart(Part):
    """A duty that a bundle takes in: an obligation in one of its periods."""

    obligation: Annotated[Id, names("obligation")]
    period: Name = ONCE

    @model_validator(mode="after")
    def _exists(self, info: ValidationInfo) -> Self:
        # An obligation with a fault of its own has left no periods, and is told once.
        periods = known(info).names.get(f"period of {self.obligation}")
        if periods is not None and self.period not in periods:
            raise PydanticCustomError("no_such_period", "never owed", {"period": self.period})
        return self


class Bundle(Part):
    """Duties that are listed together, under one title and until one day; each keeps its own due day and ladder."""

    id: Annotated[Id, defines("bundle")]
    title: Text
    due: Day
    ladder: Annotated[Id, names("ladder")]
    parts: Annotated[tuple[BundlePart, ...], Field(min_length=1)]


class NoticeForm(Part):
    """A form by which a notice can be answered, and what the button says that asks for it."""

    form: Annotated[Id, names("form")]
    title: Label


class Burden(Part):
    """How much people may be bothered, with the mark of who says so."""

    reminders_per_week: Annotated[str, StringConstraints(pattern=rf"^[1-9][0-9]? {MARK}$")] = "3 [D]"

    @property
    def weekly_reminders(self) -> int:
        """How many reminders a week people of an enterprise are sent at the most."""
        return int(self.reminders_per_week.split()[0])


def _of_year(year: str, info: ValidationInfo) -> str:
    known(info).edition = year
    return year


def _begins(day: date, info: ValidationInfo) -> date:
    known(info).start = day
    return day


def _owed(day: date, info: ValidationInfo) -> date:
    known(info).inside(day)
    return day


def _end(value: object) -> date:
    return NO_END if value in (None, NO_END) else on_date(value).day


def _ends(day: date, info: ValidationInfo) -> date:
    if day == NO_END:
        known(info).endless = True
        day = _open_end(known(info).start or NO_END)
    if (start := known(info).start) and start > day:
        raise PydanticCustomError("backwards", "ends before it begins")
    known(info).campaign = Period(of_edition(ONCE, known(info).edition), start, day) if start else None
    return day


def _open_end(start: date) -> date:
    return date(min(start.year + YEARS_AHEAD, NO_END.year), 12, 31)


def _years_before(day: date, years: int) -> date:
    """The same day of an earlier year; of the 29th of February the 28th."""
    return date(day.year - years, day.month, min(day.day, 28) if day.month == 2 else day.day)  # February


def _standard(value: object, info: ValidationInfo) -> object:
    if value is None or value is NO_STANDARD:
        # There is a name that no criterion has, so that one which is named is missed.
        known(info).names["criterion"].add("—")
        return NO_STANDARD
    return value


class Pack(Part):
    """The rules of a campaign. `start` and `end` are its first and last day, in `zone`.

    Without an `end` it goes on until another takes its place, and is planned for nine years more. Nothing is owed
    before the day `owed_from`, where one is said (`campaign.owing`). In so many days of `closing` after its end what
    fell due may be due, and is reminded of and reported; after them nobody is reminded. None: nothing is due after the
    end. `edition`: the year of a pack that is renewed each year, by which what is owed once is told from what was owed
    once the year before.
    """

    name: Name
    title: Text
    document: Name
    plan_name: Name
    city: Name
    city_bureau: Name
    zone: ZoneInfo
    edition: Annotated[str, StringConstraints(pattern=r"^20\d\d$"), AfterValidator(_of_year)] | None = None
    start: Annotated[PlainDay, AfterValidator(_begins)]
    end: Annotated[date, PlainValidator(_end), AfterValidator(_ends)] = Field(default=NO_END, validate_default=True)
    closing: Closing | None = None
    commitment: tuple[Text, ...] = ()
    """What a principal promises for the campaign on the form of the first round, besides what everybody does."""
    owed_from: Annotated[PlainDay, AfterValidator(_owed)] | None = None
    districts: Annotated[tuple[District, ...], Field(min_length=1)]
    sectors: Annotated[tuple[Sector, ...], Field(min_length=1)]
    tags: Annotated[tuple[Tag, ...], Field(min_length=1)]
    phases: tuple[Phase, ...] = ()
    ladders: Annotated[tuple[Ladder, ...], Field(min_length=1)]
    standard: Annotated[Standard, BeforeValidator(_standard)] = Field(default=NO_STANDARD, validate_default=True)
    annex: Annex
    forms: tuple[Form, ...] = ()
    notices: Annotated[tuple[NoticeForm, ...], Field(max_length=MOST_OPTIONS - 1)] = ()
    every_obligation: Annotated[tuple[Obligation, ...], Field(min_length=1, alias="obligations")]
    """Also those that are off; `obligations` are the others."""
    bundles: tuple[Bundle, ...] = ()
    hazards: HazardRules = HazardRules()
    burden: Burden = Burden()
    checks: CheckRules = CheckRules()
    hot_work: HotWork | None = None
    """None: the pack has no permits."""
    certificates: CertificateRules = CertificateRules()
    coverage: CoverageRules = CoverageRules()

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Self:
        """A pack from plain data; pydantic's ValidationError holds the place of each fault."""
        return cls.model_validate(data, context=Known())

    @cached_property
    def obligations(self) -> tuple[Obligation, ...]:
        """What is owed, in order."""
        return tuple(rule for rule in self.every_obligation if not rule.off)

    @cached_property
    def switched_off(self) -> tuple[Obligation, ...]:
        """What is not owed until a pack that extends this one switches it on."""
        return tuple(rule for rule in self.every_obligation if rule.off)

    @cached_property
    def campaign(self) -> Period:
        """All the days of the campaign, as the period `once`."""
        return Period(of_edition(ONCE, self.edition), self.start, self.end)

    @property
    def has_end(self) -> bool:
        """Whether the campaign ends by itself."""
        return self.end != _open_end(self.start)

    @cached_property
    def phase_periods(self) -> tuple[Period, ...]:
        """The phases as periods."""
        return tuple(phase.period for phase in self.phases)

    def owes(self, variant: Variant, period: Period) -> bool:
        """Whether what a variant asks for in a period is owed, or was over before anything was."""
        return is_owed(period, variant.due_on(period), self.owed_from)

    def has_begun(self, day: date) -> bool:
        """Whether things are owed on a day: before, nobody is reminded of anything."""
        return self.owed_from is None or day >= self.owed_from

    @property
    def closes(self) -> date:
        """The last day on which something may be due."""
        return self.end + timedelta(days=self.closing or 0)

    def is_at_work(self, day: date) -> bool:
        """Whether people are reminded on a day: things are owed, and the campaign is not closed."""
        return self.has_begun(day) and (self.closing is None or day <= self.closes)

    @property
    def district_names(self) -> tuple[str, ...]:
        """The names of the districts, in the order in which buttons count them."""
        return tuple(district.name for district in self.districts)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the city's table: the districts, and what the city supervises itself."""
        return (*self.district_names, self.annex.city_column)

    def bureau_of(self, column: str) -> str:
        """The bureau that acts for a column of the city's table: the district's, or the city's own."""
        return self.city_bureau if column == self.annex.city_column else self.district(column).bureau

    def obligation(self, obligation_id: str) -> Obligation:
        """The obligation of an id, also one that is off by now; KeyError when there is none."""
        return {obligation.id: obligation for obligation in self.every_obligation}[obligation_id]

    def form(self, form_id: str) -> Form:
        """The form of an id; KeyError when there is none."""
        return {form.id: form for form in self.forms}[form_id]

    def form_of(self, obligation: Obligation) -> Form | None:
        """The form that asks for what an obligation demands; None: another talk asks, or none does."""
        return next((form for form in self.forms if form.id == obligation.form), None)

    def ladder(self, ladder_id: str) -> Ladder:
        """The ladder of an id; KeyError when there is none."""
        return {ladder.id: ladder for ladder in self.ladders}[ladder_id]

    def sector(self, sector_id: str) -> Sector:
        """The sector of an id; KeyError when there is none."""
        return {sector.id: sector for sector in self.sectors}[sector_id]

    def tag(self, tag_id: str) -> Tag:
        """The tag of an id; KeyError when there is none."""
        return {tag.id: tag for tag in self.tags}[tag_id]

    def district(self, name: str) -> District:
        """The district of exactly this name; KeyError when there is none."""
        return {district.name: district for district in self.districts}[name]

    def period(self, name: str) -> Period:
        """A period of the campaign, cut to its days, or one of the years before, of which answers are still under way;
        KeyError for a name that is none.
        """
        if name.startswith(AFTER):
            return self.campaign
        found = self._periods.get(name) or by_calendar(name) or self._of_other_edition(name)
        if found is None:
            raise KeyError(name)
        return found

    def _of_other_edition(self, name: str) -> Period | None:
        here = self._periods.get(of_edition(bare(name), self.edition))
        if here is None or self.edition is None:
            return None
        years = int(self.edition) - int(name.partition(EDITION)[2] or int(self.edition) - 1)
        return Period(name, _years_before(here.first, years), _years_before(here.last, years))

    def district_by_name(self, text: str) -> District | None:
        """The district that somebody may have meant by a cell of a registry."""
        like = likeness(text)
        return next((district for district in self.districts if like in district.spellings), None)

    def column_by_name(self, text: str) -> str | None:
        """The column of the annex table that somebody meant, a district's or the city's own."""
        district = self.district_by_name(text)
        if district is not None:
            return district.name
        return self.annex.city_column if likeness(text) == likeness(self.annex.city_column) else None

    def means_city(self, text: str) -> bool:
        """Whether somebody wrote the name of the city."""
        return likeness(text) == likeness(self.city)

    def sector_by_name(self, text: str) -> Sector | None:
        """The sector that somebody may have meant by a cell of a registry."""
        like = likeness(text)
        return next((sector for sector in self.sectors if like in sector.spellings), None)

    def tag_by_name(self, text: str) -> Tag | None:
        """The tag that somebody may have meant by a word of a registry."""
        like = likeness(text)
        return next((tag for tag in self.tags if like in tag.spellings), None)

    def articles_for(self, who: Concerned, day: date) -> tuple[Article, ...]:
        """The articles of the criteria that concern an enterprise on a day, each with those of its criteria that do."""
        found = []
        for article in self.standard.articles:
            criteria = tuple(one for one in article.criteria if one.scope.covers(who) and in_force(one.valid, day))
            if criteria and article.scope.covers(who) and in_force(article.valid, day):
                found.append(article.model_copy(update={"criteria": criteria}))
        return tuple(found)

    def criteria_for(self, who: Concerned, day: date) -> tuple[Criterion, ...]:
        """The criteria that concern an enterprise on a day, in the order of the articles."""
        return tuple(criterion for article in self.articles_for(who, day) for criterion in article.criteria)

    def bundle_of(self, obligation_id: str, period: str) -> Bundle | None:
        """The bundle that takes in a duty."""
        wanted = (obligation_id, period)
        for bundle in self.bundles:
            if wanted in {(part.obligation, part.period) for part in bundle.parts}:
                return bundle
        return None

    @cached_property
    def _periods(self) -> dict[str, Period]:
        return named(self.campaign, self.phase_periods)


def shipped() -> tuple[str, ...]:
    """The names of the packs that come with the project."""
    return tuple(sorted(folder.name for folder in PACKS.iterdir() if folder.is_dir()))


@cache
def load(name_or_path: str) -> Pack:
    """A pack, read once; PackError when anything in it is wrong."""
    file = read(folder_of(name_or_path))
    if file.problems:
        raise PackError(Say("pack-broken", pack=name_or_path))
    try:
        return Pack.of(file.data)
    except ValidationError as error:
        raise PackError(Say("pack-broken", pack=name_or_path)) from error
