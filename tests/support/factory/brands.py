"""Small invented brands, made row by row, each with all that stands behind it."""

from itertools import count
from typing import Any

from backend.cards.pool.pool_level import set_level
from catalog.questions.question import FieldType, QuestionnaireField
from catalog.questions.questionnaire import field_to_json
from models.account import Account
from models.barcode_format import BarcodeFormat
from models.brand import Brand
from models.category import Category
from models.consent_document import ConsentPurpose
from models.offer import Offer, OfferStatus
from models.pool_number import PoolNumber
from models.program import Program
from tests.support.factory.documents import THEN, make_document

_numbers = count(1)

NAME = QuestionnaireField("given_name", FieldType.GIVEN_NAME, required=True)
PHONE = QuestionnaireField("phone", FieldType.PHONE, required=True)


async def shop(key: str = "romashka") -> tuple[Account, Program, Brand]:
    """A controller with one program and one brand."""
    account = await make_account(key)
    program = await make_program(account, f"{key}-club", numbers=5)
    offer = await make_offer(program, key)
    return account, program, await Brand.get(id=offer.brand_id)


async def make_account(key: str = "romashka", **more: Any) -> Account:
    """A legal entity with both of its documents in both languages."""
    values: dict[str, Any] = {
        "legal_name_ru": f"ООО «{key.title()}»",
        "legal_name_en": f"{key.title()} LLC",
        "inn": "0000000000",
    }
    account = await Account.create(
        key=key,
        address_ru="Москва, Полевая ул., 1",
        address_en="1 Polevaya st., Moscow",
        ogrn="0000000000000",
        privacy_email=f"privacy@{key}.example",
        timezone="Europe/Moscow",
        created_at=THEN,
        **{**values, **more},
    )
    await make_document(account, ConsentPurpose.PERSONAL_DATA)
    await make_document(account, ConsentPurpose.ADVERTISING)
    return account


async def make_program(
    account: Account,
    key: str = "romashka-club",
    *,
    fields: tuple[QuestionnaireField, ...] = (),
    numbers: int = 0,
    **more: Any,
) -> Program:
    values: dict[str, Any] = {
        "name_ru": f"Клуб {key}",
        "name_en": f"Club {key}",
        "barcode_format": BarcodeFormat.CODE128,
        "primary_color": "#1F6F50",
        "secondary_color": "#0B3D2E",
    }
    program = await Program.create(
        account_id=account.id,
        key=key,
        questionnaire=[field_to_json(field) for field in fields],
        **{**values, **more},
    )
    await make_document(account, ConsentPurpose.PROGRAM_TERMS, program)
    await add_numbers(program, numbers)
    return program


async def add_numbers(program: Program, howmany: int) -> None:
    texts = [f"{next(_numbers):08d}" for _ in range(howmany)]
    rows = [
        PoolNumber(program_id=program.id, printed_number=t, barcode_value=t, changed_at=THEN)
        for t in texts
    ]
    await PoolNumber.bulk_create(rows)
    await set_level(program.id)


async def make_brand(program: Program, key: str, **more: Any) -> Brand:
    shelf, _ = await Category.get_or_create(
        key="coffee",
        defaults={"name_ru": "Кофе", "name_en": "Coffee", "emoji": "☕", "position": 1},
    )
    values: dict[str, Any] = {
        "name_ru": f"Бренд {key}",
        "name_en": f"Brand {key}",
        "primary_color": "#1F6F50",
        "secondary_color": "#0B3D2E",
    }
    return await Brand.create(
        program_id=program.id,
        category_id=shelf.id,
        key=key,
        **{**values, **more},
    )


async def make_offer(program: Program, key: str = "romashka", **more: Any) -> Offer:
    """A brand of the program with one offer that holds everywhere."""
    return await another_offer(await make_brand(program, key), key, **more)


async def another_offer(brand: Brand, key: str, **more: Any) -> Offer:
    values: dict[str, Any] = {"everywhere": True, "status": OfferStatus.PUBLISHED}
    return await Offer.create(
        brand_id=brand.id,
        key=f"{key}-offer",
        benefit_ru="Кофе в подарок",
        benefit_en="Free coffee",
        terms_ru="Каждый шестой",
        terms_en="Every sixth",
        **{**values, **more},
    )


async def coffee_brand() -> Brand:
    """«Кофе & Точка», the same each time: without an offer, its name must be escaped."""
    there = await Brand.get_or_none(key="coffee")
    if there is not None:
        return there
    account = await make_account(
        "coffee",
        legal_name_ru="ООО «Кофе и точка»",
        legal_name_en="Coffee and Dot LLC",
        inn="7701234560",
    )
    colours: dict[str, Any] = {"primary_color": "#402010", "secondary_color": "#ffffff"}
    kind = BarcodeFormat.EAN13
    program = await make_program(
        account, "coffee", name_ru="Кофе", name_en="Coffee", barcode_format=kind, **colours
    )
    return await make_brand(
        program, "coffee", name_ru="Кофе & Точка", name_en="Coffee & Dot", **colours
    )
