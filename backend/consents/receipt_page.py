"""The receipt as one page to read and keep: nothing outside of it is needed."""

from datetime import datetime, tzinfo
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from backend.consents.receipt import Receipt, receipt_words
from backend.platform.markdown import markdown_html
from catalog.days import full_moment

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


def receipt_page(receipt: Receipt, zone: tzinfo) -> bytes:
    """HTML in UTF-8, times in the person's time zone, which is named beside them."""

    def t(key: str, **values: Any) -> str:
        return receipt_words().text(receipt.language, key, **values)

    moments = {said.record_id: full_moment(zone, said.at) for said in receipt.said}
    documents = {said.document_id: said for said in receipt.said}
    texts = {id_: markdown_html(said.text, said.title, 4) for id_, said in documents.items()}
    template = _environment().get_template("receipt.html")
    text = template.render(
        t=t,
        lang=receipt.language,
        moments=moments,
        documents=documents,
        texts=texts,
        made=full_moment(zone, datetime.fromisoformat(receipt.values["issued_at"])),
        anchors={said.record_id: said.document_id for said in receipt.said},
        **receipt.values,
    )
    return text.encode()
