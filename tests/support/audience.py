"""Many people at once who allowed a brand's advertising."""

from backend.consents.documents import documents_for
from backend.platform.context import Context
from models.account import Account
from models.brand import Brand
from models.consent_document import ConsentPurpose
from models.consent_state import ConsentState
from models.customer import Customer
from models.identity import Entrance, Identity

FIRST_CHAT = 5_000_000


def _in_telegram(person: Customer, chat: int) -> Identity:
    since = person.created_at
    return Identity(
        customer_id=person.id,
        door=Entrance.TELEGRAM,
        external_id=str(chat),
        reachable_since=since,
        created_at=since,
    )


async def audience(ctx: Context, account: Account, brand: Brand, people: int) -> list[Customer]:
    """The states alone: what the gate reads. Telegram ids from FIRST_CHAT on."""
    ads = (await documents_for(account, [], "ru", ctx.clock())).advertising
    newest = await Customer.all().order_by("-id").first()
    await Customer.bulk_create(
        [Customer(language="ru", created_at=ctx.clock()) for _ in range(people)], batch_size=500
    )
    found = await Customer.filter(id__gt=newest.id if newest else 0).order_by("id")
    await Identity.bulk_create(
        [_in_telegram(person, FIRST_CHAT + number) for number, person in enumerate(found)],
        batch_size=500,
    )
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
