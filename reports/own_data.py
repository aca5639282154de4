"""Somebody's own data as files to take away: JSON, and what they sent in, in archives."""

import json
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any, Final
from zipfile import ZIP_STORED, ZipFile

from reports.drawing import File, draws
from service.people.own_data import OwnData, OwnDataPaper
from storage.sealed_files import SpoiltFileError
from talk.cleaning import writable_all
from talk.messages import FileRef
from talk.texts import Say, render

PART: Final = 12 * 1024 * 1024
"""Bytes of one file at the most: every platform takes it. One that is larger by itself has an archive of its own."""
ARCHIVES: Final = 8
"""Archives that a chat gets at the most; `anzhu people data` has no such limit."""

Portion = tuple[FileRef, ...]


@draws(OwnDataPaper)
def draw(data: OwnData) -> list[File]:
    """Write the files, the first of them under the plain name, then the archives."""
    portions = _portions(data.attached)[:ARCHIVES]
    return [*_rows(data, portions), *(_archive(data, number, found) for number, found in enumerate(portions, 1))]


def whole(data: OwnData) -> bytes:
    """Return all of it as one archive, however large."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_STORED) as archive:
        for file in _rows(data, [data.attached]):
            archive.writestr(file.name, file.content)
        _put(archive, data, data.attached)
    return packed.getvalue()


def _rows(data: OwnData, portions: Sequence[Portion]) -> list[File]:
    """The files of JSON; each file that was sent in is named with the archive that holds it."""
    inside = {
        file.sha256: {"archive": _name(data, number), "as": _entry(place, file)}
        for number, portion in enumerate(portions, 1)
        for place, file in enumerate(portion, 1)
    }
    told = {**data.whole, "files": [{**row, **inside.get(row["sha256"], {})} for row in data.whole["files"]]}
    return [
        File(
            render(Say("me-file-name") if number == 1 else Say("me-file-name-part", number=number), data.language),
            _written(part).encode(),
        )
        for number, part in enumerate(_parts(told), 1)
    ]


def _portions(attached: Sequence[FileRef]) -> list[Portion]:
    """What was sent in, in portions that fit into a file each."""
    portions: list[list[FileRef]] = []
    room = 0
    for file in attached:
        if not portions or file.size > room:
            portions.append([])
            room = PART
        portions[-1].append(file)
        room -= file.size
    return [tuple(portion) for portion in portions]


def _archive(data: OwnData, number: int, portion: Portion) -> File:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_STORED) as archive:
        _put(archive, data, portion)
    return File(_name(data, number), packed.getvalue())


def _put(archive: ZipFile, data: OwnData, portion: Portion) -> None:
    for place, file in enumerate(portion, 1):
        try:
            archive.writestr(_entry(place, file), data.store.read(file.sha256))
        except (FileNotFoundError, SpoiltFileError):
            # It went meanwhile, or does not open: the doctor says so, and the rest is given all the same.
            continue


def _name(data: OwnData, number: int) -> str:
    return render(Say("me-archive-name", number=number), data.language)


def _entry(place: int, file: FileRef) -> str:
    """The name in the archive: several files may have the same one, and none leads out of it."""
    return f"{place:03d}-{file.name.replace('/', '_').replace(chr(92), '_')}"


def _parts(whole: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The whole in portions that fit into a file each; a list goes on in the next one under its name."""
    part: dict[str, Any] = {}
    size = 0
    for name, value in whole.items():
        part.setdefault(name, [] if isinstance(value, list) else value)
        for row in value if isinstance(value, list) else ():
            length = len(_written(row).encode())
            if size + length > PART and size:
                yield part
                part, size = {"id": whole["id"], name: []}, 0
            part[name].append(row)
            size += length
    yield part


def _written(part: Any) -> str:
    return json.dumps(writable_all(part), ensure_ascii=False, indent=2)
