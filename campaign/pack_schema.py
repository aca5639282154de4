"""The JSON Schema of the files of a pack, made from its model, so that an editor completes and checks while one types.

What depends on another part (a ladder that is named, a day within the campaign) it cannot say: `pack_check` does.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from pydantic.json_schema import GenerateJsonSchema

from campaign.pack import Pack
from campaign.pack_extends import CHANGE, DROP, EXTENDS

FILE: Final = "pack.schema.json"
"""What the file with the schema is called beside a pack."""

_MARK: Final = r" \[([NDRS]|S~)\]$"
_TEXT: Final = {"type": ["string", "number", "boolean"]}
"""A pack takes every value as it is written; an editor sees a number in 3 and a truth in true."""


def _marked(*examples: str, pattern: str = ".*") -> dict[str, Any]:
    return {"type": "string", "pattern": f"^{pattern}{_MARK}", "examples": list(examples)}


_DATE: Final = _marked("2027-03-31 [N]", pattern=r"\d{4}-\d{2}-\d{2}")
_PERIOD_DAY: Final = _marked(
    "period end [D]",
    "period end + 3 days [N]",
    "period end + 20 working days [N]",
    "day 28 [N]",
    "day 15 of next month [N]",
    "last day of month [D]",
    "03-31 of each year [D]",
    "01-31 of next year [N]",
    "2027-03-31 [N]",
)
_SPAN: Final = _marked("30 min [D]", "8 h [D]", "365 days [D]")
_WRITTEN: Final[Mapping[str, Mapping[str, Any]]] = {
    "_said": {
        "anyOf": [
            _TEXT,
            {
                "type": "object",
                "properties": {"zh": _TEXT, "en": _TEXT},
                "required": ["zh"],
                "additionalProperties": False,
            },
        ]
    },
    "_joined": {"anyOf": [_TEXT, {"type": "array", "items": _TEXT, "minItems": 1}]},
    "on_date": _DATE,
    "_plain_day": _DATE,
    "_end": {"anyOf": [_DATE, {"type": "null"}]},
    "period_day": _PERIOD_DAY,
    "due_rule": {
        **_PERIOD_DAY,
        "examples": [*_PERIOD_DAY["examples"], "within 24 hours [D]", "within 20 working days [S]"],
    },
    "_closes": _marked("45 days [D]"),
    "_since": {"anyOf": [{"enum": ["campaign", "period"]}, _DATE]},
    "stretch": _marked("3 years [N]", "6 months [S]", "10 days [D]", pattern=r"\d+ (year|month|day)s?"),
    "days_of": _marked("90 days [D]", pattern=r"\d+ days?"),
    "between": {"type": "string", "pattern": r"^\d+(\+|-\d+)$", "examples": ["100+", "30-99"]},
    "moment": {
        "type": "string",
        "pattern": r"^(opens( \+ [1-9]\d* working days?)?|halfway|due( [+-] [1-9]\d* days?)?)$",
        "examples": ["opens", "opens + 1 working day", "halfway", "due - 3 days", "due", "due + 1 day"],
    },
    "time_of_day": _marked("17:00 [D]", pattern=r"\d{2}:\d{2}"),
    "_bound": {"anyOf": [{"type": "integer"}, _TEXT]},
    "_marked": _marked("0.2 [D]"),
    "_yes": _marked("yes [D]", "no [D]", pattern="(yes|no)"),
    "_minutes": _SPAN,
    "_several_minutes": {"type": "array", "items": _SPAN},
    "_clock": _marked("20:00–06:00 [D]"),
}
"""How is written what a function of the model reads, by the name of that function."""

_UPON: Final = {
    EXTENDS: {**_TEXT, "description": "The pack that this one takes over: its name, or a folder beside this one."},
    DROP: {
        "type": "array",
        "items": _TEXT,
        "description": "What is left out of it: the id of a duty, or the way to anything else (forms/drill).",
    },
    CHANGE: {
        "type": "object",
        "description": "What changes of it: the id of a duty or the way to anything else, with the keys that change.",
    },
}


class _Schema(GenerateJsonSchema):
    """Without titles, which repeat the key, and without defaults, which an editor would write out."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        del schema
        return False

    def default_schema(self, schema: Any) -> Any:
        return self.generate_inner(schema["schema"])

    def function_plain_schema(self, schema: Any) -> Any:
        return self._written(schema) or super().function_plain_schema(schema)

    def function_before_schema(self, schema: Any) -> Any:
        return self._written(schema) or super().function_before_schema(schema)

    def str_schema(self, schema: Any) -> Any:
        made = super().str_schema(schema)
        return made if "pattern" in made else made | _TEXT

    def literal_schema(self, schema: Any) -> Any:
        made = super().literal_schema(schema)
        return {"enum": ["true", True]} if made.get("const") == "true" else made

    @staticmethod
    def _written(schema: Any) -> dict[str, Any] | None:
        written = _WRITTEN.get(schema["function"]["function"].__name__)
        return None if written is None else dict(written)


def schema() -> dict[str, Any]:
    """Return the schema of one file: any keys of a pack, since the others may stand in other files or in a base."""
    made = Pack.model_json_schema(schema_generator=_Schema)
    del made["required"], made["title"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **made,
        "properties": {**_UPON, **made["properties"]},
    }


def written() -> str:
    """Return the schema as the text of its file."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"
