"""The mark beside the database: when it speaks, and when it must not."""

import multiprocessing
from pathlib import Path

import pytest

from backend.platform.context import Context
from backend.platform.mark import FileMark
from backend.platform.secrets.vault import Vault
from backend.restored.ids import AHEAD
from backend.restored.mark_lags import notice_what_is_lost
from backend.restored.settle import SkipUnknown, settle_restored
from backend.restored.unsettled import unsettled
from models.card import Card
from models.restoration import NoticedBy, Restoration
from tests.restored.test_settle import shop_with, with_mark
from tests.support.factory.cards import issued
from tests.support.factory.customers import someone


def advance(given: tuple[FileMark, int]) -> None:
    mark, number = given
    mark.advance(number)


def test_a_mark_only_grows_whoever_writes(tmp_path: Path, vault: Vault) -> None:
    mark = FileMark(tmp_path / "data", vault)
    assert mark.read() == 0
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        pool.map(advance, [(mark, number) for number in (7, 900, 3, 41) * 10])
    assert mark.read() == 900
    assert mark.path.stat().st_mode & 0o777 == 0o600
    mark.advance(0)
    assert mark.read() == 900


@pytest.mark.parametrize("left", [b"", b"0000", b"not a number at all!"])
def test_a_broken_mark_knows_nothing(tmp_path: Path, vault: Vault, left: bytes) -> None:
    mark = FileMark(tmp_path, vault)
    mark.path.write_bytes(left)
    assert mark.read() == 0
    mark.advance(12)
    assert mark.read() == 12


def test_a_folder_that_cannot_be_written_refuses_nobody(tmp_path: Path, vault: Vault) -> None:
    (tmp_path / "data").write_text("a file")
    FileMark(tmp_path / "data", vault).advance(5)


def test_a_new_database_in_the_old_folder_has_a_mark_of_its_own(
    tmp_path: Path, vault: Vault
) -> None:
    FileMark(tmp_path, vault).advance(900)
    other = Vault(vault.masters, {**vault.service, "signing": b"another" * 5})
    assert FileMark(tmp_path, other).read() == 0


async def test_a_card_advances_the_mark_before_anybody_sees_it(
    database: str, ctx: Context, tmp_path: Path
) -> None:
    ctx = with_mark(ctx, tmp_path)
    offer = await shop_with(5)
    assert await notice_what_is_lost(ctx) is None, "a fresh installation is no loss"
    outcome = (await issued(ctx, await someone(ctx, 1), [offer]))[0]
    assert outcome.card is not None
    assert ctx.mark.read() == outcome.card.id
    assert await notice_what_is_lost(ctx) is None
    # A process that died between the commit and the mark: the mark lags, which says nothing.
    await issued(with_mark(ctx, tmp_path / "elsewhere"), await someone(ctx, 2), [offer])
    assert await notice_what_is_lost(ctx) is None
    assert await Restoration.all().count() == 0


async def test_a_mark_that_is_ahead_is_a_loss_once(
    database: str, ctx: Context, tmp_path: Path
) -> None:
    ctx = with_mark(ctx, tmp_path)
    offer = await shop_with(5)
    await issued(ctx, await someone(ctx, 1), [offer])
    newest = (await Card.all().order_by("-id").first() or Card(id=0)).id
    ctx.mark.advance(newest + 3)
    for _ in range(2):
        standing = await notice_what_is_lost(ctx)
        assert standing is not None
        assert (standing.noticed_by, standing.lost) == (NoticedBy.MARK, 3)
    assert await Restoration.all().count() == 1
    assert await unsettled() is not None


async def test_cards_of_a_copy_in_the_same_folder_are_an_alarm_of_unknown_size(
    database: str, ctx: Context, tmp_path: Path
) -> None:
    ctx = with_mark(ctx, tmp_path)
    offer = await shop_with(20)
    await issued(ctx, await someone(ctx, 1), [offer])
    ctx.mark.advance(ctx.mark.read() + AHEAD + 5)
    standing = await notice_what_is_lost(ctx)
    assert standing is not None
    assert standing.lost is None
    with pytest.raises(SkipUnknown):
        await settle_restored(ctx, None, {})
    await settle_restored(ctx, 3, {})
    assert await notice_what_is_lost(ctx) is None


async def test_another_machine_may_know_of_more_that_was_lost(
    database: str, ctx: Context, tmp_path: Path
) -> None:
    here, there = with_mark(ctx, tmp_path / "here"), with_mark(ctx, tmp_path / "there")
    offer = await shop_with(200)
    await issued(here, await someone(ctx, 1), [offer])
    newest = here.mark.read()
    here.mark.advance(newest + 2)
    there.mark.advance(newest + 7)
    await notice_what_is_lost(here)
    await settle_restored(ctx, None, {})
    assert await notice_what_is_lost(here) is None
    standing = await notice_what_is_lost(there)
    assert standing is not None
    assert standing.lost == 7
    await settle_restored(ctx, 3, {})
    # The operator's word counts, and cards of the time after it are known.
    await issued(there, await someone(ctx, 2), [offer])
    for machine in (here, there):
        assert await notice_what_is_lost(machine) is None
