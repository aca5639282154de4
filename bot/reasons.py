"""Why the system refused something, in words of ours: what it says itself is in another language, or in code."""

import errno
from typing import Final

from talk.texts import Say

_WHY: Final = {
    errno.EACCES: "denied",
    errno.EPERM: "denied",
    errno.ENOENT: "missing",
    errno.ENOTDIR: "no-folder",
    errno.EISDIR: "folder",
    errno.EEXIST: "taken",
    errno.EROFS: "read-only",
    errno.ENAMETOOLONG: "long",
    errno.EMFILE: "many",
    errno.ENFILE: "many",
    errno.EIO: "broken",
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EFBIG: "full",
    errno.ENOEXEC: "no-program",
    errno.ETXTBSY: "busy",
    errno.EBUSY: "busy",
    errno.ELOOP: "loop",
}


def reason(error: OSError) -> Say:
    """Return why the system refused something."""
    return Say("system-reason", why=_WHY.get(error.errno or 0, "other"), code=str(error.errno or 0))
