"""One card as Catima spells it: in its table, in a sharing link.

Catima imports a file in one go and refuses all of it for one currency, symbology or charset that
its phone does not know, so none such is written: each has a neutral value, the empty text.
"""

import codecs
from collections.abc import Mapping
from datetime import datetime

from backend.exchange import symbologies, values
from backend.exchange.currencies import ISO_4217, currency_of
from backend.exchange.lenient import Lenient
from backend.exchange.shapes import ExchangeCard, RowRefused, Why

SYMBOLOGIES = (*symbologies.CATIMA, *symbologies.CATIMA_NOT_DRAWN)


def card_of(
    given: Mapping[str, str], lenient: Lenient, groups: tuple[str, ...] = ()
) -> ExchangeCard:
    """Raises RowRefused without a name or a number; all else may be missing or odd."""
    name, number = given.get("store", "").strip(), given.get("cardid", "").strip()
    if not name:
        raise RowRefused(Why.EMPTY, "name")
    if not number:
        raise RowRefused(Why.EMPTY, "number")
    symbology = _known_symbology(given.get("barcodetype", "").strip(), lenient)
    barcode = symbologies.drawn(symbology, given.get("barcodeid", "") or number)
    return lenient.card(
        name=name,
        number=number,
        barcode_value=barcode.value,
        barcode_format=barcode.format,
        symbology=symbology,
        encoding=given.get("barcodeencoding", ""),
        note=given.get("note", ""),
        valid_from=lenient.take("valid_from", given.get("validfrom", ""), _moment, None),
        expires=lenient.take("expires", given.get("expiry", ""), _moment, None),
        balance=lenient.take("balance", given.get("balance", ""), values.amount_of, values.ZERO),
        balance_type=currency_of(given.get("balancetype", "")),
        color=lenient.take("color", given.get("headercolor", ""), values.color_of_argb, None),
        starred=lenient.take("starred", given.get("starstatus", ""), values.flag_of, False),
        archived=lenient.take("archived", given.get("archive", ""), values.flag_of, False),
        last_used=lenient.take("last_used", given.get("lastused", ""), _used, None),
        groups=tuple(dict.fromkeys(filter(None, groups))),
    )


def _known_symbology(symbology: str, lenient: Lenient) -> str:
    """Empty when Catima has no such symbology."""
    if symbology and symbology not in SYMBOLOGIES:
        lenient.leave_out("barcode_format", symbology)
        return ""
    return symbology


def _moment(text: str) -> datetime | None:
    return values.moment_of(text, per_second=1000)


def _used(text: str) -> datetime | None:
    """0 is «never»."""
    return None if text == "0" else values.moment_of(text, per_second=1)


def values_of(card: ExchangeCard) -> dict[str, str]:
    """Column → value, every one of which Catima accepts."""
    return {
        "store": card.name,
        "note": card.note,
        "validfrom": values.unix_of(card.valid_from, per_second=1000),
        "expiry": values.unix_of(card.expires, per_second=1000),
        "balance": format(card.balance.normalize(), "f"),
        "balancetype": card.balance_type if card.balance_type in ISO_4217 else "",
        "cardid": card.number,
        "barcodeid": "" if card.barcode_value == card.number else card.barcode_value,
        "barcodetype": symbology_of(card),
        "barcodeencoding": encoding_of(card),
        "headercolor": values.argb_of(card.color),
        "starstatus": str(int(card.starred)),
        "lastused": values.unix_of(card.last_used, per_second=1) or "0",
        "archive": str(int(card.archived)),
    }


def symbology_of(card: ExchangeCard) -> str:
    if card.barcode_format is not None:
        return symbologies.TO_CATIMA[card.barcode_format]
    return card.symbology if card.symbology in SYMBOLOGIES else ""


def encoding_of(card: ExchangeCard) -> str:
    """Left empty, Catima takes ISO-8859-1 and draws a question mark for each Cyrillic letter."""
    try:
        card.barcode_value.encode("latin-1")
    except UnicodeEncodeError:
        return "UTF-8"
    return _ENCODINGS.get(_codec(card.encoding), "")


_ENCODINGS = {"utf-8": "UTF-8", "iso8859-1": "ISO-8859-1"}


def _codec(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""
