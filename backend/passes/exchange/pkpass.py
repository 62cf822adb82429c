"""`.pkpass` and `.pkpasses`: passes of Apple Wallet, as they are found in the wild."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import orjson

from backend.passes.exchange import symbologies, values
from backend.passes.exchange.archive import Archive, read_archive
from backend.passes.exchange.bounds import OutOfBounds
from backend.passes.exchange.shapes import ExchangeCard, FileRefused, Imported, RowProblem
from backend.passes.exchange.strings_file import read_strings

LANGUAGES = ("ru", "en")


def read_pkpass(entries: Archive) -> Imported:
    """One pass, or several. Raises FileRefused when it is neither."""
    found = Imported("pkpass")
    if "pass.json" in entries:
        found.cards.append(_card(entries))
        return found
    passes = [name for name in entries if name.endswith(".pkpass")]
    if not passes:
        raise FileRefused("unknown_format", "no pass.json in the archive")
    for number, name in enumerate(passes, 1):
        try:
            found.cards.append(_card(read_archive(entries[name], budget=entries.budget)))
        except (FileRefused, OutOfBounds) as wrong:
            if isinstance(wrong, FileRefused) and wrong.code == "too_large":
                raise
            found.problems.append(RowProblem(number, str(wrong)))
    return found


def _card(entries: Mapping[str, bytes]) -> ExchangeCard:
    """Fields that the documentation calls required may be missing. Raises FileRefused."""
    given = _pass_json(entries)
    words = _strings(entries)

    def said(key: str) -> str:
        text = str(given.get(key) or "").strip()
        return words.get(text, text)

    name = said("logoText") or said("organizationName") or said("description")
    if not name:
        raise FileRefused("broken", "the pass names no organisation")
    barcode = _barcode(given)
    message = str(barcode.get("message") or "").strip()
    number = str(barcode.get("altText") or "").strip() or message
    number = number or str(given.get("serialNumber") or "").strip()
    if not number:
        raise FileRefused("broken", "the pass has neither a barcode nor a number")
    ours = symbologies.PKPASS.get(str(barcode.get("format") or ""))
    return ExchangeCard(
        name=name,
        number=number,
        barcode_value=message or number,
        barcode_format=symbologies.drawable(ours, message) if message else None,
        symbology=symbologies.TO_CATIMA[ours] if ours else "",
        encoding=str(barcode.get("messageEncoding") or ""),
        expires=_moment(given.get("expirationDate")),
        color=values.color_of_css(str(given.get("backgroundColor") or "")),
        icon=entries.get("logo@2x.png") or entries.get("logo.png") or entries.get("icon.png"),
    )


def _pass_json(entries: Mapping[str, bytes]) -> dict[str, Any]:
    try:
        given = orjson.loads(entries["pass.json"].removeprefix(b"\xef\xbb\xbf"))
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


def _strings(entries: Mapping[str, bytes]) -> dict[str, str]:
    """The translations, Russian before English before any other."""
    files = sorted(
        (name for name in entries if name.endswith(".lproj/pass.strings")),
        key=lambda name: LANGUAGES.index(name[:2]) if name[:2] in LANGUAGES else len(LANGUAGES),
        reverse=True,
    )
    found: dict[str, str] = {}
    for name in files:
        found |= read_strings(entries[name])
    return found


def _moment(text: Any) -> datetime | None:
    """A date that cannot be read is no reason to lose the card."""
    try:
        found = datetime.fromisoformat(str(text)) if text else None
    except ValueError:
        return None
    return None if found is None else found.replace(tzinfo=found.tzinfo or UTC).astimezone(UTC)
