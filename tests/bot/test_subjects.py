"""Whatever a subject declares is answered, and whatever it answers is declared."""

import subprocess
import sys

import pytest

from bot import subjects
from bot.subjects import ACTIONS, COMMANDS, LISTENERS, SUBJECTS, TALKS, subject
from service.core.talk_spec import TalkSpec


@pytest.mark.parametrize("name", SUBJECTS)
def test_a_subject_answers_what_it_declares_and_nothing_else(name: str) -> None:
    declared = subject(name)
    assert declared.actions.keys() == {verb for verb, (_, owner) in ACTIONS.items() if owner == name}
    assert declared.commands.keys() == {word for word, (_, owner) in COMMANDS.items() if owner == name}
    assert declared.listeners.keys() == {listener for listener, owner in LISTENERS if owner == name}
    assert declared.talks.keys() == {talk for talk, owner in subjects._TALKS.items() if owner == name}


@pytest.mark.parametrize("name", TALKS)
def test_a_sample_brief_is_read_from_what_it_stores(name: str) -> None:
    spec = TALKS[name]
    if isinstance(spec, TalkSpec):
        sample = spec.brief.sample()
        assert spec.brief.from_json(sample.as_json()) == sample


def test_a_subject_is_imported_when_it_is_first_used() -> None:
    program = "import sys, bot.subjects; print([name for name in sys.modules if name.startswith('bot.handlers.')])"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert "bot.handlers.enforcement" not in loaded
