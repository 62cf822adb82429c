"""Catima's sharing link: one card in an address, encoded twice, in the fragment."""

from urllib.parse import parse_qsl, quote, unquote, urlsplit

from backend.exchange.catima_values import card_of, values_of
from backend.exchange.lenient import Lenient
from backend.exchange.shapes import ExchangeCard, FileRefused, Imported, RowRefused

HOSTS = {
    "catima.app": "/share",
    "thelastproject.github.io": "/Catima/share",
    "brarcher.github.io": "/loyalty-card-locker/share",
}
LONGEST = 8_000


def is_catima_link(text: str) -> bool:
    try:
        parts = urlsplit(text.strip()[:LONGEST])
    except ValueError:  # https://[ is no address
        return False
    return parts.scheme == "https" and HOSTS.get(parts.netloc) == parts.path.rstrip("/")


def read_catima_link(text: str) -> Imported:
    """One card. Raises FileRefused: store, note and cardid must be there."""
    parts = urlsplit(text.strip()[:LONGEST])
    # New links carry everything in the fragment, encoded twice; old ones in the query, once.
    packed = unquote(parts.fragment) if parts.fragment else parts.query
    given = dict(parse_qsl(packed, keep_blank_values=True))
    for required in ("store", "note", "cardid"):
        if required not in given:
            raise FileRefused("broken", f"the link has no {required}")
    lenient = Lenient()
    try:
        card = card_of(given, lenient)
    except RowRefused as refused:
        raise FileRefused("broken", f"the link has no {refused.field}") from refused
    return Imported("catima-link", [card], notes=lenient.notes(0, card.name))


def write_catima_link(card: ExchangeCard) -> str:
    """The address that Catima opens; nothing of it reaches a server."""
    given = {key: value for key, value in values_of(card).items() if key in _CARRIED}
    packed = "&".join(
        f"{key}={quote(value, safe='')}" for key, value in given.items() if value or key == "note"
    )
    return f"https://catima.app/share#{quote(packed, safe='')}"


# How a card is kept is its owner's matter and not shared.
_CARRIED = frozenset(
    {
        "store", "note", "balance", "balancetype", "cardid", "barcodeid", "barcodetype",
        "barcodeencoding", "expiry", "validfrom", "headercolor",
    }
)  # fmt: skip
