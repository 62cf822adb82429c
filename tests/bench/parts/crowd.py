"""People of the bot with all that a tap finds: cards, consents, notes, an open application."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from backend.cards.issue.answer_questions import answer, answer_phone
from backend.cards.issue.application import current_application, seal_answers
from backend.cards.issue.apply import apply_for
from backend.cards.issue.change_step import check_answers
from backend.cards.issue.consent_screen import consent_view
from backend.cards.pocket.owner_notes import OwnerNotes, seal_notes
from backend.cards.pocket.reminders.number_joined import number_joined
from backend.customers.person.meet import in_telegram, meet
from backend.platform.context import Context
from backend.platform.database import rows
from catalog.scope import holding_offers
from catalog.shelves.joined import newest_joined
from models.application import Application
from models.barcode_format import BarcodeFormat
from models.bot_chat import BotChat
from models.brand import Brand
from models.card import Card, CardOrigin
from models.city import City
from models.consent_document import ConsentDocument, ConsentPurpose
from models.consent_state import ConsentState
from models.customer import Customer
from models.identity import Entrance, Identity
from models.offer import Offer
from models.wallet_entry import WalletEntry

MANY = 250
FEW = 6
FIRST_ID = 10_000
BATCH = 2000
ANSWERS = {"given_name": "Анна", "surname": "Полевая", "city": "Москва"}


@dataclass(frozen=True, slots=True)
class Crowd:
    """Telegram ids by what they are good for; `cards`: one card of each; the consent screen that
    `few` stand before: controller and document."""

    few: Sequence[int]
    pictured: Sequence[int]
    many: Sequence[int]
    cards: dict[int, int]
    offers: Sequence[int]
    account: int
    document: int


async def fill(ctx: Context, bot_id: int, few: int, pictured: int, many: int) -> Crowd:
    """The demo brands are there. `few` have 6 cards and a consent screen before them, `pictured`
    6 cards, `many` 250."""
    anna, account, document = await _anna(ctx)
    first = FIRST_ID
    people = await _people(ctx, bot_id, anna, range(first, first + few + pictured + many))
    programs = await Brand.all().order_by("id").limit(5)
    await _cards(ctx, people[: few + pictured], programs, FEW)
    await _cards(ctx, people[few + pictured :], programs, MANY)
    await _consents(ctx, people, programs)
    example = await Application.get(customer_id=anna.id)
    await Application.bulk_create(_copy(ctx, example, each) for each in people[:few])
    await rows("ANALYZE")
    ids = [first + place for place in range(len(people))]
    telegram = {customer.id: ids[place] for place, customer in enumerate(people)}
    cards = Card.filter(brand_id=programs[0].id)
    own = dict(await cards.values_list("customer_id", "id"))
    return Crowd(
        ids[:few],
        ids[few : few + pictured],
        ids[few + pictured :],
        {telegram[customer]: card for customer, card in own.items()},
        [offer.id for offer in await holding_offers(ctx.clock()).order_by("id").limit(6)],
        account,
        document,
    )


async def _anna(ctx: Context) -> tuple[Customer, int, int]:
    """She walks up to the consent screen of a brand; whose screen, and its first document."""
    anna = await meet(ctx, in_telegram(FIRST_ID - 1), language="ru")
    offer = await Offer.filter(brand__program__key="gvozdograd-master").order_by("id").first()
    assert offer is not None
    await apply_for(ctx, anna, [offer.id])
    while (key := (await current_application(ctx, anna)).asking) is not None:
        if key == "phone":
            await answer_phone(ctx, anna, "+79161234567")
        else:
            await answer(ctx, anna, key, ANSWERS[key])
    current = await current_application(ctx, anna)
    current = await check_answers(ctx, anna, current.application.id)
    account = current.next_controller
    assert account is not None
    view = await consent_view(ctx, anna, current, account)
    return anna, account.id, view.documents.required()[0].id


async def _people(ctx: Context, bot_id: int, anna: Customer, ids: range) -> list[Customer]:
    now, moscow = ctx.clock(), await City.get(name_ru="Москва")
    await Customer.bulk_create(
        Customer(
            language="ru", city_id=moscow.id, data_key=ctx.vault.new_data_key(), created_at=now
        )
        for _ in ids
    )
    made = await Customer.filter(id__gt=anna.id).order_by("id")
    await Identity.bulk_create(
        Identity(
            customer_id=customer.id, door=Entrance.TELEGRAM, external_id=str(telegram_id),
            reachable_since=now, created_at=now,
        )
        for customer, telegram_id in zip(made, ids, strict=True)
    )  # fmt: skip
    await BotChat.bulk_create(
        BotChat(bot_id=bot_id, chat_id=each, screen_message_id=1, keys="ru") for each in ids
    )
    return made


async def _cards(ctx: Context, people: list[Customer], brands: Sequence[Brand], each: int) -> None:
    """The first five of brands here, the others of no partner, named by their owner."""
    newest = (await Card.all().order_by("-id").first()) or Card(id=0)
    await Card.bulk_create(_rows(ctx, people, brands, each), batch_size=BATCH)
    keys = {customer.id: customer for customer in people}
    # Nobody's card waits to be compared with a brand that has joined: that is no tap.
    await number_joined(ctx.clock())
    compared = await newest_joined()
    foreign = Card.filter(id__gt=newest.id, origin=CardOrigin.EXTERNAL)
    names = {
        customer.id: seal_notes(ctx, customer, OwnerNotes(name="Булочная на углу"))
        for customer in people
    }
    await WalletEntry.bulk_create(
        [
            WalletEntry(
                card_id=card,
                customer_id=owner,
                own=names[owner],
                uses=card % 7,
                brands_until=compared,
            )
            for card, owner in await foreign.values_list("id", "customer_id")
            if owner in keys
        ],
        batch_size=BATCH,
    )


def _rows(
    ctx: Context, people: list[Customer], brands: Sequence[Brand], each: int
) -> Iterator[Card]:
    now = ctx.clock()
    for customer in people:
        for place in range(each):
            brand = brands[place] if place < len(brands) else None
            number = f"{customer.id:06d}{place:06d}"
            yield Card(
                customer_id=customer.id,
                program_id=brand.program_id if brand else None,
                brand_id=brand.id if brand else None,
                printed_number=number,
                barcode_value=number,
                barcode_format=BarcodeFormat.CODE128,
                origin=CardOrigin.ISSUED if brand else CardOrigin.EXTERNAL,
                created_at=now,
            )


async def _consents(ctx: Context, people: list[Customer], brands: Sequence[Brand]) -> None:
    """What each has agreed to for their five cards."""
    now = ctx.clock()
    programs = {brand.program_id: brand for brand in brands}
    terms = ConsentDocument.filter(
        purpose=ConsentPurpose.PROGRAM_TERMS, language="ru", program_id__in=list(programs)
    )
    documents = [(each.id, int(each.program_id or 0)) for each in await terms]
    await ConsentState.bulk_create(
        [
            ConsentState(
                customer_id=customer.id, purpose=ConsentPurpose.PROGRAM_TERMS, subject_id=program,
                channel="", granted=True, document_id=document, at=now,
            )
            for customer in people
            for document, program in documents
        ],
        batch_size=BATCH,
    )  # fmt: skip


def _copy(ctx: Context, example: Application, customer: Customer) -> Application:
    return Application(
        customer_id=customer.id,
        offer_ids=example.offer_ids,
        questions=example.questions,
        step=example.step,
        answers=seal_answers(ctx, customer, ANSWERS),
        created_at=example.created_at,
        updated_at=example.updated_at,
    )
