"""What a brand pack holds, as plain frozen values.

Keys are folder or file names: lower-case Latin letters, digits and hyphens, at most 24 characters.
Moments are timezone-aware. Texts for people come in Russian and English.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from catalog.bilingual import Bilingual
from catalog.pack.numbers import NumberRow, number_rows
from catalog.question import QuestionnaireField
from catalog.recognition import Rule
from models.barcode_format import BarcodeFormat
from models.consent_document import ConsentPurpose
from models.offer import OfferStatus
from models.program import ProgramStatus, UnknownNumbers


class AdChannel(StrEnum):
    """The channels that an advertising consent can name."""

    TELEGRAM = "telegram"
    EMAIL = "email"
    SMS = "sms"
    WALLET = "wallet"


class ProcessorKind(StrEnum):
    """The loyalty processor that owns card numbers and balances."""

    POOL = "pool"


class Change(StrEnum):
    """What a new version changed: its purpose (everybody is asked again) or only its wording."""

    PURPOSE = "purpose"
    WORDING = "wording"


@dataclass(frozen=True, slots=True)
class Picture:
    """A checked PNG or JPEG. `file` is relative to the pack; `sha256` is of the bytes, in hex."""

    file: str
    path: Path
    media_type: str
    width: int
    height: int
    sha256: str

    def read(self) -> bytes:
        return self.path.read_bytes()


@dataclass(frozen=True, slots=True)
class Colours:
    """`#RRGGBB`, upper case."""

    primary: str
    secondary: str


@dataclass(frozen=True, slots=True)
class DocumentText:
    """One language. `text` is the Markdown exactly as people read it, lines ended by \\n."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """A consent document; `channels` is empty except for advertising."""

    purpose: ConsentPurpose
    version: int
    change: Change
    effective_from: datetime
    channels: tuple[AdChannel, ...]
    ru: DocumentText
    en: DocumentText


@dataclass(frozen=True, slots=True)
class NumbersFile:
    """A checked CSV of free numbers; read again row by row, never held whole."""

    file: str
    path: Path
    count: int

    def rows(self) -> Iterator[NumberRow]:
        return number_rows(self.path)


@dataclass(frozen=True, slots=True)
class Program:
    key: str
    name: Bilingual
    status: ProgramStatus
    barcode_format: BarcodeFormat
    processor: ProcessorKind
    numbers: NumbersFile | None
    design: Colours
    questionnaire: tuple[QuestionnaireField, ...]
    terms: Document
    plastic: bool = True
    recognition: tuple[Rule, ...] = ()
    unknown_numbers: UnknownNumbers = UnknownNumbers.AUTO
    sharing: bool = True

    @property
    def min_age(self) -> int | None:
        """The age gate of the questionnaire, in whole years."""
        return next((field.min_age for field in self.questionnaire if field.min_age), None)


@dataclass(frozen=True, slots=True)
class Offer:
    """`key` is `<brand>-<file name>`, unique in the pack. `cities` None means everywhere.

    `ends_at` is the first moment at which it no longer holds.
    """

    key: str
    benefit: Bilingual
    terms: Bilingual
    pictures: tuple[Picture, ...]
    cities: tuple[str, ...] | None
    starts_at: datetime | None
    ends_at: datetime | None
    status: OfferStatus
    position: int


@dataclass(frozen=True, slots=True)
class Store:
    """`key` is unique in the brand; `hours` as catalog.hours says, "" when unknown."""

    key: str
    city: str
    address: str
    lat: float
    lon: float
    hours: str


@dataclass(frozen=True, slots=True)
class Brand:
    key: str
    program: str
    name: Bilingual
    about: Bilingual | None
    aliases: tuple[str, ...]
    category: str
    colours: Colours
    website: str
    logo: Picture
    offers: tuple[Offer, ...]
    stores: tuple[Store, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """A legal entity, the personal-data operator of its documents. `timezone` is an IANA name."""

    key: str
    legal_name: Bilingual
    address: Bilingual
    inn: str
    ogrn: str
    privacy_email: str
    timezone: str
    personal_data: Document
    advertising: Document
    programs: tuple[Program, ...]
    brands: tuple[Brand, ...]


@dataclass(frozen=True, slots=True)
class Pack:
    folder: Path
    accounts: tuple[Account, ...]
