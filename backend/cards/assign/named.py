"""Whom a card was assigned to, as the brand has named them: sealed, and found by blind indexes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

import orjson

from backend.platform.context import Context
from backend.platform.database import rows
from backend.platform.secrets.vault import Sealed, Vault
from models.assignment import Assignment, AssignmentState
from models.contact import Contact, ContactKind
from models.customer import Customer

_SERVICE = "assignments"
_OWN = Sealed("assignment.named")


@dataclass(frozen=True, slots=True)
class Named:
    """`own_id` is the brand's own id of the person; phone in E.164, e-mail in lower case, "" where
    there is none."""

    own_id: str
    phone: str = ""
    email: str = ""

    def seal(self, vault: Vault) -> bytes:
        """While nobody has come."""
        return vault.seal_service(_SERVICE, orjson.dumps(self))

    def seal_for(self, ctx: Context, customer: Customer) -> bytes:
        """Whoever has come has contacts of their own: of these nothing is kept."""
        return _OWN.seal(ctx, customer, {"own_id": self.own_id})

    @classmethod
    def of(cls, ctx: Context, row: Assignment) -> Self:
        """The row comes with its customer. What stood under the key of a person whose data was
        deleted is gone."""
        if row.state is not AssignmentState.CLAIMED:
            return cls(**orjson.loads(ctx.vault.open_service(_SERVICE, row.sealed)))
        assert row.customer is not None
        told = _OWN.open(ctx, row.customer, row.sealed)
        return cls(**(told or {"own_id": ""}))

    def indexes(self, vault: Vault) -> dict[ContactKind, str]:
        """As those of contacts, "" where none is named."""
        named = {ContactKind.PHONE: self.phone, ContactKind.EMAIL: self.email}
        return {k: vault.blind_index(k.value, text) if text else "" for k, text in named.items()}


def own_id_of(ctx: Context, data_key: bytes | None, sealed: bytes | None) -> str:
    """What the brand calls the person whose wrapped key this is; empty where it has told none, and
    once their data was deleted."""
    if data_key is None or sealed is None:
        return ""
    return str(_OWN.open(ctx, Customer(data_key=data_key), sealed)["own_id"])


def own_index(vault: Vault, account_id: int, own_id: str) -> str:
    return vault.blind_index("own_id", f"{account_id}:{own_id}")


def own_indexes(vault: Vault, accounts: Iterable[int], own_id: str) -> list[str]:
    """Of several accounts, each of which calls somebody else so."""
    return [own_index(vault, account_id, own_id) for account_id in sorted(accounts)]


def wanted_kinds(row: Assignment) -> list[ContactKind]:
    """Of which one is to be proven."""
    named = {ContactKind.PHONE: row.phone_index, ContactKind.EMAIL: row.email_index}
    return [kind for kind, index in named.items() if index]


def is_meant(row: Assignment, proven: Iterable[Contact]) -> bool:
    """Whether somebody with these confirmed contacts is the one whom the brand has named. Where it
    has named nobody, the card is for whoever holds the link: the API asks for a contact, and a
    pass has none only where the login says so (docs/decisions/0017-links-that-open.md)."""
    if not wanted_kinds(row):
        return True
    named = {ContactKind.PHONE: row.phone_index, ContactKind.EMAIL: row.email_index}
    return any(contact.blind_index == named[contact.kind] for contact in proven)


async def proven_contacts(customer_id: int) -> list[Contact]:
    return await Contact.filter(customer_id=customer_id, verified_at__isnull=False)


# By the index of those that wait, which neither database takes where the state is a value.
# of all: whichever brand has named this very contact
_MEANT = """
SELECT id FROM assignments WHERE state = 'waiting' AND {column} = $1 AND {column} <> ''
"""


async def waiting_for(customer_id: int) -> list[int]:
    """Of the assignments that wait, the ids of those that name a contact which this person has
    proven."""
    found = list[int]()
    for contact in await proven_contacts(customer_id):
        statement = _MEANT.format(column=f"{contact.kind.value}_index")
        found += [row["id"] for row in await rows(statement, [contact.blind_index])]
    return sorted(set(found))
