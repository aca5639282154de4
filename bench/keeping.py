"""How large the database of a city becomes: `python -m bench.keeping FILE [--enterprises N] [--years N]`.

FILE is an SQLite database that something has happened in, as `make rehearse` leaves one with `--keep`: how many bytes
a row of each table takes with its indexes, and how many rows a day brings, is measured there; the rest is arithmetic.
Files lie beside the database and are counted apart.
"""

import argparse
import sqlite3
import sys
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from storage.retention import DEFAULTS, TABLE, Terms

GIGABYTE: Final = 1e9
A_YEAR: Final = 365.25
LISTED: Final = 14
"""Tables that are named, the largest; the others are one line."""
OF_ENTERPRISES: Final = frozenset(
    {
        *("enterprises", "enterprise_tags", "enterprise_spells", "enterprise_entries", "telephones", "people"),
        *("identities", "memberships", "invitations", "workers", "factors", "recovery_codes", "permit_points"),
    }
)
"""Tables that grow with the number of enterprises, and hardly with time."""
OF_DISTRICTS: Final = frozenset({"annex_tables", "annex_overrides", "bureau_actions", "trainings", "training_reached"})
"""Tables that grow with time, and not with the number of enterprises."""
LETTERS: Final = "outbox"
PROMPTS: Final = "prompts"


@dataclass(frozen=True, slots=True)
class Measured:
    """A table as it was found: its rows, and the bytes of it and its indexes."""

    table: str
    rows: int
    size: int


@dataclass(frozen=True, slots=True)
class Sample:
    """A database as it was found."""

    enterprises: int
    days: float
    tables: tuple[Measured, ...]
    words: int
    """Bytes of what letters say, and of their addresses: they end before the rows."""
    first_prompts: int
    """Prompts that were the first of their conversation."""
    files: int


@dataclass(frozen=True, slots=True)
class Grown:
    """A table after some years: bytes where nothing ends, and where the terms hold."""

    table: str
    row_bytes: float
    rows_a_day: float
    without: float
    kept: float


def measure(database: Path) -> Sample:
    """Read what a database tells of itself; sqlite3.Error where it is none, or SQLite has no `dbstat`."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as conn:

        def number(statement: str) -> int:
            return int(conn.execute(statement).fetchone()[0] or 0)

        sizes = conn.execute(
            "SELECT tbl_name, sum(pgsize) FROM dbstat JOIN sqlite_master USING (name) WHERE tbl_name NOT LIKE 'sqlite%'"
            " GROUP BY tbl_name"
        ).fetchall()
        # The names are those of the tables themselves.
        tables = [Measured(table, number(f'SELECT count(*) FROM "{table}"'), int(size)) for table, size in sizes]  # noqa: S608
        first, last = conn.execute("SELECT min(at), max(at) FROM audit").fetchone()
        return Sample(
            enterprises=number("SELECT count(*) FROM enterprises"),
            days=max(1.0, (datetime.fromisoformat(last) - datetime.fromisoformat(first)) / timedelta(days=1)),
            tables=tuple(tables),
            words=number("SELECT sum(length(CAST(body AS BLOB)) + length(external_id)) FROM outbox"),
            first_prompts=number("SELECT count(DISTINCT conversation) FROM prompts"),
            files=number("SELECT count(*) FROM files WHERE expires_at IS NULL"),
        )


def grow(sample: Sample, enterprises: int, days: float, terms: Terms) -> list[Grown]:
    """Return what the tables come to after so many days of a city with so many enterprises, the largest first."""
    ends = _ends(terms)
    grown: list[Grown] = []
    for found in sample.tables:
        if not found.rows:
            continue
        scale = 1.0 if found.table in OF_DISTRICTS else enterprises / sample.enterprises
        each, rate = found.size / found.rows, found.rows / sample.days * scale
        if found.table in OF_ENTERPRISES:
            without = kept = found.size * scale
            rate = 0.0
        else:
            without = each * rate * days
            kept = each * rate * min(days, ends.get(found.table, days))
        if found.table == LETTERS:
            # What is said goes first, the row later.
            full = min(days, terms.letters / timedelta(days=1))
            said = sample.words / found.rows
            kept -= said * rate * (min(days, ends[LETTERS]) - full)
        if found.table == PROMPTS:
            # The first one of each conversation stays.
            kept += each * sample.first_prompts / sample.days * scale * max(0.0, days - ends[PROMPTS])
        grown.append(Grown(found.table, each, rate, without, kept))
    return sorted(grown, key=lambda one: -one.without)


def _ends(terms: Terms) -> Mapping[str, float]:
    """Return after how many days rows are deleted, by table; of several rules the longest."""
    found: dict[str, float] = {}
    for kept in TABLE:
        term = kept.kept_for(terms)
        for rule in kept.rules:
            if term is not None and rule.emptied is None and kept.kind not in {"guests", "strangers"}:
                found[rule.table.name] = max(term / timedelta(days=1), found.get(rule.table.name, 0.0))
    return found


def table(sample: Sample, grown: Sequence[Grown], enterprises: int, years: float) -> str:
    """Return the figures in Markdown."""
    measured = f"measured in {sample.days:.0f} days of {sample.enterprises} enterprises"
    lines = [
        f"{enterprises:,} enterprises, {years:g} years; {measured}",
        "",
        "| table | bytes a row | rows a day | nothing ends, GB | with the terms, GB |",
        "|---|---:|---:|---:|---:|",
    ]
    lines += [
        _line(f"`{one.table}`", f"{one.row_bytes:,.0f}", f"{one.rows_a_day:,.0f}", one.without, one.kept)
        for one in grown[:LISTED]
    ]
    others = grown[LISTED:]
    lines.append(_line("others", "", "", sum(one.without for one in others), sum(one.kept for one in others)))
    lines.append(_line("**all**", "", "", sum(one.without for one in grown), sum(one.kept for one in grown)))
    number = sample.files / sample.enterprises * enterprises / sample.days * A_YEAR * years
    lines += ["", f"photos and files beside the database: {number:,.0f}"]
    return "\n".join(lines)


def _line(name: str, row_bytes: str, rows: str, without: float, kept: float) -> str:
    return f"| {name} | {row_bytes} | {rows} | {without / GIGABYTE:.2f} | {kept / GIGABYTE:.2f} |"


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="bench.keeping", description=__doc__)
    parser.add_argument("database", type=Path, help="an SQLite database that something has happened in")
    parser.add_argument("--enterprises", type=int, default=5000)
    parser.add_argument("--years", type=float, default=3)
    given = parser.parse_args()
    sample = measure(given.database)
    grown = grow(sample, given.enterprises, given.years * A_YEAR, DEFAULTS)
    sys.stdout.write(f"{table(sample, grown, given.enterprises, given.years)}\n")


if __name__ == "__main__":
    main()
