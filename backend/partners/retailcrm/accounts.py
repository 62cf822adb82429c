"""A person's customer and loyalty account in RetailCRM: found, or made once.

RetailCRM knows no idempotency keys, so everything is looked for before it is made: a request whose
answer was lost is found again by the customer's externalId and by the account of that customer.
"""

from dataclasses import dataclass
from typing import Any

from backend.partners.member import CardNumber, Member
from backend.partners.retailcrm.described import customer_fields
from backend.partners.retailcrm.phones import same, spelled
from backend.partners.retailcrm.settings import Settings
from backend.partners.retailcrm.wire.client import RetailCrm
from backend.partners.retailcrm.wire.errors import NotFound, Refused
from backend.partners.retailcrm.wire.models import Customer, LoyaltyAccount

ACTIVATED = "activated"
DEACTIVATED = "deactivated"


@dataclass(frozen=True, slots=True)
class Accounts:
    """Of one program. Raises RetailCrmError."""

    crm: RetailCrm
    settings: Settings
    site: str
    loyalty: int

    def number(self, number: CardNumber) -> str:
        """As it is kept there."""
        return number.printed if self.settings.card_number == "printed" else number.barcode

    def external_id(self, member: Member) -> str:
        return self.settings.external_id + member.id

    async def customer(self, member: Member) -> Customer | None:
        """By their id when it is known, by ours, and by the phone that both have proven."""
        for key, by in ((member.theirs, "id"), (self.external_id(member), "externalId")):
            try:
                if key:
                    return await self.crm.customer(key, by, self.site)
            except NotFound:
                continue
        return await self._by_phone(member)

    async def _by_phone(self, member: Member) -> Customer | None:
        """None when several have it: nobody can say whose it is."""
        if not self.settings.joins_by_phone or not member.phone_verified:
            return None
        found: dict[int, Customer] = {}
        for phone in spelled(member.phone, self.settings.phone_spellings):
            for each in await self.crm.customers({"name": phone, "sites": [self.site]}):
                if any(same(one.number, member.phone) for one in each.phones):
                    found[each.id] = each
        # Whoever is another person of the wallet's is not this one.
        strangers = {id_: each for id_, each in found.items() if not self._is_ours(each)}
        return next(iter(strangers.values())) if len(strangers) == 1 else None

    def _is_ours(self, customer: Customer) -> bool:
        start = self.settings.external_id
        return bool(start) and customer.external_id.startswith(start)

    async def registered(self, member: Member) -> int:
        """The id of their customer, made where there is none and brought up to date."""
        found = await self.customer(member)
        if found is not None:
            await self._bring(found, member)
            return found.id
        fields = customer_fields(self.settings, member)
        try:
            told = {"externalId": self.external_id(member), **fields}
            return await self.crm.create_customer(told, self.site)
        except Refused:
            # Somebody else, or a request whose answer was lost, was quicker.
            there = await self.customer(member)
            if there is None:
                raise
            return there.id

    async def _bring(self, found: Customer, member: Member) -> None:
        fields = customer_fields(self.settings, member, found.phones)
        if not found.external_id:
            fields["externalId"] = self.external_id(member)
        if fields:
            await self.crm.edit_customer(found.id, fields, self.site)

    async def account(self, customer_id: int) -> LoyaltyAccount | None:
        filters = {"customerId": customer_id, "loyalties": [self.loyalty]}
        return _theirs(await self.crm.accounts(filters), customer_id)

    async def with_card(self, number: CardNumber) -> LoyaltyAccount | None:
        """As people read it, or as it is scanned."""
        for text in dict.fromkeys((number.printed, number.barcode)):
            filters = {"cardNumber": text, "loyalties": [self.loyalty]}
            for each in await self.crm.accounts(filters):
                if each.card_number.replace(" ", "") == text.replace(" ", ""):
                    return each
        return None

    async def with_phone(self, phone: str) -> list[LoyaltyAccount]:
        """Each once, whatever spelling found it."""
        found: dict[int, LoyaltyAccount] = {}
        for text in spelled(phone, self.settings.phone_spellings):
            filters = {"phoneNumber": text, "loyalties": [self.loyalty]}
            for each in await self.crm.accounts(filters):
                if same(each.phone_number, phone):
                    found[each.id] = each
        return list(found.values())

    async def opened(self, member: Member, customer_id: int, number: CardNumber) -> LoyaltyAccount:
        """Their account with a card on it: the one that is there, or a new one with this number."""
        account = await self.account(customer_id)
        if account is None:
            account = await self._made(member, customer_id, number)
        elif not account.card_number:
            await self.crm.edit_account(account.id, {"cardNumber": self.number(number)})
            account = account.model_copy(update={"card_number": self.number(number)})
        if not is_active(account) and account.status != DEACTIVATED:
            activated = await self.crm.activate_account(account.id)
            account = account.model_copy(
                update={"active": activated.active, "status": activated.status}
            )
        return account

    async def _made(self, member: Member, customer_id: int, number: CardNumber) -> LoyaltyAccount:
        told: dict[str, Any] = {"cardNumber": self.number(number), "customer": {"id": customer_id}}
        if member.phone:
            told["phoneNumber"] = next(spelled(member.phone, self.settings.phone_spellings))
        try:
            await self.crm.create_account(told, self.site)
        except Refused:
            if (there := await self.account(customer_id)) is None:
                raise
            return there
        made = await self.account(customer_id)
        if made is None:
            raise NotFound(200, "the account that was just made")
        return made


def _theirs(found: Any, customer_id: int) -> LoyaltyAccount | None:
    return next((each for each in found if each.customer.id == customer_id), None)


def is_active(account: LoyaltyAccount) -> bool:
    return account.active or account.status == ACTIVATED
