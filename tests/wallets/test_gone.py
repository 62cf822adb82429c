"""A card that is its owner's no more: whoever still asks for its pass gets one that is void, with
nothing of anybody on it, or nothing at all."""

import asyncio
import io
import zipfile
from typing import Any

import orjson

from backend.cards.pocket.wallet import remove_card
from backend.customers.my_data.delete_data import delete_data
from backend.platform.context import Context
from backend.reactions import reactions
from backend.wallets.address import file_address
from backend.wallets.settle import settle
from models.card import Card
from models.customer import Customer
from models.wallet_pass import WalletPass
from tests.support.outbox import run_due
from tests.wallets.apple.served import pass_of, site
from tests.wallets.conftest import GiveCard


def said(content: bytes) -> tuple[dict[str, Any], str]:
    """pass.json, and all text that there is in the file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [each for each in archive.namelist() if each.endswith((".json", ".strings"))]
        texts = [archive.read(each) for each in names]
        whole = b" ".join(texts).decode("utf-8", "replace").replace("\0", "")
        return orjson.loads(archive.read("pass.json")), whole


async def test_removed_while_devices_download(ctx: Context, give_card: GiveCard) -> None:
    anna = await give_card(name="Аннушка")
    owner = await Customer.get(id=anna.customer_id)
    held = await pass_of(ctx, anna)
    async with site(ctx) as phone:
        await phone.register(held.serial)

        async def downloads() -> bytes:
            return (await phone.fetch(held.serial))[1]

        many = asyncio.gather(*(downloads() for _ in range(12)))
        files, _ = await asyncio.gather(many, remove_card(ctx, owner, anna.id))
        # Each is whole: of before, or of after.
        for content in files:
            told, text = said(content)
            assert bool(told.get("voided")) != ("Аннушка" in text)
        await run_due(ctx, reactions({}, ctx.clock))
        told, text = said(await downloads())
        assert told["voided"]
        assert "Аннушка" not in text
        assert await phone.changed("0") is not None


async def test_a_deleted_persons_pass_says_nothing(ctx: Context, give_card: GiveCard) -> None:
    anna = await give_card(name="Аннушка")
    held = await pass_of(ctx, anna)
    async with site(ctx) as phone:
        await phone.register(held.serial)
        link = file_address(ctx.vault, "", held.serial)
        assert (await phone.client.get(link)).status == 200
        await delete_data(ctx, anna.customer_id)
        # Before any reaction has run, and after.
        for _ in range(2):
            told, text = said((await phone.fetch(held.serial))[1])
            assert told["voided"]
            for word in ("Аннушка", "Ёлкина", anna.printed_number, "120", "Gold"):
                assert word not in text, word
            await run_due(ctx, reactions({}, ctx.clock))
        assert (await phone.client.get(link)).status == 404
    assert (await WalletPass.get()).voided_at is not None


async def test_settled_by_many_while_it_changes(ctx: Context, give_card: GiveCard) -> None:
    """Whatever the order, what stands last is what is shown last, with the newest version."""
    anna = await give_card()
    held = await pass_of(ctx, anna)

    async def change(n: int) -> None:
        await Card.filter(id=anna.id).update(tier=f"T{n % 3}")
        await settle(ctx, [held.id])

    await asyncio.gather(*(change(n) for n in range(32)))
    row = await WalletPass.get(id=held.id)
    assert await settle(ctx, [held.id]) == 0
    assert row.version > held.version
