"""Walking a controller's chain of a million records: seconds, and memory that stays flat.

The limit is the same rows read in the same pages and hashed by nobody.
"""

import asyncio
import gc
import multiprocessing
import os
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from backend.consents.chain import GENESIS, link_hash
from backend.consents.consent_answer import ConsentAnswer, record_fields
from backend.consents.record import record_rows
from backend.consents.verify import pages_of_links, verify_chain
from backend.platform.database import connect, connection, disconnect, is_postgres
from backend.platform.migrate import migrate
from models.account import Account
from models.consent_document import ConsentDocument, ConsentPurpose
from models.consent_record import ConsentAction
from models.customer import Customer
from tests.bench.harness import Report, say
from tests.bench.parts.bulk import write
from tests.support.clock import START
from tests.support.database import postgres
from tests.support.factory.brands import make_account
from tests.support.machine import servers

NAME = "chain"
RECORDS = int(os.environ.get("BENCH_CHAIN_RECORDS", "1000000"))
AIM_SECONDS = 60.0
AIM_RATE = 100_000.0
MOST_MEGABYTES = 64.0
PEOPLE = 1000
BATCH = 5000

RECORD_COLUMNS = (
    "customer_id", "account_id", "document_id", "action", "brand_ids", "channels", "at", "how",
    "context", "answer_key", "sha256",
)  # fmt: skip
LINK_COLUMNS = ("account_id", "seq", "record_id", "prev_hash", "hash")


def run(report: Report) -> None:
    servers.open_folder()
    try:
        with tempfile.TemporaryDirectory() as folder:
            walked(report, "SQLite", f"sqlite://{folder}/chain.db")
        walked(report, "PostgreSQL", asyncio.run(postgres.create_database("chain", migrated=False)))
    finally:
        servers.close_folder()


def walked(report: Report, engine: str, url: str) -> None:
    """Each walk in a process of its own, so that its peak memory is its own."""
    asyncio.run(_fill(url))
    limit, _ = _alone(_read_only, url)
    seconds, grown = _alone(_verify, url)
    report.add(
        f"{engine}: verify {RECORDS:,} records", RECORDS / seconds, "/s",
        against="limit rows read alone", theirs=RECORDS / limit,
    )  # fmt: skip
    report.add(
        f"{engine}: records verified", RECORDS / seconds, "rec/s",
        against="limit 100,000 a second", theirs=AIM_RATE, aim=1,
    )  # fmt: skip
    report.add(
        f"{engine}: verify, per million", seconds * 1_000_000 / RECORDS, "s",
        against="limit 60 s", theirs=AIM_SECONDS, aim=1, aim_is="at most",
    )  # fmt: skip
    report.add(
        f"{engine}: memory grown while walking", grown, "MB",
        against="limit flat", theirs=MOST_MEGABYTES, aim=1, aim_is="at most",
    )  # fmt: skip


def _alone(work: Callable[[str, Any], None], url: str) -> tuple[float, float]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=work, args=(url, theirs))
    process.start()
    seconds, grown = ours.recv()
    process.join()
    return float(seconds), float(grown)


def _read_only(url: str, answer: Any) -> None:
    async def walk(account_id: int) -> None:
        async for _ in pages_of_links(account_id):
            continue

    _measured(url, answer, walk)


def _verify(url: str, answer: Any) -> None:
    async def walk(account_id: int) -> None:
        verdict = await verify_chain(account_id)
        assert verdict.broken is None
        assert verdict.links == RECORDS

    _measured(url, answer, walk)


def _measured(url: str, answer: Any, walk: Callable[[int], Any]) -> None:
    async def main() -> tuple[float, float]:
        await connect(url)
        account = await Account.get()
        gc.collect()
        before = _start_of_memory()
        began = time.perf_counter()
        await walk(account.id)
        seconds = time.perf_counter() - began
        grown = _kilobytes("VmHWM") - before
        await disconnect()
        return seconds, grown / 1024

    answer.send(asyncio.run(main()))


def _start_of_memory() -> int:
    """Kilobytes now; the peak begins anew."""
    Path("/proc/self/clear_refs").write_text("5")
    return _kilobytes("VmRSS")


def _kilobytes(name: str) -> int:
    """Of this process alone: ru_maxrss would remember the one that started it."""
    status = Path("/proc/self/status").read_text().splitlines()
    return int(next(line.split()[1] for line in status if line.startswith(f"{name}:")))


async def _fill(url: str) -> None:
    """Records as the product writes them, in bulk."""
    began = time.perf_counter()
    await migrate(url)
    await connect(url)
    account = await make_account()
    documents = await ConsentDocument.filter(language="ru", account=account)
    await Customer.bulk_create(
        [Customer(language="ru", created_at=START) for _ in range(PEOPLE)], batch_size=500
    )
    people = [int(str(i)) for i in await Customer.all().order_by("id").values_list("id", flat=True)]
    before = GENESIS
    for first in range(1, RECORDS + 1, BATCH):
        numbers = range(first, min(first + BATCH, RECORDS + 1))
        records = [_record(documents, people, number) for number in numbers]
        links = []
        for number, record in zip(numbers, records, strict=True):
            sealed = link_hash(account.id, number, before, record["sha256"])
            links.append((account.id, number, number, before, sealed))
            before = sealed
        await write("consent_records", RECORD_COLUMNS, [tuple(r) for r in record_rows(records)])
        await write("consent_links", LINK_COLUMNS, links)
    if is_postgres():
        await connection().execute_script("ANALYZE")
    await disconnect()
    say(f"  (made {RECORDS:,} records in {time.perf_counter() - began:.0f} s)")


def _record(documents: list[ConsentDocument], people: list[int], number: int) -> dict[str, Any]:
    document = documents[number % len(documents)]
    advertising = document.purpose is ConsentPurpose.ADVERTISING
    answer = ConsentAnswer(
        document=document,
        action=ConsentAction.GRANTED,
        key=f"bench:{number}",
        how="bot:consent_screen",
        subject_id=document.account_id,
        brand_ids=(1,) if advertising else (),
        channels=("telegram", "email") if advertising else (),
        context={"application": number, "source": "bench"},
    )
    at = START + timedelta(seconds=number)
    return record_fields(answer, people[number % len(people)], at)
