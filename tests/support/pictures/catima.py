"""What Catima accepts, after its documentation. It imports a file in one go: one value that its
phone does not know, and nothing of it comes in."""

import csv
import re
from io import BytesIO, StringIO

import pyzipper

from backend.exchange.currencies import ISO_4217

CARDS = [
    "_id", "store", "note", "validfrom", "expiry", "balance", "balancetype", "cardid", "barcodeid",
    "barcodetype", "barcodeencoding", "headercolor", "starstatus", "lastused", "archive",
]  # fmt: skip
SYMBOLOGIES = {
    "AZTEC", "CODABAR", "CODE_39", "CODE_93", "CODE_128", "DATA_MATRIX", "EAN_8", "EAN_13", "ITF",
    "MAXICODE", "PDF_417", "QR_CODE", "RSS_14", "RSS_EXPANDED", "UPC_A", "UPC_E",
}  # fmt: skip
_WHOLE = re.compile(r"-?\d{1,19}")
_AMOUNT = re.compile(r"-?\d{1,20}(\.\d{1,10})?")


class Refused(AssertionError):
    """Catima would not take the file."""


def accepted(data: bytes, password: str | None = None) -> list[dict[str, str]]:
    """The cards of an export. Raises Refused."""
    with pyzipper.AESZipFile(BytesIO(data)) as archive:
        if password:
            archive.setpassword(password.encode())
        table = archive.read("catima.csv").decode("utf-8")
        names = set(archive.namelist()) - {"catima.csv"}
    version, groups, cards, links = _parts(table)
    _need(version == [["2"]], "version", version)
    _need(groups[0] == ["_id"], "header of groups", groups[0])
    _need(cards[0] == CARDS, "header of cards", cards[0])
    _need(links[0] == ["cardId", "groupId"], "header of links", links[0])
    found = [_card(row) for row in cards[1:]]
    ids = [card["_id"] for card in found]
    known = [row[0] for row in groups[1:]]
    _need(len(set(ids)) == len(ids), "ids", ids)
    _need(all(known) and len(set(known)) == len(known), "groups", known)
    for card_id, group in links[1:]:
        _need(card_id in ids and group in known, "link", (card_id, group))
    allowed = {f"card_{n}_{side}.png" for n in ids for side in ("front", "back", "icon")}
    _need(names <= allowed, "pictures", names - allowed)
    return found


def _parts(table: str) -> list[list[list[str]]]:
    """Parted by empty lines; one within quotes is no border."""
    parts: list[list[list[str]]] = [[]]
    for row in csv.reader(StringIO(table, newline=""), strict=True):
        if row:
            parts[-1].append(row)
        else:
            parts.append([])
    _need(len(parts) == 4, "parts", len(parts))
    return parts


def _card(row: list[str]) -> dict[str, str]:
    _need(len(row) == len(CARDS), "values", row)
    card = dict(zip(CARDS, row, strict=True))
    check_values(card)
    _need(_is(_WHOLE, card["_id"], 31), "_id", card["_id"])
    for flag in ("starstatus", "archive"):
        _need(card[flag] in {"0", "1"}, flag, card[flag])
    _need(_is(_WHOLE, card["lastused"], 63), "lastused", card["lastused"])
    return card


def check_values(card: dict[str, str]) -> None:
    """What a sharing link has, too; there all but name, note and number may be missing."""
    for needed in ("store", "cardid"):
        _need(card[needed] != "", needed, card[needed])
    for moment in ("validfrom", "expiry"):
        given = card.get(moment, "")
        _need(given == "" or _is(_WHOLE, given, 63), moment, given)
    given = card.get("headercolor", "")
    _need(given == "" or _is(_WHOLE, given, 31), "headercolor", given)
    _need(bool(_AMOUNT.fullmatch(card.get("balance", "0"))), "balance", card.get("balance"))
    for column, words in (
        ("balancetype", ISO_4217),
        ("barcodetype", SYMBOLOGIES),
        ("barcodeencoding", {"UTF-8", "ISO-8859-1"}),
    ):
        _need(card.get(column, "") in {"", *words}, column, card.get(column))
    charset = card.get("barcodeencoding") or "ISO-8859-1"
    barcode = card.get("barcodeid") or card["cardid"]
    drawn = barcode.encode(charset, "replace").decode(charset)
    _need(drawn == barcode, "barcodeencoding", (charset, barcode))


def _is(pattern: re.Pattern[str], text: str, bits: int) -> bool:
    return bool(pattern.fullmatch(text)) and -(2**bits) <= int(text) < 2**bits


def _need(held: bool, what: str, given: object) -> None:
    if not held:
        raise Refused(f"{what}: {given!r}")
