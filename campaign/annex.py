"""The annex table (调度表) as a pack holds it: its rows, where each figure comes from, what makes it odd, its days."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Annotated, Final, Literal, Self

from pydantic import BeforeValidator, Field, PlainValidator, PositiveInt, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from campaign.fields import Name, Part, defines, known, names
from campaign.notation import time_of_day
from campaign.workdays import workday_not_after, workday_not_before

BlockId = Literal["A", "B", "C", "D"]
"""Blocks of the table; D is what is noted besides."""

LedgerFigure = Literal[
    "found-by-enterprise",
    "found-by-enterprise-rectified",
    "found-by-department",
    "found-by-department-rectified",
    "listed",
    "listed-lifted",
]
SpotCheckFigure = Literal[
    "enterprises-checked",
    "principal-not-studied",
    "principal-not-led",
    "no-duty-lists",
    "no-safety-staff",
    "uncertified-work",
    "outsourcing-disorder",
    "no-drill",
]
EnforcementFigure = Literal[
    "areas-guided",
    "enterprises-guided",
    "penalties",
    "penalty-amount",
    "dual-penalties",
    "transferred-to-justice",
    "suspended",
    "exposed",
    "cases-published",
    "crime-cases-published",
    "held-accountable",
    "areas-summoned",
    "seizures",
    "cross-checks",
    "accidents",
    "accident-deaths",
]
Figure = LedgerFigure | SpotCheckFigure | EnforcementFigure

OF_ENTERPRISES: Final[frozenset[Figure]] = frozenset(
    {
        *("enterprises-checked", "principal-not-studied", "principal-not-led", "no-duty-lists", "no-safety-staff"),
        *("uncertified-work", "outsourcing-disorder", "no-drill", "suspended", "exposed"),
    }
)
"""What is counted in 家: each enterprise once, however often it was met."""
IN_MONEY: Final[frozenset[Figure]] = frozenset({"penalty-amount"})
"""What is counted in 万元, to the 分; all else in whole numbers."""
NAMING: Final[frozenset[Figure]] = OF_ENTERPRISES | {
    *("enterprises-guided", "penalties", "dual-penalties", "transferred-to-justice"),
    *("seizures", "cross-checks", "accidents"),
}
"""What is done to an enterprise, which the entry may then name."""
OF_CITY: Final[frozenset[Figure]] = frozenset({"areas-guided", "areas-summoned"})
"""What only the city does: the districts are its object."""
CHECKED: Final = "enterprises-checked"
"""The figure of the row that counts what was checked."""
FOUND_IN_CHECKS: Final = "row that counts what spot checks find"
PARTS: Final[Mapping[Figure, Figure]] = {
    "found-by-enterprise-rectified": "found-by-enterprise",
    "found-by-department-rectified": "found-by-department",
    "listed-lifted": "listed",
    "principal-not-studied": "enterprises-checked",
    "principal-not-led": "enterprises-checked",
    "no-duty-lists": "enterprises-checked",
    "no-safety-staff": "enterprises-checked",
    "uncertified-work": "enterprises-checked",
    "outsourcing-disorder": "enterprises-checked",
    "no-drill": "enterprises-checked",
    "crime-cases-published": "cases-published",
}
"""A figure that is a part of another one, and so never more."""


class Counts(Part):
    """The sources of a row's figures, in the order in which the figures stand in it."""

    ledger: tuple[LedgerFigure, ...] = ()
    spot_check: tuple[SpotCheckFigure, ...] = ()
    enforcement: tuple[EnforcementFigure, ...] = ()

    @property
    def named(self) -> tuple[Figure, ...]:
        """The figures by name, in the order in which they stand in the row."""
        return (*self.ledger, *self.spot_check, *self.enforcement)

    @property
    def figures(self) -> int:
        """How many figures the row has."""
        return len(self.named)


def _something(value: object) -> object:
    if not isinstance(value, dict) or not any(value.values()):
        raise PydanticCustomError("counts_nothing", "counts nothing")
    return value


class AnnexBlock(Part):
    """A block of the table."""

    id: Annotated[BlockId, defines("block")]
    title: Name


class AnnexRow(Part):
    """A row of a block: its label stands exactly so, with its units."""

    block: Annotated[BlockId, names("block")]
    row: PositiveInt
    label: Name
    short: Annotated[str, Field(min_length=2, max_length=7)] | None = None
    """What a button says of it."""
    counts: Annotated[Counts, BeforeValidator(_something)]
    cases: tuple[Name, ...] = ()
    """What the row means, where a note of the table says so: an inspector picks among them."""

    @model_validator(mode="after")
    def _once(self, info: ValidationInfo) -> Self:
        known(info).define("row", self.name)
        if self.is_found_in_checks:
            known(info).define(FOUND_IN_CHECKS, self.name)
        return self

    @property
    def is_found_in_checks(self) -> bool:
        """Whether it counts what spot checks find (B2 to B8)."""
        return bool(self.counts.spot_check) and CHECKED not in self.counts.spot_check

    @property
    def name(self) -> str:
        """B6, say."""
        return f"{self.block}{self.row}"

    @property
    def quoted(self) -> str:
        """The label as it stands within quotation marks: those of its own become single ones."""
        return self.label.translate({ord("“"): "‘", ord("”"): "’"})

    @property
    def of_city(self) -> bool:
        """Whether only the city's own column has something to enter."""
        return self.counts.named[0] in OF_CITY


class FurtherRow(AnnexRow):
    """What a bureau notes of its work beside the table: it is counted in reports, and in no table."""

    block: Annotated[BlockId, Field(pattern="^D$")] = "D"


class Annex(Part):
    """The table that districts report every month, and what they note besides."""

    title: Name
    blocks: Annotated[tuple[AnnexBlock, ...], Field(min_length=1)]
    rows: Annotated[tuple[AnnexRow, ...], Field(min_length=1)]
    further: tuple[FurtherRow, ...] = ()
    notes: tuple[Name, ...] = ()
    """What stands under the table."""
    city_column: Name = "市本级"
    """The column of what the city supervises and does itself."""
    chief_card: Annotated[time, PlainValidator(time_of_day)] = time(17)
    """When the city gets its card, on the day on which tables are due or the last working day before."""
    earlier_listed: Literal["counted [N]", "counted [D]", "not counted [N]", "not counted [D]"] = "counted [D]"
    """Whether what was listed for supervision before the campaign, and not lifted by then, counts as listed."""

    @property
    def counts_earlier_listed(self) -> bool:
        """As `earlier_listed` says."""
        return self.earlier_listed.startswith("counted")

    def row(self, name: str) -> AnnexRow | None:
        """The row of a name like B6."""
        return next((row for row in self.rows if row.name == name), None)

    @property
    def every(self) -> tuple[AnnexRow, ...]:
        """The rows of the table, and what is noted besides."""
        return (*self.rows, *self.further)

    def noted(self, name: str) -> AnnexRow | None:
        """The row of a name like B6, or of what is noted besides (D1)."""
        return next((row for row in self.every if row.name == name), None)

    def block(self, block: str) -> tuple[AnnexRow, ...]:
        """The rows of a block, in order."""
        return tuple(row for row in self.rows if row.block == block)


Values = tuple[Decimal, ...]
"""The figures of a row."""


@dataclass(frozen=True, slots=True)
class Acted:
    """An action that somebody enters: the row, its day, its figures (none of a row in 家), the enterprise's code or
    nothing, a note.
    """

    row: str
    day: date
    values: Values
    enterprise: str
    note: str


@dataclass(frozen=True, slots=True)
class Changed:
    """What somebody decided about a cell: figures to report in the place of those counted, with the reason; `values`
    None: as counted again.
    """

    values: Values | None
    reason: str


def left_over(put: Values, counted: Values, caught_up: Values) -> Values:
    """What is still missing between figures and their records. `put`: what somebody reported in the place of `counted`;
    `caught_up`: what the same days count by now. Records that come closer to what was put take from the difference
    until nothing is left of it; what leads away from it leaves it as it is.
    """
    return tuple(
        _clamped(figure - then, figure - now) for figure, then, now in zip(put, counted, caught_up, strict=True)
    )


def _clamped(difference: Decimal, left: Decimal) -> Decimal:
    return min(difference, max(left, Decimal(0))) if difference > 0 else max(difference, min(left, Decimal(0)))


@dataclass(frozen=True, slots=True)
class Odd:
    """What is not as it should be in a table, to be looked at before it is reported.

    more: a part (`row`) is more than its whole (`other`); fell: a cumulative figure is less than in the table before;
    zero: nothing at all is reported.
    """

    kind: Literal["more", "fell", "zero"]
    row: str = ""
    other: str = ""
    value: Decimal = Decimal(0)
    against: Decimal = Decimal(0)


def oddities(annex: Annex, now: Mapping[str, Values], before: Mapping[str, Values]) -> Iterator[Odd]:
    """What is odd in a table, by its rows and those of the last filed one (empty: there is none)."""
    if not any(any(values) for values in now.values()):
        yield Odd("zero")
    value: dict[Figure, tuple[str, Decimal]] = {
        figure: (row.name, number)
        for row in annex.rows
        for figure, number in zip(row.counts.named, now.get(row.name, ()), strict=False)
    }
    for part, whole in PARTS.items():
        if part in value and whole in value and value[part][1] > value[whole][1]:
            yield Odd("more", value[part][0], value[whole][0], value[part][1], value[whole][1])
    for row in annex.rows:
        for number, former in zip(now.get(row.name, ()), before.get(row.name, ()), strict=False):
            if number < former:
                yield Odd("fell", row.name, "", number, former)


def written(values: Values) -> str:
    """The figures of a row as they stand in the table: 3、5.2."""
    return "、".join(
        f"{number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize():f}"
        for number in values
    )


def draft_day(month: date, opens: int = 25, due: int = 28) -> date:
    """The day on which the draft of a month comes: the 25th, or the next working day, and the last working day before
    the 28th at the latest.
    """
    last = workday_not_after(month.replace(day=due) - timedelta(days=1))
    return min(workday_not_before(month.replace(day=opens)), last)


def total(tables: Sequence[Mapping[str, Values]]) -> dict[str, Values]:
    """The figures of several columns together."""
    names = dict.fromkeys(name for table in tables for name in table)
    return {
        name: tuple(sum(numbers, Decimal(0)) for numbers in zip(*(table[name] for table in tables), strict=True))
        for name in names
    }


MOST: Final = Decimal(100_000_000)
"""A figure beyond this is a slip of the finger."""


def is_sound(row: AnnexRow, values: Values) -> bool:
    """Whether figures can stand in a row: as many as it has, none below 0, whole unless they are money to the 分."""
    return len(values) == row.counts.figures and all(
        number.is_finite() and 0 <= number <= MOST and number == round(number, 6 if figure in IN_MONEY else 0)
        for figure, number in zip(row.counts.named, values, strict=True)
    )
