"""What can be started about hot-work permits: commands, the buttons of cards and prompts, messages that name one."""

import re
from typing import Final

from campaign.permits import Event
from campaign.pulse import Prompt
from talk.actions import MAYBE, NUMBER, PAGE, Command, Listener, Urgent, action, one_of
from talk.cleaning import DASHES, clean
from talk.messages import Inbound

APPLYING: Final = Command("permit")
LISTING: Final = Command("permits")
LINK: Final = "v_"
"""How a start word begins that is a permit's token, which follows, and no invitation."""
VERIFYING: Final = Command("verify", for_strangers=True, link=LINK)

SHOW: Final = action("permit", NUMBER)
"""The card of a permit, by its number."""
LIST: Final = action("permits", PAGE)
APPLY: Final = action("permit-apply", MAYBE)
"""申请动火, in an enterprise by its code."""
EDIT: Final = action("permit-edit", NUMBER)
"""修改申请: the question of a returned application that is wrong."""
DO: Final = action("permit-do", NUMBER, one_of(Event))
"""An event of a permit."""
TELL_WHY: Final = action("permit-why", NUMBER)
"""说明原因, after a stop."""
ACKNOWLEDGE: Final = action("permit-seen", NUMBER, one_of(Prompt), NUMBER)
"""收到 of a prompt, by its instant in seconds since 1970."""
PRINT: Final = action("permit-paper", NUMBER)
"""打印作业票."""

_CODE: Final = re.compile(
    rf"D[ {DASHES}]*([0-9]{{4}})[ {DASHES}]+([0-9]{{1,4}})(?![0-9])[ :,]*(.*)", re.DOTALL | re.IGNORECASE
)

_SOMEWHERE: Final = re.compile(r"D-[0-9]{4}-[0-9]{2,4}(?![0-9])")


def code_in(text: str) -> tuple[str, str] | None:
    """Return the permit's code with which a text begins, whatever dashes, width and letters it is typed with
    (D-0619-07, d 0619 7), and what it says behind it; None where it begins with none.
    """
    found = _CODE.fullmatch(clean(text))
    return None if found is None else (f"D-{found[1]}-{int(found[2]):02}", found[3].strip())


def replied_to(inbound: Inbound) -> str | None:
    """Return the code of the one permit that the message names to which another one is the reply; None: it names none,
    or several.
    """
    reply = inbound.reply
    codes = set() if reply is None or reply.own else set(_SOMEWHERE.findall(reply.text))
    return codes.pop() if len(codes) == 1 else None


def _names(inbound: Inbound) -> bool:
    return code_in(inbound.text) is not None or replied_to(inbound) is not None


NAMED: Final = Listener(_names, before_questions=True)
"""A message that names a permit, or is the reply to one that does: on a site minutes matter, so it comes before
whatever is being asked.
"""
PHOTOS: Final = Listener(lambda inbound: bool(inbound.files), before_questions=False)
"""Photos that no question asked for."""


def _is_urgent(inbound: Inbound) -> bool:
    """Whether a message stops a job, says that a prompt was seen, or names a permit."""
    stops = DO.is_in(inbound.data) and inbound.data.endswith(f":{Event.STOP}")
    return stops or ACKNOWLEDGE.is_in(inbound.data) or _names(inbound)


URGENT: Final = Urgent(_is_urgent)
"""On a site minutes matter, and a photo may take some to come."""
