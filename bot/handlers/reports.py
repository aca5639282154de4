"""草稿 of a report: on the card of its duty, and by /drafts for one's place."""

from bot.handlers.arguments import is_id
from service.core.letters import Draft, answer, send
from service.core.unit_of_work import Speaker, UnitOfWork
from service.district import report as district_report
from service.duties.owned import own_district, visible
from talk.actions import Tap
from talk.texts import Listed, Phrase, Say

PARTS = 3
"""Of a button: place, kind, period."""


def draft(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """草稿 on the card of a duty."""
    owned = visible(uow, me.person, int(argument)) if is_id(argument) else None
    if owned is None:
        answer(uow, me, Say("not-allowed"))
    else:
        district_report.ask(uow, me, owned)


def drafts(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """/drafts: the reports of one's district, for the city those over all; `浑南区` those of a district."""
    parts = argument.split(":")
    if len(parts) == PARTS:
        _tapped(uow, me, *parts)
        return
    named = uow.pack.district_by_name(argument) if argument else None
    if argument and named is None:
        known = tuple(one.name for one in uow.pack.districts)
        answer(uow, me, Say("draft-no-district", known=Listed(known)))
        return
    column = named.name if named is not None else own_district(uow, me.person)
    if not district_report.may_draft(uow, me.person, column):
        answer(uow, me, Say("not-allowed"))
        return
    send(uow, me, _offered(uow, column))


def _offered(uow: UnitOfWork, column: str | None) -> Draft:
    """Every report that can be drafted by now, a button each."""
    lines: list[Phrase] = [Say("draft-heading", place=column or uow.pack.city)]
    taps: list[Tap] = []
    names = [one.name for one in uow.pack.districts]
    place = "" if column is None else str(names.index(column))
    for kind, period in district_report.begun(uow, column):
        title = district_report.title(uow, kind, district_report.phase_of(uow, period))
        taps.append(Tap(Say("task-button", number=len(taps) + 1), f"a:drafts:{place}:{kind}:{period}"))
        lines.append(Say("draft-line", number=len(taps), title=title))
    if not taps:
        lines = [Say("draft-none", day=uow.pack.start)]
    return Draft(tuple(lines), tuple(taps))


def _tapped(uow: UnitOfWork, me: Speaker, place: str, kind: str, period: str) -> None:
    known = uow.pack.districts
    column = known[int(place)].name if is_id(place) and int(place) < len(known) else None
    if (place and column is None) or not district_report.may_draft(uow, me.person, column):
        answer(uow, me, Say("not-allowed"))
    else:
        district_report.order(uow, me, kind, period, column)
