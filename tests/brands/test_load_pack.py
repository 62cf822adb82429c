"""A pack is what its single changes are, in one go: whole, and again without harm."""

import re
from pathlib import Path

import pytest

from backend.brands.load_pack import load_pack
from backend.brands.put import Saved
from backend.brands.save_brand import save_brand
from backend.brands.save_offer import save_offer
from backend.brands.save_program import save_program
from backend.brands.save_store import save_store
from backend.platform.context import Context
from catalog.pack.problems import PackRefused
from catalog.pack.read import read_pack
from catalog.tenant import Scope
from models.account import Account
from models.consent_document import ConsentDocument
from models.offer import Offer, OfferStatus
from models.pool_number import PoolNumber
from models.program import PoolLevel, Program
from models.store import Store
from tests.support.database.counting import statements

pytestmark = pytest.mark.usefixtures("database")
HOME = "accounts/lavka"
BRAND = f"{HOME}/brands/lavka"


def change(pack: Path, file: str, old: str, new: str) -> None:
    path = pack / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


# One that locks rows says UPDATE at its end.
WRITES = re.compile(r"(INSERT INTO|(?<!FOR )UPDATE|DELETE FROM) \"?(\w+)")


async def test_the_same_pack_again_writes_nothing(ctx: Context, pack: Path) -> None:
    first = await load_pack(ctx, pack)
    assert (first["brands"], first["offers"], first["stores"]) == (1, 1, 2)
    assert (first["numbers"], first["new_numbers"]) == (3, 3)
    async with statements() as made:
        second = await load_pack(ctx, pack)
    assert second["new_numbers"] == 0
    written = [found.groups() for sql in made if (found := WRITES.search(sql))]
    # The numbers are offered anew and their level counted anew; stores that are gone, and none is,
    # are closed.
    assert written == [
        ("INSERT INTO", "pool_numbers"),
        ("UPDATE", "programs"),
        ("DELETE FROM", "stores"),
    ]
    assert await PoolNumber.all().count() == 3


async def test_one_change_by_hand_and_the_pack_agree(ctx: Context, pack: Path) -> None:
    await load_pack(ctx, pack)
    (account,) = read_pack(pack).accounts
    (program,), (brand,) = account.programs, account.brands
    mine = Scope.of([(await Account.get()).id])
    assert await save_program(ctx, mine, "lavka", program.key, program.entry) is Saved.SAME
    assert await save_brand(ctx, mine, brand.key, brand.entry) is Saved.SAME
    (offer,) = brand.offers
    assert await save_offer(ctx, mine, brand.key, "welcome", offer.entry) is Saved.SAME
    for store in brand.stores:
        assert await save_store(ctx, mine, brand.key, store) is Saved.SAME
    assert (await Program.get()).pool_level is PoolLevel.LOW


async def test_what_the_pack_no_longer_has_leaves_the_shelf(ctx: Context, pack: Path) -> None:
    await load_pack(ctx, pack)
    (pack / BRAND / "offers/welcome.yaml").rename(pack / BRAND / "offers/spring.yaml")
    change(pack, f"{BRAND}/stores.csv", "kazan-2", "kazan-3")
    await load_pack(ctx, pack)
    statuses = dict(await Offer.all().values_list("key", "status"))
    assert statuses == {
        "lavka-welcome": OfferStatus.ARCHIVED,
        "lavka-spring": OfferStatus.PUBLISHED,
    }
    assert {row.key for row in await Store.all()} == {"kazan-1", "kazan-3"}


async def test_a_text_that_was_loaded_is_not_changed_and_nothing_else_is(
    ctx: Context, pack: Path
) -> None:
    await load_pack(ctx, pack)
    before = await ConsentDocument.all().order_by("id").values("sha256", "version")
    change(pack, f"{HOME}/account.yaml", "Europe/Moscow", "Asia/Omsk")
    for language in ("ru", "en"):
        change(pack, f"{HOME}/programs/lavka-card/terms.{language}.md", "14", "15")
    with pytest.raises(PackRefused) as refused:
        await load_pack(ctx, pack)
    assert str(refused.value) == (
        "accounts/lavka: program_terms version 1 was loaded before with another text;"
        " expected a new version, 2"
    )
    assert (await Account.get()).timezone == "Europe/Moscow"
    assert await ConsentDocument.all().order_by("id").values("sha256", "version") == before
