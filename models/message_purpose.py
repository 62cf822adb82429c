"""Why somebody is told something: what the law and a person's own choices are asked about."""

from enum import StrEnum


class MessagePurpose(StrEnum):
    # Advertising: with consent alone, by day, with its label.
    PROMO = "promo"
    SERVICE = "service"
    # What somebody waits for: a code, a receipt, the state of an order.
    TRANSACTION = "transaction"
