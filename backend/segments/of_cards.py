"""Conditions on the card of the brand's program: whoever does not carry it has none of them."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from backend.platform.database import is_postgres
from backend.segments.marks import Marks

Asked = Mapping[str, Any]
_CARD = """EXISTS (SELECT 1 FROM cards k WHERE k.customer_id = c.id
    AND k.program_id = {program}{more})"""
_HELD = " AND k.removed_at IS NULL"
# of all: of the card in hand
_IN_A_PHONE = """EXISTS (SELECT 1 FROM wallet_passes w WHERE w.card_id = k.id
    AND w.wallet {wallets} AND w.installed_at IS NOT NULL AND w.removed_at IS NULL
    AND w.voided_at IS NULL)"""
# A value that is no amount, because the field was another one when it was written, is below and
# above nothing.
NUMBER = {
    True: "CASE WHEN {value} ~ '^-?[0-9]+(\\.[0-9]+)?$' THEN CAST({value} AS NUMERIC) END",
    False: "CASE WHEN {value} GLOB '*[0-9]' AND NOT ({value} GLOB '*[^-0-9.]*'"
    " OR {value} GLOB '?*-*' OR {value} GLOB '*.*.*' OR {value} GLOB '.*' OR {value} GLOB '-.*')"
    " THEN CAST({value} AS NUMERIC) END",
}
DAY = {
    True: "CASE WHEN {value} ~ '^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}$' THEN {value} END",
    False: "CASE WHEN {value} GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' THEN {value} END",
}


def _card(asked: Asked, marks: Marks) -> str:
    match asked["is"]:
        case "has":
            return _of_card(marks, _HELD)
        case "had":
            return _of_card(marks, " AND k.removed_at IS NOT NULL")
    return f"NOT {_of_card(marks, '')}"


def _origin(asked: Asked, marks: Marks) -> str:
    return _of_card(marks, f"{_HELD} AND k.origin {marks.texts(asked['in'])}")


def _source(asked: Asked, marks: Marks) -> str:
    return _of_card(marks, f"{_HELD} AND k.source {marks.texts(asked['in'])}")


def _tier(asked: Asked, marks: Marks) -> str:
    return _of_card(marks, f"{_HELD} AND k.tier {marks.texts(asked['in'])}")


def _installed(asked: Asked, marks: Marks) -> str:
    wallets = marks.texts(asked["in"])
    return _of_card(marks, f"{_HELD} AND {_IN_A_PHONE.format(wallets=wallets)}")


def _balance(asked: Asked, marks: Marks) -> str:
    return _of_card(marks, _HELD + between("CAST(k.balance AS NUMERIC)", asked, marks))


def _joined(asked: Asked, marks: Marks) -> str:
    ends = []
    if "within_days" in asked:
        since = marks.now - timedelta(days=asked["within_days"])
        ends.append(f" AND k.created_at >= {marks.one(since)}")
    if "from" in asked:
        ends.append(f" AND k.created_at >= {marks.one(_begins(marks, asked['from'], 0))}")
    if "to" in asked:
        ends.append(f" AND k.created_at < {marks.one(_begins(marks, asked['to'], 1))}")
    return _of_card(marks, _HELD + "".join(ends))


def _begins(marks: Marks, day: str, later: int) -> datetime:
    """The first moment of a day where the account is, or of one after it."""
    begins = date.fromisoformat(day) + timedelta(days=later)
    return datetime.combine(begins, time(), marks.brand.zone).astimezone(UTC)


def _card_field(asked: Asked, marks: Marks) -> str:
    value = _own_field(marks, asked["key"])
    parts = [_HELD]
    if "in" in asked:
        parts.append(f" AND {value} {marks.texts(asked['in'])}")
    if "from" in asked or "to" in asked:
        kinds = DAY if of_days(asked) else NUMBER
        parts.append(between(kinds[is_postgres()].format(value=value), asked, marks))
    return _of_card(marks, "".join(parts))


def _own_field(marks: Marks, key: str) -> str:
    if is_postgres():
        return f"(k.own_fields ->> {marks.text(key)})"
    path = marks.one(f'$."{key}"')
    return f"json_extract(k.own_fields, {path})"


def between(value: str, asked: Asked, marks: Marks) -> str:
    """Inclusive on both sides; days are compared as the texts that they are."""
    return "".join(_ends(value, asked, marks))


def _ends(value: str, asked: Asked, marks: Marks) -> Iterator[str]:
    for name, sign in (("from", ">="), ("to", "<=")):
        if name in asked:
            end = asked[name]
            yield f" AND {value} {sign} {(marks.text if is_day(end) else marks.amount)(end)}"


def of_days(asked: Asked) -> bool:
    """Both ends of a range are of one kind."""
    return is_day(asked.get("from") or asked["to"])


def is_day(end: str) -> bool:
    """An amount has no second hyphen."""
    return end.count("-") == 2


def _of_card(marks: Marks, more: str) -> str:
    return _CARD.format(program=marks.number(marks.brand.program_id), more=more)


FIELDS: Mapping[str, Callable[[Asked, Marks], str]] = {
    "card": _card,
    "origin": _origin,
    "source": _source,
    "installed": _installed,
    "tier": _tier,
    "balance": _balance,
    "joined": _joined,
    "card_field": _card_field,
}
