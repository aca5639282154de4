"""The channels whose platform has links that open the bot. It imports no client, since every process reads it."""

from collections.abc import Mapping
from typing import Final

from bot.channels.telegram import api, links
from talk.messages import LinkMaker

LINKS: Final[Mapping[str, LinkMaker]] = {api.NAME: links.start_address}
"""By the channel's name, the preferred one first."""
