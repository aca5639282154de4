"""The step to judged answers, tried on duties that were answered before."""

from storage import duties, filings
from storage.engine import open_database
from tests.storage.conftest import upgraded_with

DUTY = """
INSERT INTO duties
    (id, obligation, subject, period, district, owner, opens, status, answered_at, conversation)
    VALUES ({id}, 'mobilise', '{place}', 'once', '{place}', 'clerk', '2023-05-22 01:00:00.000000', '{status}',
    {at}, {talk})
"""
AT = "'2023-05-25 01:00:00.000000'"
ROWS = ";\n".join(
    DUTY.format(id=number, place=place, status=status, at=at, talk=talk).strip()
    for number, place, status, at, talk in (
        (1, "浑南区", "answered", AT, "NULL"),
        (2, "沈河区", "answered", AT, "41"),
        (3, "和平区", "open", "NULL", "NULL"),
    )
)


def test_what_was_answered_elsewhere_is_met_and_what_was_told_waits_to_be_judged(database_url: str) -> None:
    upgraded_with(database_url, "0027", ROWS)
    database = open_database(database_url)
    found = {duty.id: (duty.met, duty.met_by, duty.unmet) for duty in database.look(duties.find)}
    assert found == {1: (True, None, False), 2: (None, None, False), 3: (None, None, False)}
    assert [duty.id for duty in database.run(lambda conn: filings.unjudged(conn, 9))] == [2]
    database.close()
