"""Where people live and whether they are found, beside each of their answers about advertising.

The database keeps it as it is (docs/decisions/0026-placed-consents.md). Here it is compared with
what it is made of.
"""

from collections.abc import AsyncIterator

from backend.platform.database import rows

_PAGE = 5000
# Of an answer `s` of a person `c`: 0, they are no more; 2, its channel leads to them; else 1.
REACH = """
CASE WHEN c.deleted_at IS NOT NULL THEN 0
    WHEN CASE s.channel
        WHEN 'telegram' THEN EXISTS (SELECT 1 FROM identities i WHERE i.customer_id = c.id
            AND i.door = 'telegram' AND i.reachable_since IS NOT NULL AND i.blocked_at IS NULL)
        WHEN 'email' THEN EXISTS (SELECT 1 FROM contacts m WHERE m.customer_id = c.id
            AND m.kind = 'email' AND m.verified_at IS NOT NULL)
        WHEN 'sms' THEN EXISTS (SELECT 1 FROM contacts m WHERE m.customer_id = c.id
            AND m.kind = 'phone' AND m.verified_at IS NOT NULL)
        ELSE FALSE END THEN 2
    ELSE 1 END
"""
# of all: whoever was there before
_ANY = """
SELECT 1 FROM consent_states WHERE purpose = 'advertising' AND reach IS NULL LIMIT 1
"""
# of all: the operator's check
_LAST = "SELECT MAX(id) AS id FROM (SELECT id FROM customers WHERE id > $1 ORDER BY id LIMIT $2) x"
# of all: the operator's check
_WRONG = f"""
SELECT s.customer_id AS id, COUNT(*) AS answers,
    SUM(CASE WHEN s.reach IS NULL THEN 1 ELSE 0 END) AS waiting
FROM consent_states s JOIN customers c ON c.id = s.customer_id
WHERE s.purpose = 'advertising' AND c.id > $1 AND c.id <= $2 AND (
    s.reach IS NULL OR s.reach <> {REACH} OR COALESCE(s.city_id, 0) <> COALESCE(c.city_id, 0))
GROUP BY s.customer_id ORDER BY s.customer_id
"""  # noqa: S608


async def all_placed() -> bool:
    return not await rows(_ANY)


async def misplaced() -> AsyncIterator[tuple[int, bool]]:
    """Everybody of whom an answer says something else than what it is made of, and whether it
    merely waits to be placed."""
    last = 0
    while (upto := (await rows(_LAST, [last, _PAGE]))[0]["id"]) is not None:
        for row in await rows(_WRONG, [last, upto]):
            yield row["id"], row["waiting"] == row["answers"]
        last = upto
