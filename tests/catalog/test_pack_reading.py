"""What a right pack reads as."""

from datetime import UTC, datetime
from pathlib import Path

from catalog.bilingual import Bilingual
from catalog.entries.colour import Colours
from catalog.entries.document import Change
from catalog.pack.numbers import NumberRow
from catalog.pack.read import read_pack
from catalog.questions.question import FieldType
from models.barcode_format import BarcodeFormat
from models.channel import ChannelName
from models.consent_document import ConsentPurpose
from models.offer import OfferStatus
from models.program import ProcessorKind, ProgramStatus


def test_the_example_of_the_docs_is_a_whole_pack(pack: Path) -> None:
    (account,) = read_pack(pack).accounts
    assert (account.key, account.entry.inn) == ("lavka", "0000012341")
    assert account.entry.legal_name == Bilingual("ООО «Лавка»", "Lavka LLC")
    (program,) = account.programs
    assert program.entry.barcode_format is BarcodeFormat.EAN13
    assert program.entry.processor is ProcessorKind.POOL
    assert program.entry.status is ProgramStatus.ACTIVE
    assert program.entry.design.colours == Colours(primary="#1F6F50", secondary="#F4C95D")
    assert program.entry.min_age == 18
    (brand,) = account.brands
    assert (brand.entry.program, brand.entry.category) == ("lavka-card", "groceries")
    assert brand.entry.colours == program.entry.design.colours
    assert brand.entry.aliases == ("чайная", "tea shop")


def test_questions_keep_their_order_and_kinds(pack: Path) -> None:
    (account,) = read_pack(pack).accounts
    asked = account.programs[0].entry.questionnaire
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


def test_an_offer_holds_until_the_end_of_its_last_day(pack: Path) -> None:
    (account,) = read_pack(pack).accounts
    (offer,) = account.brands[0].offers
    assert offer.key == "lavka-welcome"
    assert offer.entry.cities == ("kazan",)
    assert offer.entry.status is OfferStatus.PUBLISHED
    # Moscow midnight is 21:00 UTC of the day before.
    assert offer.entry.starts == datetime(2025, 12, 31, 21, tzinfo=UTC)
    assert offer.entry.ends == datetime(2030, 12, 31, 21, tzinfo=UTC)
    (picture,) = offer.pictures
    assert (picture.media_type, picture.width, picture.height) == ("image/jpeg", 1200, 675)
    assert picture.read().startswith(b"\xff\xd8")


def test_documents_are_kept_word_for_word(pack: Path) -> None:
    (account,) = read_pack(pack).accounts
    advertising = account.advertising
    assert advertising.purpose is ConsentPurpose.ADVERTISING
    assert advertising.channels == (ChannelName.TELEGRAM, ChannelName.EMAIL)
    assert (advertising.version, advertising.change) == (1, Change.PURPOSE)
    file = pack / "accounts/lavka/documents/advertising.ru.md"
    assert file.read_text(encoding="utf-8").endswith("---\n" + advertising.ru.text)
    assert advertising.ru.title == "Согласие на получение рекламы"
    assert account.personal_data.channels == ()


def test_numbers_are_read_row_by_row(pack: Path) -> None:
    (account,) = read_pack(pack).accounts
    numbers = account.programs[0].numbers
    assert numbers is not None
    assert numbers.count == 3
    assert next(numbers.rows()) == NumberRow("4600 0000 0001 5", "4600000000015")


def test_windows_files_with_a_bom_read_the_same(pack: Path) -> None:
    before = read_pack(pack)
    for file in [*pack.rglob("*.yaml"), *pack.rglob("*.md"), *pack.rglob("*.csv")]:
        text = file.read_bytes().replace(b"\n", b"\r\n")
        file.write_bytes(b"\xef\xbb\xbf" + text)
    assert read_pack(pack) == before


def test_a_brand_may_sell_online_only(pack: Path) -> None:
    (pack / "accounts/lavka/brands/lavka/stores.csv").unlink()
    assert read_pack(pack).accounts[0].brands[0].stores == ()
