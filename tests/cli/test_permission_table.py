"""The table of permissions: the command and the page in docs say what the code says."""

from pathlib import Path

from bot.cli.permission_table import permission_table
from campaign.roles import ROLES
from service.core.permissions import TABLE, Act
from talk.texts import ENGLISH, LANGUAGES
from tests.cli.conftest import Anzhu

PAGE = Path(__file__).parents[2] / "docs" / "permissions.md"


def test_the_page_in_docs_is_what_the_command_prints() -> None:
    printed = permission_table(ENGLISH)
    assert PAGE.read_text(encoding="utf-8").endswith(printed + "\n"), f"the end of {PAGE} should be\n{printed}"


def test_every_cell_has_its_mark() -> None:
    for language in LANGUAGES:
        lines = permission_table(language).splitlines()[2:]
        marked = {
            (act, role)
            for act, line in zip(Act, lines, strict=True)
            for role, cell in zip(ROLES, line.split("|")[2:-1], strict=True)
            if cell.strip()
        }
        assert marked == {(act, role) for act in Act for role in TABLE[act]}


def test_the_command_prints_it(bare: Anzhu) -> None:
    assert "| see a hazard of the ledger | ● | ● | ● | ● | ● | ● |  |" in bare.good("outline", "permissions").out
