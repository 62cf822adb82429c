"""What an account's own system was told of somebody: kept sealed, so that only news are told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from backend.partners.member import CardNumber
from backend.partners.opened import SERVICE
from backend.platform.secrets.vault import Vault
from models.barcode_format import BarcodeFormat


@dataclass(slots=True)
class ToldCard:
    """`theirs` is their id of the person, or of the card where they have none. `profile` and
    `consents` are digests of what was told with it."""

    program_id: int
    number: CardNumber
    theirs: str = ""
    profile: str = ""
    consents: str = ""


@dataclass(slots=True)
class Told:
    """By card id."""

    cards: dict[int, ToldCard] = field(default_factory=dict)

    @classmethod
    def read(cls, vault: Vault, sealed: bytes | None) -> "Told":
        if sealed is None:
            return cls()
        kept = orjson.loads(vault.open_service(SERVICE, sealed))
        cards = {int(card_id): _card(each) for card_id, each in kept["cards"].items()}
        return cls(cards)

    def sealed(self, vault: Vault) -> bytes:
        cards = {str(card_id): _kept(each) for card_id, each in self.cards.items()}
        return vault.seal_service(SERVICE, orjson.dumps({"cards": cards}))


def _card(kept: Mapping[str, Any]) -> ToldCard:
    printed, barcode, form = kept["number"]
    number = CardNumber(printed, barcode, BarcodeFormat(form) if form else None)
    return ToldCard(kept["program"], number, kept["theirs"], kept["profile"], kept["consents"])


def _kept(card: ToldCard) -> dict[str, Any]:
    number = card.number
    form = number.format.value if number.format is not None else ""
    return {
        "program": card.program_id,
        "number": [number.printed, number.barcode, form],
        "theirs": card.theirs,
        "profile": card.profile,
        "consents": card.consents,
    }
