"""RetailCRM as a loyalty processor: it owns balances and levels, the pool gives the numbers."""

from collections.abc import Sequence
from uuid import UUID
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo

from aiohttp import ClientSession

from backend.partners.member import (
    Balance,
    CardNumber,
    CardState,
    Member,
    Operation,
    Subscription,
    TheirCard,
)
from backend.partners.processor import Ability
from backend.partners.retailcrm.accounts import DEACTIVATED, Accounts, is_active
from backend.partners.retailcrm.described import channels_of, consent_fields
from backend.partners.retailcrm.settings import Secrets, Settings
from backend.partners.retailcrm.told_history import told_history
from backend.partners.retailcrm.translated import translated
from backend.partners.retailcrm.wire.client import RetailCrm
from backend.partners.retailcrm.wire.errors import Refused
from backend.partners.retailcrm.wire.models import LoyaltyAccount
from backend.partners.retailcrm.wire.pace import Pace
from backend.partners.retailcrm.wire.transport import Transport
from backend.partners.unable import Unable
from backend.partners.way import Way
from backend.platform.failures import NeedsSettings
from models.program import Program
from models.refusal import Code, Refusal

# Whatever uses a connection shares how often its key may ask.
_PACES: WeakKeyDictionary[ClientSession, Pace] = WeakKeyDictionary()


class RetailCrmProcessor(Unable):
    abilities = frozenset(
        {
            Ability.FIND_BY_CONTACT,
            Ability.BIND,
            Ability.PROFILE,
            Ability.CONSENTS,
            Ability.BALANCE,
            Ability.HISTORY,
            Ability.RELEASE,
        }
    )

    def __init__(self, settings: Settings, crm: RetailCrm) -> None:
        self._settings, self._crm = settings, crm
        self.patience = settings.patience

    def _of(self, program: Program) -> Accounts:
        key = program.key
        loyalty = self._settings.loyalty_of(key)
        return Accounts(self._crm, self._settings, self._settings.site_of(key), loyalty)

    async def find_by_contact(self, program: Program, member: Member) -> TheirCard | None:
        """By a phone that was proven. Several people with it, or an account that was stopped, are
        for the brand to settle."""
        if not (member.phone and member.phone_verified):
            return None
        with translated("looking for an account"):
            found = await self._of(program).with_phone(member.phone)
        if not found:
            return None
        if len(found) > 1 or found[0].status == DEACTIVATED:
            raise Refusal(Code.CARD_BLOCKED)
        return _card(found[0]) if found[0].card_number else None

    async def issue(
        self, program: Program, member: Member, number: CardNumber | None, key: UUID
    ) -> TheirCard:
        if number is None:
            raise NeedsSettings("RetailCRM gives no numbers: the program needs a pool")
        accounts = self._of(program)
        with translated("opening an account"):
            customer = await accounts.registered(member)
            try:
                account = await accounts.opened(member, customer, number)
            except Refused as refused:
                holder = await accounts.with_card(number)
                if holder is not None and holder.customer.id != customer:
                    raise Refusal(Code.NUMBER_BOUND) from refused
                raise
        return _card(account, number)

    async def update_profile(self, program: Program, member: Member, key: UUID) -> str:
        with translated("writing a customer"):
            return str(await self._of(program).registered(member))

    async def tell_consents(
        self, program: Program, member: Member, subscriptions: Sequence[Subscription], key: UUID
    ) -> None:
        accounts = self._of(program)
        with translated("writing consents"):
            known = await accounts.customer(member)
            customer = known.id if known is not None else await accounts.registered(member)
            if channels := channels_of(self._settings, subscriptions):
                await self._crm.subscribe(customer, channels, accounts.site)
            if fields := consent_fields(self._settings, subscriptions):
                await self._crm.edit_customer(customer, {"customFields": fields}, accounts.site)

    async def balance(self, program: Program, member: Member, number: CardNumber) -> Balance | None:
        with translated("reading a balance"):
            account = await self._of(program).with_card(number)
        return _balance(account) if account is not None else None

    async def history(
        self, program: Program, member: Member, number: CardNumber, most: int
    ) -> Sequence[Operation]:
        accounts = self._of(program)
        with translated("reading a history"):
            account = await accounts.with_card(number)
            if account is None:
                return []
            operations = await self._crm.operations(account.id, most)
            orders = []
            if self._settings.orders_in_history and account.customer.id:
                of_them = {"customerId": account.customer.id, "sites": [accounts.site]}
                orders = list(await self._crm.orders(of_them, most))
        return told_history(operations, orders, ZoneInfo(self._settings.timezone), most)

    async def release(
        self, program: Program, member: Member, number: CardNumber, key: UUID
    ) -> None:
        """The number is taken off the account; its bonuses and the customer are the brand's to
        keep or to delete."""
        with translated("releasing a card"):
            account = await self._of(program).with_card(number)
            if account is not None and self._is_of(account, member):
                await self._crm.edit_account(account.id, {"cardNumber": ""})

    def _is_of(self, account: LoyaltyAccount, member: Member) -> bool:
        ours = self._settings.external_id + member.id
        return account.customer.external_id == ours or (
            bool(member.theirs) and str(account.customer.id) == member.theirs
        )


def _card(account: LoyaltyAccount, asked: CardNumber | None = None) -> TheirCard:
    text = account.card_number
    number = CardNumber(text, text.replace(" ", ""))
    if asked is not None and number.barcode in {asked.barcode, asked.printed.replace(" ", "")}:
        number = asked
    state = CardState.ACTIVE if is_active(account) else CardState.INACTIVE
    if account.status == DEACTIVATED:
        state = CardState.BLOCKED
    return TheirCard(number, state, str(account.customer.id), _balance(account))


def _balance(account: LoyaltyAccount) -> Balance:
    tier = account.level.name if account.level is not None else None
    return Balance(account.amount, tier=tier)


def open_client(settings: Settings, secrets: Secrets, way: Way) -> RetailCrm:
    key = secrets.api_key.get_secret_value()
    pace = _PACES.setdefault(way.session, Pace(settings.per_second))
    return RetailCrm(Transport(way.session, settings.url, key, pace))


def open_processor(settings: Settings, secrets: Secrets, way: Way) -> RetailCrmProcessor:
    return RetailCrmProcessor(settings, open_client(settings, secrets, way))
