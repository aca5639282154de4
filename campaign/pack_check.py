"""Whether a pack can be used: every fault with its file, its line and what to do about it."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from campaign.obligations import OF_BUREAUS, Obligation
from campaign.pack import Pack
from campaign.pack_file import PackFile, folder_of, read
from campaign.pack_values import Loc, Problem
from campaign.periods import shown_in_full
from campaign.scope import Matched, leaves_somebody
from talk.texts import Say, listed

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


def check(path: str | Path) -> list[Problem]:
    """What is wrong in a pack (its folder, or the name of a shipped one), by file and line."""
    file = read(folder_of(str(path)))
    # A part that could not be read would only be missing everywhere else.
    problems = file.problems or _faults(file)
    return sorted(problems, key=lambda problem: (problem.file, problem.line))


def notes(path: str | Path) -> list[Problem]:
    """What is odd in a pack without fault, and may be meant: periods of which nobody owes anything."""
    file = read(folder_of(str(path)))
    try:
        pack = Pack.of(file.data)
    except ValidationError:
        return []
    found = (
        file.problem(("obligations", number, "variants", place), what)
        for number, rule in enumerate(pack.every_obligation)
        for place, what in _nobody(pack, rule)
    )
    return sorted(found, key=lambda problem: (problem.file, problem.line))


def _nobody(pack: Pack, rule: Obligation) -> Iterator[tuple[int, Say]]:
    """The variants of a duty that no period of the campaign is long enough for, and those whose enterprises owe nothing
    of a period in which those of a later one with the same cadence would.
    """
    sectors = [sector.id for sector in pack.sectors]
    owed = [[one.name for one in rule.periods(variant, pack.campaign, pack.phase_periods)] for variant in rule.variants]
    for place, variant in enumerate(rule.variants):
        if not owed[place] and variant.cadence != "event":
            yield place, Say("pack-note-no-period")
        if rule.subject in OF_BUREAUS:
            continue
        here = Matched(variant.scope, tuple(one.scope for one in rule.variants[:place]))
        missed = {
            name: None
            for other, names in zip(rule.variants[place + 1 :], owed[place + 1 :], strict=True)
            if other.cadence == variant.cadence and leaves_somebody(here, sectors, other.scope)
            for name in names
            if name not in owed[place]
        }
        if missed:
            yield place, Say("pack-note-nobody", periods=listed(shown_in_full(name) for name in missed))


def _faults(file: PackFile) -> list[Problem]:
    try:
        Pack.of(file.data)
    except ValidationError as error:
        return [file.problem(_place(file.data, fault), _said(fault)) for fault in error.errors()]
    return []


def _place(data: object, fault: "ErrorDetails") -> Loc:
    """The way to a fault in the file: pydantic's, without the names of the kinds among which it chose."""
    found: list[str | int] = []
    for step in fault["loc"]:
        match data:
            case list() if isinstance(step, int):
                data = data[step]
            case dict() if step in data:
                data = data[step]
            case dict() if step == data.get("kind"):
                continue
            case _:
                break
        found.append(step)
    return (*found, "kind") if fault["type"] == "union_tag_invalid" else tuple(found)


def _said(fault: "ErrorDetails") -> Say:
    key = next((step for step in reversed(fault["loc"]) if isinstance(step, str)), "")
    given = str(fault["input"])
    context = fault.get("ctx", {})
    match fault["type"], fault["loc"][-1:]:
        case ("missing", ("clause",)) | ("no_clause", _):
            return Say("pack-no-clause")
        case ("missing", ("counts",)) | ("counts_nothing", _):
            return Say("pack-counts-nothing")
        case "no_chinese", _:
            return Say("pack-no-chinese", key=key)
        case "no_mark", _:
            return Say("pack-no-mark", given=given)
        case "bad_day", _:
            return Say("pack-bad-day", given=given)
        case "bad_time", _:
            return Say("pack-bad-time", given=given)
        case "bad_moment", _:
            return Say("pack-bad-moment", given=given)
        case "outside", _:
            return Say("pack-outside", day=str(context["day"]))
        case "after", _:
            return Say("pack-after", day=str(context["day"]))
        case "bad_days", _:
            return Say("pack-bad-days", given=given)
        case "backwards", _:
            return Say("pack-backwards")
        case "unknown", _:
            return Say("pack-unknown-name", given=str(context.get("given", given)), known=str(context["known"]))
        case "no_such_period", _:
            return Say("pack-no-such-period", period=str(context["period"]))
        case "repeated", _:
            return Say("pack-repeated", name=str(context["name"]))
        case "reserved", _:
            return Say("pack-reserved-key", name=str(context["name"]))
        case "button", _:
            return Say("pack-button", label=str(context["label"]))
        case "only_if", _:
            return Say("pack-only-if")
        case "unmet", _:
            return Say("pack-unmet")
        case "bounds", _:
            return Say("pack-bounds")
        case "at_most", _:
            return Say("pack-at-most")
        case "as_counted", _:
            return Say("pack-as-counted", known=str(context["known"]))
        case "counts_as", _:
            return Say("pack-counts-as", known=str(context["known"]))
        case "endless", _:
            return Say("pack-endless")
        case "no_standard", _:
            return Say("pack-no-standard")
        case "bad_range", _:
            return Say("pack-bad-range", given=given)
        case "valid_from", _:
            return Say("pack-valid-from", day=str(context["day"]))
        case "anchor", _:
            return Say("pack-anchor")
        case "anchored", _:
            return Say("pack-anchored")
        case "bad_stretch", _:
            return Say("pack-bad-stretch", given=given)
        case "off", _:
            return Say("pack-off")
        case "done_by", _:
            return Say("pack-done-by")
        case "too_long" | "too_short", _:
            return Say("pack-how-many", key=key, least=context.get("min_length", 1), most=context.get("max_length", 0))
        case "union_tag_invalid", _:
            return Say("pack-not-one-of", given=str(context["tag"]), expected=str(context["expected_tags"]))
        case "union_tag_not_found", _:
            return Say("pack-missing", key="kind")
        case "every", _:
            return Say("pack-every")
        case "shadowed", _:
            return Say("pack-shadowed")
        case "phases", _:
            return Say("pack-phases")
        case "hours", _:
            return Say("pack-hours")
        case "due", _:
            return Say("pack-due")
        case "trigger", _:
            return Say("pack-trigger")
        case "length", _:
            shortest, longest = int(context["shortest"]), int(context["longest"])
            return Say("pack-length", given=str(context["text"]), shortest=shortest, longest=longest)
        case "many_places", _:
            return Say("pack-many-places", number=int(context["number"]), most=int(context["most"]))
        case "many_facts", _:
            number, most = int(context["number"]), int(context["most"])
            return Say("pack-many-facts", place=str(context["place"]), number=number, most=most)
        case "missing", _:
            return Say("pack-missing", key=key)
        case ("extra_forbidden", _) | ("unexpected_keyword_argument", _):
            return Say("pack-unknown-key", key=key)
        case "literal_error", _:
            return Say("pack-not-one-of", given=given, expected=str(context["expected"]))
        case _:
            return Say("pack-bad-value", key=key, given=given)
