"""No regular expression of the product takes more than linear time, unless what it is given is short."""

import faulthandler
from collections.abc import Iterator
from time import thread_time
from typing import Final

import pytest

from service.imports import dataless, reader
from talk import numbers, shares
from tests.fuzz import regexes
from tests.fuzz.regexes import Written

BOUNDED: Final = {
    # What is longer is no number to those who call it.
    "talk.numbers._COUNTED": numbers.LONGEST,
    "talk.shares._NUMBER": shares.LONGEST,
    # Of a longer cell the beginning is looked at, or it is refused before.
    "service.imports.dataless._REMARK": dataless.LOOKED_AT,
    "service.imports.dataless._BEGINS": dataless.LOOKED_AT,
    "service.imports.people._FIGURES": reader.LENGTH_LIMIT,
    "service.imports.reader._CLOCK": reader.LENGTH_LIMIT,
}
"""Patterns that grow faster than their input, and the characters that it has at the most."""

EVERY: Final = regexes.patterns()


@pytest.fixture(autouse=True)
def _watched() -> Iterator[None]:
    # A pattern that hangs holds the interpreter: only a thread in C can end it.
    faulthandler.dump_traceback_later(120, exit=True)
    yield
    faulthandler.cancel_dump_traceback_later()


def test_every_pattern_is_linear_or_bounded() -> None:
    assert len(EVERY) > 80
    slow = {written.where: attack for written in EVERY if (attack := regexes.grows(written))}
    assert slow.keys() <= BOUNDED.keys(), slow


@pytest.mark.parametrize("where", BOUNDED)
def test_what_is_bounded_is_fast_at_its_bound(where: str) -> None:
    written = next(written for written in EVERY if written.where == where)
    assert isinstance(written.pattern, str)
    for before, pump, behind in regexes.attacks(written.pattern):
        began = thread_time()
        regexes.use_of(written, written.uses[0])((before + pump * BOUNDED[where])[: BOUNDED[where] - 1] + behind)
        assert thread_time() - began < 0.1


@pytest.mark.parametrize(
    "pattern", [r"(a+)+b", r"a*a*b", r".*?x", rb"<x:xmpmeta.*?</x:xmpmeta>", r"\s+$", r"(?:a|aa)+$", r"[ab]*[bc]*\Z!"]
)
def test_what_is_not_linear_is_found(pattern: str | bytes) -> None:
    assert regexes.grows(Written(pattern, 0, "here", ("search",)))


@pytest.mark.parametrize("pattern", [r"a+b", r"\s*a", r"[0-9]{1,3}x", r"(?<![0-9]) | (?![0-9])"])
def test_what_is_linear_passes(pattern: str) -> None:
    assert not regexes.grows(Written(pattern, 0, "here", ("match",)))
