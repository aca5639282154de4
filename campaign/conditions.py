"""On what earlier answer a question of a form, or a judgement of one, depends."""

from collections.abc import Mapping
from typing import Annotated, Final, Literal, Self

from pydantic import Field, NonNegativeInt, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from campaign.fields import Part, known, names

KEY: Final = "key of a form"
KIND: Final = "kind of "
"""Before the key of a question: under that name its kind is known while a form is read."""

Earlier = Annotated[str, names(KEY)]
"""The key of an earlier question."""


class OnlyIf(Part):
    """When a question is asked: an earlier answer `is` a value (true, an option, a number), is a number `above`
    another, or among several `has` an option, or `some`. What was not asked itself fulfils nothing.
    """

    key: Earlier
    is_: Annotated[str | None, Field(alias="is")] = None
    above: NonNegativeInt | None = None
    has: str | None = None
    some: Literal["true"] | None = None

    @model_validator(mode="after")
    def _fits(self, info: ValidationInfo) -> Self:
        there = known(info).names
        kind = next(iter(there[f"{KIND}{self.key}"]), None)
        said = tuple(name for name in ("is_", "above", "has", "some") if getattr(self, name) is not None)
        match kind, said:
            case "yes-no", ("is_",) if self.is_ in ("true", "false"):
                pass
            case ("choice", ("is_",)) | ("choices", ("has",)):
                if (wanted := self.is_ or self.has) not in there[f"options of {self.key}"]:
                    options = "、".join(sorted(there[f"options of {self.key}"]))
                    raise PydanticCustomError("unknown", "not an option", {"given": wanted, "known": options})
            case ("count", ("above",)) | ("choices", ("some",)):
                pass
            case "count", ("is_",) if str(self.is_).isdecimal():
                pass
            case None, _:
                pass  # a question with a fault of its own is told once
            case _:
                raise PydanticCustomError("only_if", "the condition does not fit the question")
        return self

    def holds_stored(self, value: object) -> bool:
        """The same of an answer as it is stored."""
        return self.holds(tuple(value["ids"]) if isinstance(value, Mapping) and "ids" in value else value)

    def holds(self, value: object) -> bool:
        """Whether an earlier answer fulfils this: a bool, a number, the id of an option, or a tuple of ids."""
        match value:
            case bool():
                return value == (self.is_ == "true")
            case int():
                return value > self.above if self.above is not None else str(value) == self.is_
            case str():
                return value == self.is_
            case tuple():
                return self.has in value if self.has is not None else bool(value)
            case _:
                return False
