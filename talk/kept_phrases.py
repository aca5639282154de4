"""Phrases as JSON, for what is said later than it was asked for, perhaps by another process."""

from datetime import date, datetime
from typing import Any

from talk.texts import Arg, DayAndWeekday, FullDay, Listed, Numbered, Phrase, Say, Words


def as_json(said: Arg) -> Any:
    """Return a phrase, or an argument of one, as JSON. Somebody's text is a string and a number a number; all else is
    an object whose first key tells what it is.
    """
    match said:
        case str() | int():
            return said
        case Say(id=message_id, args=args):
            return {"say": message_id, "args": {name: as_json(arg) for name, arg in args}}
        case Words(zh, en):
            return {"zh": zh, "en": en}
        case Listed(items):
            return {"listed": [as_json(item) for item in items]}
        case Numbered(items):
            return {"numbered": [as_json(item) for item in items]}
        case DayAndWeekday(day):
            return {"weekday": day.isoformat()}
        case FullDay(day):
            return {"full": day.isoformat()}
        case datetime():
            return {"at": said.isoformat()}
        case date():
            return {"day": said.isoformat()}


def phrase(stored: Any) -> Phrase:
    """Return the phrase out of its JSON; ValueError where it is none."""
    match _argument(stored):
        case (Say() | Words() | str()) as found:
            return found
        case _:
            raise ValueError("no phrase")


def _argument(stored: Any) -> Arg:
    match stored:
        case str() | int():
            return stored
        case {"say": str() as message_id, "args": dict() as args}:
            return Say.of((message_id, {str(name): _argument(arg) for name, arg in args.items()}))
        case {"zh": str() as zh, "en": None | str() as en}:
            return Words(zh, en)
        case {"listed": list() as items}:
            return Listed(tuple(phrase(item) for item in items))
        case {"numbered": list() as items}:
            return Numbered(tuple(phrase(item) for item in items))
        case {"weekday": str() as day}:
            return DayAndWeekday(date.fromisoformat(day))
        case {"full": str() as day}:
            return FullDay(date.fromisoformat(day))
        case {"at": str() as at}:
            return datetime.fromisoformat(at)
        case {"day": str() as day}:
            return date.fromisoformat(day)
        case _:
            raise ValueError("no argument of a phrase")
