"""`anzhu pack show`: what a pack asks of one enterprise, or of a bureau, in a year."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Protocol, get_args

from bot import horizon
from bot.cli import output, session
from bot.cli.faults import Fault
from bot.cli.options import Json, Now, argument, option
from bot.cli.words import say
from campaign import pack_calendar
from campaign.obligations import OF_BUREAUS, Subject
from campaign.pack import Pack, PackError, load
from campaign.pack_calendar import HEADINGS, Calendar, Entry, Whom, line
from campaign.scope import EMPLOYEES, Profile
from storage import modes
from talk.cleaning import likeness
from talk.texts import Listed, Phrase, Say

KINDS = (".xlsx", ".ics")
SUBJECTS: tuple[Subject, ...] = get_args(Subject)


def pack_show(
    path: Annotated[Path, argument(Say("cli-name-path"), Say("cli-option-pack-path"))],
    year: Annotated[int | None, option("--year", Say("cli-option-year"), Say("cli-name-year"))] = None,
    sector: Annotated[str | None, option("--sector", Say("cli-option-sector"), Say("cli-name-sector"))] = None,
    tags: Annotated[str, option("--tags", Say("cli-option-tags"), Say("cli-name-tags"))] = "",
    employees: Annotated[
        int | None, option("--employees", Say("cli-option-employees"), Say("cli-name-employees"))
    ] = None,
    of: Annotated[str, option("--of", Say("cli-option-of"), Say("cli-name-of"))] = "enterprise",
    out: Annotated[Path | None, option("--out", Say("cli-option-pack-show-out"), Say("cli-name-file"))] = None,
    as_json: Json = False,
    now: Now = None,
) -> None:
    """Print, or write to a file, what somebody owes in a year."""
    if out is not None and out.suffix.lower() not in KINDS:
        raise Fault(Say("cli-pack-show-kind", given=out.name))
    settings = session.settings()
    horizon.arrange(settings)
    try:
        pack = load(str(path))
    except PackError as error:
        raise Fault(error.what) from error
    at = session.moment(now) or datetime.now(UTC)
    whom = _whom(pack, of, sector, tags, employees)
    calendar = pack_calendar.calendar(pack, whom, _year(pack, year, at.astimezone(pack.zone).year))
    heading = _heading(pack, whom, calendar.year)
    if out is not None:
        from reports.pack_calendar import ics, xlsx  # noqa: PLC0415  # a third of a second of imports, for files only

        is_book = out.suffix.lower() == ".xlsx"
        modes.write(out, xlsx(pack, calendar, heading) if is_book else ics(pack, calendar, heading, at))
        say(Say("cli-pack-shown", file=str(out), number=len(calendar.dated)))
    elif as_json:
        output.single(_fields(pack, calendar), pack.zone)
    else:
        _print(pack, calendar, heading)


def _print(pack: Pack, calendar: Calendar, heading: Say) -> None:
    say(heading)
    output.table(HEADINGS, [line(pack, entry) for entry in calendar.dated], pack.zone)
    if calendar.undated:
        say(Say("calendar-no-fixed-day"))
        output.table(HEADINGS, [line(pack, entry) for entry in calendar.undated], pack.zone)
    if calendar.off:
        say(Say("calendar-off"))
        for rule in calendar.off:
            say(Say("calendar-off-line", title=rule.title, why=rule.unsure or ""))


def _fields(pack: Pack, calendar: Calendar) -> dict[str, Any]:
    def fields(entry: Entry) -> dict[str, Any]:
        rule = entry.obligation
        return {
            "obligation": rule.id,
            "period": entry.period,
            "title": entry.title,
            "opens": entry.opens,
            "due": entry.due,
            "within": entry.within and f"{entry.within.number} {entry.within.unit}",
            "event": rule.trigger,
            "owner": rule.owner,
            "ground": pack_calendar.ground(pack, rule),
            "demand": rule.demand,
            "mark": entry.mark and entry.mark.value,
            "unsure": rule.unsure,
        }

    return {
        "pack": pack.name,
        "year": calendar.year,
        "dated": [fields(entry) for entry in calendar.dated],
        "undated": [fields(entry) for entry in calendar.undated],
        "off": [{"obligation": rule.id, "title": rule.title, "unsure": rule.unsure} for rule in calendar.off],
    }


def _year(pack: Pack, given: int | None, this: int) -> int:
    years = pack_calendar.years(pack)
    if given is None:
        return this if this in years else min(pack.end.year, years[-1])
    if given not in years:
        raise Fault(Say("cli-pack-no-such-year", given=str(given), first=str(years[0]), last=str(years[-1])))
    return given


class _Named(Protocol):
    """A sector or a tag."""

    @property
    def id(self) -> str: ...

    @property
    def spellings(self) -> frozenset[str]: ...


def _whom(pack: Pack, of: str, sector: str | None, tags: str, employees: int | None) -> Whom:
    subject = next((one for one in SUBJECTS if one == of.strip().lower()), None)
    if subject is None:
        raise Fault(Say("cli-pack-no-such", given=of, known=Listed(SUBJECTS)))
    given = [tag for tag in tags.replace("，", ",").replace("、", ",").split(",") if tag.strip()]
    return Whom(
        subject,
        Profile(
            "" if sector is None else _id(pack.sectors, sector),
            frozenset(_id(pack.tags, tag) for tag in given),
            {} if employees is None else {EMPLOYEES: employees},
        ),
    )


def _id(among: Iterable[_Named], given: str) -> str:
    for one in among:
        if given.strip() == one.id or likeness(given) in one.spellings:
            return one.id
    raise Fault(Say("cli-pack-no-such", given=given, known=Listed(tuple(one.id for one in among))))


def _heading(pack: Pack, whom: Whom, year: int) -> Say:
    said: list[Phrase] = [Say("calendar-of-municipal")] if whom.subject == "municipal" else []
    said += [pack.sector(whom.profile.sector).name] if whom.profile.sector else []
    said += [tag.name for tag in pack.tags if tag.id in whom.profile.tags]
    said += [Say("calendar-people", number=number) for number in whom.profile.numbers.values()]
    shown = Listed(tuple(said)) if said else Say("calendar-plain-enterprise")
    kind = whom.subject if whom.subject in OF_BUREAUS else "enterprise"
    return Say("calendar-of", title=pack.title, year=str(year), kind=kind, whom=shown, bureau=pack.city_bureau)
