"""What a right pack reads as."""

from datetime import UTC, datetime
from pathlib import Path

from catalog.bilingual import Bilingual
from catalog.pack.numbers import CheckNumber, NumberRow
from catalog.pack.read import read_pack
from catalog.pack.shapes import AdChannel, Change, Colours, ProcessorKind
from catalog.question import FieldType
from models.barcode_format import BarcodeFormat
from models.consent_document import ConsentPurpose
from models.offer import OfferStatus
from models.program import ProgramStatus


def test_the_example_of_the_docs_is_a_whole_pack(pack: Path, check_number: CheckNumber) -> None:
    (account,) = read_pack(pack, check_number).accounts
    assert (account.key, account.inn) == ("lavka", "0000012341")
    assert account.legal_name == Bilingual("ООО «Лавка»", "Lavka LLC")
    (program,) = account.programs
    assert program.barcode_format is BarcodeFormat.EAN13
    assert program.processor is ProcessorKind.POOL
    assert program.status is ProgramStatus.ACTIVE
    assert program.design == Colours("#1F6F50", "#F4C95D")
    assert program.min_age == 18
    (brand,) = account.brands
    assert (brand.program, brand.category) == ("lavka-card", "groceries")
    assert brand.colours == program.design
    assert brand.aliases == ("чайная", "tea shop")


def test_questions_keep_their_order_and_kinds(pack: Path, check_number: CheckNumber) -> None:
    (account,) = read_pack(pack, check_number).accounts
    asked = account.programs[0].questionnaire
    assert [field.key for field in asked] == [
        "given_name",
        "phone",
        "birth_date",
        "email",
        "favourite_tea",
    ]
    assert [field.required for field in asked] == [True, True, True, False, False]
    tea = asked[-1]
    assert tea.type is FieldType.CHOICE
    assert [choice.key for choice in tea.choices] == ["black", "green"]


def test_an_offer_holds_until_the_end_of_its_last_day(
    pack: Path, check_number: CheckNumber
) -> None:
    (account,) = read_pack(pack, check_number).accounts
    (offer,) = account.brands[0].offers
    assert offer.key == "lavka-welcome"
    assert offer.cities == ("kazan",)
    assert offer.status is OfferStatus.PUBLISHED
    # Moscow midnight is 21:00 UTC of the day before.
    assert offer.starts_at == datetime(2025, 12, 31, 21, tzinfo=UTC)
    assert offer.ends_at == datetime(2030, 12, 31, 21, tzinfo=UTC)
    (picture,) = offer.pictures
    assert (picture.media_type, picture.width, picture.height) == ("image/jpeg", 1200, 675)
    assert picture.read().startswith(b"\xff\xd8")


def test_documents_are_kept_word_for_word(pack: Path, check_number: CheckNumber) -> None:
    (account,) = read_pack(pack, check_number).accounts
    advertising = account.advertising
    assert advertising.purpose is ConsentPurpose.ADVERTISING
    assert advertising.channels == (AdChannel.TELEGRAM, AdChannel.EMAIL)
    assert (advertising.version, advertising.change) == (1, Change.PURPOSE)
    file = pack / "accounts/lavka/documents/advertising.ru.md"
    assert file.read_text(encoding="utf-8").endswith("---\n" + advertising.ru.text)
    assert advertising.ru.title == "Согласие на получение рекламы"
    assert account.personal_data.channels == ()


def test_numbers_are_read_row_by_row(pack: Path, check_number: CheckNumber) -> None:
    (account,) = read_pack(pack, check_number).accounts
    numbers = account.programs[0].numbers
    assert numbers is not None
    assert numbers.count == 3
    assert next(numbers.rows()) == NumberRow("4600 0000 0001 5", "4600000000015")


def test_windows_files_with_a_bom_read_the_same(pack: Path, check_number: CheckNumber) -> None:
    before = read_pack(pack, check_number)
    for file in [*pack.rglob("*.yaml"), *pack.rglob("*.md"), *pack.rglob("*.csv")]:
        text = file.read_bytes().replace(b"\n", b"\r\n")
        file.write_bytes(b"\xef\xbb\xbf" + text)
    assert read_pack(pack, check_number) == before


def test_a_brand_may_sell_online_only(pack: Path, check_number: CheckNumber) -> None:
    (pack / "accounts/lavka/brands/lavka/stores.csv").unlink()
    assert read_pack(pack, check_number).accounts[0].brands[0].stores == ()
