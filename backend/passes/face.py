"""What a pass shows, whatever wallet it is for: plain values, no row and no question to anybody."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from catalog.bilingual import Bilingual
from catalog.looks.card_design import InPlace, Look, Place, Shows
from models.barcode_format import BarcodeFormat


@dataclass(frozen=True, slots=True)
class Shown:
    """A field with its value. `key` is of its own on the whole pass; `change` is told when the
    value changes, `{value}` where the new one stands."""

    place: Place
    shows: Shows
    key: str
    label: Bilingual
    value: Bilingual = field(repr=False)
    change: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class ShownLink:
    label: Bilingual
    url: str


@dataclass(frozen=True, slots=True)
class ShownLocation:
    latitude: float
    longitude: float
    text: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class News:
    """What was last told on the card: it lights up the phone when it changes. `past`: what was
    told before, the newest first, as it stands on the back."""

    text: str = field(repr=False)
    past: tuple[tuple[datetime, str], ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Pictures:
    """Whole files (PNG, JPEG or WebP) as they were uploaded; None where there is none. `logo_at`
    and `strip_at`: addresses under which anybody can read them, for a wallet that fetches them
    itself."""

    logo: bytes | None = field(default=None, repr=False)
    strip: bytes | None = field(default=None, repr=False)
    logo_at: str = ""
    strip_at: str = ""


@dataclass(frozen=True, slots=True)
class Barcode:
    """`number` is what people read below it. `in_place`: for a wallet that does not know
    `format`."""

    format: BarcodeFormat
    value: str = field(repr=False)
    number: str = field(repr=False)
    in_place: InPlace = InPlace.QR


@dataclass(frozen=True, slots=True)
class PassFace:
    """`serial` is the pass's own; `program` the key and `design` the version that it is drawn
    from. `barcode` is None of a card that a till would refuse, which is told as such. `opens`:
    the address that shows the card in the bot."""

    serial: str
    program: str
    design: int
    organization: str
    brand: Bilingual
    program_name: Bilingual
    look: Look
    pictures: Pictures
    barcode: Barcode | None
    front: tuple[Shown, ...]
    back: tuple[Shown, ...]
    links: tuple[ShownLink, ...] = ()
    locations: tuple[ShownLocation, ...] = ()
    news: News | None = None
    balance: Decimal | None = field(default=None, repr=False)
    tier: str = field(default="", repr=False)
    holder: str = field(default="", repr=False)
    expires: datetime | None = None
    voided: bool = False
    rotating: bool = False
    opens: str = ""
