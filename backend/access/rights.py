"""What a key may do: the closed list of scopes, as partners call them, a sentence each.

(`Scope` in catalog/tenant.py is whose rows are seen; a right is what may be done with them.)
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum


class Right(StrEnum):
    """Stored in keys and named in answers: a name that was used once keeps its meaning."""

    KEYS = "keys"
    BRANDS_READ = "brands:read"
    BRANDS_WRITE = "brands:write"
    NUMBERS_READ = "numbers:read"
    NUMBERS_WRITE = "numbers:write"
    CARDS_READ = "cards:read"
    CARDS_WRITE = "cards:write"
    ASSIGNMENTS = "assignments"
    CUSTOMERS_READ = "customers:read"
    CONSENTS = "consents"
    LEDGER = "ledger"
    CAMPAIGNS = "campaigns"
    EVENTS = "events"
    CAMPAIGNS_APPROVE = "campaigns:approve"
    MESSAGING = "messaging"
    SEGMENTS = "segments"
    JOBS = "jobs"
    WEBHOOKS = "webhooks"
    CONNECTIONS = "connections"
    AUDIT_READ = "audit:read"
    OPERATOR = "operator"


EXPLAINED: Mapping[Right, str] = {
    Right.KEYS: "List, issue, rotate and revoke the account's keys, none that may do more.",
    Right.BRANDS_READ: "Read the account, its programs, brands, offers, stores and documents.",
    Right.BRANDS_WRITE: "Enter and change programs, brands, offers, stores, documents, pictures.",
    Right.NUMBERS_READ: "Count card numbers of the programs; read reservations, quarantine.",
    Right.NUMBERS_WRITE: "Add free card numbers to the programs; reserve them, give them free.",
    Right.CARDS_READ: "Look up cards by their numbers.",
    Right.CARDS_WRITE: "Change what stands on cards; block, unblock and replace them.",
    Right.ASSIGNMENTS: "Assign cards to the brand's own customers, read and withdraw that.",
    Right.CUSTOMERS_READ: "Look up customers, their contacts while they agree to it; the feed.",
    Right.CONSENTS: "Withdraw consents on a customer's behalf, fetch the proof of what they said.",
    Right.LEDGER: "Move points of cards that the built-in ledger keeps, and read what moved them.",
    Right.CAMPAIGNS: "Write, start, pause and cancel campaigns; read what was sent.",
    Right.EVENTS: "Tell what has happened to customers, what can be bought and who waits for it.",
    Right.CAMPAIGNS_APPROVE: "Approve and refuse campaigns that wait for it.",
    Right.SEGMENTS: "Keep segments and lists of cards, count people; tell attributes of customers.",
    Right.MESSAGING: "Change quiet hours, caps, prices, and whether campaigns are approved.",
    Right.JOBS: "Watch and cancel work on many, read what was wrong in its files.",
    Right.WEBHOOKS: "Add, steer and end webhooks; read what was sent, and send it again.",
    Right.CONNECTIONS: "Connect the account's own system, change how it is reached, try it.",
    Right.AUDIT_READ: "Read who changed what of the account.",
    Right.OPERATOR: "See every account, enter accounts, publish offers: the operator's own keys.",
}


class UnknownRight(ValueError):
    """No scope is called like that."""


def rights_named(names: Iterable[str]) -> frozenset[Right]:
    """Raises UnknownRight."""
    found = set()
    for name in names:
        try:
            found.add(Right(name))
        except ValueError:
            known = ", ".join(Right)
            raise UnknownRight(f"{name} is no scope; expected some of {known}") from None
    return frozenset(found)


def kept_rights(names: Iterable[str]) -> frozenset[Right]:
    """Of a stored key; a newer version may have written more, which mean nothing here."""
    known = set(Right)
    return frozenset(Right(name) for name in names if name in known)
