"""The receipt of a deletion: a page for reading that holds nothing about the person."""

from dataclasses import asdict
from datetime import datetime, tzinfo

from backend.customers.my_data.delete_data import Deletion
from backend.customers.my_data.export_page import page, table, word
from catalog.days import full_moment

_COUNTED = ("contacts", "applications", "messages", "other")
_KEPT = ("records", "evidence", "numbers", "brands")


def deletion_receipt(done: Deletion, language: str, zone: tzinfo) -> str:
    counts = asdict(done)
    moment = full_moment(zone, datetime.fromisoformat(done.at))

    def said(name: str) -> str:
        return word(language, f"receipt-{name.replace('_', '-')}")

    head = [(said("customer"), str(done.customer_id)), (said("at"), moment)]
    earlier = ("removed_before",) if done.removed_before else ()
    gone = [(said(name), str(counts[name])) for name in (*_COUNTED, "cards", *earlier, "withdrawn")]
    kept = "".join(f"<li>{said(f'kept-{name}')}</li>" for name in _KEPT)
    return page(
        language,
        said("title"),
        f"<p>{said('lead')}</p>{table(head)}"
        f"<h2>{said('deleted')}</h2>"
        f"<ul><li>{said('deleted-profile')}</li><li>{said('deleted-key')}</li></ul>{table(gone)}"
        f"<h2>{said('kept')}</h2><ul>{kept}</ul>",
    )
