"""The spot checks of an enterprise that were entered, as its inspection file prints them and a list in the chat shows
them. What is planned, or was dropped before it was entered, is in neither (四不两直). Printed words are Chinese.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from campaign.checks import RECORDED, TAKEN_BACK, plain
from service.checks import actions, cards, signatures
from service.core.letters import Draft
from service.core.listing import Entry, LazyEntries, screen
from service.core.permissions import Act, require
from service.core.refusal import existing
from service.core.unit_of_work import Speaker, UnitOfWork
from storage import checks, hazards, registry
from storage.checks import Check, CheckEntry
from talk.texts import CHINESE, Say, render


@dataclass(frozen=True, slots=True)
class Made:
    """A check as it is printed."""

    number: int
    day: date
    bureau: str
    inspectors: str
    """Each with the minute and the way of the signature, or that it is wanted."""
    unsigned: int
    """How many inspectors have not signed yet."""
    findings: tuple[str, ...]
    again: str
    """What the next check said of these findings (复查); empty where nothing was found."""
    hazards: tuple[str, ...]
    """The major hazards that entered the ledger from it, each with where it stands."""
    taken_back: str
    """Why it was taken back; empty: it stands."""


def made(uow: UnitOfWork, enterprise: str) -> tuple[Made, ...]:
    """Return the checks of an enterprise that were entered, by the day of the check."""
    found = _entered(uow, enterprise)
    ids = [check.id for check in found]
    entries, signed = checks.entries(uow.conn, ids), checks.signatures(uow.conn, ids)
    linked = checks.hazards_of(uow.conn, ids)
    labels = {row.name: plain(row.label) for row in uow.pack.annex.rows}
    return tuple(
        Made(
            number=check.id,
            day=check.day or date.min,
            bureau=uow.pack.bureau_of(check.place),
            inspectors=render(signatures.names(uow, signed[check.id]), CHINESE),
            unsigned=sum(one.signed_at is None for one in signed[check.id]),
            findings=tuple(
                render(Say("check-finding", label=labels.get(entry.row, entry.row), note=entry.note), CHINESE)
                for entry in entries[check.id][1:]
            ),
            again=_again(check, found, entries),
            hazards=tuple(_hazard(number, stands) for number, stands in _stands(uow, linked[check.id])),
            taken_back=(check.why or "") if check.state == TAKEN_BACK else "",
        )
        for check in found
    )


def number_of(uow: UnitOfWork, enterprise: str) -> int:
    """Return how many checks of an enterprise were entered."""
    return len(_entered(uow, enterprise))


def listing(uow: UnitOfWork, me: Speaker, code: str, page: int) -> Draft:
    """Return a page of the checks of an enterprise that were entered, the newest first, for its own people and its
    department's.
    """
    enterprise = existing(registry.enterprise(uow.conn, code))
    require(uow, me, Act.SEE_CHECK_RESULT, enterprise)
    found = _entered(uow, code)[::-1]
    heading = Say("checks-of", name=enterprise.name, number=len(found))
    return screen([heading], LazyEntries(found, partial(_entries, uow)), page, partial(actions.MADE.data, code))


def _entered(uow: UnitOfWork, enterprise: str) -> list[Check]:
    found = checks.find(uow.conn, enterprise=enterprise, states=cards.ENDED)
    return sorted(found, key=lambda check: (check.day or date.min, check.id))


def _entries(uow: UnitOfWork, found: Sequence[Check]) -> list[Entry]:
    counted = checks.entries(uow.conn, [check.id for check in found])
    return [
        Entry(
            uow.pack.bureau_of(check.place), cards.line(check, len(counted[check.id]) - 1), actions.SHOW.data(check.id)
        )
        for check in found
    ]


def _again(check: Check, found: Sequence[Check], entries: dict[int, list[CheckEntry]]) -> str:
    """Return what the next check that stands said of what this one found."""
    rows = {entry.row for entry in entries[check.id][1:]}
    if not rows:
        return ""
    later = found[found.index(check) + 1 :]
    after = next((one for one in later if one.state == RECORDED), None)
    if after is None:
        return render(Say("check-not-again"), CHINESE)
    left = len(rows & {entry.row for entry in entries[after.id][1:]})
    return render(Say("check-again", day=after.day or date.min, left=left), CHINESE)


def _stands(uow: UnitOfWork, numbers: Sequence[int]) -> list[tuple[int, str]]:
    return [(one.id, one.state) for one in hazards.by_number(uow.conn, numbers).values()]


def _hazard(number: int, stands: str) -> str:
    state = render(Say("hazard-state", state=stands), CHINESE)
    return render(Say("check-hazard-stands", number=number, state=state), CHINESE)
