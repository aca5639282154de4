"""Who can be named on a hot-work permit: the welders of the register with what is wrong about each, and the people of
the enterprise who use the bot.
"""

from typing import Any

from campaign.certificates import Validity
from campaign.identity import likeness
from service.core.permissions import OFFICER, PRINCIPAL, WORKER
from service.core.unit_of_work import UnitOfWork
from service.workers.register import standing_of
from storage import people, workers


def who_can_be_named(uow: UnitOfWork, enterprise: str) -> dict[str, Any]:
    """The `welders` and `members` of a brief, as they are now."""
    members = members_of(uow, enterprise)
    return {"members": members, "welders": _welders(uow, enterprise, members)}


def members_of(uow: UnitOfWork, enterprise: str) -> list[dict[str, Any]]:
    """The people of an enterprise in the chat: [{person, name, role}], each once."""
    found: dict[int, dict[str, Any]] = {}
    for role in (WORKER, OFFICER, PRINCIPAL):
        for number in people.holders(uow.conn, role, enterprise):
            who = people.person(uow.conn, number)
            if who is not None and who.left_at is None:
                found.setdefault(number, {"person": number, "name": who.name, "role": role})
    return list(found.values())


def _welders(uow: UnitOfWork, enterprise: str, members: list[dict[str, Any]]) -> list[dict[str, Any]]:
    today = uow.now.date()
    allows = uow.pack.certificates.allows_hot_work
    found = []
    for one in workers.find(uow.conn, enterprise):
        stands = standing_of(one, today)
        fault = None if stands.is_valid else stands.validity.value
        # After the last day of the review the certificate is void, as after its own last day.
        until = one.valid_until if stands.validity is Validity.EXPIRED else stands.until
        called = [member["person"] for member in members if likeness(member["name"]) == likeness(one.name)]
        found.append(
            {
                "worker": one.id,
                # Of two who bear the name it is not known which one.
                "person": called[0] if len(called) == 1 else None,
                "name": one.name,
                "trade": one.trade,
                "masked": one.certificate_masked,
                "until": until.isoformat(),
                "fault": fault if allows(one.trade) else "trade",
            }
        )
    return found
