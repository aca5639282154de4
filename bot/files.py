"""Files that people send: stored, or refused in words."""

from bot import keys
from bot.settings import Settings
from storage.files import SIZE_LIMIT, FileStore, RefusedFileError
from storage.looking.outcomes import Reason
from talk.messages import FileRef
from talk.texts import Say

MEGABYTE = 1024 * 1024


def shelf(settings: Settings) -> FileStore:
    """Return the store of the kept files. SettingsError where there is no key."""
    return FileStore(settings.files, settings.photo_location, keys.ring(settings), settings.encrypt_files)


def store_file(file_store: FileStore, data: bytes, name: str) -> FileRef | Say:
    """Store a file; return it, or why it is not stored. Blocks for seconds at the most, while a child looks at it."""
    try:
        return file_store.keep(data, name)
    except RefusedFileError as refused:
        return refusal(refused.reason, name)


def refusal(reason: Reason, name: str) -> Say:
    """Say why a file is not stored, and what to send instead."""
    match reason:
        case "active":
            return Say("file-active", name=name)
        case "busy":
            return Say("file-busy", name=name)
        case "empty":
            return Say("file-empty", name=name)
        case "locked":
            return Say("file-locked", name=name)
        case "pixels":
            return Say("file-pixels", name=name)
        case "slow":
            return Say("file-slow", name=name)
        case "too-big":
            return Say("file-too-big", name=name, limit=SIZE_LIMIT // MEGABYTE)
        case "type":
            return Say("file-type", name=name)
        case "unreadable":
            return Say("file-unreadable", name=name)
