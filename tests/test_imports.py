"""A module of ours is imported under one name everywhere, so that a name read anywhere means the same."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
PRODUCT = ("bot", "campaign", "reports", "scheduler", "service", "storage", "talk")


@cache
def modules() -> frozenset[str]:
    """Every module of the product by its dotted name."""
    files = (path.relative_to(ROOT) for package in PRODUCT for path in (ROOT / package).rglob("*.py"))
    return frozenset(
        ".".join(file.parent.parts if file.name == "__init__.py" else file.with_suffix("").parts) for file in files
    )


def bindings(source: str) -> Iterator[tuple[str, str, bool]]:
    """The modules of ours that a source imports: module, the name it is bound to, and whether `as` gave that name."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.ImportFrom) or node.module is None:
            continue
        for alias in node.names:
            module = f"{node.module}.{alias.name}"
            if module in modules():
                yield module, alias.asname or alias.name, alias.asname is not None


@cache
def everywhere() -> frozenset[tuple[str, str, bool]]:
    """Every binding of the product."""
    paths = (path for package in PRODUCT for path in (ROOT / package).rglob("*.py"))
    return frozenset(binding for path in paths for binding in bindings(path.read_text(encoding="utf-8")))


def test_a_module_has_one_name() -> None:
    names: defaultdict[str, set[str]] = defaultdict(set)
    for module, name, by_as in everywhere():
        # The buttons of a room are `actions` in it; another room says of which room they are.
        if not (by_as and module.endswith(".actions") and name.endswith("_actions")):
            names[module].add(name)
    assert {module: found for module, found in names.items() if len(found) > 1} == {}


def test_a_name_given_by_as_means_one_module() -> None:
    given = {name for _, name, by_as in everywhere() if by_as}
    meant: defaultdict[str, set[str]] = defaultdict(set)
    for module, name, _ in everywhere():
        if name in given:
            meant[name].add(module)
    assert {name: found for name, found in meant.items() if len(found) > 1} == {}


def test_bindings_are_found() -> None:
    source = "from storage import permits\nfrom storage import annex as rows\nfrom storage.permits import Permit\n"
    assert list(bindings(source)) == [("storage.permits", "permits", False), ("storage.annex", "rows", True)]
