"""`.pkpass` and `.pkpasses`: passes of Apple Wallet, as they are found in the wild."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import orjson

from backend.exchange import bounds, symbologies, values
from backend.exchange.archive import Archive, read_archive
from backend.exchange.lenient import Lenient
from backend.exchange.loose_json import loads
from backend.exchange.pkpass_fields import Said, balance_of, note_of
from backend.exchange.shapes import (
    LONGEST_VALUE,
    ExchangeCard,
    FileRefused,
    Imported,
    RowProblem,
    RowRefused,
    Why,
)
from backend.exchange.strings_file import read_strings

LANGUAGES = ("ru", "en")
_NAMES = ("logoText", "organizationName", "description")
_LOGOS = ("logo@3x.png", "logo@2x.png", "logo.png", "icon@3x.png", "icon@2x.png", "icon.png")


def read_pkpass(entries: Archive, language: str = LANGUAGES[0]) -> Imported:
    """One pass, or several; its words in `language` if it has them. Raises FileRefused when it is
    neither."""
    found = Imported("pkpass")
    if "pass.json" in entries:
        _take(entries, language, 0, found)
        return found
    passes = [name for name in entries if name.endswith(".pkpass")]
    if not passes:
        raise FileRefused("unknown_format", "no pass.json in the archive")
    for number, name in enumerate(passes, 1):
        try:
            nested = read_archive(entries[name], budget=entries.budget)
            _take(nested, language, number, found)
        except FileRefused as wrong:
            if wrong.code == "too_large":
                raise
            problem = RowProblem(number, Why.UNREADABLE, name=name[-LONGEST_VALUE:])
            found.problems.append(problem)
    return found


def _take(entries: Mapping[str, bytes], language: str, number: int, found: Imported) -> None:
    """Raises FileRefused."""
    lenient = Lenient()
    try:
        card = _card(entries, language, lenient)
    except RowRefused as refused:
        raise FileRefused("broken", str(refused)) from refused
    found.cards.append(card)
    found.notes += lenient.notes(number, card.name)


def _card(entries: Mapping[str, bytes], language: str, lenient: Lenient) -> ExchangeCard:
    """Fields that the documentation calls required may be missing. Raises FileRefused."""
    given = _pass_json(entries)
    said = _translated_by(_strings(entries, language))
    name, shown = _name(given, said), _number_and_barcode(given)
    balance, currency = balance_of(given, said)
    return lenient.card(
        **shown,
        name=name,
        note=note_of(given, said),
        valid_from=lenient.take("valid_from", _relevant(given), _moment, None),
        expires=lenient.take("expires", given.get("expirationDate"), _moment, None),
        balance=balance,
        balance_type=currency,
        color=values.color_of_css(str(given.get("backgroundColor") or "")),
        archived=given.get("voided") is True,
        icon=next(filter(None, (entries.get(name) for name in _LOGOS)), None),
    )


def _translated_by(words: Mapping[str, str]) -> Said:
    """What a value of the pass says to its reader; nothing for a null."""

    def said(value: Any) -> str:
        text = "" if value is None else str(value).strip()
        return words.get(text, text)

    return said


def _name(given: dict[str, Any], said: Said) -> str:
    """Raises FileRefused."""
    name = next(filter(None, (said(given.get(key)) for key in _NAMES)), "")
    if not name:
        raise FileRefused("broken", "the pass names no organisation")
    return name


def _number_and_barcode(given: dict[str, Any]) -> dict[str, Any]:
    """These fields of an ExchangeCard. Raises FileRefused."""
    shown = _barcode(given)
    message = str(shown.get("message") or "").strip()
    number = _printed(str(shown.get("altText") or "").strip(), message, given)
    symbology = symbologies.PKPASS.get(str(shown.get("format") or ""), "") if message else ""
    barcode = symbologies.drawn(symbology, message or number)
    return {
        "number": number,
        "barcode_value": barcode.value,
        "barcode_format": barcode.format,
        "symbology": symbology,
        "encoding": str(shown.get("messageEncoding") or ""),
    }


def _printed(written: str, message: str, given: dict[str, Any]) -> str:
    """What the cashier can type: the text below the barcode, a short message, the serial number.
    Raises FileRefused when there is none of them."""
    serial = str(given.get("serialNumber") or "").strip()
    number = next(
        filter(None, (t for t in (written, message) if len(t) <= bounds.LONGEST_NUMBER)), ""
    )
    number = number or serial or written or message
    if not number:
        raise FileRefused("broken", "the pass has neither a barcode nor a number")
    return number


def _relevant(given: dict[str, Any]) -> Any:
    """When the pass comes up by itself: the older single date, or the first of several."""
    several = given.get("relevantDates")
    first = several[0] if isinstance(several, list) and several else None
    listed = first.get("date") or first.get("startDate") if isinstance(first, dict) else None
    return given.get("relevantDate") or listed


def _pass_json(entries: Mapping[str, bytes]) -> dict[str, Any]:
    try:
        given = loads(entries["pass.json"].removeprefix(b"\xef\xbb\xbf"))
    except (KeyError, orjson.JSONDecodeError) as wrong:
        raise FileRefused("broken", "pass.json is missing or damaged") from wrong
    if not isinstance(given, dict):
        raise FileRefused("broken", "pass.json is not an object")
    return given


def _barcode(given: dict[str, Any]) -> dict[str, Any]:
    """The first of `barcodes`, or the older `barcode`; empty when there is none."""
    several = given.get("barcodes")
    first = several[0] if isinstance(several, list) and several else given.get("barcode")
    return first if isinstance(first, dict) else {}


def _strings(entries: Mapping[str, bytes], language: str) -> dict[str, str]:
    """The translations: `language` before Russian before English before any other."""
    order = (language, *LANGUAGES)
    files = sorted(
        (name for name in entries if name.endswith(".lproj/pass.strings")),
        key=lambda name: order.index(name[:2]) if name[:2] in order else len(order),
        reverse=True,
    )
    found: dict[str, str] = {}
    for name in files:
        found |= read_strings(entries[name])
    return found


def _moment(text: Any) -> datetime | None:
    """Without an offset: what the clock shows at the owner's. Raises ValueError."""
    found = datetime.fromisoformat(str(text)) if text else None
    return found.astimezone(UTC) if found is not None and found.tzinfo is not None else found
