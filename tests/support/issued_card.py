"""A card that a person has just issued, with all that stands behind it."""

from backend.events import CardIssued
from backend.platform.context import Context
from models.account import Account
from models.barcode_format import BarcodeFormat
from models.brand import Brand
from models.card import Card, CardOrigin
from models.category import Category
from models.customer import Customer
from models.program import Program
from tests.support.known import with_chat


async def coffee_brand(ctx: Context) -> Brand:
    """«Кофе & Точка» of one account; the same each time."""
    account, _ = await Account.get_or_create(
        key="coffee",
        defaults={
            "legal_name_ru": "ООО «Кофе и точка»",
            "legal_name_en": "Coffee and Dot LLC",
            "address_ru": "Москва",
            "address_en": "Moscow",
            "inn": "7701234560",
            "ogrn": "1027700132195",
            "timezone": "Europe/Moscow",
            "privacy_email": "privacy@coffee.example",
            "created_at": ctx.clock(),
        },
    )
    category, _ = await Category.get_or_create(
        key="coffee",
        defaults={"name_ru": "Кофе", "name_en": "Coffee", "emoji": "☕", "position": 1},
    )
    colours = {"primary_color": "#402010", "secondary_color": "#ffffff"}
    program, _ = await Program.get_or_create(
        key="coffee",
        defaults={
            "account": account,
            "name_ru": "Кофе",
            "name_en": "Coffee",
            "barcode_format": BarcodeFormat.EAN13,
            **colours,
        },
    )
    brand, _ = await Brand.get_or_create(
        key="coffee",
        defaults={
            "program": program,
            "category": category,
            "name_ru": "Кофе & Точка",
            "name_en": "Coffee & Dot",
            **colours,
        },
    )
    return brand


async def issued_card(ctx: Context, telegram_id: int, language: str = "ru") -> CardIssued:
    """The card's rows, and the event that is to be announced for it."""
    brand = await coffee_brand(ctx)
    customer = await Customer.create(
        language=language, data_key=ctx.vault.new_data_key(), created_at=ctx.clock()
    )
    await with_chat(customer, telegram_id)
    number = f"20{customer.id:011d}"
    card = await Card.create(
        customer=customer,
        program_id=brand.program_id,
        brand=brand,
        printed_number=number,
        barcode_value=number,
        barcode_format=BarcodeFormat.EAN13,
        origin=CardOrigin.ISSUED,
        created_at=ctx.clock(),
    )
    program = await Program.get(id=brand.program_id)
    return CardIssued(
        card_id=card.id,
        customer_id=customer.id,
        program_id=program.id,
        account_id=program.account_id,
        brand_id=brand.id,
        origin=card.origin.value,
    )
