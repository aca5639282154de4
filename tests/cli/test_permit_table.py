"""The state table of permits: the command and the page in docs say what the rules say."""

from pathlib import Path

from bot.cli.permit_table import permit_table
from campaign.permits import TABLE
from talk.texts import CHINESE, ENGLISH, LANGUAGES

PAGE = Path(__file__).parents[2] / "docs" / "permit-states.md"


def test_the_page_in_docs_is_what_the_command_prints() -> None:
    assert PAGE.read_text(encoding="utf-8").endswith(permit_table(CHINESE) + "\n")


def test_every_move_has_its_line() -> None:
    for language in LANGUAGES:
        assert len(permit_table(language).splitlines()) == len(TABLE) + 2


def test_a_start_names_all_its_gates() -> None:
    line = next(line for line in permit_table(ENGLISH).splitlines() if "| start |" in line)
    for gate in ("gas sample", "guardian on site", "photo of the place", "valid certificates", "within the hours"):
        assert gate in line
