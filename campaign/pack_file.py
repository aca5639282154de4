"""The YAML files of a pack as plain data, with the file and the line of every value.

All *.yaml of a folder make one mapping; a list may go on in another file. Scalars stay text, because the
pack's model says what they are: YAML would make a date or a number of what is a clause or an id. What a pack
extends is read with it.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from campaign.pack_extends import EXTENDS, NAME, extended, without_base
from campaign.pack_values import Loc, Problem, Value, unfolded
from talk.cleaning import writable
from talk.texts import Say

PACKS: Final = Path(__file__).parent / "packs"

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's, where PyYAML was built with it: every command reads the pack, and in Python that takes a quarter of a
second.
"""

SIZE = 4 * 1024 * 1024
"""Bytes of a file at the most: the shipped pack has a fortieth of that."""
DEPTH = 30
"""How many lists and mappings may stand in one another."""
VALUES = 100_000
"""Values of a pack at the most, those of an alias counted each time: a few aliases of aliases make billions."""

_NULL = "tag:yaml.org,2002:null"


class _TooMuchError(Exception):
    """A pack nests too deep, or unfolds into too many values; `line` is where."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


@dataclass(frozen=True, slots=True)
class PackFile:
    """A pack as it was read, with all that it extends, before anything in it is believed."""

    folder: Path
    data: dict[str, object]
    problems: list[Problem]
    places: dict[Loc, tuple[str, int]]
    bases: tuple[Path, ...] = ()
    """The folders of what it extends, the nearest first."""

    def problem(self, loc: Loc, what: Say) -> Problem:
        """A problem at a value, or, when the value is missing, at what should hold it."""
        while loc not in self.places and loc:
            loc = loc[:-1]
        file, line = self.places.get(loc, (str(self.folder), 1))
        return Problem(file, line, what)


@dataclass(slots=True)
class _Folder:
    """The files of one folder, as they are read."""

    values: dict[str, Value] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    count: int = 0

    def add(self, file: Path) -> None:
        """Take in one file; what cannot be read becomes a problem."""
        if file.stat().st_size > SIZE:
            self.problems.append(Problem(str(file), 1, Say("pack-too-big")))
            return
        try:
            root = yaml.compose(file.read_text(encoding="utf-8"), LOADER)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark
            line = mark.line + 1 if mark else 1
            self.problems.append(Problem(str(file), line, Say("pack-not-yaml")))
            return
        except UnicodeDecodeError:
            self.problems.append(Problem(str(file), 1, Say("pack-not-text")))
            return
        except (yaml.YAMLError, RecursionError):
            self.problems.append(Problem(str(file), 1, Say("pack-not-yaml")))
            return
        if not isinstance(root, MappingNode):
            self.problems.append(Problem(str(file), 1, Say("pack-not-a-mapping")))
            return
        try:
            for key, value in root.value:
                self._take(file, str(key.value), key, value)
        except _TooMuchError as error:
            self.problems.append(Problem(str(file), error.line, Say("pack-too-big")))

    def _take(self, file: Path, name: str, key: Node, value: Node) -> None:
        before = self.values.get(name)
        if before is not None and isinstance(before.plain, list) and isinstance(value, SequenceNode):
            before.plain.extend(self._value(file, item, item, 2) for item in value.value)
            return
        if before is not None:
            self._repeated(file, key, name)
        self.values[name] = self._value(file, key, value, 1)

    def _value(self, file: Path, at: Node, node: Node, depth: int) -> Value:
        self.count += 1
        if depth > DEPTH or self.count > VALUES:
            raise _TooMuchError(node.start_mark.line + 1)
        return Value(str(file), at.start_mark.line + 1, self._plain(file, node, depth))

    def _plain(self, file: Path, node: Node, depth: int) -> dict[str, Value] | list[Value] | str | None:
        if isinstance(node, SequenceNode):
            return [self._value(file, item, item, depth + 1) for item in node.value]
        if isinstance(node, ScalarNode):
            text = str(node.value)
            if writable(text) != text:
                self.problems.append(Problem(str(file), node.start_mark.line + 1, Say("pack-unwritable")))
            return None if node.tag == _NULL else text
        plain: dict[str, Value] = {}
        for key, value in node.value:
            name = str(key.value)
            if name in plain:
                self._repeated(file, key, name)
            plain[name] = self._value(file, key, value, depth + 1)
        return plain

    def _repeated(self, file: Path, key: Node, name: str) -> None:
        self.problems.append(Problem(str(file), key.start_mark.line + 1, Say("pack-key-twice", name=name)))


def folder_of(name_or_path: str) -> Path:
    """The folder of a pack that comes with the project, by its name, or of another, by its path."""
    own = PACKS / name_or_path
    if own.is_dir():
        return own
    path = Path(name_or_path)
    return path.parent if path.is_file() else path


def read(folder: Path) -> PackFile:
    """The files of a folder, in the order of their names, upon those of the pack that it extends."""
    values, problems, bases = _read(folder, ())
    data, places = unfolded(values)
    return PackFile(folder, data, problems, places, bases)


def _read(folder: Path, above: tuple[Path, ...]) -> tuple[dict[str, Value], list[Problem], tuple[Path, ...]]:
    """The values of a folder and of what it extends; `above`: what extends it, the first first."""
    pack = _Folder()
    files = sorted(folder.glob("*.yaml"))
    for file in files:
        pack.add(file)
    if not files:
        pack.problems.append(Problem(str(folder), 1, Say("pack-no-files")))
    at = pack.values.get(EXTENDS)
    if at is None:
        return pack.values, [*pack.problems, *without_base(pack.values)], ()
    base = _base(folder, at, above)
    if isinstance(base, Problem):
        return {}, [*pack.problems, base], ()
    below, problems, bases = _read(base, (*above, folder))
    found, faults = extended(below, pack.values)
    name, its = pack.values.get(NAME), below.get(NAME)
    if name is not None and its is not None and name.plain == its.plain:
        faults.append(name.problem(Say("pack-name-of-base", name=str(name.plain))))
    # A base that could not be read would only be missing in what is said of the rest.
    return found, [*pack.problems, *(problems or faults)], (base, *bases)


def _base(folder: Path, at: Value, above: tuple[Path, ...]) -> Path | Problem:
    if not isinstance(at.plain, str) or not at.plain.strip():
        return at.problem(Say("pack-extends-what"))
    choices = [path for path in (PACKS / at.plain, folder.absolute().parent / at.plain) if _is_folder(path)]
    if not choices:
        return at.problem(Say("pack-no-base", name=at.plain))
    if len({path.resolve() for path in choices}) > 1:
        return at.problem(Say("pack-two-of-one-name", name=at.plain, folder=str(choices[1])))
    way = [*above, folder, choices[0]]
    if choices[0].resolve() in {path.resolve() for path in way[:-1]}:
        return at.problem(Say("pack-extends-circle", way=" → ".join(path.resolve().name for path in way)))
    return choices[0]


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # no name of a file at all
        return False
