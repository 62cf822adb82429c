"""A small invented shop, made row by row, for tests of the use cases."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from backend.cards.issue.pool_level import set_level
from backend.consents.documents import text_sha256
from catalog.question import FieldType, QuestionnaireField
from catalog.questionnaire import field_to_json
from models.account import Account
from models.barcode_format import BarcodeFormat
from models.brand import Brand
from models.category import Category
from models.consent_document import ConsentDocument, ConsentPurpose
from models.offer import Offer, OfferStatus
from models.pool_number import PoolNumber
from models.program import Program

THEN = datetime(2026, 1, 1, tzinfo=UTC)
CHANNELS = ["telegram", "email", "sms", "wallet"]
_numbers = count(1)

NAME = QuestionnaireField("given_name", FieldType.GIVEN_NAME, required=True)
PHONE = QuestionnaireField("phone", FieldType.PHONE, required=True)


async def make_account(key: str = "romashka") -> Account:
    """A legal entity with both of its documents in both languages."""
    account = await Account.create(
        key=key,
        legal_name_ru=f"ООО «{key.title()}»",
        legal_name_en=f"{key.title()} LLC",
        address_ru="Москва, Полевая ул., 1",
        address_en="1 Polevaya st., Moscow",
        inn="0000000000",
        ogrn="0000000000000",
        privacy_email=f"privacy@{key}.example",
        timezone="Europe/Moscow",
        created_at=THEN,
    )
    await make_document(account, ConsentPurpose.PERSONAL_DATA)
    await make_document(account, ConsentPurpose.ADVERTISING)
    return account


async def make_document(
    account: Account,
    purpose: ConsentPurpose,
    program: Program | None = None,
    *,
    version: int = 1,
    change: str = "purpose",
    effective_from: datetime = THEN,
) -> list[ConsentDocument]:
    made = []
    for language in ("ru", "en"):
        title, text = f"{purpose.value} {language}", f"{purpose.value} version {version}"
        made.append(
            await ConsentDocument.create(
                account_id=account.id,
                program_id=program.id if program else None,
                purpose=purpose,
                language=language,
                version=version,
                title=title,
                text=text,
                channels=CHANNELS if purpose is ConsentPurpose.ADVERTISING else [],
                sha256=text_sha256(title, text),
                change=change,
                effective_from=effective_from,
                created_at=THEN,
            )
        )
    return made


async def make_program(
    account: Account,
    key: str = "romashka-club",
    *,
    fields: tuple[QuestionnaireField, ...] = (),
    numbers: int = 0,
    **more: Any,
) -> Program:
    values: dict[str, Any] = {
        "barcode_format": BarcodeFormat.CODE128,
        "primary_color": "#1F6F50",
        "secondary_color": "#0B3D2E",
    }
    program = await Program.create(
        account_id=account.id,
        key=key,
        name_ru=f"Клуб {key}",
        name_en=f"Club {key}",
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


async def make_offer(program: Program, key: str = "romashka", **more: Any) -> Offer:
    """A brand of the program with one offer that holds everywhere."""
    shelf, _ = await Category.get_or_create(
        key="coffee",
        defaults={"name_ru": "Кофе", "name_en": "Coffee", "emoji": "☕", "position": 1},
    )
    brand = await Brand.create(
        program_id=program.id,
        category_id=shelf.id,
        key=key,
        name_ru=f"Бренд {key}",
        name_en=f"Brand {key}",
        primary_color="#1F6F50",
        secondary_color="#0B3D2E",
    )
    return await another_offer(brand, key, **more)


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
