"""Who can be named on a hot-work permit: the welders of the register with what is wrong about each, and the people of
the enterprise who use the bot.
"""

from collections.abc import Sequence

from campaign.certificates import Validity
from campaign.roles import OFFICER, PRINCIPAL, WORKER
from campaign.talks.hot_work import ListedWelder, Member
from service.core.unit_of_work import UnitOfWork
from service.workers.register import standing_of
from storage import people, workers
from talk.cleaning import likeness


def members_of(uow: UnitOfWork, enterprise: str) -> tuple[Member, ...]:
    """Return the people of an enterprise in the chat, each once."""
    found: dict[int, Member] = {}
    for role in (WORKER, OFFICER, PRINCIPAL):
        for number in people.holders(uow.conn, role, enterprise):
            who = people.person(uow.conn, number)
            if who is not None and who.left_at is None:
                found.setdefault(number, Member(number, who.name, role))
    return tuple(found.values())


def welders_of(uow: UnitOfWork, enterprise: str, members: Sequence[Member]) -> tuple[ListedWelder, ...]:
    """Return the register of an enterprise, with what is wrong today about the certificate of each."""
    today = uow.now.date()
    allows = uow.pack.certificates.allows_hot_work
    found: list[ListedWelder] = []
    for worker in workers.find(uow.conn, enterprise):
        stands = standing_of(worker, today)
        fault = None if stands.is_valid else stands.validity.value
        # After the last day of the review the certificate is void, as after its own last day.
        until = worker.valid_until if stands.validity is Validity.EXPIRED else stands.until
        called = [member.person for member in members if likeness(member.name) == likeness(worker.name)]
        found.append(
            ListedWelder(
                worker=worker.id,
                # Of two who bear the name it is not known which one.
                person=called[0] if len(called) == 1 else None,
                name=worker.name,
                trade=worker.trade,
                masked=worker.certificate_masked,
                until=until,
                kind="expiry" if stands.validity is Validity.EXPIRED else stands.kind,
                fault=fault if allows(worker.trade) else "trade",
            )
        )
    return tuple(found)
