"""The guide for who writes a pack: every key, every fault, and packs that are sound."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from fluent.syntax import FluentParser, ast

from campaign.pack_check import check
from campaign.pack_schema import schema
from talk.texts import CHINESE, render

ROOT = Path(__file__).parents[1]
PACKS = ("docs/packs.md", "docs/packs.zh-CN.md")
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def text_of(name: str) -> str:
    """Give the text of a document."""
    return (ROOT / name).read_text(encoding="utf-8")


def spoken(language: str) -> dict[str, str]:
    """Give what `anzhu pack check` says, by the id of the fault, with … for what it names."""
    said = {}
    for file in (ROOT / "talk" / "locales" / language).glob("*.ftl"):
        for entry in FluentParser().parse(file.read_text(encoding="utf-8")).body:
            if isinstance(entry, ast.Message) and entry.id.name.startswith("pack-") and entry.value is not None:
                said[entry.id.name] = _spoken(entry.value)
    return said


def _spoken(pattern: ast.Pattern) -> str:
    parts = []
    for element in pattern.elements:
        if isinstance(element, ast.TextElement):
            parts.append(element.value)
        elif isinstance(element.expression, ast.SelectExpression):
            parts.append(_spoken(next(variant.value for variant in element.expression.variants if variant.default)))
        else:
            parts.append("…")
    return "".join(parts).strip()


@pytest.mark.parametrize(("name", "language"), [*zip(PACKS, ("en", "zh-CN"), strict=True)])
def test_every_fault_of_a_pack_is_explained(name: str, language: str) -> None:
    explained = {row.split(" | ")[0].removeprefix("| ") for row in text_of(name).splitlines() if row.startswith("| ")}
    assert [fault for fault, said in spoken(language).items() if said.replace("|", "\\|") not in explained] == []


@pytest.mark.parametrize("name", PACKS)
def test_every_key_of_a_pack_is_named(name: str) -> None:
    def keys(part: object) -> Iterator[str]:
        if isinstance(part, dict):
            yield from part.get("properties", {})
        for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
            yield from keys(inner)

    named = set(re.findall(r"[a-z_]+(?:-[a-z]+)*", " ".join(re.findall(r"`([^`]+)`", _FENCE.sub("", text_of(name))))))
    assert sorted(set(keys(schema())) - named - {"zh", "en"}) == []


@pytest.mark.parametrize("name", PACKS)
def test_the_packs_of_the_guide_are_sound(name: str, tmp_path: Path) -> None:
    blocks = [block for kind, block in _FENCE.findall(text_of(name)) if kind == "yaml"]
    for number, block in enumerate(blocks):
        folder = tmp_path / str(yaml.load(block, yaml.CSafeLoader).get("name", f"part_{number}"))
        folder.mkdir()
        base = "" if "\nname: " in f"\n{block}" else f"name: part_{number}\nextends: qingyuan_2027\n"
        (folder / "pack.yaml").write_text(base + block, encoding="utf-8")
        assert [render(problem.what, CHINESE) for problem in check(folder)] == [], block
    assert len(blocks) > 2
