"""A spot check (抽查) is entered on the phone: when, by whom, what was found; who checked signs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.dialogs.written import name_refused, names_apart
from campaign.checks import INSPECTORS, MOST_INSPECTORS, Checked, Finding, plain
from campaign.talks.checks import UNCERTIFIED, FindingRow, ObjectBrief, RecordBrief
from talk.asking import too_long
from talk.cleaning import likeness
from talk.conversation import Talk
from talk.list_questions import fits_button
from talk.questions import Choices, Confirm, Day, Hint, Option, Photo, Picked, Text
from talk.texts import Listed, Numbered, Phrase, Say

OBJECTION_LIMIT = 200
ADMISSIONS = 3
"""Of one row so many are named, the newest."""
BUTTONS = 4
"""Rows or names that are buttons; beside them stand 都没有 or 完成, and 上一步."""


@dataclass(frozen=True, kw_only=True)
class Inspectors(Choices):
    """Who checked: two at the least, known ones by button, others by name. `drawn` are those of the draw."""

    drawn: tuple[str, ...] = ()

    def options(self, at: datetime) -> tuple[Option, ...]:
        offered = tuple(option for option, _ in self.offers(at))
        return (*self.choices[: BUTTONS - len(offered)], *offered)

    def offers(self, at: datetime) -> tuple[tuple[Option, Picked], ...]:
        del at
        return ((Option("drawn", Say("check-as-drawn")), Picked(self.drawn)),) if self.drawn else ()

    def read(self, text: str, at: datetime) -> Picked | Hint:
        if (drawn := self.named(text, at)) is not None:
            return drawn
        if len(text) > self.limit:
            return too_long(text, self.limit)
        known = {likeness(str(option.label)): option.id for option in self.choices}
        known |= {str(number): option.id for number, option in enumerate(self.choices, 1)}
        said = names_apart(text)
        taken = [known[likeness(name)] for name in said if likeness(name) in known]
        return self.finish(taken, "、".join(name for name in said if likeness(name) not in known))

    def finish(self, ids: Sequence[str], other: str = "") -> Picked | Hint:
        taken = tuple(option.id for option in self.choices if option.id in ids)
        names = names_apart(other)
        if (refused := name_refused(names)) is not None:
            return refused
        if not INSPECTORS <= len(taken) + len(names) <= MOST_INSPECTORS:
            return Hint(self.accepts())
        return Picked(taken, "、".join(names))

    def decode(self, stored: Any) -> Picked:
        value = super().decode(stored)
        if self.finish(value.ids, value.other) != value:
            raise ValueError(stored)
        return value

    def samples(self) -> tuple[Picked, ...]:
        known = tuple(option.id for option in self.choices[:INSPECTORS])
        return ((Picked(known),) if len(known) == INSPECTORS else ()) + (Picked((), "甲、乙"),)

    def accepts(self) -> Say:
        return Say("check-accepts-inspectors", most=MOST_INSPECTORS)


def record(brief: RecordBrief) -> Talk[Checked]:
    """When, by whom, what was found; the last tap is the signature of whoever enters it, where they checked."""
    day = yield from Day(
        key="day",
        ask=Say("check-day", name=brief.name),
        label=Say("check-day-label"),
        hint=Say("day-hint", example=brief.entered),
        first=brief.first,
        last=brief.last,
        past=True,
    )
    # Not the bare number: whoever types that means the place in the list.
    known = tuple(
        Option(
            f"i{inspector.id}", inspector.name, None if fits_button(inspector.name) else Say("check-nth", number=number)
        )
        for number, inspector in enumerate(brief.inspectors, 1)
    )
    who = yield from Inspectors(
        key="inspectors",
        ask=Say("check-inspectors"),
        label=Say("check-inspectors-label"),
        hint=Say("check-inspectors-known", lines=Numbered(tuple(option.label for option in known)))
        if known
        else Say("check-inspectors-new"),
        choices=known,
        free=True,
        drawn=tuple(f"i{id_}" for id_ in brief.drawn),
    )
    findings = yield from _findings(brief.rows)
    others = names_apart(who.other)
    names = tuple(option.label for option in known if option.id in who.ids)
    signed = Listed((*names, *others))
    own = likeness(brief.me) in {likeness(str(name)) for name in (*names, *others)}
    ask = Say("check-confirm", names=signed, name=brief.name, own="yes" if own else "no")
    yield from Confirm(key="confirm", ask=ask, yes=Say("check-sign"))
    return Checked(day, tuple(int(id_[1:]) for id_ in who.ids), others, findings)


def _findings(rows: Sequence[FindingRow]) -> Talk[tuple[Finding, ...]]:
    """What was found: only that is tapped."""
    found: list[FindingRow] = []
    for start in range(0, len(rows), BUTTONS):
        some = rows[start : start + BUTTONS]
        number = start // BUTTONS + 1
        picked = yield from Choices(
            key=f"rows/{some[0].row}",
            ask=Say("check-found", number=number),
            label=Say("check-found-label") if number == 1 else Say("check-found-more-label"),
            hint=_rows(some),
            choices=tuple(
                Option(row.row, plain(row.label), Say("check-nth", number=nth)) for nth, row in enumerate(some, 1)
            ),
            nothing=Say("check-found-none"),
        )
        found += [row for row in some if row.row in picked.ids]
    findings: list[Finding] = []
    for number, row in enumerate(found, 1):
        cases: tuple[str, ...] = ()
        if row.cases:
            meant = yield from Choices(
                key=f"found/{row.row}/cases",
                ask=Say("check-cases", label=plain(row.label)),
                label=Say("check-cases-label", number=number),
                hint=Say("check-rows", lines=Numbered(row.cases)),
                choices=tuple(
                    Option(str(nth), case, Say("check-nth", number=nth)) for nth, case in enumerate(row.cases, 1)
                ),
            )
            cases = tuple(case for nth, case in enumerate(row.cases, 1) if str(nth) in meant.ids)
        note = yield from Text(
            key=f"found/{row.row}/note",
            ask=Say("check-note", label=plain(row.label)),
            label=Say("check-note-label", number=number),
            hint=Say("check-note-uncertified") if row.figure == UNCERTIFIED else None,
        )
        photos = yield from Photo(
            key=f"found/{row.row}/photos",
            ask=Say("check-photos"),
            label=Say("check-photos-label", number=number),
            nothing=Say("check-photos-none"),
        )
        findings.append(Finding(row.row, "；".join((*cases, note)), photos))
    return tuple(findings)


def _rows(rows: Sequence[FindingRow]) -> Say:
    """The rows by number; under each what the enterprise admitted of it itself, which is no answer to the question."""
    lines: list[Phrase] = []
    for row in rows:
        if not row.admitted:
            lines.append(plain(row.label))
            continue
        said = Listed(tuple(Say("check-admitted", day=one.day, said=one.said) for one in row.admitted[:ADMISSIONS]))
        more = max(len(row.admitted) - ADMISSIONS, 0)
        lines.append(Say("check-row-admitted", label=plain(row.label), said=said, more=more))
    admitted = any(row.admitted for row in rows)
    return Say("check-rows-admitted" if admitted else "check-rows", lines=Numbered(tuple(lines)))


def objects(brief: ObjectBrief) -> Talk[str]:
    """What somebody who was named says against a check."""
    objection = yield from Text(
        key="objection",
        ask=Say("check-object", name=brief.name, day=brief.day),
        label=Say("check-object-label"),
        hint=Say("check-object-hint"),
        limit=OBJECTION_LIMIT,
    )
    yield from Confirm(key="confirm", ask=Say("check-object-confirm"))
    return objection
