"""A pack that extends another: what it states, changes and drops of its base, before the model sees any of it.

    extends: statutory_2027           # a shipped pack, or a folder beside this one
    drop: [fire-check, forms/fire-check]
    change:
      drill: {ladder: usual, variants: [...]}       # these keys of the duty; its others stay
      forms/drill/fields/day: {ask: 哪天演练的？}     # anything else by the way to it
      standard/articles/4/title: 通用               # a text or a list: the whole of it

What the pack states besides takes the place of what its base states: a list whose items have an `id` goes on with
further items (an empty one leaves out all), a mapping goes key by key, a text or another list as a whole. `name` is
never the base's.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from campaign.pack_values import Problem, Value
from talk.texts import Say

EXTENDS: Final = "extends"
CHANGE: Final = "change"
DROP: Final = "drop"
NAME: Final = "name"

_DUTIES: Final = "obligations"
_CALLED: Final = ("id", "key", "number", "name")
"""The keys by which an item of a list is known, the first that it has."""
_SHOWN: Final = 12
"""So many names of what there is are told at the most."""

_Holder = dict[str, Value] | list[Value]


def extended(base: Mapping[str, Value], own: Mapping[str, Value]) -> tuple[dict[str, Value], list[Problem]]:
    """Return the values of a pack upon those of its base, and what of its `drop`, `change` and lists cannot be done."""
    found = {name: _copied(value) for name, value in base.items() if name != NAME}
    problems: list[Problem] = []
    for item in _dropped(own, problems):
        holder, step = _find(found, str(item.plain), item, problems)
        if isinstance(holder, dict):
            del holder[str(step)]
        elif isinstance(holder, list):
            del holder[int(step)]
    for name, value in _changed(own, problems).items():
        holder, step = _find(found, name, value, problems)
        if isinstance(holder, dict):
            holder[str(step)] = _with_changes(holder[str(step)], name, value, problems)
        elif isinstance(holder, list):
            holder[int(step)] = _with_changes(holder[int(step)], name, value, problems)
    for name, value in own.items():
        if name not in (EXTENDS, CHANGE, DROP):
            found[name] = _stated(found.get(name), name, value, problems)
    return found, problems


def without_base(own: Mapping[str, Value]) -> Iterator[Problem]:
    """Return the faults of a pack that changes or drops what it has from nowhere."""
    for name in (CHANGE, DROP):
        if name in own:
            yield own[name].problem(Say("pack-no-base-to-change", key=name))


def _copied(value: Value) -> Value:
    match value.plain:
        case dict() as mapping:
            return Value(value.file, value.line, {key: _copied(inner) for key, inner in mapping.items()})
        case list() as items:
            return Value(value.file, value.line, [_copied(item) for item in items])
        case _:
            return value


def _dropped(own: Mapping[str, Value], problems: list[Problem]) -> Iterator[Value]:
    drop = own.get(DROP)
    if drop is None:
        return
    if not isinstance(drop.plain, list):
        problems.append(drop.problem(Say("pack-drop-what")))
        return
    for item in drop.plain:
        if isinstance(item.plain, str):
            yield item
        else:
            problems.append(item.problem(Say("pack-drop-what")))


def _changed(own: Mapping[str, Value], problems: list[Problem]) -> dict[str, Value]:
    change = own.get(CHANGE)
    if change is None:
        return {}
    if isinstance(change.plain, dict):
        return change.plain
    problems.append(change.problem(Say("pack-change-what", name=CHANGE)))
    return {}


def _with_changes(there: Value, name: str, value: Value, problems: list[Problem]) -> Value:
    if not isinstance(there.plain, dict) or _is_text(there):
        return value
    if not isinstance(value.plain, dict):
        problems.append(value.problem(Say("pack-change-what", name=name)))
        return there
    return Value(there.file, there.line, there.plain | value.plain)


def _stated(there: Value | None, name: str, value: Value, problems: list[Problem]) -> Value:
    if there is None:
        return value
    if isinstance(there.plain, dict) and isinstance(value.plain, dict) and not _is_text(there):
        return Value(value.file, value.line, there.plain | value.plain)
    # An empty list leaves out all of it.
    if isinstance(there.plain, list) and isinstance(value.plain, list) and value.plain:
        ids = {_id(item) for item in there.plain} - {None}
        if ids:
            for item in value.plain:
                if (known := _id(item)) in ids:
                    way = str(known) if name == _DUTIES else f"{name}/{known}"
                    problems.append(item.problem(Say("pack-in-base", name=way)))
            return Value(value.file, value.line, there.plain + value.plain)
    return value


def _find(found: dict[str, Value], way: str, at: Value, problems: list[Problem]) -> tuple[_Holder | None, str | int]:
    """Return what holds the value at the end of a way, and under what; None, and a fault, when there is none."""
    holder: _Holder = found
    steps = way.split("/") if "/" in way else [_DUTIES, way]
    for step in steps[:-1]:
        place = _place(holder, step)
        inside = None if place is None else _at(holder, place).plain
        if not isinstance(inside, dict | list):
            problems.append(_not_there(found, holder, way, at))
            return None, way
        holder = inside
    place = _place(holder, steps[-1])
    if place is None:
        problems.append(_not_there(found, holder, way, at))
        return None, way
    return holder, place


def _at(holder: _Holder, place: str | int) -> Value:
    return holder[str(place)] if isinstance(holder, dict) else holder[int(place)]


def _place(holder: _Holder, step: str) -> str | int | None:
    if isinstance(holder, dict):
        return step if step in holder else None
    return next((number for number, item in enumerate(holder) if _called(item) == step), None)


def _not_there(found: Mapping[str, Value], holder: _Holder, way: str, at: Value) -> Problem:
    elsewhere = [
        f"{name}/{way}"
        for name, value in found.items()
        if isinstance(value.plain, list) and any(_called(item) == way for item in value.plain)
    ]
    there = list(holder) if isinstance(holder, dict) else [name for item in holder if (name := _called(item))]
    known = elsewhere or there
    shown = "、".join(known[:_SHOWN]) + ("…" if len(known) > _SHOWN else "")
    return at.problem(Say("pack-nothing-to-change", name=way, known=shown))


def _is_text(value: Value) -> bool:
    return isinstance(value.plain, dict) and "zh" in value.plain


def _id(item: Value) -> str | None:
    named = item.plain.get("id") if isinstance(item.plain, dict) else None
    return named.plain if named is not None and isinstance(named.plain, str) else None


def _called(item: Value) -> str | None:
    if not isinstance(item.plain, dict):
        return None
    names = (item.plain[key].plain for key in _CALLED if key in item.plain)
    return next((name for name in names if isinstance(name, str)), None)


def called(item: object) -> str | None:
    """Return the name by which an item of a list of plain data is known; None: it has none."""
    names = (item[key] for key in _CALLED if key in item) if isinstance(item, Mapping) else ()
    return next((name for name in names if isinstance(name, str)), None)
