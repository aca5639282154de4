"""What can be started about a person: commands, and the buttons for joining, for the language and for one's data."""

from typing import Final

from service.core import shared_actions
from talk.actions import MAYBE, NUMBER, PAGE, WORD, Arg, Command, action
from talk.texts import LANGUAGES

START: Final = Command("start", for_strangers=True)
HELP: Final = Command("help", for_strangers=True)
LANGUAGE: Final = Command("language", for_strangers=True)
ME: Final = Command("me")
FEEDBACK: Final = Command("feedback")
PEOPLE: Final = Command("people")


def language_of(text: str) -> str:
    """The language that a word such as `en`, `zh` or `zh-CN` begins to name; the first one for any other word."""
    return next((known for known in LANGUAGES if known.startswith(text[:2])), LANGUAGES[0])


TYPE: Final = shared_actions.TYPE
SPEAK: Final = action("language", Arg(language_of), for_strangers=True)
"""Speak a language from now on."""
EXPORT: Final = action("export")
"""My data as a file."""
LEAVE: Final = action("leave")
"""Leave; asked once more first."""

ACKNOWLEDGE: Final = action("criteria", WORD)
"""我已知悉, under the criteria of an enterprise's own sector, by its code."""
ACCEPT: Final = action("accept", NUMBER)
"""Staff accept a second principal, by the number of the membership."""
DECLINE: Final = action("decline", NUMBER)
"""Staff decline a second principal."""
PEOPLE_OF: Final = action("people", PAGE)
"""The people whose roles one may end."""
SEAT: Final = action("seat", NUMBER)
"""The card of a role, by the number of the membership."""
END_ROLE: Final = action("role-end", NUMBER)
"""结束身份."""
LOCK: Final = action("lock", NUMBER)
"""锁定 the holder of a role who lost the phone."""
RESET_FACTOR: Final = action("factor-reset", NUMBER)
"""重置二次验证 of the holder of a role who lost the phone."""
KEEP_ROLE: Final = action("role-keep", NUMBER)
"""保留, in a review of roles."""
KEEP_ROLES: Final = action("roles-keep")
"""其余都保留, in a review of roles."""

HAND_OVER: Final = action("hand-over", NUMBER)
"""移交 a role to a successor, by the number of the membership."""
RENAME: Final = action("rename", NUMBER)
"""更正姓名 of the holder of a role."""
INVITE: Final = action("invite", MAYBE)
"""邀请, for a place of one's own: an enterprise's code, a district, the city; "": asked, where there are several."""
INVITATIONS: Final = action("invitations", PAGE)
"""The codes that nobody has used yet."""
INVITATION: Final = action("invitation", NUMBER)
"""One of them."""
VOID_INVITATION: Final = action("invitation-void", NUMBER)
"""作废."""
