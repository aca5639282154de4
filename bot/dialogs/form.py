"""A duty answered by a form of the pack: its questions one after the other, then the confirmation."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.dialogs.confirming import confirmation, contradiction, criterion_named, photos_on_request, presence
from bot.dialogs.written import Reason, names_apart
from campaign.conditions import OnlyIf
from campaign.forms import (
    AmountAsk,
    Asked,
    ChoiceAsk,
    ChoicesAsk,
    CountAsk,
    DayAsk,
    Form,
    PersonAsk,
    PhoneAsk,
    PhotoAsk,
    TextAsk,
    YesNoAsk,
)
from campaign.talks.duties import Filled, FormBrief
from campaign.unmet import Measure
from talk.conversation import Talk
from talk.naming import is_person
from talk.numbers import telephone
from talk.questions import (
    ANYONE,
    PRINCIPAL,
    Amount,
    Choice,
    Choices,
    Count,
    Day,
    Hint,
    Option,
    Photo,
    Picked,
    Question,
    Text,
    YesNo,
)
from talk.texts import Phrase, Say, Words, listed


@dataclass(frozen=True, kw_only=True)
class Phone(Text):
    """A telephone number: a mobile one, or one of a desk with or without its area."""

    def read(self, text: str, at: datetime) -> str | Hint:
        del at
        return telephone(text) or self.refusal(text)

    def samples(self) -> tuple[str, ...]:
        return ("024-00000000",)

    def accepts(self) -> Say:
        return Say("accepts-phone")


@dataclass(frozen=True, kw_only=True)
class Counted(Count):
    """A number that the bot counts itself: it is confirmed, and no other is taken."""

    def read(self, text: str, at: datetime) -> int | Hint:
        number = super().read(text, at)
        return Hint(self.accepts()) if isinstance(number, Hint) else number

    def accepts(self) -> Say:
        return Say("form-counted", number=Say("shown-count", number=self.minimum, unit=self.unit))


@dataclass(frozen=True, kw_only=True)
class People(Text):
    """Who answers for something: one person by name, or several; 安全部 or 安全员 is nobody."""

    def read(self, text: str, at: datetime) -> str | Hint:
        said = super().read(text, at)
        if isinstance(said, Hint):
            return said
        called = names_apart(said)
        wrong = next((name for name in called if not is_person(name)), None)
        if wrong is not None:
            return Hint(Say("person-refused", name=wrong))
        return "、".join(called) or self.refusal(text)

    def samples(self) -> tuple[str, ...]:
        return ("钱某",)

    def accepts(self) -> Say:
        return Say("accepts-person")


def form(brief: FormBrief) -> Talk[Filled]:
    """Ask whether the risk exists that the duty is about, then the questions of the form, then for photos."""
    if not (yield from presence(brief)):
        yield from confirmation(brief)
        return Filled(present=False)
    kept = Form.stored(brief.form)
    fields = kept.in_order(delegated=brief.delegated)
    # Where an answer decides what else is asked, nobody knows how many questions there will be.
    total = 0 if any(field.only_if for field in fields) else len(fields)
    given: dict[str, Any] = {}
    stored: dict[str, Any] = {}
    for number, field in enumerate(fields, 1):
        if field.only_if is None or field.only_if.holds(_read(field.only_if, given)):
            question = replace(_question(brief, field, given), step=(number, total) if total else None)
            given[field.key] = yield from question
            stored[field.key] = question.encode(given[field.key])
    if not any(isinstance(field, PhotoAsk) for field in fields):
        yield from photos_on_request()
    for reason in _contradictions(brief, kept, stored):
        yield from reason
    yield from confirmation(brief)
    return Filled(present=True, values=given)


def _contradictions(brief: FormBrief, kept: Form, stored: Mapping[str, Any]) -> list[Reason]:
    """Return a question for each thing that the answers admit and the self-check denied."""
    reasons: list[Reason] = []
    denied = {one.criterion: one for one in brief.denied}
    for told in kept.admissions(stored, Measure(brief.first, brief.employees)) if denied else ():
        before = denied.get(told.criterion)
        if before is None or told.number <= before.there or before.is_explained(told.said, told.number):
            continue
        if told.criterion is None:
            here = Say("contradiction-form-count", check=before.check, number=told.number, there=before.there)
        else:
            named = criterion_named(told.criterion, before.fact)
            here = Say("contradiction-form", check=before.check, criterion=named, said=listed(told.said))
        pair = (before.check.zh, *(words.zh for words in told.said), str(told.number), str(before.there))
        reasons += [contradiction(told.criterion, here, pair)]
    return reasons


def _read(condition: OnlyIf, given: Mapping[str, Any]) -> object:
    value = given.get(condition.key)
    return value.ids if isinstance(value, Picked) else value


def _question(brief: FormBrief, field: Asked, given: Mapping[str, Any]) -> Question[Any]:
    common: dict[str, Any] = {
        "key": field.key,
        "ask": _worded(field.ask, brief),
        "label": field.label,
        "hint": _hint(field.hint, brief),
        "by": PRINCIPAL if field.by else ANYONE,
        "rev": field.rev,
    }
    usual = brief.usual.get(field.key)
    question: Question[Any]
    match field:
        case YesNoAsk():
            return YesNo(**common, yes=field.yes or Say("option-yes"), no=field.no or Say("option-no"))
        case ChoiceAsk():
            return Choice(**common, choices=_options(field), likely=usual if isinstance(usual, str) else None)
        case ChoicesAsk():
            question = Choices(
                **common, choices=_options(field), free=field.free, limit=field.limit, nothing=field.nothing
            )
        case CountAsk() if field.as_counted and isinstance(usual, int):
            question = Counted(**common, unit=field.unit, minimum=usual, maximum=usual, usual=usual)
        case CountAsk():
            most = min(field.maximum, given.get(field.at_most or "", field.maximum))
            question = Count(
                **common,
                unit=field.unit,
                minimum=min(field.minimum, most),
                maximum=most,
                usual=usual if isinstance(usual, int) else None,
                nothing=field.nothing,
            )
        case AmountAsk():
            question = Amount(**common)
        case DayAsk():
            first, last = field.days(brief.period, brief.first, brief.last)
            day = Day(**common, first=first, last=last, past=field.past)
            return _accepting(day, Say("day-hint", example=first if field.closing else brief.first))
        case TextAsk():
            same = usual if isinstance(usual, str) and len(usual) <= field.limit else ""
            text = Text(**common, limit=field.limit, nothing=field.nothing, same=same)
            return text if text.hint is not None else _accepting(text, text.accepts())
        case PhoneAsk():
            question = Phone(**common)
        case PersonAsk():
            question = People(**common)
        case PhotoAsk():
            # The question itself says that photos are wanted.
            return Photo(**common, nothing=field.nothing, documents=field.takes == "files")
    return _accepting(question, question.accepts())


def _accepting(question: Question[Any], accepts: Say) -> Question[Any]:
    """The question with what it accepts under the hint of the form."""
    hint = accepts if question.hint is None else Say("form-hint", hint=question.hint, accepts=accepts)
    return replace(question, hint=hint)


def _options(field: ChoiceAsk | ChoicesAsk) -> tuple[Option, ...]:
    return tuple(Option(option.id, option.label) for option in field.options)


def _worded(words: Words, brief: FormBrief) -> Words:
    """The words with the duty's title and the registry's number of employees in their places."""
    title, employees = brief.title, str(brief.employees)
    zh = words.zh.replace("{title}", title.zh).replace("{employees}", employees)
    en = (words.en or "").replace("{title}", title.en or title.zh).replace("{employees}", employees)
    return Words(zh, en or None)


def _hint(words: Words | None, brief: FormBrief) -> Phrase | None:
    if words is None or ("{employees}" in words.zh and brief.employees is None):
        return None
    return _worded(words, brief)
