"""The statuses that the documentation names. An answer holds them as text: others may come."""

from enum import StrEnum


class Status(StrEnum):
    """Of a whole answer."""

    SUCCESS = "Success"
    ALREADY_PROCESSED = "TransactionAlreadyProcessed"
    VALIDATION_ERROR = "ValidationError"
    PROTOCOL_ERROR = "ProtocolError"
    INTERNAL_ERROR = "InternalServerError"


class Found(StrEnum):
    """Of a customer or a card that was looked for."""

    FOUND = "Found"
    NOT_FOUND = "NotFound"


class Binding(StrEnum):
    """Of a card that was to be bound to a customer. NOT_PROCESSED: the customer was not found."""

    BOUND = "Bound"
    ALREADY_CURRENT = "AlreadyBoundToCurrentCustomer"
    ALREADY_ANOTHER = "AlreadyBoundToAnotherCustomer"
    NOT_FOUND = "NotFound"
    NOT_PROCESSED = "NotProcessed"


class Unbinding(StrEnum):
    PROCESSED = "Processed"
    NOT_CHANGED = "NotChanged"  # it was bound to nobody
    NOT_FOUND = "NotFound"


class Change(StrEnum):
    """Of a card whose status was to change, also of the old one of a replacement."""

    CHANGED = "Changed"
    NOT_CHANGED = "NotChanged"
    NOT_BOUND = "NotBoundToCustomer"
    ANOTHER = "BoundToAnotherCustomer"
    NOT_FOUND = "NotFound"


class CardStatus(StrEnum):
    """By default; a project may have more."""

    NOT_ISSUED = "NotIssued"  # in the pool
    ISSUED = "Issued"  # in the pool, and the exact status is not known
    INACTIVE = "Inactive"
    ACTIVATED = "Activated"
    BLOCKED = "Blocked"


class PhoneConfirmation(StrEnum):
    CONFIRMED = "MobilePhoneConfirmed"
    ALREADY = "MobilePhoneAlreadyConfirmed"
    NOT_FOUND = "NotFound"


class SmsConfirmation(StrEnum):
    """Of a code that the customer typed."""

    BOTH = "SubscriptionAndMobilePhoneConfirmed"
    SUBSCRIPTION = "SubscriptionConfirmed"
    PHONE = "MobilePhoneConfirmed"
    ALREADY = "AlreadyConfirmed"
    WRONG = "IncorrectConfirmationCode"
    NOT_FOUND = "NotFound"


class ChangeKind(StrEnum):
    """Why a balance changed."""

    ORDER_BONUS = "RetailOrderBonus"
    ORDER_PAYMENT = "RetailOrderPayment"
    CUSTOM = "Custom"
    EXPIRED = "Expired"
