"""Names are compared in one form, whatever dots, dashes, brackets or radicals they are typed with."""

from collections import defaultdict
from datetime import UTC, datetime
from typing import Final, Literal

import sqlalchemy as sa
from alembic import op

from talk.cleaning import likeness

revision = "0024"
down_revision = "0023"

NUMBERED: Final = {"sqlite_autoincrement": True}
ON_SITE: Final = ("started", "suspended", "finished", "fire_watch")

_enterprises = sa.table("enterprises", sa.column("code"), sa.column("name"), sa.column("likeness"))
_points = sa.table("permit_points", sa.column("id"), sa.column("enterprise"), sa.column("name"), sa.column("likeness"))
_permits = sa.table("permits", sa.column("point"), sa.column("begun", sa.Boolean()), sa.column("state"))
_inspectors = sa.table(
    "inspectors",
    sa.column("id"),
    sa.column("place"),
    sa.column("name"),
    sa.column("likeness"),
    sa.column("until", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    """Enterprises get the form by which they are found; places of hot work and inspectors get theirs anew."""
    # SQLite would write the added column into the last line of the table as it describes itself.
    recreate: Literal["always", "auto"] = "always" if op.get_bind().dialect.name == "sqlite" else "auto"
    with op.batch_alter_table("enterprises", recreate=recreate) as batch:
        batch.add_column(sa.Column("likeness", sa.Text(), nullable=True))
    conn = op.get_bind()
    for code, name in conn.execute(sa.select(_enterprises.c.code, _enterprises.c.name)).all():
        conn.execute(_enterprises.update().where(_enterprises.c.code == code).values(likeness=likeness(name)))
    with op.batch_alter_table("enterprises") as batch:
        batch.alter_column("likeness", existing_type=sa.Text(), nullable=False)
    _points_anew(conn)
    _inspectors_anew(conn)


def _points_anew(conn: sa.Connection) -> None:
    """Two spellings of one place become that place, which was named first: a permit at the one bars the other."""
    alike: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    found = conn.execute(sa.select(_points.c.id, _points.c.enterprise, _points.c.name).order_by(_points.c.id)).all()
    for number, enterprise, name in found:
        alike[enterprise, likeness(name)].append(number)
    # Out of the way, so that none meets the old form of another.
    conn.execute(_points.update().values(likeness=sa.cast(_points.c.id, sa.Text())))
    for (_, like), (first, *others) in alike.items():
        for other in others:
            if _is_held(conn, first) and _is_held(conn, other):
                # Work goes on at both: they stay two until it is over, and who names the place again means the first.
                conn.execute(_points.update().where(_points.c.id == other).values(likeness=f"{like} {other}"))
                continue
            conn.execute(_permits.update().where(_permits.c.point == other).values(point=first))
            conn.execute(_points.delete().where(_points.c.id == other))
        conn.execute(_points.update().where(_points.c.id == first).values(likeness=like))


def _is_held(conn: sa.Connection, point: int) -> bool:
    held = sa.select(_permits.c.point).where(
        _permits.c.point == point, _permits.c.begun.is_(True), _permits.c.state.in_(ON_SITE)
    )
    return conn.execute(held).first() is not None


def _inspectors_anew(conn: sa.Connection) -> None:
    """Of one inspector named twice the first entry serves on; the other stays named on what it signed."""
    serving: set[tuple[str, str]] = set()
    columns = (_inspectors.c.id, _inspectors.c.place, _inspectors.c.name, _inspectors.c.until)
    found = conn.execute(sa.select(*columns).order_by(_inspectors.c.id)).all()
    conn.execute(_inspectors.update().values(likeness=sa.cast(_inspectors.c.id, sa.Text())))
    for number, place, name, until in found:
        like = likeness(name)
        twice = until is None and (place, like) in serving
        if until is None:
            serving.add((place, like))
        ended = datetime.now(UTC) if twice else until
        conn.execute(_inspectors.update().where(_inspectors.c.id == number).values(likeness=like, until=ended))
