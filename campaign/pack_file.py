"""The YAML files of a pack as plain data, with the file and the line of every value.

All *.yaml of a folder make one mapping; a list may go on in another file. Scalars stay text, because the
pack's model says what they are: YAML would make a date or a number of what is a clause or an id.
"""

from dataclasses import dataclass, field
from pathlib import Path

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from talk.cleaning import writable
from talk.texts import Say

Loc = tuple[str | int, ...]
"""The way to a value: keys and positions, as pydantic names them."""

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


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a pack, where (lines count from 1), and what to do."""

    file: str
    line: int
    what: Say


class _TooMuchError(Exception):
    """A pack nests too deep, or unfolds into too many values; `line` is where."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


@dataclass(slots=True)
class PackFile:
    """A pack as it was read, before anything in it is believed."""

    folder: Path
    data: dict[str, object] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _places: dict[Loc, tuple[str, int]] = field(default_factory=dict)

    def problem(self, loc: Loc, what: Say) -> Problem:
        """A problem at a value, or, when the value is missing, at what should hold it."""
        while loc not in self._places and loc:
            loc = loc[:-1]
        file, line = self._places.get(loc, (str(self.folder), 1))
        return Problem(file, line, what)

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
        before = self.data.get(name)
        if isinstance(before, list) and isinstance(value, SequenceNode):
            before += [self._plain(file, item, (name, len(before) + n)) for n, item in enumerate(value.value)]
            return
        if name in self.data:
            self._repeated(file, key, name)
        self.data[name] = self._plain(file, value, (name,))
        self._places[name,] = (str(file), key.start_mark.line + 1)

    def _plain(self, file: Path, node: Node, loc: Loc) -> object:
        self._places[loc] = (str(file), node.start_mark.line + 1)
        if len(loc) > DEPTH or len(self._places) > VALUES:
            raise _TooMuchError(node.start_mark.line + 1)
        if isinstance(node, SequenceNode):
            return [self._plain(file, item, (*loc, n)) for n, item in enumerate(node.value)]
        if isinstance(node, ScalarNode):
            text = str(node.value)
            if writable(text) != text:
                self.problems.append(Problem(str(file), node.start_mark.line + 1, Say("pack-unwritable")))
            return None if node.tag == _NULL else text
        plain: dict[str, object] = {}
        for key, value in node.value:
            name = str(key.value)
            if name in plain:
                self._repeated(file, key, name)
            plain[name] = self._plain(file, value, (*loc, name))
            self._places[*loc, name] = (str(file), key.start_mark.line + 1)
        return plain

    def _repeated(self, file: Path, key: Node, name: str) -> None:
        self.problems.append(Problem(str(file), key.start_mark.line + 1, Say("pack-key-twice", name=name)))


def read(folder: Path) -> PackFile:
    """The files of a folder, in the order of their names."""
    pack = PackFile(folder)
    files = sorted(folder.glob("*.yaml"))
    for file in files:
        pack.add(file)
    if not files:
        pack.problems.append(Problem(str(folder), 1, Say("pack-no-files")))
    return pack
