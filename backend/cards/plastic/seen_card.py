"""What was seen on a picture or typed, kept sealed until the person says which card it is."""

from dataclasses import asdict, dataclass, replace
from datetime import timedelta

from backend.cards.plastic.plastic_number import PlasticNumber
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.secrets.vault import Sealed
from models.barcode_format import BarcodeFormat
from models.card_finding import CardFinding
from models.customer import Customer
from models.refusal import Code, Refusal

FINDING = Sealed("card.finding")
# Buttons under a photo work that long; then the photo is sent again.
KEPT = timedelta(days=7)
MOST_KEPT = 100
"""Of one person; the oldest make room."""


@dataclass(frozen=True, slots=True)
class SeenCard:
    """`format` is empty for a typed number. `file_id` is Telegram's name of the picture, empty
    when there is none that could be kept. `sure` is False until the person has compared the
    number with the card."""

    number: str
    value: str = ""
    format: str = ""
    sure: bool = True
    file_id: str = ""
    name: str = ""

    @property
    def barcode_format(self) -> BarcodeFormat | None:
        return BarcodeFormat(self.format) if self.format else None

    def scanned(self) -> PlasticNumber:
        return PlasticNumber(self.number, self.value, self.barcode_format)

    def corrected(self, typed: str) -> "SeenCard":
        """A barcode that was read for certain stays as it is, the card bears another number. One
        that had to be compared was misread."""
        if self.format and not self.sure:
            return replace(self, number=typed, value=typed, sure=True)
        return replace(self, number=typed, sure=True)


async def keep_finding(ctx: Context, customer: Customer, seen: SeenCard) -> int:
    """Its id, for the buttons."""
    now = ctx.clock()
    async with transaction():
        await CardFinding.filter(customer_id=customer.id, created_at__lt=now - KEPT).delete()
        row = await CardFinding.create(
            customer_id=customer.id,
            sealed=FINDING.seal(ctx, customer, asdict(seen)),
            created_at=now,
        )
        mine = CardFinding.filter(customer_id=customer.id)
        newest = await mine.order_by("-id").limit(MOST_KEPT).values_list("id", flat=True)
        if len(newest) == MOST_KEPT:
            await mine.filter(id__lt=newest[-1]).delete()
    return int(row.id)


async def open_finding(ctx: Context, customer: Customer, finding_id: int) -> SeenCard:
    """Refuses with finding_gone, also for somebody else's."""
    row = await CardFinding.get_or_none(id=finding_id, customer_id=customer.id)
    if row is None or customer.data_key is None or row.created_at < ctx.clock() - KEPT:
        raise Refusal(Code.FINDING_GONE)
    return SeenCard(**FINDING.open(ctx, customer, row.sealed))


async def change_finding(ctx: Context, customer: Customer, finding_id: int, seen: SeenCard) -> None:
    sealed = FINDING.seal(ctx, customer, asdict(seen))
    async with transaction():
        await CardFinding.filter(id=finding_id, customer_id=customer.id).update(sealed=sealed)


async def forget_finding(customer: Customer, finding_id: int) -> None:
    async with transaction():
        await CardFinding.filter(id=finding_id, customer_id=customer.id).delete()
