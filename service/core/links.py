"""Addresses that open the bot, for invitations and for the code on a permit."""

from collections.abc import Callable
from functools import partial

from service.core.unit_of_work import UnitOfWork
from storage import accounts


def link_maker(uow: UnitOfWork) -> Callable[[str], str] | None:
    """Return what makes the address that opens the bot with a start word; None while no channel whose platform has
    links knows how the bot is called there.
    """
    for channel, address in uow.context.links.items():
        name = accounts.bot_name(uow.conn, channel)
        if name:
            return partial(address, name)
    return None


def start_link(uow: UnitOfWork, word: str) -> str | None:
    """Return the address that opens the bot with a start word, or None; see `link_maker`."""
    link = link_maker(uow)
    return None if link is None else link(word)
