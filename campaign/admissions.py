"""What answers admit of major hazards: `admits` in a pack, and the numbers of hazards that a form counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final

from pydantic import AfterValidator, ValidationInfo
from pydantic_core import PydanticCustomError

from campaign.fields import Id, known
from campaign.unmet import Judgement, Measure, told
from talk.texts import Words

_WHY: Final = "contradiction/"


def why_key(criterion: str | None) -> str:
    """Return the key of the sentence on why the self-check and a form say different things of a criterion; None: of how
    many major hazards there are.
    """
    return f"{_WHY}{criterion or 'count'}"


def is_why(key: str) -> bool:
    """Return whether a key is one of `why_key`."""
    return key.startswith(_WHY)


def _criterion(name: str, info: ValidationInfo) -> str:
    there = known(info).names["criterion"]
    # The copy of a form that a conversation keeps was checked when its pack was read.
    if there and name not in there:
        raise PydanticCustomError("unknown", "no criterion", {"given": name, "known": "、".join(sorted(there))})
    return name


class Admits(Judgement):
    """An answer that admits what a criterion of major hazards names; `why` is what was said, in few words."""

    criterion: Annotated[Id, AfterValidator(_criterion)]


@dataclass(frozen=True, slots=True)
class Admission:
    """What the answers of a form admit: of one criterion; None: major hazards, so many, of whichever."""

    criterion: str | None
    said: tuple[Words, ...]
    number: int = 1


def admitted(
    conditions: Iterable[tuple[str, Admits]], values: Mapping[str, Any], measure: Measure
) -> tuple[Admission, ...]:
    """Return what stored answers admit, each criterion once; what was not asked admits nothing."""
    found: dict[str, list[Words]] = {}
    for condition, said in told(conditions, values, measure):
        found.setdefault(condition.criterion, []).append(said)
    return tuple(Admission(criterion, tuple(words)) for criterion, words in found.items())
