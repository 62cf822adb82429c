"""Many people at once who allowed a brand's advertising."""

from backend.consents.documents import documents_for
from backend.platform.context import Context
from models.account import Account
from models.brand import Brand
from models.consent_document import ConsentPurpose
from models.consent_state import ConsentState
from models.customer import Customer

FIRST_CHAT = 5_000_000


async def audience(ctx: Context, account: Account, brand: Brand, people: int) -> list[Customer]:
    """The states alone: what the gate reads. Telegram ids from FIRST_CHAT on."""
    ads = (await documents_for(account, [], "ru", ctx.clock())).advertising
    await Customer.bulk_create(
        [
            Customer(telegram_id=FIRST_CHAT + number, language="ru", created_at=ctx.clock())
            for number in range(people)
        ],
        batch_size=500,
    )
    found = await Customer.filter(telegram_id__gte=FIRST_CHAT).order_by("id")
    await ConsentState.bulk_create(
        [
            ConsentState(
                customer_id=person.id,
                purpose=ConsentPurpose.ADVERTISING,
                subject_id=brand.id,
                channel="telegram",
                granted=True,
                document_id=ads.id,
                at=ctx.clock(),
            )
            for person in found
        ],
        batch_size=500,
    )
    return found
