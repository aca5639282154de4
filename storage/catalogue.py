"""The whole catalogue: a table is in the metadata once the file that defines it was imported, and this imports all."""

from storage import (
    accident_tables,
    check_tables,
    coverage_tables,
    desk_tables,
    factor_tables,
    life_tables,
    permit_tables,
    tables,
)
from storage.columns import metadata

__all__ = [
    "accident_tables",
    "check_tables",
    "coverage_tables",
    "desk_tables",
    "factor_tables",
    "life_tables",
    "metadata",
    "permit_tables",
    "tables",
]
