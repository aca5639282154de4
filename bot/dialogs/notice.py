"""A notice is written: the text, for whom, how long it is in force, whether an answer is asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from campaign.identity import code_fault, normalise_code
from campaign.notices import CODES, TEXT_LIMIT, Audience, Written
from campaign.roles import CLERK
from campaign.talks.notices import Condition, NoticeBrief
from talk.conversation import Talk
from talk.list_questions import ListChoice, ListChoices
from talk.questions import Choice, Choices, Confirm, Day, Hint, Option, Photo, Picked, Text
from talk.texts import Numbered, Phrase, Say

QUOTED = 20
"""Characters of an unsound code that are said again."""
NO_ANSWER = "none"
APART = "，,、；;\n\t"
"""What stands between codes that were pasted."""


@dataclass(frozen=True, kw_only=True)
class Codes(Text):
    """Codes of enterprises, pasted; each of them must be sound."""

    def read(self, text: str, at: datetime) -> str | Hint:
        del at
        for mark in APART:
            text = text.replace(mark, " ")
        codes = [normalise_code(code) for code in text.split()]
        unsound = next((code for code in codes if code_fault(code) is not None), None)
        if unsound is not None:
            return Hint(Say("notice-codes-unsound", code=unsound[:QUOTED]))
        if len(codes) > CODES:
            return Hint(Say("notice-codes-many", limit=CODES, number=len(codes)))
        return "\n".join(dict.fromkeys(codes)) or Hint(self.accepts())

    def describe(self, value: str) -> Phrase:
        return Say("notice-of-codes", number=len(value.split()))

    def accepts(self) -> Say:
        return Say("notice-accepts-codes", limit=CODES)


@dataclass(frozen=True, kw_only=True)
class LastDay(Day):
    """A day to come, with a button for the usual one."""

    usual: date

    def offers(self, at: datetime) -> tuple[tuple[Option, date], ...]:
        del at
        return ((Option("usual", Say("notice-until-button", day=self.usual)), self.usual),)


def notice(brief: NoticeBrief) -> Talk[Written]:
    """Ask for the text, for whom it is, and until when; for the form of its answer, and for files on request."""
    text = yield from Text(
        key="text",
        ask=Say("notice-text"),
        label=Say("notice-text-label"),
        hint=Say("notice-text-hint", limit=TEXT_LIMIT),
        limit=TEXT_LIMIT,
    )
    districts: tuple[str, ...] = ()
    if brief.districts:
        districts = yield from _several(
            brief.districts, "districts", Say("notice-districts"), Say("notice-districts-label"), Say("notice-city")
        )
    audience = yield from _narrowed(brief, districts)
    until = yield from LastDay(
        key="until",
        ask=Say("notice-until"),
        label=Say("notice-until-label"),
        hint=Say("notice-until-hint", example=brief.usual),
        first=brief.first,
        last=brief.latest,
        future=True,
        usual=brief.usual,
    )
    answered = NO_ANSWER
    if brief.forms:
        answered = yield from Choice(
            key="form",
            ask=Say("notice-form"),
            label=Say("notice-form-label"),
            choices=(Option(NO_ANSWER, Say("notice-form-none")), *_options(brief.forms)),
        )
    files = yield from Photo(
        key="photos",
        ask=Say("notice-files"),
        label=Say("notice-files-label"),
        on_request=Say("notice-attach"),
        nothing=Say("notice-files-none"),
    )
    yield from Confirm(key="confirm", ask=Say("notice-to-preview"), yes=Say("notice-preview"))
    return Written(text, files, audience, until, None if answered == NO_ANSWER else answered)


def _narrowed(brief: NoticeBrief, districts: tuple[str, ...]) -> Talk[Audience]:
    """Ask which enterprises are meant, and whom in them."""
    ways = [Option("sectors", Say("notice-by-sector")), Option("tags", Say("notice-by-tag"))]
    if brief.unanswered:
        ways.append(Option("unanswered", Say("notice-by-duty")))
    ways.append(Option("codes", Say("notice-by-code")))
    by = yield from ListChoices(
        key="by",
        ask=Say("notice-by"),
        label=Say("notice-by-label"),
        choices=tuple(ways),
        nothing=Say("notice-everybody"),
        none_is_all=True,
    )
    sectors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    unanswered: str | None = None
    if "sectors" in by.ids:
        sectors = yield from _several(brief.sectors, "sectors", Say("notice-sectors"), Say("notice-sectors-label"))
    if "tags" in by.ids:
        tags = yield from _several(brief.tags, "tags", Say("notice-tags"), Say("notice-tags-label"))
    if "unanswered" in by.ids:
        lines = _numbered(brief.unanswered)
        unanswered = yield from ListChoice(
            key="unanswered",
            ask=Say("notice-duty"),
            label=Say("notice-duty-label"),
            hint=Say("notice-lines", lines=Numbered(tuple(line.label for line in lines))),
            choices=lines,
            accepted=Say("notice-accepts-number", last=len(lines)),
            unlisted=Say("notice-accepts-number", last=len(lines)),
        )
    if "codes" in by.ids:
        pasted = yield from Codes(
            key="codes",
            ask=Say("notice-codes"),
            label=Say("notice-codes-label"),
            hint=Say("notice-codes-hint", limit=CODES),
            limit=CODES * 20,
        )
        codes = tuple(pasted.split())
    # Staff of districts have no sector, duty or code.
    asked = [role for role in brief.roles if role != CLERK or not by.ids]
    roles = yield from Choices(
        key="roles",
        ask=Say("notice-roles"),
        label=Say("notice-roles-label"),
        choices=tuple(Option(role, Say("notice-role", role=role)) for role in asked),
    )
    return Audience(roles.ids, districts, sectors, tags, unanswered, codes)


def _several(
    lines: Sequence[Condition], key: str, ask: Phrase, label: Phrase, nothing: Phrase | None = None
) -> Talk[tuple[str, ...]]:
    choices = _options(lines)
    picked: Picked = yield from ListChoices(
        key=key,
        ask=ask,
        label=label,
        hint=Say("notice-lines-several", lines=Numbered(tuple(option.label for option in choices))),
        choices=choices,
        nothing=nothing,
        none_is_all=True,
    )
    return picked.ids


def _options(lines: Sequence[Condition]) -> tuple[Option, ...]:
    return tuple(Option(line.id, line.name) for line in lines)


def _numbered(lines: Sequence[Condition]) -> tuple[Option, ...]:
    """Options of lines too long for a button, which then says their number."""
    return tuple(Option(line.id, line.name, Say("pick-button", number=number)) for number, line in enumerate(lines, 1))
