"""A receipt for the person: what was agreed with one controller, with the full texts.

The fields follow ISO/IEC TS 27560:2023 and the Kantara Consent Receipt 1.1 in their sense (who,
to whom, for what, in which words, when, how, how to take it back); neither names a place in a
chain, which is added.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import orjson

from backend.consents.chain import head_of
from backend.consents.history import HistoryEntry, history
from backend.consents.standing_answers import standing_answers
from backend.platform.words import Words, spoken
from catalog.scope import brands_of
from models.account import Account

SCHEMA = "karman-consent-receipt/1"
LOCALES = Path(__file__).parent / "locales"


@cache
def receipt_words() -> Words:
    return Words(LOCALES)


@dataclass(frozen=True, slots=True)
class Receipt:
    """`values` is the JSON document; `said` the records that it was made of, oldest first."""

    account: Account
    language: str
    values: dict[str, Any]
    said: list[HistoryEntry]

    @property
    def json(self) -> bytes:
        return orjson.dumps(self.values, option=orjson.OPT_INDENT_2) + b"\n"


async def make_receipt(
    customer_id: int, account_id: int, language: str, now: datetime
) -> Receipt | None:
    """None when nothing was ever recorded."""
    said = await history(customer_id, account_id)
    if not said:
        return None
    # of all: the controller of the person's records
    account = await Account.get(id=account_id)
    names = {b.id: spoken(b, "name", language) for b in await brands_of(account_id)}
    stands = {each.document_id for each in await standing_answers(customer_id) if each.granted}
    head = await head_of(account_id)
    values = {
        "schema": SCHEMA,
        "receipt_id": f"{account.key}-{customer_id}-{said[-1].record_id}",
        "issued_at": now.isoformat(),
        "language": language,
        "data_subject": {"customer_id": customer_id},
        "controller": controller_of(account, language),
        "how_to_withdraw": {
            "bot": receipt_words().text(language, "receipt-withdraw-bot"),
            "email": account.privacy_email,
        },
        "records": [_record(each, names, stands) for each in said],
        "chain_head": {"seq": head.seq, "hash": head.hash} if head.seq else None,
    }
    return Receipt(account, language, values, said)


def controller_of(account: Account, language: str) -> dict[str, str]:
    return {
        "name": spoken(account, "legal_name", language),
        "address": spoken(account, "address", language),
        "inn": account.inn,
        "ogrn": account.ogrn,
        "email": account.privacy_email,
    }


def _record(said: HistoryEntry, names: dict[int, str], stands: set[int]) -> dict[str, Any]:
    return {
        "record_id": said.record_id,
        "purpose": said.purpose,
        "answer": said.action,
        "at": said.at.isoformat(),
        "how": said.how,
        "by": said.by,
        "brands": [names.get(brand_id, str(brand_id)) for brand_id in said.brand_ids],
        "channels": said.channels,
        "stands_now": said.action == "granted" and said.document_id in stands,
        "document": {
            "title": said.title,
            "language": said.language,
            "version": said.version,
            "effective_from": said.effective_from.isoformat(),
            "sha256": said.document_sha256,
            "text": said.text,
        },
        "record_sha256": said.sha256,
        "chain": {"seq": said.seq, "prev_hash": said.prev_hash, "hash": said.hash}
        if said.seq is not None
        else None,
    }
