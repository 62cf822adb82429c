"""Balance, history and promotions out of answers that each host spells in its own way."""

from backend.partners.loyalty_online.settings import BalanceNames, HistoryNames, PromotionNames
from backend.partners.loyalty_online.wire.errors import Malformed
from backend.partners.loyalty_online.wire.extras import amount, at, day, moment, text
from backend.partners.member import Balance, Operation, Promotion


def balance_of(answer: object, names: BalanceNames) -> Balance:
    """Raises Malformed."""

    def optional(name: str) -> object:
        return at(answer, name)

    total, blocked = optional(names.total), optional(names.blocked)
    tier = text(optional(names.tier))
    return Balance(
        amount(optional(names.available), names.available),
        amount(total, names.total) if total is not None else None,
        amount(blocked, names.blocked) if blocked is not None else None,
        tier or None,
    )


def operation_of(line: object, names: HistoryNames) -> Operation:
    """Raises Malformed."""
    return Operation(
        moment(at(line, names.at), names.at),
        amount(at(line, names.amount), names.amount),
        text(at(line, names.text)),
        text(at(line, names.order)),
    )


def promotion_of(line: object, names: PromotionNames) -> Promotion:
    """Raises Malformed."""
    found, title = text(at(line, names.id)), text(at(line, names.title))
    if not found or not title:
        raise Malformed(f"a promotion of its answer has no {names.id!r} or no {names.title!r}")
    return Promotion(
        found,
        title,
        text(at(line, names.text)),
        day(at(line, names.starts), names.starts),
        day(at(line, names.ends), names.ends),
    )
