"""A proof pack: that one person agreed, or that one delivered message was allowed.

One ZIP, the same bytes for the same state of the database: who (a number, no name and no
contact), when, which text in full, which record, its place in the chain and every link from there
to the head, and what was sent. README.md inside says how to check it with sha256sum alone.
"""

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from typing import Any

import orjson

from backend.consents.chain import head_of
from backend.consents.consent_answer import record_canonical
from backend.consents.heads import ExportedHead
from backend.consents.history import HistoryEntry, controllers_of, history
from backend.consents.proof_readme import README
from backend.consents.receipt import controller_of
from backend.consents.zipped import zip_pieces, zipped
from backend.platform.database import rows
from backend.platform.dialect import iso, parsed
from models.account import Account

PAGE = 5000


class NothingToProve(LookupError):
    """The text says why."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom and what the pack is about: a person, or one delivery to them."""

    customer_id: int
    account_ids: list[int]
    delivery_id: int | None = None
    # Of other accounts' messages nothing is told.
    alone: bool = False


async def prove_customer(customer_id: int, exported: Iterable[ExportedHead] = ()) -> bytes:
    """Everything with every controller. Raises NothingToProve."""
    accounts = await controllers_of(customer_id)
    if not accounts:
        raise NothingToProve(f"customer {customer_id} has no consent records")
    return await _pack(Subject(customer_id, accounts), list(exported))


async def prove_to_account(customer_id: int, account_id: int) -> AsyncIterator[bytes]:
    """The same for one controller, of what stands between it and the person, piece by piece:
    its chain may be long."""
    subject = Subject(customer_id, [account_id], alone=True)
    async for piece in zip_pieces(_files(subject)):
        yield piece


async def _files(subject: Subject) -> AsyncIterator[tuple[str, bytes]]:
    (account_id,) = subject.account_ids
    yield "README.md", README.encode()
    # of all: the account that asks
    account = await Account.get(id=account_id)
    said = await history(subject.customer_id, account_id)
    for name, content in sorted((await _of_controller(account, subject, said, [])).items()):
        yield name, content
    async for page in _links(account_id, _first(said)):
        yield f"{account.key}/chain.txt", page
    yield "subject.json", await _subject(subject)


# of all: the operator proves a delivery
_OF_DELIVERY = """
SELECT m.customer_id, p.account_id FROM deliveries d JOIN messages m ON m.id = d.message_id
LEFT JOIN brands b ON b.id = m.brand_id LEFT JOIN programs p ON p.id = b.program_id
WHERE d.id = $1
"""


async def prove_delivery(delivery_id: int, exported: Iterable[ExportedHead] = ()) -> bytes:
    """What stood between the person and the brand's controller. Raises NothingToProve."""
    found = await rows(_OF_DELIVERY, [delivery_id])
    if not found:
        raise NothingToProve(f"there is no delivery {delivery_id}")
    if found[0]["account_id"] is None:
        raise NothingToProve(f"delivery {delivery_id} belongs to no brand")
    subject = Subject(found[0]["customer_id"], [found[0]["account_id"]], delivery_id)
    if not await history(subject.customer_id, subject.account_ids[0]):
        raise NothingToProve(f"delivery {delivery_id} has no consent records behind it")
    return await _pack(subject, list(exported))


async def _pack(subject: Subject, exported: list[ExportedHead]) -> bytes:
    files: dict[str, bytes] = {"README.md": README.encode()}
    for account_id in subject.account_ids:
        # of all: the controller behind the delivery
        account = await Account.get(id=account_id)
        said = await history(subject.customer_id, account_id)
        files |= await _of_controller(account, subject, said, exported)
        if _first(said) is not None:
            links = [page async for page in _links(account_id, _first(said))]
            files[f"{account.key}/chain.txt"] = b"".join(links)
    files["subject.json"] = await _subject(subject)
    return zipped(files)


def _first(said: list[HistoryEntry]) -> int | None:
    return min((each.seq for each in said if each.seq is not None), default=None)


async def _subject(subject: Subject) -> bytes:
    return _json(
        {
            "customer_id": subject.customer_id,
            "delivery_id": subject.delivery_id,
            "deliveries": await _deliveries(subject),
        }
    )


async def _of_controller(
    account: Account, subject: Subject, said: list[HistoryEntry], exported: list[ExportedHead]
) -> dict[str, bytes]:
    """All but the links of the chain."""
    files: dict[str, bytes] = {}
    for each in said:
        files[f"{account.key}/documents/{each.document_id}.txt"] = (
            f"{each.title}\n\n{each.text}".encode()
        )
        files[f"{account.key}/records/{each.record_id}.json"] = _hashed(
            account, subject.customer_id, each
        )
    known = sorted((h for h in exported if h.account == account.key), key=lambda h: h.seq)
    head = await head_of(account.id)
    files[f"{account.key}/index.json"] = _json(
        {
            "controller": controller_of(account, "ru"),
            "account_id": account.id,
            "head": {"seq": head.seq, "hash": head.hash},
            "exported_heads": [{"seq": h.seq, "hash": h.hash, "at": h.at} for h in known],
            "records": [_entry(each) for each in said],
        }
    )
    return files


def _hashed(account: Account, customer_id: int, said: HistoryEntry) -> bytes:
    """The very bytes whose SHA-256 is the record's."""
    fields = {
        "customer_id": customer_id,
        "account_id": account.id,
        "document_id": said.document_id,
        "action": said.action,
        "brand_ids": said.brand_ids,
        "channels": said.channels,
        "at": said.at.isoformat(),
        "how": said.how,
        "context": said.context,
        "answer_key": said.answer_key,
    }
    return record_canonical(fields, said.document_sha256)


def _entry(said: HistoryEntry) -> dict[str, Any]:
    return {
        "record_id": said.record_id,
        "answer": said.action,
        "purpose": said.purpose,
        "at": said.at.isoformat(),
        "how": said.how,
        "by": said.by,
        "brand_ids": said.brand_ids,
        "channels": said.channels,
        "document": {
            "file": f"documents/{said.document_id}.txt",
            "language": said.language,
            "version": said.version,
            "sha256": said.document_sha256,
            "effective_from": said.effective_from.isoformat(),
        },
        "record_file": f"records/{said.record_id}.json",
        "record_sha256": said.sha256,
        "seq": said.seq,
        "link_hash": said.hash,
    }


_LINKS = """
SELECT l.seq, l.prev_hash, r.sha256, l.hash FROM consent_links l
JOIN consent_records r ON r.id = l.record_id
WHERE l.account_id = $1 AND l.seq >= $2 ORDER BY l.seq LIMIT $3
"""


async def _links(account_id: int, first: int | None) -> AsyncIterator[bytes]:
    """One line a link, from the person's first record to the head: what is hashed, a tab, the
    hash. Other people appear as hashes only."""
    while first is not None:
        page = await rows(_LINKS, [account_id, first, PAGE])
        yield "".join(
            f"{account_id}:{row['seq']}:{row['prev_hash']}:{row['sha256']}\t{row['hash']}\n"
            for row in page
        ).encode()
        first = page[-1]["seq"] + 1 if len(page) == PAGE else None


_SENT = """
SELECT d.id AS delivery_id, d.channel, d.state, d.provider_id, d.reason, d.attempts, d.created_at,
    d.changed_at, m.id AS message_id, m.purpose, m.kind, m.data, m.body, m.brand_id
FROM deliveries d JOIN messages m ON m.id = d.message_id
WHERE m.customer_id = $1 {only} ORDER BY d.id
"""
_OF_THE_ACCOUNT = """
 AND m.brand_id IN (SELECT b.id FROM brands b JOIN programs p ON p.id = b.program_id
    WHERE p.account_id = $2)
"""


async def _deliveries(subject: Subject) -> list[dict[str, Any]]:
    """Of a person: the promo messages. Of a delivery: that one."""
    only, values = "AND m.purpose = 'promo'", [subject.customer_id]
    if subject.delivery_id is not None:
        only = "AND d.id = $2"
        values.append(subject.delivery_id)
    if subject.alone:
        only += _OF_THE_ACCOUNT
        values.append(subject.account_ids[0])
    sent = []
    for row in await rows(_SENT.format(only=only), values):
        data = parsed(row["data"])
        sent.append(
            {
                **{name: row[name] for name in row if name not in {"data", "body"}},
                "created_at": iso(row["created_at"]),
                "changed_at": iso(row["changed_at"]),
                "text": row["body"] or data.get("text", ""),
                "label": {name: data.get(name, "") for name in ("advertiser", "inn", "erid")},
            }
        )
    return sent


def _json(value: Any) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS) + b"\n"
