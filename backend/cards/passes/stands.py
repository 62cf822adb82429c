"""What is to stand on a card: balance, tier and fields of the program."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from backend.cards.steer.change_card import CardChange, check_kept
from models.program import Program


@dataclass(frozen=True, slots=True)
class Stands:
    """None is not told. Fields by their keys, as catalog.looks.card_fields keeps them."""

    balance: str | None = None
    tier: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "Stands":
        return cls(kept.get("balance"), kept.get("tier"), kept.get("fields", {}))

    def kept(self) -> dict[str, Any]:
        """As JSON, without what is not told."""
        told = {"balance": self.balance, "tier": self.tier, "fields": dict(self.fields) or None}
        return {name: value for name, value in told.items() if value is not None}

    def over(self, former: "Stands") -> "Stands":
        """What is told now in the place of what was."""
        return Stands(
            former.balance if self.balance is None else self.balance,
            former.tier if self.tier is None else self.tier,
            {**former.fields, **self.fields},
        )

    @property
    def named(self) -> frozenset[str]:
        told = {"balance": self.balance, "tier": self.tier}
        return frozenset(name for name, value in told.items() if value is not None)

    def change(self) -> CardChange:
        balance = None if self.balance is None else Decimal(self.balance)
        return CardChange(self.named, balance, self.tier or "", dict(self.fields))

    def check(self, program: Program) -> None:
        """Refuses with balance_kept."""
        check_kept(program, self.named)
