"""The JSON Schema of a pack: as the model has it, and as editors use it on each file."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from campaign.pack import shipped
from campaign.pack_file import PACKS
from campaign.pack_schema import FILE, schema, written
from tests.campaign.test_pack_check import SMALL

KEPT = Path(__file__).parents[2] / "docs" / FILE
VALIDATOR = Draft202012Validator(schema())


class Core(yaml.CSafeLoader):
    """YAML as editors read it: by its core schema, in which a date is a text, and so are yes and no."""


Core.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in known if not tag.endswith("timestamp")]
    for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
    if first not in "yYnNoO"
}


def faults(text: str) -> list[str]:
    """Say what an editor would underline."""
    read = yaml.load(text, Core)  # noqa: S506  # a SafeLoader
    return [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(read)]


def test_the_kept_schema_is_that_of_the_model() -> None:
    assert KEPT.read_text(encoding="utf-8") == written(), f"run: anzhu pack schema > docs/{FILE}"
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("folder", [SMALL, *(PACKS / name for name in shipped())], ids=lambda folder: folder.name)
def test_every_file_of_a_sound_pack_fits_the_schema(folder: Path) -> None:
    for file in folder.glob("*.yaml"):
        assert faults(file.read_text(encoding="utf-8")) == [], file.name


def test_a_pack_that_extends_fits_the_schema() -> None:
    assert faults("name: x\nextends: y\ndrop: [a, forms/b]\nchange: {c: {off: true, unsure: 何时}}\n") == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("extend: x", "extend"),
        ("drop: x", "$.drop"),
        ("obligations: [{id: a}]", "clause"),
        ("phases:\n  - {number: 1, title: 一, start: 2024-01-10, end: 2024-01-11}", "2024-01-10"),
        ("ladders: [{id: a, rungs: [{name: a, when: opens + 1 day, audience: [city]}]}]", "opens + 1 day"),
        ("title: {en: Small}", "Small"),
        ("tags: [{id: Hot Work, name: 动火}]", "Hot Work"),
        ("closing: 45 days", "45 days"),
    ],
)
def test_what_the_schema_refuses(text: str, told: str) -> None:
    assert any(told in fault for fault in faults(text))


def test_no_key_of_the_schema_allows_anything_at_all() -> None:
    def anything(part: Any, way: str) -> list[str]:
        if part == {}:
            return [way]
        inner = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
        return [found for key, value in inner for found in anything(value, f"{way}/{key}")]

    assert anything(schema(), "") == []
