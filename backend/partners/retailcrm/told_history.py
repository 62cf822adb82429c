"""Bonus operations and orders as lines of a card's history."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from backend.partners.member import Operation
from backend.partners.retailcrm.wire.models import BonusOperation, OfOrder, Order

# As RetailCRM calls them, and as people read it.
_TEXTS = {
    "credit_for_order": "Начислено за заказ",
    "credit_for_event": "Начислено за событие",
    "credit_manual": "Начислено",
    "charge_for_order": "Списано за заказ",
    "charge_manual": "Списано",
    "burn": "Сгорело",
    "cancel_of_charge": "Списание отменено",
    "cancel_of_credit": "Начисление отменено",
}


def told_history(
    operations: Sequence[BonusOperation], orders: Sequence[Order], zone: ZoneInfo, most: int
) -> list[Operation]:
    """The newest first."""
    lines = [*_bonuses(operations, zone), *_orders(orders, zone)]
    return sorted(lines, key=lambda each: each.at, reverse=True)[:most]


def _bonuses(operations: Sequence[BonusOperation], zone: ZoneInfo) -> Iterator[Operation]:
    for each in operations:
        order = _number(each.order)
        text = _TEXTS.get(each.type, each.type.replace("_", " "))
        text = f"{text} {order}" if order and each.type.endswith("_order") else text
        yield Operation(each.created_at.replace(tzinfo=zone), each.amount, text, order)


def _orders(orders: Sequence[Order], zone: ZoneInfo) -> Iterator[Operation]:
    for each in orders:
        number = each.number or str(each.id)
        text = f"Заказ {number}" + (f": {each.status}" if each.status else "")
        yield Operation(each.created_at.replace(tzinfo=zone), each.total_summ, text, number)


def _number(order: OfOrder | None) -> str:
    if order is None:
        return ""
    return order.number or order.external_id or (str(order.id) if order.id else "")
