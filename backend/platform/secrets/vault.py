"""What seals personal data: a data key per person, service keys, keyed blind indexes; and a
person's values at one place, gone with their data key."""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Any, Protocol

import orjson

from backend.platform.secrets.master_key import MasterKeys, new_key, seal, unseal
from models.customer import Customer

SERVICE_KEYS = (
    "api", "assignments", "blind_index", "codes", "facades", "inbox", "jobs", "partners", "plastic",
    "signing", "wallets", "webhooks",
)  # fmt: skip


@dataclass(frozen=True, slots=True, repr=False)
class Vault:
    """Opened once per process by `open_vault`; holds keys in memory and nothing else."""

    masters: MasterKeys
    service: dict[str, bytes]

    def __repr__(self) -> str:
        return "Vault(…)"

    def new_data_key(self) -> bytes:
        """A fresh data key, wrapped: what goes into `Customer.data_key`."""
        return self.masters.wrap(new_key())

    def seal_json(self, data_key: bytes, value: Any, place: str) -> bytes:
        """Seal a JSON value under a person's (wrapped) data key."""
        return seal(self.masters.unwrap(data_key), orjson.dumps(value), place)

    def open_json(self, data_key: bytes, sealed: bytes, place: str) -> Any:
        """Raises CannotOpen."""
        return orjson.loads(unseal(self.masters.unwrap(data_key), sealed, place))

    def seal_bytes(self, data_key: bytes, value: bytes, place: str) -> bytes:
        """Seal a picture or a file under a person's (wrapped) data key."""
        return seal(self.masters.unwrap(data_key), value, place)

    def open_bytes(self, data_key: bytes, sealed: bytes, place: str) -> bytes:
        """Raises CannotOpen."""
        return unseal(self.masters.unwrap(data_key), sealed, place)

    def seal_service(self, name: str, plain: bytes) -> bytes:
        return seal(self.service[name], plain, name)

    def open_service(self, name: str, sealed: bytes) -> bytes:
        return unseal(self.service[name], sealed, name)

    def blind_index(self, kind: str, value: str) -> str:
        """64 hex digits by which a phone or an e-mail is found without being readable."""
        text = f"{kind}:{value}".encode()
        return hmac.new(self.service["blind_index"], text, hashlib.sha256).hexdigest()

    def code_digest(self, salt: str, code: str) -> str:
        """64 hex digits: what is kept of a code sent by SMS. Useless without the key."""
        text = f"{salt}:{code}".encode()
        return hmac.new(self.service["codes"], text, hashlib.sha256).hexdigest()

    def sign(self, text: str) -> str:
        return hmac.new(self.service["signing"], text.encode(), hashlib.sha256).hexdigest()

    def signed(self, text: str, signature: str) -> bool:
        """Constant-time."""
        return hmac.compare_digest(self.sign(text), signature)


class HasVault(Protocol):
    """A Context, such as every use case has."""

    @property
    def vault(self) -> Vault: ...


@dataclass(frozen=True, slots=True)
class Sealed:
    """`place` is bound into what is sealed: a value copied to another place does not open there.

    Opening gives None where nothing was sealed, and once the person's data was deleted; it raises
    CannotOpen for what was changed or swapped. Nothing is sealed for a person whose data was
    deleted: a caller that tries is a bug (AssertionError).
    """

    place: str

    def seal(self, ctx: HasVault, customer: Customer, value: Any) -> bytes:
        """JSON values."""
        return ctx.vault.seal_json(_key(customer), value, self.place)

    def open(self, ctx: HasVault, customer: Customer, sealed: bytes | None) -> Any:
        if sealed is None or customer.data_key is None:
            return None
        return ctx.vault.open_json(customer.data_key, sealed, self.place)

    def open_with(self, ctx: HasVault, data_key: bytes, sealed: bytes) -> Any:
        """The same for rows of many people, whose key was read with the value."""
        return ctx.vault.open_json(data_key, sealed, self.place)

    def seal_bytes(self, ctx: HasVault, customer: Customer, value: bytes) -> bytes:
        return ctx.vault.seal_bytes(_key(customer), value, self.place)

    def open_bytes(self, ctx: HasVault, customer: Customer, sealed: bytes | None) -> bytes | None:
        if sealed is None or customer.data_key is None:
            return None
        return ctx.vault.open_bytes(customer.data_key, sealed, self.place)


def _key(customer: Customer) -> bytes:
    assert customer.data_key is not None, "nothing is sealed for a deleted customer"
    return customer.data_key
