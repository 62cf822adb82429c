"""The restore drill: backup, Boris gets a number, the machine is lost, restore, refusal,
`karman restored`, and Clara gets another number than his."""

import shutil
import signal
from pathlib import Path

import pytest

from backend.cards.pocket.wallet import cards_in_wallet
from backend.cli.opened import opened
from backend.platform.context import Context
from backend.platform.secrets.key_file import FILE_NAME
from backend.platform.settings import Settings, load_settings
from backend.restored.unsettled import unsettled
from models.card import Card
from models.offer import Offer
from models.pool_number import NumberStatus, PoolNumber
from models.refusal import Code, Refusal
from models.restoration import NoticedBy
from tests.support.database.restoring import back_up, forget, restore, verb
from tests.support.factory.brands import make_account, make_offer, make_program
from tests.support.factory.cards import issued
from tests.support.factory.customers import someone
from tests.support.machine.processes import start_python

pytestmark = pytest.mark.slow
ANNA, BORIS, CLARA = 101, 102, 103


def settings_of(url: str, folder: Path) -> Settings:
    return load_settings(database_url=url, data_dir=folder)


async def card_for(ctx: Context, telegram_id: int) -> Card | Code:
    person, offer = await someone(ctx, telegram_id), await Offer.all().get()
    try:
        outcome = (await issued(ctx, person, [offer]))[0]
    except Refusal as refusal:
        return refusal.code
    if outcome.card is not None:
        return outcome.card
    assert outcome.refusal is not None
    return outcome.refusal.code


async def number_for(ctx: Context, telegram_id: int) -> str:
    card = await card_for(ctx, telegram_id)
    assert isinstance(card, Card)
    return card.printed_number


async def a_shop_with_a_backup(url: str, folder: Path, backup: Path) -> str:
    """Anna has a card when the backup is made, Boris gets his after it; his number."""
    settings = settings_of(url, folder)
    async with opened(settings) as ctx:
        program = await make_program(await make_account(), numbers=200)
        await make_offer(program)
        await number_for(ctx, ANNA)
    await back_up(url, folder, backup)
    async with opened(settings) as ctx:
        return await number_for(ctx, BORIS)


async def refused_until_settled(url: str, folder: Path, by: NoticedBy) -> None:
    async with opened(settings_of(url, folder)) as ctx:
        standing = await unsettled()
        assert standing is not None
        assert standing.noticed_by is by
        assert await card_for(ctx, CLARA) is Code.ISSUING_PAUSED
        # Who has a card keeps it.
        assert len(await cards_in_wallet(await someone(ctx, ANNA))) == 1


async def test_the_machine_is_lost_and_a_backup_by_karman_is_restored(
    database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is left of the old folder but the key's copy. On PostgreSQL the folder with the
    mark is on another machine and stays."""
    old, new = tmp_path / "old", tmp_path / "new"
    boris = await a_shop_with_a_backup(database_url, old, tmp_path / "backup")
    await forget(database_url)
    new.mkdir()
    url = await restore(tmp_path / "backup", new / "karman.db", "karman_restored")
    lite = url.startswith("sqlite:")
    folder = new if lite else old
    if lite:
        shutil.copy(old / FILE_NAME, new)

    await refused_until_settled(url, folder, NoticedBy.BACKUP if lite else NoticedBy.MARK)
    assert await verb(url, folder, "doctor") == 1
    assert "it went back in time" in capsys.readouterr().out
    if lite:
        assert await verb(url, folder, "restored") == 1
        assert "--skip N" in capsys.readouterr().err
        assert await verb(url, folder, "restored", "--skip", "5") == 0
    else:
        # The mark tells how many cards at most are unknown here.
        assert await verb(url, folder, "restored") == 0
    async with opened(settings_of(url, folder)) as ctx:
        assert await unsettled() is None
        assert await number_for(ctx, CLARA) != boris
        aside = await PoolNumber.get(printed_number=boris)
        assert aside.status is NumberStatus.QUARANTINED
        assert aside.reason.startswith("restored:")
    # The mark of the lost time is no alarm any more.
    async with opened(settings_of(url, folder)):
        assert await unsettled() is None
    if not lite:
        await forget(url)


async def test_killed_half_way_it_has_done_nothing_and_the_doors_stay_shut(
    database_url: str, tmp_path: Path
) -> None:
    settings = settings_of(database_url, tmp_path / "data")
    async with opened(settings):
        await make_offer(await make_program(await make_account(), numbers=20))
    killed = await start_python(
        "tests.restored.process_settle", database_url, str(tmp_path / "data")
    )
    await killed.communicate()
    assert killed.returncode == -signal.SIGKILL
    async with opened(settings) as ctx:
        assert await PoolNumber.filter(status=NumberStatus.FREE).count() == 20
        assert await card_for(ctx, CLARA) is Code.ISSUING_PAUSED
    assert await verb(database_url, tmp_path / "data", "restored", "--skip", "4") == 0
    async with opened(settings) as ctx:
        assert await PoolNumber.filter(status=NumberStatus.FREE).count() == 16
        assert isinstance(await card_for(ctx, CLARA), Card)
