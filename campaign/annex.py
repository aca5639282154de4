"""The annex table as a pack holds it: its rows, and where each figure comes from."""

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, PositiveInt, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from campaign.fields import Name, Part, defines, known, names

BlockId = Literal["A", "B", "C"]

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
]


class Counts(Part):
    """The sources of a row's figures, in the order in which the figures stand in it."""

    ledger: tuple[LedgerFigure, ...] = ()
    spot_check: tuple[SpotCheckFigure, ...] = ()
    enforcement: tuple[EnforcementFigure, ...] = ()

    @property
    def figures(self) -> int:
        """How many figures the row has."""
        return len(self.ledger) + len(self.spot_check) + len(self.enforcement)


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
    counts: Annotated[Counts, BeforeValidator(_something)]

    @model_validator(mode="after")
    def _once(self, info: ValidationInfo) -> Self:
        known(info).define("row", f"{self.block}{self.row}")
        return self


class Annex(Part):
    """The table that districts report every month."""

    title: Name
    blocks: Annotated[tuple[AnnexBlock, ...], Field(min_length=1)]
    rows: Annotated[tuple[AnnexRow, ...], Field(min_length=1)]
