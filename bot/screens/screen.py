"""What a screen is: words, a picture and buttons, before any messenger is involved."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from enum import StrEnum

from backend.pictures.barcode_sheet import Sheet
from backend.pictures.card_picture import CardFace

Pieces = Callable[[], AsyncIterator[bytes]]


class Style(StrEnum):
    """How a button looks: plain unless it leads on, agrees or destroys."""

    PLAIN = ""
    PRIMARY = "primary"
    SUCCESS = "success"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Button:
    """Exactly one of `tap` (callback data), `url`, `copy` and `share` is set. `share` is the
    inline query that opens in a chat the person picks."""

    label: str
    tap: str | None = None
    url: str | None = None
    copy: str | None = None
    share: str | None = None
    style: Style = Style.PLAIN


class Ask(StrEnum):
    """A question that only Telegram's own reply keyboard can put."""

    CONTACT = "contact"
    LOCATION = "location"


@dataclass(frozen=True, slots=True)
class AskKeyboard:
    """A one-time reply keyboard: a button that shares a contact or a location, and plain
    buttons whose label comes back as text. None of them is without `cancel`, its last."""

    ask: Ask
    label: str
    cancel: str
    others: tuple[str, ...] = ()
    placeholder: str = ""


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys that stay below the chat; `line` is the message that brings them."""

    labels: tuple[str, ...]
    line: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A stored picture by its SHA-256, a card to draw with the `logo` and the `strip` of these
    SHA-256, its barcode alone, or the owner's photo of it (JPEG)."""

    media: str | None = None
    card: CardFace | None = None
    logo: str | None = None
    strip: str | None = None
    photo: bytes | None = None
    sheet: Sheet | None = None


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """`text` is Telegram HTML: up to 4096 characters, 1024 under a picture."""

    text: str
    rows: Rows = ()
    picture: Picture | None = None
    keyboard: AskKeyboard | None = None
    # Whoever sees this screen has the main keys in this language below the chat from now on.
    keys: str = ""
    # The screen stands below what was said, instead of replacing the screen above.
    fresh: bool = False
    protect: bool = False


@dataclass(frozen=True, slots=True)
class Alert:
    """An answer to a tap that leaves the screen as it is: at most 200 characters."""

    text: str
    modal: bool = True


@dataclass(frozen=True, slots=True)
class File:
    """A document to keep. `content` in pieces is asked for anew each time it is sent.
    `caption` is Telegram HTML."""

    name: str
    content: bytes | Pieces
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a handler gives back: a screen, an alert, or both."""

    screen: Screen | None = None
    alert: Alert | None = None
    # More messages after the screen (a second card).
    more: tuple[Screen, ...] = field(default=())
    # Sent first, so that the screen with its buttons stands below them.
    files: tuple[File, ...] = field(default=())
