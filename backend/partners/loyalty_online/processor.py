"""Cards whose numbers and balances a host of the Loyalty Online API owns."""

import asyncio
from collections.abc import Collection, Sequence
from datetime import timedelta
from itertools import islice
from uuid import UUID

from backend.partners.loyalty_online.kept import Kept
from backend.partners.loyalty_online.meaning import Codes, Meaning
from backend.partners.loyalty_online.profile import channels_of, profile_of, search_for
from backend.partners.loyalty_online.settings import Call, Secrets, Settings
from backend.partners.loyalty_online.their_card import their_card
from backend.partners.loyalty_online.told import balance_of, operation_of, promotion_of
from backend.partners.loyalty_online.wire.client import Client
from backend.partners.loyalty_online.wire.errors import Declined, Unanswered
from backend.partners.loyalty_online.wire.extras import items
from backend.partners.loyalty_online.wire.models import Card
from backend.partners.member import (
    Balance,
    CardNumber,
    Given,
    Member,
    Operation,
    Promotion,
    Subscription,
    TheirCard,
)
from backend.partners.pool.processor import PoolProcessor
from backend.partners.processor import Ability, KnownNumber
from backend.partners.unable import Unable
from backend.partners.way import Way
from backend.platform.context import Context
from backend.platform.failures import GiveUp, TryLater
from backend.platform.watch.log import get_log
from backend.platform.watch.metrics import NUMBERS_LOST
from models.program import Program
from models.refusal import Code, Refusal

# A host that has made a card whose number was lost has time to find it.
AFTER_LOSS = timedelta(seconds=30)
MOST_PROMOTIONS = 100
log = get_log(__name__)


class LoyaltyOnlineProcessor(Unable):
    """Their id of a person is the number of the card. The API knows no search by number: what the
    account has loaded here (a list of plastic, a pool) answers that."""

    def __init__(self, settings: Settings, client: Client) -> None:
        self._settings, self._client = settings, client
        self._codes = Codes(settings.codes, settings.other_codes)
        self._loaded = PoolProcessor()
        self._kept = Kept[Card]()
        self.patience = settings.patience
        self.abilities = _abilities(settings)

    async def knows_plastic(self, program: Program) -> bool:
        return await self._loaded.knows_plastic(program)

    async def find_card(
        self, ctx: Context, program: Program, numbers: Collection[str]
    ) -> KnownNumber:
        return await self._loaded.find_card(ctx, program, numbers)

    async def find_by_contact(self, program: Program, member: Member) -> TheirCard | None:
        search = search_for(self._settings, member)
        if search is None:
            return None
        with self._codes.told(Meaning.NOT_FOUND):
            card = await self._client.find(search)
            return their_card(self._settings, program, card) if card else None
        return None

    async def issue(
        self, program: Program, member: Member, number: CardNumber | None, key: UUID
    ) -> TheirCard:
        """First the search, so that nobody gets a second card: also when this is tried again
        because an answer was lost."""
        found = await self.find_by_contact(program, member)
        if found is not None:
            return found
        if number is None:
            card = their_card(self._settings, program, await self._anonymous(member, key))
        else:
            card = TheirCard(number, theirs=number.printed)
        if self._settings.profile.on:
            await self._tell_profile(card.theirs, member, key)
        return card

    async def _anonymous(self, member: Member, key: UUID) -> Card:
        """The same for the same key, as long as this process lives."""
        if (kept := self._kept.get(key)) is not None:
            return kept
        about = profile_of(self._settings, member, self._settings.anonymous_tells)
        with self._codes.told():
            try:
                card = await self._client.issue_anonymous(about, str(key))
            except asyncio.CancelledError:
                # Whoever looked on waits no longer.
                NUMBERS_LOST.labels("loyalty_online").inc()
                raise
            except Unanswered as lost:
                if not lost.arrived:
                    raise
                raise self._lost(lost) from lost
        self._kept.put(key, card)
        return card

    def _lost(self, why: Unanswered) -> TryLater:
        NUMBERS_LOST.labels("loyalty_online").inc()
        log.warning("a number may have been made whose answer was lost", reason=str(why))
        return TryLater(f"the loyalty system: {why}", AFTER_LOSS)

    async def update_profile(self, program: Program, member: Member, key: UUID) -> str:
        number = await self._number_of(program, member)
        await self._tell_profile(number, member, key)
        return number

    async def _tell_profile(self, number: str, member: Member, key: UUID) -> None:
        call, body = self._settings.profile, profile_of(self._settings, member)
        with self._codes.told(Meaning.DONE):
            await self._client.write(call.method, call.path, number, body, str(key))

    async def tell_consents(
        self, program: Program, member: Member, subscriptions: Sequence[Subscription], key: UUID
    ) -> None:
        allow, deny = channels_of(self._settings, subscriptions)
        if allow or deny:
            number = await self._number_of(program, member)
            with self._codes.told(Meaning.DONE):
                await self._client.tell_channels(number, allow, deny, str(key))

    async def _number_of(self, program: Program, member: Member) -> str:
        if member.theirs:
            return member.theirs
        found = await self.find_by_contact(program, member)
        if found is None:
            raise GiveUp("the loyalty system knows no card of this person")
        return found.theirs

    async def balance(self, program: Program, member: Member, number: CardNumber) -> Balance | None:
        with self._codes.told(Meaning.NOT_FOUND):
            answer = await self._read(self._settings.balance, member, number)
            return balance_of(answer, self._settings.balance_names)
        return None

    async def history(
        self, program: Program, member: Member, number: CardNumber, most: int
    ) -> Sequence[Operation]:
        names = self._settings.history_names
        with self._codes.told(Meaning.NOT_FOUND):
            answer = await self._read(self._settings.history, member, number)
            found = [operation_of(each, names) for each in items(answer, names.items)]
            return sorted(found, key=lambda each: each.at, reverse=True)[:most]
        return []

    async def promotions(
        self, program: Program, member: Member, number: CardNumber
    ) -> Sequence[Promotion]:
        names = self._settings.promotion_names
        with self._codes.told(Meaning.NOT_FOUND):
            answer = await self._read(self._settings.promotions, member, number)
            listed = islice(items(answer, names.items), MOST_PROMOTIONS)
            return [promotion_of(each, names) for each in listed]
        return []

    async def redeem(
        self,
        program: Program,
        member: Member,
        number: CardNumber,
        kind: Given,
        text: str,
        key: UUID,
    ) -> None:
        """Whatever the host declines is not taken; what it knows already was."""
        theirs = member.theirs or number.printed
        receipt = kind is Given.RECEIPT
        send = self._client.send_receipt if receipt else self._client.send_promo_code
        with self._codes.told(Meaning.DONE):
            try:
                await send(theirs, text, str(key))
            except Declined as declined:
                if self._settings.codes.get(declined.code) in {Meaning.DONE, Meaning.TRY_LATER}:
                    raise
                raise Refusal(Code.PROMO_REFUSED) from declined

    async def _read(self, call: Call, member: Member, number: CardNumber) -> object:
        theirs = member.theirs or number.printed
        return await self._client.read(call.method, call.path, theirs)


def _abilities(settings: Settings) -> frozenset[Ability]:
    optional = {
        Ability.NUMBERS: settings.anonymous,
        Ability.BIND: settings.profile.on,
        Ability.PROFILE: settings.profile.on,
        Ability.BALANCE: settings.balance.on,
        Ability.HISTORY: settings.history.on,
        Ability.PROMOTIONS: settings.promotions.on,
        Ability.PROMO_CODE: settings.promo_code,
        Ability.RECEIPT: settings.receipt,
    }
    always = {Ability.FIND_BY_CONTACT, Ability.CONSENTS}
    return frozenset(always | {ability for ability, on in optional.items() if on})


def open_client(settings: Settings, secrets: Secrets, way: Way) -> Client:
    return Client(
        way.session,
        settings.url,
        secrets.login,
        secrets.password.get_secret_value(),
        seconds=settings.timeout,
    )


def open_processor(settings: Settings, secrets: Secrets, way: Way) -> LoyaltyOnlineProcessor:
    return LoyaltyOnlineProcessor(settings, open_client(settings, secrets, way))
