"""People who get a card and change their minds, each by a plan that no kill changes."""

import time
from dataclasses import dataclass, field
from random import Random

from backend.cards.issue.answer_questions import answer, answer_phone
from backend.cards.issue.application import current_application
from backend.cards.issue.apply import apply_for
from backend.cards.issue.issue_cards import issue_cards
from backend.customers.choices.allow_advertising import allow_advertising
from backend.customers.choices.stop_advertising import stop_advertising
from backend.platform.context import Context
from models.card import Card
from models.connection import CardRequest
from models.consent_document import ConsentDocument, ConsentPurpose
from models.customer import Customer
from models.offer import Offer
from models.refusal import Code, Refusal
from tests.support.factory.cards import consented
from tests.support.factory.customers import someone

ANSWERED = {Code.CARD_EXISTS, Code.CARD_AWAITED}


@dataclass
class People:
    """`slowest`: seconds of the slowest last tap, with all that their system was waited for."""

    ctx: Context
    offers: list[Offer]
    slowest: float = 0.0
    done: set[int] = field(default_factory=set)

    async def live(self, number: int) -> None:
        """Whatever was done of it before, the rest."""
        anna = await someone(self.ctx, 1_000 + number)
        chance = Random(number)
        wanted = self.offers if chance.random() < 0.5 else self.offers[:1]
        await self._get_cards(anna, number, wanted)
        for _ in range(chance.randrange(3)):
            await self._change_mind(anna, yes=chance.random() < 0.5)
        self.done.add(number)

    async def _get_cards(self, anna: Customer, number: int, wanted: list[Offer]) -> None:
        try:
            await apply_for(self.ctx, anna, [offer.id for offer in wanted])
        except Refusal as refusal:
            if refusal.code not in ANSWERED:
                raise
            return
        given = {"phone": f"+7916{number:07d}", "given_name": "Анна"}
        while (key := (await current_application(self.ctx, anna)).asking) is not None:
            if key == "phone":
                await answer_phone(self.ctx, anna, given[key])
            else:
                await answer(self.ctx, anna, key, given[key])
        await consented(self.ctx, anna, ("telegram",))
        began = time.monotonic()
        await issue_cards(self.ctx, anna, await current_application(self.ctx, anna))
        self.slowest = max(self.slowest, time.monotonic() - began)

    async def _change_mind(self, anna: Customer, *, yes: bool) -> None:
        held = await Card.filter(customer_id=anna.id).order_by("id").first()
        if held is None:
            assert await CardRequest.filter(customer_id=anna.id).exists()
            return
        assert held.brand_id is not None
        if yes:
            account_id = self.offers[0].brand.program.account_id
            text = await ConsentDocument.get(
                account_id=account_id, purpose=ConsentPurpose.ADVERTISING, language="ru"
            )
            await allow_advertising(self.ctx, anna, held.brand_id, text.id, "telegram")
        else:
            await stop_advertising(self.ctx, anna.id, brand_id=held.brand_id, channel="telegram")
