"""How two packs differ, value by value, whatever the order of what has a name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from campaign.pack_extends import called

Plain = object
"""What a pack holds: mappings, lists, texts, or nothing."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A value by the way to it, as `change:` names it; None: it is not there."""

    way: str
    before: str | None
    after: str | None


def differences(before: Mapping[str, Plain], after: Mapping[str, Plain]) -> list[Difference]:
    """Return in what the data of one pack differ from those of another, by the way to it."""
    return list(_differ("", before, after))


def _differ(way: str, before: Plain, after: Plain) -> Iterator[Difference]:
    if before == after:
        return
    left, right = _parts(before), _parts(after)
    if left is None or right is None:
        yield Difference(way, _shown(before), _shown(after))
        return
    for name in (*left, *(name for name in right if name not in left)):
        inner = f"{way}/{name}" if way else name
        if name not in right:
            yield Difference(inner, _shown(left[name]), None)
        elif name not in left:
            yield Difference(inner, None, _shown(right[name]))
        else:
            yield from _differ(inner, left[name], right[name])


def _parts(value: Plain) -> dict[str, Plain] | None:
    """The named parts of a value: of a mapping, or of a list whose items all have names of their own."""
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, list):
        names = [called(item) for item in value]
        if value and None not in names and len(set(names)) == len(names):
            return {str(name): item for name, item in zip(names, value, strict=True)}
    return None


def _shown(value: Plain) -> str:
    match value:
        case None:
            return "null"
        case Mapping():
            return "{" + ", ".join(f"{key}: {_shown(inner)}" for key, inner in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(_shown, value)) + "]"
        case _:
            return str(value)
