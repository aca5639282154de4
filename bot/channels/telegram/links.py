"""Links that open a chat with the bot on Telegram."""


def start_address(bot_name: str, word: str) -> str:
    """Return the address that opens the bot and has the platform send `/start` with a word.

    Telegram takes words of letters, digits, `-` and `_`, 64 characters at the most.
    """
    return f"https://t.me/{bot_name}?start={word}"
