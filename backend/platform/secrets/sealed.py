"""A person's values at one place: sealed under their data key, gone with it."""

from dataclasses import dataclass
from typing import Any

from backend.platform.context import Context
from models.customer import Customer


@dataclass(frozen=True, slots=True)
class Sealed:
    """`place` is bound into what is sealed: a value copied to another place does not open there.

    Opening gives None where nothing was sealed, and once the person's data was deleted; it raises
    CannotOpen for what was changed or swapped. Nothing is sealed for a person whose data was
    deleted: a caller that tries is a bug (AssertionError).
    """

    place: str

    def seal(self, ctx: Context, customer: Customer, value: Any) -> bytes:
        """JSON values."""
        return ctx.vault.seal_json(_key(customer), value, self.place)

    def open(self, ctx: Context, customer: Customer, sealed: bytes | None) -> Any:
        if sealed is None or customer.data_key is None:
            return None
        return ctx.vault.open_json(customer.data_key, sealed, self.place)

    def seal_bytes(self, ctx: Context, customer: Customer, value: bytes) -> bytes:
        return ctx.vault.seal_bytes(_key(customer), value, self.place)

    def open_bytes(self, ctx: Context, customer: Customer, sealed: bytes | None) -> bytes | None:
        if sealed is None or customer.data_key is None:
            return None
        return ctx.vault.open_bytes(customer.data_key, sealed, self.place)


def _key(customer: Customer) -> bytes:
    assert customer.data_key is not None, "nothing is sealed for a deleted customer"
    return customer.data_key
