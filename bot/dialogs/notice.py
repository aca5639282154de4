"""A notice is written: the text, for whom, how long it is in force, whether an answer is asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.dialogs.narrowing import pasted_codes, several
from campaign.notices import TEXT_LIMIT, Audience, Written
from campaign.roles import CLERK
from campaign.talks.notices import Condition, NoticeBrief
from talk.conversation import Talk
from talk.list_questions import ListChoice, ListChoices
from talk.questions import Choice, Choices, Confirm, Day, Option, Photo, Text
from talk.texts import Numbered, Phrase, Say

NO_ANSWER = "none"


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
            choices=(Option(NO_ANSWER, Say("notice-form-none")), *(Option(form.id, form.name) for form in brief.forms)),
        )
    files = yield from Photo(
        key="photos",
        documents=True,
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
        # Lines too long for a button, which then says their number.
        lines = tuple(
            Option(line.id, line.name, Say("pick-button", number=number))
            for number, line in enumerate(brief.unanswered, 1)
        )
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
        codes = yield from pasted_codes()
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
    return several(lines, key, ask, label, lambda lines: Say("notice-lines-several", lines=lines), nothing)
