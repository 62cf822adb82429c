"""Balances, history and promotions, as people see them under a card."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from backend.partners.member import Balance, Operation, Promotion
from backend.partners.mindbox.asking import Asking
from backend.partners.mindbox.wire import bodies
from backend.partners.mindbox.wire.bodies import CustomerBody
from backend.partners.mindbox.wire.loyalty import Action, Order
from backend.partners.mindbox.wire.models import Answer
from backend.partners.mindbox.wire.part import Named
from backend.partners.mindbox.wire.values import named
from backend.platform.failures import NeedsSettings

NOTHING = Decimal(0)


def balance_of(asking: Asking, answer: Answer) -> Balance | None:
    """Raises NeedsSettings where several balances could be meant."""
    wanted, known = asking.program.balance, answer.balances
    found = [each for each in known if not wanted or each.system_name == wanted]
    if len(found) > 1:
        names = ", ".join(sorted(each.system_name for each in found))
        raise NeedsSettings(f"programs.{asking.key}.balance: expected one of {names}")
    tier = tier_of(asking, answer)
    if not found or found[0].available is None:
        return None if tier is None else Balance(NOTHING, tier=tier)
    one = found[0]
    return Balance(one.available or NOTHING, one.total, one.blocked, tier)


def tier_of(asking: Asking, answer: Answer) -> str | None:
    """None where the settings name nothing that would be one."""
    program = asking.program
    if program.tier_segmentation:
        for each in answer.customer_segmentations:
            if _id(each.segmentation) == program.tier_segmentation and each.segment is not None:
                return each.segment.name or _id(each.segment) or None
        return None
    if not program.tier_field:
        return None
    for holder in (answer.customer, answer.discount_card):
        value = None if holder is None else named(holder.custom_fields, program.tier_field)
        if value not in {None, ""}:
            return str(value)
    return None


def _id(part: Named | None) -> str:
    return "" if part is None else named(part.ids, "externalId") or ""


async def history(asking: Asking, who: CustomerBody, most: int) -> list[Operation]:
    names = asking.operations
    actions = await _actions(asking, who) if names.balance_history else []
    orders: list[Order] = []
    if names.orders:
        orders = (await asking.read(names.orders, _page(asking, who, 1))).orders
    return history_of(asking, actions, orders)[:most]


async def _actions(asking: Asking, who: CustomerBody) -> list[Action]:
    """Where the oldest come first, the last pages: the documentation does not tell the order."""
    operation, size = asking.operations.balance_history, asking.settings.history_page
    answer = await asking.read(operation, _page(asking, who, 1))
    found, count = answer.customer_actions, int(answer.customer_actions_count or 0)
    times = [each.date_time_utc for each in found if each.date_time_utc is not None]
    if count > size and times and times[0] < times[-1]:
        last = -(-count // size)
        for number in range(max(last - 1, 2), last + 1):
            answer = await asking.read(operation, _page(asking, who, number))
            found = [*found, *answer.customer_actions]
    return found


def _page(asking: Asking, who: CustomerBody, number: int) -> bodies.Body:
    return bodies.operation(who, page=bodies.page(asking.settings.history_page, number))


def history_of(
    asking: Asking, actions: Sequence[Action], orders: Sequence[Order]
) -> list[Operation]:
    """Every change of the balance is a line; an order is one of its own only where no change tells
    of it, and then it moves no points."""
    lines = [line for action in actions for line in _changes(asking, action)]
    told = {line.order for line in lines if line.order}
    lines += [
        line for order in orders if (line := _bought(asking, order)) and line.order not in told
    ]
    return sorted(lines, key=lambda line: line.at, reverse=True)


def _changes(asking: Asking, action: Action) -> list[Operation]:
    at, wanted = action.date_time_utc, asking.program.balance
    order = "" if action.order is None else named(action.order.ids, asking.settings.order_id) or ""
    return [
        Operation(
            at,
            change.change_amount,
            change.comment or asking.settings.word_of(change.balance_change_kind),
            order,
        )
        for change in action.customer_balance_changes
        if at is not None
        and change.change_amount
        and (not wanted or change.system_name in {"", wanted})
    ]


def _bought(asking: Asking, order: Order) -> Operation | None:
    at: datetime | None = order.create_date_time_utc
    number = named(order.ids, asking.settings.order_id) or ""
    if at is None or not number:
        return None
    price = "" if order.total_price is None else f" на {_rubles(order.total_price)}"
    return Operation(at, NOTHING, f"Покупка{price}", number)


def _rubles(amount: Decimal) -> str:
    whole = f"{amount:,.2f}".replace(",", "\u00a0").removesuffix(".00").replace(".", ",")
    return f"{whole}\u00a0₽"


def promotions_of(answer: Answer) -> list[Promotion]:
    """With the customer's own promo codes, while they have any."""
    found = []
    for each in answer.promo_actions:
        if not each.name:
            continue
        codes = f"Промокоды: {', '.join(each.codes)}" if each.codes else ""
        starts, ends = each.start_date_time_utc, each.end_date_time_utc
        found.append(
            Promotion(
                named(each.ids, "externalId") or each.name,
                each.name,
                "\n".join(text for text in (each.description, codes) if text),
                None if starts is None else starts.date(),
                None if ends is None else ends.date(),
            )
        )
    return found
