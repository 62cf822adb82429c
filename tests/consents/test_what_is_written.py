"""Every field of the documents that leave the house: receipts, proof packs, links, counts."""

import json
from datetime import UTC, datetime

import pytest

from backend.consents import verify
from backend.consents.chain import extend_chain, head_of
from backend.consents.documents import advertising_in_force, same_in, terms_of
from backend.consents.due import DueCount, count_due
from backend.consents.heads import heads
from backend.consents.proof import prove_customer
from backend.consents.receipt import make_receipt
from backend.messaging.leave_link import LeaveLink, leave_path, read_leave
from backend.platform.context import Context
from models.consent_document import ConsentDocument, ConsentPurpose
from models.consent_record import ConsentLink, ConsentRecord
from tests.consents.test_proof import promo_to, unpacked
from tests.support.clock import StoppedClock
from tests.support.factory.agreeing import agreed
from tests.support.factory.customers import someone
from tests.support.factory.documents import THEN, make_document

pytestmark = pytest.mark.usefixtures("database")


async def test_a_receipt_says_everything(ctx: Context) -> None:
    anna = await agreed(ctx, channels=("sms",))
    await extend_chain(anna.account.id)
    now, who = ctx.clock(), anna.customer.id
    records = await ConsentRecord.all().order_by("id").select_related("document")
    links = {link.record_id: link for link in await ConsentLink.all()}
    receipt = await make_receipt(who, anna.account.id, "ru", now)
    assert receipt is not None
    assert receipt.values["data_subject"] == {"customer_id": who}
    assert receipt.values["receipt_id"] == f"romashka-{who}-{records[-1].id}"
    assert receipt.values["issued_at"] == now.isoformat()
    head = await head_of(anna.account.id)
    assert receipt.values["chain_head"] == {"seq": 3, "hash": head.hash}
    assert receipt.values["how_to_withdraw"]["email"] == anna.account.privacy_email
    assert json.loads(receipt.json) == receipt.values
    last, link = records[-1], links[records[-1].id]
    assert receipt.values["records"][-1] == {
        "record_id": last.id,
        "purpose": "advertising",
        "answer": "granted",
        "at": now.isoformat(),
        "how": last.how,
        "by": receipt.values["records"][-1]["by"],
        "brands": ["Бренд romashka"],
        "channels": ["sms"],
        "stands_now": True,
        "document": {
            "title": last.document.title,
            "language": "ru",
            "version": 1,
            "effective_from": THEN.isoformat(),
            "sha256": last.document.sha256,
            "text": last.document.text,
        },
        "record_sha256": last.sha256,
        "chain": {"seq": link.seq, "prev_hash": link.prev_hash, "hash": link.hash},
    }
    english = await make_receipt(who, anna.account.id, "en", now)
    assert english is not None
    assert english.values["records"][-1]["brands"] == ["Brand romashka"]
    assert english.values["controller"]["name"] == "Romashka LLC"


async def test_a_receipt_before_anything_is_sealed(ctx: Context) -> None:
    anna = await agreed(ctx)
    receipt = await make_receipt(anna.customer.id, anna.account.id, "ru", ctx.clock())
    assert receipt is not None
    assert receipt.values["chain_head"] is None
    assert {record["chain"] for record in receipt.values["records"]} == {None}
    stranger = await someone(ctx)
    assert await make_receipt(stranger.id, anna.account.id, "ru", ctx.clock()) is None


async def test_a_proof_pack_says_everything(ctx: Context) -> None:
    anna = await agreed(ctx, channels=("sms",))
    await extend_chain(anna.account.id)
    delivery = await promo_to(ctx, anna)
    exported = await heads(ctx.clock())
    files = unpacked(await prove_customer(anna.customer.id, exported))
    raw = files["romashka/index.json"]
    index = json.loads(raw)
    assert raw == json.dumps(index, indent=2, sort_keys=True, ensure_ascii=False).encode() + b"\n"
    records = await ConsentRecord.all().order_by("id").select_related("document")
    link = await ConsentLink.get(record_id=records[-1].id)
    last = index["records"][-1]
    assert last == {
        "record_id": records[-1].id,
        "answer": "granted",
        "purpose": "advertising",
        "at": ctx.clock().isoformat(),
        "how": records[-1].how,
        "by": last["by"],
        "brand_ids": [anna.brand.id],
        "channels": ["sms"],
        "document": {
            "file": f"documents/{records[-1].document_id}.txt",
            "language": "ru",
            "version": 1,
            "sha256": records[-1].document.sha256,
            "effective_from": THEN.isoformat(),
        },
        "record_file": f"records/{records[-1].id}.json",
        "record_sha256": records[-1].sha256,
        "seq": link.seq,
        "link_hash": link.hash,
    }
    assert index["exported_heads"] == [
        {"seq": 3, "hash": index["head"]["hash"], "at": ctx.clock().isoformat()}
    ]
    (sent,) = json.loads(files["subject.json"])["deliveries"]
    assert sent == {
        "delivery_id": delivery.id,
        "channel": "telegram",
        "state": "delivered",
        "provider_id": "77",
        "reason": "",
        "attempts": 0,
        "created_at": ctx.clock().isoformat(),
        "changed_at": ctx.clock().isoformat(),
        "message_id": delivery.message_id,
        "purpose": "promo",
        "kind": "promo-push",
        "brand_id": anna.brand.id,
        "text": "Кофе дешевле",
        "label": {"advertiser": "ООО «Ромашка»", "inn": "1", "erid": " · e"},
    }


def test_a_link_under_a_letter_says_who_and_which_brand_and_nothing_forged(ctx: Context) -> None:
    path = leave_path(ctx.vault, LeaveLink(17, 3))
    token = path.removeprefix("/c/")
    assert token.startswith("17-3-")
    assert read_leave(ctx.vault, token) == LeaveLink(17, 3)
    signature = token.rpartition("-")[2]
    for forged in (
        f"18-3-{signature}", f"17-4-{signature}", f"3-17-{signature}", f"17-3-{'0' * 64}",
        token[:-1], f"{token}0", f" {token}", "", "17-3-", f"-17-3-{signature}",
    ):  # fmt: skip
        assert read_leave(ctx.vault, forged) is None, forged


async def test_the_operator_sees_how_many_are_asked_again(
    ctx: Context, clock: StoppedClock
) -> None:
    anna = await agreed(ctx)
    await agreed(ctx, (anna.account, anna.program, anna.brand))
    soon = datetime(2027, 1, 1, tzinfo=UTC)
    await make_document(anna.account, ConsentPurpose.PERSONAL_DATA, version=2, change="wording")
    await make_document(
        anna.account, ConsentPurpose.PROGRAM_TERMS, anna.program, version=2, effective_from=soon
    )
    counted = await count_due()
    assert counted == [
        DueCount("romashka", None, "personal_data", 2, "wording", THEN, 2),
        DueCount("romashka", "romashka-club", "program_terms", 2, "purpose", soon, 2),
    ]
    assert [each.asked for each in counted] == [False, True]


async def test_terms_and_advertising_are_those_in_force_in_the_language(
    ctx: Context, clock: StoppedClock
) -> None:
    anna = await agreed(ctx)
    now = ctx.clock()
    soon = clock.advance(days=1)
    for version, since in ((2, THEN), (3, soon)):
        await make_document(
            anna.account, ConsentPurpose.PROGRAM_TERMS, anna.program, version=version,
            effective_from=since,
        )  # fmt: skip
        await make_document(
            anna.account, ConsentPurpose.ADVERTISING, version=version, effective_from=since
        )
    for language in ("ru", "en"):
        terms = await terms_of(anna.program, language, now)
        assert terms is not None
        assert (terms.version, terms.language) == (2, language)
        later = await terms_of(anna.program, language, soon)
        assert later is not None
        assert later.version == 3

    ads = {
        (doc.version, doc.language): doc
        for doc in await ConsentDocument.filter(purpose=ConsentPurpose.ADVERTISING)
    }
    for shown in ("ru", "en"):
        found = await advertising_in_force(ads[2, shown].id, "ru", now)
        assert found is not None
        assert found.id == ads[2, "ru"].id, "any language of the version in force will do"
        assert await advertising_in_force(ads[1, shown].id, "ru", now) is None
        assert await advertising_in_force(ads[3, shown].id, "ru", now) is None
    personal = await ConsentDocument.get(purpose=ConsentPurpose.PERSONAL_DATA, language="ru")
    assert await advertising_in_force(personal.id, "ru", now) is None
    assert await advertising_in_force(404_404, "ru", now) is None
    assert (await same_in(ads[2, "ru"], "en")).id == ads[2, "en"].id
    assert (await same_in(ads[2, "ru"], "ru")).id == ads[2, "ru"].id
    assert (await same_in(ads[2, "ru"], "kk")).id == ads[2, "ru"].id, "there is none"


async def test_a_long_chain_is_walked_page_by_page(
    ctx: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = await agreed(ctx)
    for _ in range(2):
        await agreed(ctx, (anna.account, anna.program, anna.brand))
    await extend_chain(anna.account.id)
    for page in (1, 2, 3, 9):
        monkeypatch.setattr(verify, "PAGE", page)
        pages = verify.pages_of_links(anna.account.id)
        found = [row[0] async for page in pages for row in page]
        assert found == [*range(1, 10)]
