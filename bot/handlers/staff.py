"""What staff enter by phone for an enterprise, and what its principal says of it."""

from bot.handlers.arguments import is_id, numbered
from service.core.unit_of_work import Speaker, UnitOfWork
from service.duties import by_phone


def phone_duties(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """电话代录: which duty of an enterprise; `CODE` or `CODE:2`."""
    code, _, page = argument.partition(":")
    by_phone.choose(uow, me, code, _page(page))


def take_by_phone(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """电话代录 of a duty."""
    numbered(uow, me, argument, by_phone.begin)


def phone_card(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """What was taken by phone, for the principal to confirm."""
    numbered(uow, me, argument, by_phone.show)


def phone_cards(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """Several of them: `CODE:2`."""
    code, _, page = argument.partition(":")
    by_phone.listing(uow, me, code, _page(page))


def phone_true(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """属实."""
    numbered(uow, me, argument, by_phone.confirm)


def phone_wrong(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """有误."""
    numbered(uow, me, argument, by_phone.dispute)


def _page(argument: str) -> int:
    return int(argument) if is_id(argument) else 1
