"""The facts of a period, summed up, for the operator."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from backend.platform.database import is_postgres, rows

# of all: the operator's report; `account` and `brand` narrow it
_REPORT = """
SELECT {day} COALESCE(a.key, '') AS account, COALESCE(b.key, '') AS brand, f.kind, f.source,
    f.channel, sum(f.n) AS n, sum(f.kopecks) AS kopecks
FROM facts f LEFT JOIN accounts a ON a.id = f.account_id LEFT JOIN brands b ON b.id = f.brand_id
WHERE f.day >= $1 AND f.day <= $2 AND ($3 = '' OR a.key = $3) AND ($4 = '' OR b.key = $4)
GROUP BY {day} a.key, b.key, f.kind, f.source, f.channel
ORDER BY {day} account, brand, f.kind, f.source, f.channel
"""


@dataclass(frozen=True, slots=True)
class Line:
    """`day` is empty unless the report is by day; `account` and `brand` are keys, empty for what
    is nobody's."""

    day: str
    account: str
    brand: str
    kind: str
    source: str
    channel: str
    n: int
    kopecks: int


async def report(
    since: date, until: date, *, account: str = "", brand: str = "", daily: bool = False
) -> list[Line]:
    """Both days included, each by the account's own clock."""
    sql = _REPORT.format(day="f.day," if daily else "")
    days = [day if is_postgres() else day.isoformat() for day in (since, until)]
    return [_line(row) for row in await rows(sql, [*days, account, brand])]


def _line(row: dict[str, Any]) -> Line:
    told = {name: str(row[name]) for name in ("account", "brand", "kind", "source", "channel")}
    return Line(day=str(row.get("day", "")), n=int(row["n"]), kopecks=int(row["kopecks"]), **told)
