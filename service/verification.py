"""What whoever scans a permit's QR code learns: whether it holds, never who is on it or where."""

from datetime import datetime

from talk.texts import CHINESE, Say, render

START = "v_"
"""How the word begins that Telegram hands over when a link to the bot is opened, so that it is no invitation."""


def answer(state: str, code: str, until: datetime) -> Say:
    """Whether a permit holds. `until` is its end, in the reader's zone. What is not known to hold does not."""
    match state:
        case "approved":
            return Say("verify-approved", code=code, until=until)
        case "started":
            return Say("verify-started", code=code, until=until)
        case "suspended":
            return Say("verify-suspended", code=code)
        case "finished" | "fire_watch":
            return Say("verify-finished", code=code)
        case "closed":
            return Say("verify-closed", code=code)
        case "expired":
            return Say("verify-expired", code=code, until=until)
        case "cancelled":
            return Say("verify-cancelled", code=code)
        case _:
            return Say("verify-not-approved", code=code)


def verification_address(bot_name: str | None, token: str, code: str) -> str:
    """What the QR code says: a link to the bot, or where the bot has no name (`accounts.bot_name`) how to ask it.

    The token is of letters, digits, `-` and `_`, 62 at the most: Telegram takes no other, and none longer.
    """
    if bot_name:
        return f"https://t.me/{bot_name}?start={START}{token}"
    return render(Say("verify-how", code=code, token=token), CHINESE)
