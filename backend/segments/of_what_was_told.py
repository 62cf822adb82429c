"""Conditions on what the account's own system has told (attributes of people, lists of cards), and
on what people did with what the brand has told them."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from backend.platform.database import is_postgres
from backend.segments.marks import Marks
from backend.segments.of_cards import DAY, between, of_days

Asked = Mapping[str, Any]
_ATTRIBUTE = """EXISTS (SELECT 1 FROM attributes a WHERE a.account_id = {account}
    AND a.customer_id = c.id AND a.key = {key}{more})"""
_CLICKED = """EXISTS (SELECT 1 FROM messages w JOIN link_clicks f ON f.message_id = w.id
    WHERE w.customer_id = c.id AND w.brand_id = {brand}{more})"""
_LISTED = """EXISTS (SELECT 1 FROM cards k JOIN listed_cards l ON l.card_id = k.id
    JOIN card_lists s ON s.id = l.list_id
    WHERE k.customer_id = c.id AND k.removed_at IS NULL AND s.account_id = {account}
    AND s.key {keys})"""


def _attribute(asked: Asked, marks: Marks) -> str:
    account, key = marks.number(marks.brand.account_id), marks.text(asked["key"])
    parts = []
    if "in" in asked:
        parts.append(f" AND a.text {marks.texts(asked['in'])}")
    if "from" in asked or "to" in asked:
        value = "CAST(a.number AS NUMERIC)"
        if of_days(asked):
            value = DAY[is_postgres()].format(value="a.text")
        parts.append(between(value, asked, marks))
    if "is" in asked:
        parts.append(" AND a.flag" if asked["is"] else " AND NOT a.flag")
    return _ATTRIBUTE.format(account=account, key=key, more="".join(parts))


def _clicked(asked: Asked, marks: Marks) -> str:
    """Of the brand's own messages, whatever made them."""
    parts = []
    if "campaign" in asked:
        parts.append(f" AND w.campaign_id = {marks.number(asked['campaign'])}")
    if "within_days" in asked:
        since = marks.now - timedelta(days=asked["within_days"])
        parts.append(f" AND f.last_at >= {marks.one(since)}")
    return _CLICKED.format(brand=marks.number(marks.brand.brand_id), more="".join(parts))


def _list(asked: Asked, marks: Marks) -> str:
    account = marks.number(marks.brand.account_id)
    return _LISTED.format(account=account, keys=marks.texts(asked["in"]))


FIELDS: Mapping[str, Callable[[Asked, Marks], str]] = {
    "attribute": _attribute,
    "clicked": _clicked,
    "list": _list,
}
