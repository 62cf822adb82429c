"""The one way in: bytes of some wallet's export to cards. Files that people send are read in a
worker process (backend/reading/reader.py)."""

from backend.exchange.archive import is_zip, read_archive
from backend.exchange.bounds import OutOfBounds
from backend.exchange.catima_csv import is_catima_csv, read_catima_csv
from backend.exchange.catima_link import LONGEST as LONGEST_LINK
from backend.exchange.catima_link import is_catima_link, read_catima_link
from backend.exchange.catima_zip import CSV_NAME as CATIMA_NAME
from backend.exchange.catima_zip import read_catima_zip
from backend.exchange.fidme import CSV_NAME as FIDME_NAME
from backend.exchange.fidme import read_fidme
from backend.exchange.karman_json import is_karman_json, read_karman_json
from backend.exchange.pkpass import read_pkpass
from backend.exchange.plain_csv import read_plain_csv
from backend.exchange.shapes import FileRefused, Imported
from backend.exchange.text import text_of
from backend.exchange.voucher_vault import is_voucher_vault, read_voucher_vault

LARGEST = 20 * 1024 * 1024


def read_export(data: bytes, password: str | None = None, language: str = "ru") -> Imported:
    """Cards of a Catima export (ZIP or CSV) or link, FidMe, Voucher Vault, a pass or several,
    Karman's own JSON or a plain CSV. The content decides, not the name. A pass speaks
    `language` if it can. Raises FileRefused."""
    if not data:
        raise FileRefused("empty", "the file is empty")
    if len(data) > LARGEST:
        raise FileRefused("too_large", "the file is larger than 20 MB")
    try:
        return _archive(data, password, language) if is_zip(data) else _bare(data)
    except OutOfBounds as wrong:
        raise FileRefused("broken", str(wrong)) from wrong


def _bare(data: bytes) -> Imported:
    if is_voucher_vault(data):
        return read_voucher_vault(data)
    if is_karman_json(data):
        return read_karman_json(data)
    text = text_of(data)
    if len(text) <= LONGEST_LINK and is_catima_link(text):
        return read_catima_link(text)
    return read_catima_csv(text) if is_catima_csv(text) else read_plain_csv(text)


def _archive(data: bytes, password: str | None, language: str) -> Imported:
    entries = read_archive(data, password)
    if CATIMA_NAME in entries:
        return read_catima_zip(entries)
    if FIDME_NAME in entries:
        return read_fidme(entries)
    return read_pkpass(entries, language)
