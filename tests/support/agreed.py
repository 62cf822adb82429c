"""People who agreed to a brand's documents, without the journey to it."""

from dataclasses import dataclass

from backend.consents.consent_answer import ConsentAnswer
from backend.consents.documents import documents_for
from backend.consents.record import write_answers
from backend.platform.context import Context
from backend.platform.database import transaction
from models.account import Account
from models.brand import Brand
from models.consent_record import ConsentAction
from models.customer import Customer
from models.program import Program
from tests.support.known import with_chat
from tests.support.shop import make_account, make_offer, make_program


@dataclass(frozen=True, slots=True)
class Agreed:
    """`customer` agreed to everything of `account`, with advertising of `brand`."""

    customer: Customer
    account: Account
    program: Program
    brand: Brand


async def shop(key: str = "romashka") -> tuple[Account, Program, Brand]:
    """A controller with one program and one brand."""
    account = await make_account(key)
    program = await make_program(account, f"{key}-club", numbers=5)
    offer = await make_offer(program, key)
    return account, program, await Brand.get(id=offer.brand_id)


async def newcomer(ctx: Context, telegram_id: int | None = None, language: str = "ru") -> Customer:
    customer = await Customer.create(
        language=language, data_key=ctx.vault.new_data_key(), created_at=ctx.clock()
    )
    return customer if telegram_id is None else await with_chat(customer, telegram_id)


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
    customer = customer or await newcomer(ctx)
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
