"""Samples of the types that briefs are made of: facts of nobody's, for the outline of a talk."""

import inspect
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from talk.texts import Words

T = TypeVar("T")

DAY = datetime.fromisoformat("2023-06-06T09:00:00+08:00")


def sample_of(kind: type[T], nth: int = 0, **given: Any) -> T:
    """Return a sample of a class whose fields have types: what is `given`, then what the class names itself in its
    `SAMPLE`, then the defaults of its fields, then anything of the right type.

    A field that may be None has a value; `nth` tells the elements of a tuple apart, of which the second has none.
    """
    hints = get_type_hints(kind)
    known: dict[str, Any] = {}
    for base in reversed(kind.__mro__):
        known |= vars(base).get("SAMPLE", {})
    known |= given
    for place, (name, parameter) in enumerate(inspect.signature(kind).parameters.items()):
        if name not in known and parameter.default is parameter.empty:
            known[name] = "ab"[nth] if name == "id" and hints[name] is str else _value(hints[name], nth, place)
    # The rules of a pack are checked as they are read, and hold nothing yet of what their validators expect.
    made: T = getattr(kind, "model_construct", kind)(**known)
    return made


def _value(hint: Any, nth: int, place: int) -> Any:
    """Return a value of a type. Days come one after another by the `place` of their fields: the first, the last."""
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        kinds = [kind for kind in args if kind is not NoneType]
        return None if nth and NoneType in args else _value(kinds[0], nth, place)
    if origin is Literal:
        return args[nth % len(args)]
    if origin is tuple:
        kinds = [args[0], args[0]] if Ellipsis in args else list(args)
        return tuple(_value(kind, number, place) for number, kind in enumerate(kinds))
    if origin in (dict, Mapping):
        return {}
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return list(hint)[nth % len(hint)]
    simple = {
        str: "……" * (nth + 1),
        bool: nth > 0,
        int: 7 + nth,
        Decimal: Decimal(5 + nth),
        Words: Words("……" * (nth + 1)),
        date: DAY.date() + timedelta(days=place),
        datetime: DAY + timedelta(days=place),
        time: time(8 + nth),
        timedelta: timedelta(minutes=30),
    }
    if hint in simple:
        return simple[hint]
    return hint.sample() if hasattr(hint, "sample") else sample_of(hint, nth)
