"""People who agreed to a brand's documents, without the journey to it."""

from dataclasses import dataclass

from backend.consents.consent_answer import ConsentAnswer
from backend.consents.documents import documents_for
from backend.consents.record import write_answers
from backend.platform.context import Context
from backend.platform.database import transaction
from models.account import Account
from models.brand import Brand
from models.consent_document import ConsentPurpose
from models.consent_record import ConsentAction
from models.consent_state import ConsentState
from models.customer import Customer
from models.identity import Entrance, Identity
from models.program import Program
from tests.support.factory.brands import shop
from tests.support.factory.customers import someone

FIRST_CHAT = 5_000_000


@dataclass(frozen=True, slots=True)
class Agreed:
    """`customer` agreed to everything of `account`, with advertising of `brand`."""

    customer: Customer
    account: Account
    program: Program
    brand: Brand


async def agreed(
    ctx: Context,
    at: tuple[Account, Program, Brand] | None = None,
    *,
    channels: tuple[str, ...] = ("telegram", "email"),
    customer: Customer | None = None,
) -> Agreed:
    """Somebody new at the shop (a new shop when none is given) who agreed; advertising by
    `channels`, declined when there are none."""
    account, program, brand = at or await shop()
    customer = customer or await someone(ctx)
    documents = await documents_for(account, [program.id], customer.language, ctx.clock())
    said = ConsentAction.GRANTED
    wanted = said if channels else ConsentAction.DECLINED
    ads = documents.advertising
    key = f"test:{customer.id}:{account.id}:{ctx.clock().isoformat()}"
    answers = [
        ConsentAnswer(documents.personal_data, said, f"{key}:pd", "test", account.id),
        ConsentAnswer(documents.terms[program.id], said, f"{key}:terms", "test", program.id),
        ConsentAnswer(ads, wanted, f"{key}:ads", "test", account.id, (brand.id,), channels),
    ]
    async with transaction():
        await write_answers(answers, customer.id, ctx.clock())
    return Agreed(customer, account, program, brand)


async def audience(ctx: Context, account: Account, brand: Brand, people: int) -> list[Customer]:
    """Many people at once who allowed a brand's advertising: the states alone, which
    the gate reads. Telegram ids from FIRST_CHAT on."""
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


def _in_telegram(person: Customer, chat: int) -> Identity:
    since = person.created_at
    return Identity(
        customer_id=person.id,
        door=Entrance.TELEGRAM,
        external_id=str(chat),
        reachable_since=since,
        created_at=since,
    )
