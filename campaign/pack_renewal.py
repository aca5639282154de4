"""The pack of another year, out of that of one: what extends it, with its days moved by whole years."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from campaign.notation import MARK
from campaign.pack_extends import called

_DAY: Final = re.compile(rf"(?P<day>\d{{4}}-\d{{2}}-\d{{2}})(?P<mark> {MARK})")
_PERIOD: Final = re.compile(r"(?P<year>20\d\d)(?P<part>-(?:\d{2}|W\d{2}|Q\d|H\d))?")
_YEAR: Final = re.compile(r"20\d\d")
_NAMED_DAY: Final = re.compile(r"\d月|\d (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)")
_WORDS: Final = ("zh", "en")
_NOT_A_DAY: Final = ("source", "sources", "document", "edition", "valid", "standard", "hot_work")
"""Keys beneath which a year is that of a document, or a day that of a law."""


@dataclass(frozen=True, slots=True)
class Look:
    """What the author has to look at: the way to it, what stands there now, and why: `no-day` (29 February), `notice`
    (a day that stands in the notice of the old year), `no-week`, `words` (a text that names the old year or a day).
    """

    way: str
    value: str
    why: str


@dataclass(slots=True)
class Renewal:
    """What the new pack states: keys of the pack, and changes by the way to them."""

    states: dict[str, Any] = field(default_factory=dict)
    changes: dict[str, dict[str, Any]] = field(default_factory=dict)
    looks: list[Look] = field(default_factory=list)


def renewed(data: Mapping[str, Any], base: str, name: str, year: int) -> Renewal:
    """Return what a pack called `name` states upon the pack `base`, whose merged data these are, so that it begins in
    a year: all days moved by as many years, and what is owed once told from that of the year before.
    """
    by = year - int(str(data["start"])[:4])
    found = Renewal({"name": name, "extends": base, "edition": str(year)})
    for key, value in data.items():
        if key in ("name", "edition") or key in _NOT_A_DAY:
            continue
        if isinstance(value, str):
            moved = _moved(value, by, key, found.looks)
            if moved != value:
                found.states[key] = moved
        else:
            _walk(value, (key,), by, found)
    _name_periods(data, year, found)
    return found


def _walk(value: Any, way: tuple[str, ...], by: int, found: Renewal) -> None:
    """Move the days in a value; what holds one is changed at the nearest mapping that has a way to it."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if key in _NOT_A_DAY:
                continue
            if isinstance(inner, Mapping) or _is_named(inner):
                _walk(inner, (*way, key), by, found)
                continue
            moved = _moved_all(inner, by, "/".join((*way, key)), found.looks, is_words=key in _WORDS)
            if moved != inner:
                _put(found, way, key, moved)
    elif _is_named(value):
        for item in value:
            _walk(item, (*way, str(called(item))), by, found)
    else:
        moved = _moved_all(value, by, "/".join(way), found.looks)
        if moved != value:
            found.states[way[0]] = moved


def _put(found: Renewal, way: tuple[str, ...], key: str, value: Any) -> None:
    if len(way) == 1:
        found.states.setdefault(way[0], {})[key] = value
        return
    short = way[1] if way[0] == "obligations" and len(way) == 2 else "/".join(way)
    found.changes.setdefault(short, {})[key] = value


def _is_named(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(called(item) is not None for item in value)


def _moved_all(value: Any, by: int, way: str, looks: list[Look], *, is_words: bool = False) -> Any:
    if isinstance(value, Mapping):
        return {
            key: inner if key in _NOT_A_DAY else _moved_all(inner, by, f"{way}/{key}", looks, is_words=key in _WORDS)
            for key, inner in value.items()
        }
    if isinstance(value, list):
        return [_moved_all(item, by, way, looks) for item in value]
    return _moved(value, by, way, looks, is_words=is_words) if isinstance(value, str) else value


def _moved(text: str, by: int, way: str, looks: list[Look], *, is_words: bool = False) -> str:
    if (found := _DAY.fullmatch(text)) is not None:
        try:
            day = date.fromisoformat(found["day"])
        except ValueError:
            return text
        try:
            moved = day.replace(year=day.year + by)
        except ValueError:
            moved = date(day.year + by, 2, 28)
            looks.append(Look(way, f"{moved}{found['mark']}", "no-day"))
        else:
            if "[D]" not in found["mark"]:
                looks.append(Look(way, f"{moved}{found['mark']}", "notice"))
        return f"{moved}{found['mark']}"
    if way.endswith("period") and (period := _PERIOD.fullmatch(text)) is not None:
        year, part = int(period["year"]) + by, period["part"] or ""
        if part == "-W53" and date(year, 12, 28).isocalendar().week < int(part[2:]):
            part = "-W52"
            looks.append(Look(way, f"{year}{part}", "no-week"))
        return f"{year}{part}"
    if _YEAR.search(text) or (is_words and _NAMED_DAY.search(text)):
        looks.append(Look(way, text, "words"))
    return text


def _name_periods(data: Mapping[str, Any], year: int, found: Renewal) -> None:
    """Let what refers to a period that is named by no year refer to that of this edition."""
    for bundle in data.get("bundles") or ():
        changed = found.changes.setdefault(f"bundles/{bundle['id']}", {})
        parts = changed.get("parts", bundle["parts"])
        changed["parts"] = [{**part, "period": _of(part.get("period") or "once", year)} for part in parts]
    for duty in data.get("obligations") or ():
        if (counts := duty.get("counts_as")) is not None:
            changed = found.changes.setdefault(f"obligations/{duty['id']}/counts_as", {})
            changed["period"] = _of(changed.get("period", counts["period"]), year)


def _of(period: str, year: int) -> str:
    bare = period.partition("@")[0]
    return f"{bare}@{year}" if bare == "once" or bare.startswith("phase-") else period


def folder_name(base: str, year: int) -> str:
    """Return what the pack of a year is called, after the name of the one that it extends."""
    found = re.search(r"20\d\d(?!.*20\d\d)", base)
    return f"{base}_{year}" if found is None else f"{base[: found.start()]}{year}{base[found.end() :]}"
