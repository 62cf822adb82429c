"""The receipt as one page to read and keep: nothing outside of it is needed."""

from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from backend.consents.receipt import Receipt, receipt_words

_HERE = Path(__file__).parent


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def receipt_page(receipt: Receipt) -> bytes:
    """HTML in UTF-8, times in the controller's time zone."""
    zone = ZoneInfo(receipt.account.timezone)

    def t(key: str, **values: Any) -> str:
        return receipt_words().text(receipt.language, key, **values)

    moments = {
        said.record_id: said.at.astimezone(zone).strftime("%d.%m.%Y %H:%M:%S %Z")
        for said in receipt.said
    }
    documents = {said.document_id: said for said in receipt.said}
    template = _environment().get_template("receipt.html")
    text = template.render(
        t=t,
        lang=receipt.language,
        moments=moments,
        documents=documents,
        anchors={said.record_id: said.document_id for said in receipt.said},
        **receipt.values,
    )
    return text.encode()
