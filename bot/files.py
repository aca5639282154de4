"""Files that people send: kept on the shelf, or refused in words."""

from storage.files import SIZE_LIMIT, FileStore, RefusedFileError
from talk.messages import FileRef
from talk.texts import Say

MEGABYTE = 1024 * 1024


def kept(file_store: FileStore, data: bytes, name: str) -> FileRef | Say:
    """A file as it is kept, or why it is not."""
    try:
        return file_store.keep(data, name)
    except RefusedFileError as refused:
        return refusal(refused.reason, name)


def refusal(reason: str, name: str) -> Say:
    """Why a file is not kept, and what is."""
    match reason:
        case "empty":
            return Say("file-empty", name=name)
        case "too-big":
            return Say("file-too-big", name=name, limit=SIZE_LIMIT // MEGABYTE)
        case _:
            return Say("file-type", name=name)
