"""Files that people send: stored, or refused in words."""

from storage.files import SIZE_LIMIT, FileStore, RefusedFileError
from talk.messages import FileRef
from talk.texts import Say

MEGABYTE = 1024 * 1024


def store_file(file_store: FileStore, data: bytes, name: str) -> FileRef | Say:
    """Store a file; return it, or why it is not stored."""
    try:
        return file_store.keep(data, name)
    except RefusedFileError as refused:
        return refusal(refused.reason, name)


def refusal(reason: str, name: str) -> Say:
    """Say why a file is not stored, and which would be."""
    match reason:
        case "empty":
            return Say("file-empty", name=name)
        case "too-big":
            return Say("file-too-big", name=name, limit=SIZE_LIMIT // MEGABYTE)
        case _:
            return Say("file-type", name=name)
