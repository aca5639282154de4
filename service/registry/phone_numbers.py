"""The telephone numbers of an enterprise: encrypted where they are kept, shown to staff only, corrected by them.

In no message but the one that staff ask for: that one is emptied soon after. In no log, audit row or notice.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from campaign.roles import CALLED, FIRM, OFFICER, PRINCIPAL
from campaign.talks.registry import TelephoneBrief, TelephoneGiven
from service.core import access_log
from service.core.access_log import Access
from service.core.encryption import SealError, is_current, seal, unseal
from service.core.letters import Draft, answer, tell
from service.core.permissions import Act, Needed, may, needed, require
from service.core.refusal import RefusedError, existing
from service.core.unit_of_work import Speaker, UnitOfWork
from service.registry import actions
from service.talks import flow
from storage import conversations, outbox, people, registry, telephones
from storage.conversations import Conversation
from storage.registry import Enterprise
from storage.telephones import Telephone
from talk.texts import Phrase, Say

KIND: Final = "telephone"
"""The kind of the letters that hold numbers; what they said is emptied after `SHOWN_FOR`."""
SHOWN_FOR: Final = timedelta(minutes=15)
_PURPOSE: Final = "telephone"

Numbers = Mapping[str, str]
"""The numbers of an enterprise by whose they are (`campaign.roles.CALLED`)."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What a list did to the numbers: how many are new, how many changed, and which stay as staff corrected them."""

    added: int = 0
    changed: int = 0
    kept: tuple[tuple[str, str], ...] = ()
    """Enterprise and whose."""


def of(uow: UnitOfWork, code: str) -> Numbers:
    """Return the numbers of an enterprise, for staff's eyes only; whoever shows them leaves a row in the audit."""
    return of_several(uow, (code,)).get(code, {})


def of_several(uow: UnitOfWork, codes: Iterable[str]) -> Mapping[str, Numbers]:
    """Return the numbers of some enterprises by code, as `of` does; one that no key at hand opens is left out."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for one in telephones.of_enterprises(uow.conn, codes):
        number = _opened(uow, one)
        if number is not None:
            found[one.enterprise][one.whose] = number
    return found


def chosen(numbers: Numbers, role: str) -> str:
    """Return at which number somebody of an enterprise is called: their own, else its common one; "": there is none."""
    return numbers.get(role, "") or numbers.get(FIRM, "")


def bring(uow: UnitOfWork, stated: Mapping[str, Numbers]) -> Brought:
    """Let the registry have the numbers of a list, by enterprise. What staff have corrected stays as it is."""
    there = {(one.enterprise, one.whose): one for one in telephones.of_enterprises(uow.conn, stated)}
    fresh: list[Telephone] = []
    kept: list[tuple[str, str]] = []
    added = 0
    for code, numbers in stated.items():
        for whose, number in numbers.items():
            old = there.get((code, whose))
            if old is None:
                added += 1
            elif _opened(uow, old) == number:
                continue
            elif old.by is not None:
                kept.append((code, whose))
                continue
            fresh.append(_sealed(uow, code, whose, number))
    telephones.put(uow.conn, fresh)
    if fresh:
        uow.note("telephones-imported", "registry", added=added, changed=len(fresh) - added)
    return Brought(added, len(fresh) - added, tuple(kept))


def show(uow: UnitOfWork, me: Speaker, code: str) -> None:
    """联系电话: send staff the numbers of an enterprise; that they were seen is on record. RefusedError: none of this
    person's.
    """
    enterprise = existing(registry.enterprise(uow.conn, code))
    require(uow, me, Act.SEE_TELEPHONES, enterprise)
    numbers = of(uow, code)
    taps = []
    if may(uow, me.person, Act.CORRECT_TELEPHONE, enterprise):
        taps.append(actions.CORRECT_TELEPHONE.tap(Say("option-correct-telephone"), code))
    if not numbers:
        answer(uow, me, Say("telephones-none", place=enterprise.name), taps=taps)
        return
    access_log.record(uow, Access.TELEPHONES, f"enterprise/{code}", people=len(numbers))
    lines: list[Phrase] = [Say("telephones-heading", place=enterprise.name)]
    lines += [
        Say("telephones-line", whose=_called(uow, enterprise, whose), number=numbers[whose])
        for whose in CALLED
        if whose in numbers
    ]
    dedupe = f"{uow.cause}/{KIND}/{code}"
    tell(uow, me.person, Draft(tuple(lines), tuple(taps), of=code), kind=KIND, dedupe=dedupe, priority=outbox.REPLY)


def begin(uow: UnitOfWork, me: Speaker, code: str) -> None:
    """更正电话: ask whose number it is, and for the number."""
    enterprise = existing(registry.enterprise(uow.conn, code))
    require(uow, me, Act.CORRECT_TELEPHONE, enterprise)
    held = of(uow, code)
    brief = TelephoneBrief(
        enterprise=code,
        place=enterprise.name,
        principal=_name(uow, enterprise, PRINCIPAL),
        officer=_name(uow, enterprise, OFFICER),
        held=tuple(whose for whose in CALLED if whose in held),
    )
    flow.begin(uow, me, brief)


def to_correct(uow: UnitOfWork, talk: Conversation, brief: TelephoneBrief) -> Needed | None:
    """Return what somebody needs who corrects a number."""
    del talk
    return needed(registry.enterprise(uow.conn, brief.enterprise), Act.CORRECT_TELEPHONE)


def corrected(uow: UnitOfWork, me: Speaker, talk: Conversation, brief: TelephoneBrief, given: TelephoneGiven) -> None:
    """Keep a number as staff say it, or let it go; in the talk nothing is left of it."""
    enterprise = existing(registry.enterprise(uow.conn, brief.enterprise))
    require(uow, me, Act.CORRECT_TELEPHONE, enterprise)
    whose = _called(uow, enterprise, given.whose)
    if given.number:
        telephones.put(uow.conn, [_sealed(uow, enterprise.code, given.whose, given.number, by=me.person)])
        done = Say("telephone-kept", whose=whose)
    elif telephones.remove(uow.conn, enterprise.code, given.whose):
        done = Say("telephone-removed", whose=whose)
    else:
        raise RefusedError(Say("telephones-none", place=enterprise.name))
    uow.note("telephone-corrected", f"enterprise/{enterprise.code}", whose=given.whose, removed=not given.number)
    conversations.forget_answers(uow.conn, talk.id)
    answer(uow, me, done, taps=[actions.TELEPHONES.tap(Say("option-telephones"), enterprise.code)])


def renew_seals(uow: UnitOfWork) -> int:
    """Encrypt the numbers anew that were written with a key that is retired; return how many. SealError where one was
    written with a key that is not at hand.
    """
    stale = [one for one in telephones.everything(uow.conn) if not is_current(uow.context.keys, one.number)]
    fresh = []
    for one in stale:
        number = unseal(uow.context.keys, _PURPOSE, _owner(one.enterprise, one.whose), one.number)
        fresh.append(replace(one, number=_seal(uow, one.enterprise, one.whose, number)))
    telephones.put(uow.conn, fresh)
    return len(fresh)


def _called(uow: UnitOfWork, enterprise: Enterprise, whose: str) -> Phrase:
    """Return whose number it is, in words."""
    if whose == FIRM:
        return Say("telephone-of-firm")
    return Say("telephone-of", role=Say("role", role=whose), name=_name(uow, enterprise, whose))


def _name(uow: UnitOfWork, enterprise: Enterprise, role: str) -> str:
    """Return who has a role in an enterprise: who joined in it, else whom the registry names."""
    holder = next(iter(people.holders(uow.conn, role, enterprise.code)), None)
    joined = None if holder is None else people.person(uow.conn, holder)
    registered = enterprise.principal_name if role == PRINCIPAL else enterprise.officer_name
    return registered if joined is None else joined.name


def _sealed(uow: UnitOfWork, code: str, whose: str, number: str, by: int | None = None) -> Telephone:
    return Telephone(code, whose, _seal(uow, code, whose, number), uow.now, by)


def _seal(uow: UnitOfWork, code: str, whose: str, number: str) -> bytes:
    return seal(uow.context.keys, _PURPOSE, _owner(code, whose), number)


def _opened(uow: UnitOfWork, one: Telephone) -> str | None:
    try:
        return unseal(uow.context.keys, _PURPOSE, _owner(one.enterprise, one.whose), one.number)
    except SealError:
        return None


def _owner(code: str, whose: str) -> str:
    return f"{code}/{whose}"
