"""What a trigger's event tells beside whom it happened to: its options, and what its text may
say."""

from collections.abc import Iterable, Mapping

from catalog.wordings.kinds import Kind
from catalog.wordings.variables import Declared
from models.trigger import LONGEST_TITLE, TriggerEvent

LONGEST_VALUE = 200
# What must be said of each event, and what is so where nothing is said.
NEEDED: Mapping[TriggerEvent, tuple[str, ...]] = {
    TriggerEvent.ORDER_STATUS: ("statuses",),
    TriggerEvent.BALANCE_ABOVE: ("above",),
    TriggerEvent.CARD_UNUSED: ("days",),
    TriggerEvent.POINTS_EXPIRING: ("days_before",),
    TriggerEvent.NEAR_STORE: ("radius_m",),
    TriggerEvent.PARTNER_EVENT: ("name",),
}
OTHERWISE: Mapping[TriggerEvent, Mapping[str, object]] = {
    TriggerEvent.BIRTHDAY: {"days_before": 0},
    TriggerEvent.CARD_UNUSED: {"origins": []},
    TriggerEvent.TIER_CHANGED: {"tiers": []},
    TriggerEvent.NEAR_STORE: {"hours": 24},
    TriggerEvent.PARTNER_EVENT: {"values": []},
}
_DAY = Declared("day", Kind.DATE, "The day that it is about.", "2026-12-31", certain=True)
VALUES: Mapping[TriggerEvent, tuple[Declared, ...]] = {
    TriggerEvent.BACK_IN_STOCK: (
        Declared("product", Kind.TEXT, "What is back.", "Ботинки, 38", LONGEST_TITLE, certain=True),
    ),
    TriggerEvent.ORDER_STATUS: (
        Declared("order", Kind.TEXT, "The order's number.", "1017", 64, certain=True),
        Declared("status", Kind.TEXT, "Its status.", "ready", 64, certain=True),
    ),
    TriggerEvent.BIRTHDAY: (_DAY,),
    TriggerEvent.POINTS_EXPIRING: (
        Declared("expiring", Kind.NUMBER, "Points that end.", "120", certain=True),
        _DAY,
    ),
    TriggerEvent.TIER_CHANGED: (
        Declared("after", Kind.TEXT, "The tier that it is now.", "Gold", 64, certain=True),
        Declared("before", Kind.TEXT, "The tier that it was.", "Silver", 64),
    ),
    TriggerEvent.NEAR_STORE: (
        Declared("address", Kind.TEXT, "Of the store.", "Ленина, 1", 300, certain=True),
    ),
}


def values_of_event(event: TriggerEvent, own: Iterable[str] = ()) -> dict[str, Declared]:
    """`own`: what an event of the account's own system may tell; it may be missing."""
    told = {name: Declared(name, Kind.TEXT, "", "—", LONGEST_VALUE) for name in own}
    return {**told, **{each.key: each for each in VALUES.get(event, ())}}
