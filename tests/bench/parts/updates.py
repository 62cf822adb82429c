"""Cards of one program in as many phones, and what a change of its design costs."""

import os
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import psutil

from backend.passes.apple.clients import AppleClients
from backend.passes.apple.dev_chain import TYPE
from backend.platform.context import Context
from backend.platform.database import connect, disconnect, transaction
from backend.platform.migrate import migrate
from backend.platform.secrets.master_key import MasterKeys
from backend.platform.secrets.open_vault import open_vault
from backend.wallets.apple.devices import register
from backend.wallets.apple.latest import handed
from backend.wallets.apple.telling import AppleTelling
from backend.wallets.behind import passes_behind, settle_programs
from backend.wallets.give_pass import give_pass
from backend.wallets.token import pass_token
from models.barcode_format import BarcodeFormat
from models.brand import Brand
from models.card import Card, CardOrigin
from models.card_design import CardDesign
from models.customer import Customer
from models.program import Program
from models.wallet_pass import WalletDevice, WalletKind, WalletPass, WalletRegistration
from tests.bench.harness import Report
from tests.support.contexts import context
from tests.support.edge.apns import apns_server
from tests.support.factory.brands import shop
from tests.wallets.apple.served import settings

DEVICE = "a-phone"
LIST = f"/wallet/apple/v1/devices/{DEVICE}/registrations/{TYPE}"
CARD = f"/wallet/apple/v1/passes/{TYPE}"
BATCH = 500


async def opened(url: str, key: bytes) -> Context:
    await migrate(url)
    await connect(url)
    return context(await open_vault(MasterKeys(key), datetime.now(UTC)))


async def measured(report: Report, folder: Path, cards: int) -> None:
    ctx = await opened(f"sqlite://{folder / 'updates.db'}", os.urandom(32))
    try:
        program = await _fill(ctx, cards)
        await _changed(report, ctx, program, cards)
    finally:
        await disconnect()


async def _changed(report: Report, ctx: Context, program: Program, cards: int) -> None:
    process = psutil.Process()
    before, began = process.memory_info().rss, time.perf_counter()
    async with transaction():
        design = {"primary": "#112233", "secondary": "#445566"}
        await CardDesign.create(program=program, number=1, design=design, made_at=ctx.clock())
        await passes_behind(program.id)
    while await settle_programs(ctx):
        pass
    settled = time.perf_counter() - began
    async with apns_server(TYPE) as apns:
        apns.tokens = {f"{number:064x}": _nothing for number in range(cards)}
        clients = AppleClients(settings(apns_url=f"http://127.0.0.1:{apns.port}"), ctx.clock)
        tells, began = AppleTelling(ctx, clients), time.perf_counter()
        while (await tells.step())[0]:
            pass
        told = time.perf_counter() - began
        await clients.close()
    # of all: the bench's own
    assert not [row for row in await WalletPass.all() if row.version > row.told]
    report.add(f"{cards} cards looked at anew", settled, "s")
    report.add(f"{cards} phones told, APNs beside", told, "s")
    report.add("requests to APNs", sum(apns.pushes.values()), "", against="limit one each",
               theirs=cards, aim=1.0, aim_is="at most")  # fmt: skip
    report.add("connections to APNs", apns.connections, "")
    report.add("memory that it took", (process.memory_info().rss - before) / 2**20, "MB")


async def _nothing() -> None:
    pass


async def _fill(ctx: Context, cards: int) -> Program:
    _, program, _ = await shop()
    for start in range(0, cards, BATCH):
        await _add(ctx, program, range(start, min(start + BATCH, cards)))
    return program


async def _add(ctx: Context, program: Program, numbers: Sequence[int]) -> None:
    now = ctx.clock()
    async with transaction():
        ids = [number + 1 for number in numbers]
        await Customer.bulk_create(
            Customer(id=i, language="ru", data_key=ctx.vault.new_data_key(), created_at=now)
            for i in ids
        )
        await Card.bulk_create(_card(i, program, now) for i in ids)
        await WalletPass.bulk_create(
            WalletPass(
                id=i, card_id=i, wallet=WalletKind.APPLE, serial=f"serial{i}", issuer=TYPE,
                version=i, told=i, fetched=i, made_at=now, changed_at=now, installed_at=now,
            )
            for i in ids
        )  # fmt: skip
        await WalletDevice.bulk_create(
            WalletDevice(
                id=i, name=f"{i:064x}", changed_at=now,
                apns_token=ctx.vault.seal_service("wallets", f"{i - 1:064x}".encode()),
            )
            for i in ids
        )  # fmt: skip
        await WalletRegistration.bulk_create(
            WalletRegistration(device_id=i, held_id=i, registered_at=now) for i in ids
        )


def _card(number: int, program: Program, now: datetime) -> Card:
    printed = f"46{number:010d}"
    return Card(
        id=number, customer_id=number, program_id=program.id, printed_number=printed,
        barcode_value=printed, barcode_format=BarcodeFormat.CODE128, origin=CardOrigin.ISSUED,
        balance=Decimal(120), tier="Gold", created_at=now,
    )  # fmt: skip


async def one_phone(url: str, key: bytes) -> tuple[str, str]:
    """Serial and token of a card that it holds."""
    ctx = await opened(url, key)
    try:
        _, program, brand = await shop()
        assert isinstance(brand, Brand)
        await Customer.create(
            id=1, language="ru", data_key=ctx.vault.new_data_key(), created_at=ctx.clock()
        )
        await _card(1, program, ctx.clock()).save(force_create=True)
        held = await give_pass(ctx, await Card.get(id=1), WalletKind.APPLE, TYPE)
        await handed(held)
        await register(ctx, held, DEVICE, "ab" * 32)
        return held.serial, pass_token(ctx.vault, held.serial)
    finally:
        await disconnect()
