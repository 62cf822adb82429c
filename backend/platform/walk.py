"""The next rows of an account in the order of their ids, however many there are of others.

Asked for at once, a database may go through everybody's rows by their ids until it meets one of the
account's, or read all of the account's to find the first. So there is one look at an index from one
row to the next for each thing of the account, and nothing else is read.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from backend.platform.database import is_postgres

# $2: the id behind which it goes on. $3: how many.
_WALK = """
WITH RECURSIVE walk(id, place) AS (
    SELECT CAST($2 AS BIGINT), 0 UNION ALL
    SELECT (SELECT MIN(first.id) FROM ({firsts}) AS first), place + 1 FROM walk
    WHERE walk.id IS NOT NULL AND place < $3)
SELECT id FROM walk WHERE id IS NOT NULL AND place > 0 ORDER BY id
"""
_FIRST = """SELECT (SELECT {id} FROM {rows} WHERE {behind} AND {holds}
    ORDER BY {about}, {id} LIMIT 1) AS id FROM {things}"""
# PostgreSQL is told of one thing as of a range: then only the index of both columns has the rows in
# order, and it is not tempted by another.
_AS_RANGE = "({about}, {id}) > ({thing}, walk.id) AND {about} <= {thing}"
_AS_IT_IS = "{about} = {thing} AND {id} > walk.id"


@dataclass(frozen=True, slots=True)
class Place:
    """`things` of the account, such as `programs p WHERE …`, and the `rows` about each. `holds`:
    which of the rows count. An index has the columns that `holds` knows, then `about` and `id`."""

    things: str
    thing: str
    rows: str
    about: str
    id: str
    holds: str = "TRUE"

    @property
    def first(self) -> str:
        form = _AS_RANGE if is_postgres() else _AS_IT_IS
        behind = form.format(about=self.about, id=self.id, thing=self.thing)
        return _FIRST.format(
            id=self.id, rows=self.rows, behind=behind, holds=self.holds, about=self.about,
            things=self.things,
        )  # fmt: skip


def walk(places: Iterable[Place]) -> str:
    """The statement; $1 is for the things."""
    return _WALK.format(firsts=" UNION ALL ".join(each.first for each in places))
