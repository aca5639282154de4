"""The file of settings of an installation, NAME=value a line, as the shell, systemd and Docker read it."""

import os
import re
import shlex
from collections.abc import Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final

_LINE: Final = re.compile(r"\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=")


def names(file: Path) -> list[str]:
    """Return which settings a file has, none where there is no file; OSError, UnicodeDecodeError: it cannot be read."""
    return [found[1] for line in _lines(file) if (found := _LINE.match(line))]


def write(file: Path, values: Mapping[str, str]) -> None:
    """Put settings into a file that only its owner may read (mode 0600), made if there is none; all its other lines
    stay. Whoever reads it meanwhile, or after a fall of the machine, has the old file or the new one. OSError: it is
    the old one.
    """
    kept = [line for line in _lines(file) if not ((found := _LINE.match(line)) and found[1] in values)]
    text = "".join(f"{line}\n" for line in [*kept, *(f"{name}={shlex.quote(one)}" for name, one in values.items())])
    place = file.resolve()
    with NamedTemporaryFile("w", encoding="utf-8", dir=place.parent, prefix=".env-", delete=False) as new:
        try:
            os.fchmod(new.fileno(), 0o600)
            new.write(text)
            new.flush()
            os.fsync(new.fileno())
            Path(new.name).replace(place)
        except BaseException:
            Path(new.name).unlink(missing_ok=True)
            raise


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []
