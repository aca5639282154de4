"""What an address is to the bot."""

from sqlalchemy import Connection, insert

from storage import standings
from storage.engine import Database
from storage.tables import identities, people
from talk.messages import Address
from tests.storage.conftest import NOW


def someone(conn: Connection, external_id: str, account: str = "a", **person: object) -> None:
    number = None
    if person:
        given = {"name": "甲", "language": "en", **person}
        number = conn.execute(insert(people).values(**given).returning(people.c.id)).scalar_one()
    row = {"channel": "web", "account": account, "external_id": external_id, "person": number}
    conn.execute(insert(identities).values(**row, seen_at=NOW, language="en"))


def test_members_guests_and_strangers(database: Database) -> None:
    def bring(conn: Connection) -> None:
        someone(conn, "member", joined_at=NOW)
        someone(conn, "guest", joined_at=None)
        someone(conn, "left", joined_at=NOW, left_at=NOW)
        someone(conn, "stranger")
        someone(conn, "stranger", account="another", joined_at=NOW)

    database.run(bring)
    asked = [Address("web", "a", name) for name in ("member", "guest", "left", "stranger", "unheard of")]
    found = database.look(lambda conn: standings.joined(conn, asked))
    assert {address.external_id: joined for address, joined in found.items()} == {
        "member": True,
        "guest": False,
        "left": False,
    }
    assert database.look(lambda conn: standings.joined(conn, [])) == {}
