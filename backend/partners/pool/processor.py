"""The built-in processor: the pool, the cards in pockets, and the list of issued plastic."""

from collections.abc import Collection

from tortoise.expressions import Q

from backend.partners.processor import KnownNumber, NumberState
from backend.partners.unable import Unable
from backend.platform.context import Context
from models.card import Card
from models.issued_plastic import IssuedPlastic
from models.pool_number import NumberStatus, PoolNumber
from models.program import Program


def number_index(ctx: Context, program_id: int, number: str) -> str:
    return ctx.vault.blind_index(f"plastic.{program_id}", number)


class PoolProcessor(Unable):
    patience = 10.0

    async def knows_plastic(self, program: Program) -> bool:
        return await IssuedPlastic.exists(program_id=program.id)

    async def find_card(
        self, ctx: Context, program: Program, numbers: Collection[str]
    ) -> KnownNumber:
        listed = await self.knows_plastic(program)
        same = Q(printed_number__in=numbers) | Q(barcode_value__in=numbers)
        card = await Card.filter(same, program_id=program.id).first()
        if card is not None:
            return KnownNumber(NumberState.BOUND, {}, card.customer_id, listed)
        indexes = [number_index(ctx, program.id, number) for number in numbers]
        plastic = await IssuedPlastic.filter(
            program_id=program.id, number_index__in=indexes
        ).first()
        if plastic is not None:
            known = {"phone": plastic.phone_index, "email": plastic.email_index}
            holders = {kind: index for kind, index in known.items() if index}
            state = NumberState.BOUND if holders else NumberState.FREE
            return KnownNumber(state, holders, listed=True)
        pooled = await PoolNumber.filter(same, program_id=program.id).first()
        if pooled is not None and pooled.status is not NumberStatus.ISSUED:
            return KnownNumber(NumberState.NOT_ISSUED, {}, listed=listed)
        return KnownNumber(NumberState.UNKNOWN, {}, listed=listed)
