"""What each talk is given and what it decides: the briefs and results of the dialogs, by subject.

The dialogs themselves are in `bot/dialogs/`; a use case makes a brief and gets the result, and knows no dialog. A
module whose subject answers duties names as `DUTY_FORMS` the words by which a pack asks for that, and as `JUDGED` the
kinds of those of their questions, by key, that a pack can judge.
"""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules


def subjects() -> tuple[str, ...]:
    """The subjects that have briefs."""
    return tuple(module.name for module in iter_modules(__path__))


def duty_forms_of(subject: str) -> tuple[str, ...]:
    """The words of one subject."""
    found: tuple[str, ...] = getattr(import_module(f"{__name__}.{subject}"), "DUTY_FORMS", ())
    return found


@cache
def judged(form: str) -> Mapping[str, str]:
    """The kinds of the questions, by key, that a pack can judge in the talk that such a word names."""
    for subject in subjects():
        found: Mapping[str, Mapping[str, str]] = getattr(import_module(f"{__name__}.{subject}"), "JUDGED", {})
        if form in found:
            return found[form]
    return {}


@cache
def duty_forms() -> tuple[str, ...]:
    """What an obligation may name as its form that is in code, and no form of its pack."""
    return tuple(sorted(word for subject in subjects() for word in duty_forms_of(subject)))
