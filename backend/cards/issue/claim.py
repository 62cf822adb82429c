"""Claim: all values for the statement that issues a card, and the conditions that it checks."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from backend.consents.documents import SUPERSEDED
from backend.restored.unsettled import NOT_PAUSED
from catalog.scope import CAN_BE_HAD

ConsentRow = dict[str, Any]
Choices = dict[str, Any]
# What must still hold in the moment of the claim, as SQL that both databases accept. The statement
# that takes the number asks for all of it, so nothing can change in between; it does not tell what
# failed: backend/cards/issue/still_possible.py looks afterwards.
_HAS_CONTACTS = """
(SELECT count(*) FROM contacts WHERE customer_id = $2 AND {contacts}
    AND (kind <> 'phone' OR verified_at IS NOT NULL)) = $7
"""
_POSSIBLE = " AND ".join(
    (
        CAN_BE_HAD.format(offer="$3", now="$4"),
        "NOT " + SUPERSEDED.format(documents="{documents}", now="$4"),
        _HAS_CONTACTS,
        NOT_PAUSED,
    )
)
# Whoever has contacts has few: told of any list PostgreSQL expects ten of each, and then it would
# rather plan the whole statement anew for each card, which takes it three times as long.
POSSIBLE_ON_POSTGRES = _POSSIBLE.format(
    documents="= ANY($5::bigint[])",
    contacts="array_position($6::text[], kind::text) IS NOT NULL",
)
POSSIBLE_ON_SQLITE = _POSSIBLE.format(
    documents="IN (SELECT value FROM json_each($5))",
    contacts="kind IN (SELECT value FROM json_each($6))",
)


class Agreement(NamedTuple):
    """The choices of the application as they were read, and with what was agreed to since."""

    read: Choices
    agreed: Choices


@dataclass(frozen=True, slots=True)
class Claim:
    """A card of a program for a person, with the consents that were given for it.

    `documents` are the ids of what was shown: the claim fails when one is no longer in force.
    `contacts` are the kinds that the person must have proven. `profile` replaces the sealed
    profile when the card is made; None leaves it as it is, `changed` are the keys that were
    answered otherwise before. `closes` is the application that is
    done with this card; None while others of it are to come. `agreement` is written down with
    the card: the claim fails when the application is not as it was read. `shown`: see CardIssued.
    """

    customer_id: int
    program_id: int
    account_id: int
    brand_id: int
    offer_id: int
    barcode_format: str
    source: str
    at: datetime
    documents: list[int]
    contacts: list[str] = field(default_factory=list)
    profile: bytes | None = None
    changed: tuple[str, ...] = ()
    records: list[ConsentRow] = field(default_factory=list)
    states: list[ConsentRow] = field(default_factory=list)
    closes: int | None = None
    agreement: Agreement | None = None
    shown: bool = False
