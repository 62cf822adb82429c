"""Catima's sharing link: one card in an address, encoded twice, in the fragment."""

from urllib.parse import parse_qsl, quote, unquote, urlsplit

from backend.passes.exchange import symbologies, values
from backend.passes.exchange.shapes import ExchangeCard, FileRefused

HOSTS = {
    "catima.app": "/share",
    "thelastproject.github.io": "/Catima/share",
    "brarcher.github.io": "/loyalty-card-locker/share",
}
LONGEST = 8_000


def is_catima_link(text: str) -> bool:
    parts = urlsplit(text.strip()[:LONGEST])
    return parts.scheme == "https" and HOSTS.get(parts.netloc) == parts.path.rstrip("/")


def read_catima_link(text: str) -> ExchangeCard:
    """Raises FileRefused: store, note and cardid must be there."""
    parts = urlsplit(text.strip()[:LONGEST])
    # New links carry everything in the fragment, encoded twice; old ones in the query, once.
    packed = unquote(parts.fragment) if parts.fragment else parts.query
    given = dict(parse_qsl(packed, keep_blank_values=True))
    for required in ("store", "note", "cardid"):
        if required not in given:
            raise FileRefused("broken", f"the link has no {required}")
    if not given["store"].strip() or not given["cardid"].strip():
        raise FileRefused("broken", "the link has an empty store or cardid")
    symbology = given.get("barcodetype", "")
    value = given.get("barcodeid") or given["cardid"]
    try:
        return ExchangeCard(
            name=given["store"].strip(),
            number=given["cardid"].strip(),
            barcode_value=value,
            barcode_format=symbologies.drawable(symbologies.CATIMA.get(symbology), value),
            symbology=symbology,
            encoding=given.get("barcodeencoding", ""),
            note=given["note"],
            valid_from=values.moment_of(given.get("validfrom", ""), per_second=1000),
            expires=values.moment_of(given.get("expiry", ""), per_second=1000),
            balance=values.amount_of(given.get("balance", "")),
            balance_type=given.get("balancetype", ""),
            color=values.color_of_argb(given.get("headercolor", "")),
        )
    except ValueError as wrong:
        raise FileRefused("broken", str(wrong)) from wrong


def write_catima_link(card: ExchangeCard) -> str:
    """The address that Catima opens; nothing of it reaches a server."""
    format_name = symbologies.TO_CATIMA[card.barcode_format] if card.barcode_format else ""
    given = {
        "store": card.name,
        "note": card.note,
        "balance": format(card.balance.normalize(), "f"),
        "cardid": card.number,
        "barcodeid": "" if card.barcode_value == card.number else card.barcode_value,
        "barcodetype": format_name or card.symbology,
        "expiry": values.unix_of(card.expires, per_second=1000),
        "validfrom": values.unix_of(card.valid_from, per_second=1000),
        "headercolor": values.argb_of(card.color),
    }
    packed = "&".join(
        f"{key}={quote(value, safe='')}" for key, value in given.items() if value or key == "note"
    )
    return f"https://catima.app/share#{quote(packed, safe='')}"
