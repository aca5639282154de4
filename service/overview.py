"""Who has answered: for a district's staff their district, for the city every one. Counts first, names by tap."""

from collections.abc import Sequence

from campaign.duties import title_of
from service.letters import Draft, Tap
from service.permissions import Act, Target, may
from service.work import Work
from storage import duties, people
from talk.texts import Listed, Phrase, Say

SHOWN = 5
"""Lines of a page: with the way on, the six buttons of a message."""

PAGE = "page/"
NAMES = 40
"""Names in one message; the command line lists all."""


def progress(work: Work, person: int, wanted: str) -> Draft | None:
    """How many of each duty are answered, in a district or (city, nothing named) over all.

    `wanted` is a district's name, `page/2/6` (the second page of the sixth district), or a number: that line
    of the list, with the names behind it.
    None: not allowed.
    """
    page = 1
    if wanted.startswith(PAGE):
        number, _, of_district = wanted.removeprefix(PAGE).partition("/")
        page, wanted = int(number) if number.isdecimal() else 1, _district_of(work, of_district) or ""
    district = _district(work, person, "" if wanted.isdecimal() else wanted)
    if district is None and not may(work, person, Act.SEE_CITY_PROGRESS, Target()):
        return None
    rows = [row for row in duties.progress(work.conn, district=district, now=work.now) if row.total]
    open_rows = [row for row in rows if row.answered < row.total]
    if wanted.isdecimal() and 0 < int(wanted) <= len(open_rows):
        return missing(work, person, _which(work, open_rows[int(wanted) - 1], district))
    place = district or work.pack.city
    if not rows:
        return Draft((Say("progress-none", place=place),))
    first = (max(page, 1) - 1) * SHOWN
    shown = list(enumerate(open_rows, 1))[first : first + SHOWN]
    left = len(open_rows) - first - len(shown)
    lines: list[Phrase] = [Say("progress-heading", place=place, at=work.now)]
    lines += [
        Say("progress-line", number=number, title=_title(work, row), answered=row.answered, total=row.total)
        for number, row in shown
    ]
    taps = [
        Tap(Say("progress-button", number=number), f"a:progress:{_which(work, row, district)}") for number, row in shown
    ]
    if left > 0:
        lines.append(Say("list-more", number=left))
        taps.append(Tap(Say("option-more"), f"a:district:{PAGE}{page + 1}/{_number_of(work, district)}"))
    elif len(open_rows) < len(rows):
        lines.append(Say("progress-complete", number=len(rows) - len(open_rows)))
    return Draft(tuple(lines), tuple(taps))


def _which(work: Work, row: duties.Progress, district: str | None) -> str:
    return f"{row.obligation}|{row.period}|{_number_of(work, district)}"


def missing(work: Work, person: int, which: str) -> Draft | None:
    """The enterprises that have not answered a duty; None: not allowed, or no such duty."""
    obligation, _, rest = which.partition("|")
    period, _, number = rest.partition("|")
    if number.isdecimal() and int(number) >= len(work.pack.districts):
        return None
    district = _district_of(work, number)
    allowed = Act.SEE_DISTRICT_PROGRESS if district else Act.SEE_CITY_PROGRESS
    if not may(work, person, allowed, Target(district)):
        return None
    names = duties.unanswered_names(work.conn, obligation, period, district)
    if not names:
        return Draft((Say("missing-none"),))
    shown: Sequence[Phrase] = [name for _, name in names[:NAMES]]
    lines: list[Phrase] = [
        Say(
            "missing-heading",
            title=title_of(work.pack.obligation(obligation), period),
            place=district or work.pack.city,
            number=len(names),
        ),
        Say("listed", items=Listed(tuple(shown))),
    ]
    if len(names) > NAMES:
        lines.append(Say("missing-more", number=len(names) - NAMES))
    return Draft(tuple(lines))


def _number_of(work: Work, district: str | None) -> str:
    """A district by its place in the pack: names are too long for a button."""
    names = [known.name for known in work.pack.districts]
    return "" if district is None else str(names.index(district))


def _district_of(work: Work, number: str) -> str | None:
    known = number.isdecimal() and int(number) < len(work.pack.districts)
    return work.pack.districts[int(number)].name if known else None


def _title(work: Work, row: duties.Progress) -> Phrase:
    return title_of(work.pack.obligation(row.obligation), row.period)


def _district(work: Work, person: int, wanted: str) -> str | None:
    """The named district if this person may see it, else the person's own."""
    named = work.pack.district_by_name(wanted) if wanted else None
    if named is not None:
        return named.name if may(work, person, Act.SEE_DISTRICT_PROGRESS, Target(named.name)) else None
    for one in people.roles(work.conn, person):
        if one.role in ("clerk", "leader") and one.state == "active":
            return one.subject
    return None
