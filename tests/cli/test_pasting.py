"""One act arrives as several updates: what is pasted at a terminal comes line by line, at once, and is one message."""

import os
import sys
from typing import Any

import pytest

from bot.cli import run


def next_line() -> str | None:
    nobody: Any = None  # is asked for while a line is there
    return run._next_line(nobody, nobody, nobody)


def test_one_act_several_updates_lines_that_are_pasted(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal a paste is one message, and what is typed after it another."""
    master, slave = os.openpty()
    with os.fdopen(slave) as typed:
        monkeypatch.setattr(sys, "stdin", typed)
        os.write(master, "一、更换风机\n二、培训\n".encode())
        assert next_line() == "一、更换风机\n二、培训\n"
        os.write(master, "好\n".encode())
        assert next_line() == "好\n"
    os.close(master)


def test_one_act_several_updates_lines_out_of_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    """Out of a pipe each line is a message, however fast they come."""
    out, into = os.pipe()
    os.write(into, "6月2日\n现场\n".encode())
    os.close(into)
    with os.fdopen(out) as piped:
        monkeypatch.setattr(sys, "stdin", piped)
        assert [next_line(), next_line(), next_line()] == ["6月2日\n", "现场\n", None]
