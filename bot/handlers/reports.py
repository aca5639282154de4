"""草稿 of a report: on the card of its duty, and by /drafts for one's place."""

from bot.handlers.arguments import is_id
from service.district import report as district_report
from service.letters import Draft, Tap, answer, send
from service.mine import own_district, visible
from service.work import Speaker, Work
from talk.texts import Listed, Phrase, Say

PARTS = 3
"""Of a button: place, kind, period."""


def draft(work: Work, me: Speaker, argument: str) -> None:
    """草稿 on the card of a duty."""
    mine = visible(work, me.person, int(argument)) if is_id(argument) else None
    if mine is None:
        answer(work, me, Say("not-allowed"))
    else:
        district_report.ask(work, me, mine)


def drafts(work: Work, me: Speaker, argument: str) -> None:
    """/drafts: the reports of one's district, for the city those over all; `浑南区` those of a district."""
    parts = argument.split(":")
    if len(parts) == PARTS:
        _tapped(work, me, *parts)
        return
    named = work.pack.district_by_name(argument) if argument else None
    if argument and named is None:
        known = tuple(one.name for one in work.pack.districts)
        answer(work, me, Say("draft-no-district", known=Listed(known)))
        return
    column = named.name if named is not None else own_district(work, me.person)
    if not district_report.may_draft(work, me.person, column):
        answer(work, me, Say("not-allowed"))
        return
    send(work, me, _offered(work, column))


def _offered(work: Work, column: str | None) -> Draft:
    """Every report that can be drafted by now, a button each."""
    lines: list[Phrase] = [Say("draft-heading", place=column or work.pack.city)]
    taps: list[Tap] = []
    names = [one.name for one in work.pack.districts]
    place = "" if column is None else str(names.index(column))
    for kind, period in district_report.begun(work, column):
        title = district_report.title(work, kind, district_report.phase_of(work, period))
        taps.append(Tap(Say("task-button", number=len(taps) + 1), f"a:drafts:{place}:{kind}:{period}"))
        lines.append(Say("draft-line", number=len(taps), title=title))
    if not taps:
        lines = [Say("draft-none", day=work.pack.start)]
    return Draft(tuple(lines), tuple(taps))


def _tapped(work: Work, me: Speaker, place: str, kind: str, period: str) -> None:
    known = work.pack.districts
    column = known[int(place)].name if is_id(place) and int(place) < len(known) else None
    if (place and column is None) or not district_report.may_draft(work, me.person, column):
        answer(work, me, Say("not-allowed"))
    else:
        district_report.order(work, me, kind, period, column)
