"""Everything that the hot write needs, computed beforehand."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from backend.events import CardIssued
from models.card import CardOrigin

ConsentRow = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Claim:
    """A card of a program for a person, with the consents that were given for it.

    `documents` are the ids of what was shown: the claim fails when one is no longer in force.
    `contacts` are the kinds that the person must have proven. `profile` replaces the sealed
    profile when the card is made; None leaves it as it is. `closes` is the application that is
    done with this card; None while others of it are to come. `shown`: see CardIssued.
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
    records: list[ConsentRow] = field(default_factory=list)
    states: list[ConsentRow] = field(default_factory=list)
    closes: int | None = None
    shown: bool = False


def card_issued(claim: Claim, card_id: int, origin: CardOrigin) -> CardIssued:
    return CardIssued(
        card_id=card_id,
        customer_id=claim.customer_id,
        program_id=claim.program_id,
        account_id=claim.account_id,
        brand_id=claim.brand_id,
        origin=origin.value,
        shown=claim.shown,
    )
