"""A wallet that was filled before cards were told apart by their names."""

import pytest

from backend.cards.exchange.import_cards import import_cards
from backend.exchange.read import read_export
from backend.platform.context import Context
from backend.platform.database import connect, disconnect
from backend.platform.migrate import migrate
from models.card import Card
from models.customer import Customer
from tests.support.database.filling import Database

BEFORE = "0015_pools"
TABLE = "name,number,barcode_format\nАптека,79161234567,code128\nЛента,79161234567,code128\n"


async def fill(database: Database, ctx: Context) -> None:
    """One person with one external card, «Аптека»; the rows are an earlier version's."""
    await database.fill(1)
    data_key = ctx.vault.new_data_key()
    own = {"name": "Аптека", "groups": [], "symbology": "CODE_128"}
    sealed = ctx.vault.seal_json(data_key, own, "wallet.own")

    def blob(value: bytes) -> str:
        return f"x'{value.hex()}'" if database.lite else f"'\\x{value.hex()}'"

    await database.ask(
        [
            f"UPDATE customers SET data_key = {blob(data_key)}, city_id = NULL WHERE id = 2",
            "UPDATE cards SET program_id = NULL, brand_id = NULL, offer_id = NULL,"
            " origin = 'external', status = 'active', barcode_format = 'code128', source = '',"
            " printed_number = '79161234567', barcode_value = '79161234567', removed_at = NULL"
            " WHERE id = 2",
            f"UPDATE wallet_entries SET own = {blob(sealed)}, undrawn = '' WHERE id = 2",
            "SELECT 1",
        ]
    )
    if not database.lite:  # the rows came with their ids; the next one is above them
        for table in ("cards", "wallet_entries"):
            await database.ask([f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), 100)"])


@pytest.mark.slow
@pytest.mark.sample("postgres")
async def test_the_same_file_brings_only_the_shop_that_was_dropped(
    blank_database_url: str, ctx: Context
) -> None:
    database = Database(blank_database_url)
    await migrate(blank_database_url, last=BEFORE)
    await fill(database, ctx)
    await migrate(blank_database_url)
    await connect(blank_database_url)
    try:
        assert await Card.filter(identity__isnull=False).count() == 0
        anna = await Customer.get(id=2)
        report = await import_cards(ctx, anna, read_export(TABLE.encode()))
        assert (report.added, report.standing) == (1, ["Аптека"])
        again = await import_cards(ctx, anna, read_export(TABLE.encode()))
        assert (again.added, again.standing) == (0, ["Аптека", "Лента"])
        assert await Card.filter(customer_id=2, identity__isnull=False).count() == 2
    finally:
        await disconnect()
