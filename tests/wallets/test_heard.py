"""Whatever happens to a card reaches its passes, from the tap to the version."""

from decimal import Decimal

from backend.cards.pocket.organise import expire_card
from backend.cards.pocket.wallet import remove_card
from backend.cards.steer.block_card import block_card
from backend.cards.steer.change_card import CardChange, change_card
from backend.cards.steer.replace_card import replace_card
from backend.customers.my_data.delete_data import delete_data
from backend.platform.context import Context
from backend.reactions import reactions
from backend.restored.notice import notice
from backend.wallets.behind import passes_behind, settle_programs
from backend.wallets.face_of import face_of
from backend.wallets.installed import installed, uninstalled
from backend.wallets.settle import AT_ONCE
from backend.wallets.token import opens, pass_token
from catalog.tenant import Scope
from models.customer import Customer
from models.outbox import OutboxEvent
from models.program import Program
from models.restoration import NoticedBy
from models.wallet_pass import WalletDevice, WalletPass, WalletRegistration
from tests.support.outbox import run_due
from tests.wallets.conftest import GiveCard, apple


async def version(ctx: Context, held: WalletPass) -> int:
    await run_due(ctx, reactions({}, ctx.clock))
    return int((await WalletPass.get(id=held.id)).version)


async def test_everything_that_is_seen(ctx: Context, give_card: GiveCard) -> None:
    anna, other = await give_card(), await give_card()
    held, others = await apple(ctx, anna), await apple(ctx, other)
    program, owner = await Program.get(id=anna.program_id), await Customer.get(id=anna.customer_id)
    fields = [{"key": "visits", "label": {"ru": "Визиты", "en": "Visits"}, "type": "number"}]
    await Program.filter(id=program.id).update(card_fields=fields)
    scope, versions = Scope.of([program.account_id]), [held.version]
    await change_card(ctx, scope, anna.id, CardChange(frozenset({"balance"}), Decimal(7)))
    versions.append(await version(ctx, held))
    await change_card(ctx, scope, anna.id, CardChange(frozenset({"tier"}), tier="Platinum"))
    versions.append(await version(ctx, held))
    await block_card(ctx, scope, anna.id)
    versions.append(await version(ctx, held))
    await replace_card(ctx, scope, anna.id)
    versions.append(await version(ctx, held))
    await expire_card(ctx, owner, anna.id, ctx.clock())
    versions.append(await version(ctx, held))
    await remove_card(ctx, owner, anna.id)
    versions.append(await version(ctx, held))
    assert len(set(versions)) == 7
    assert versions == sorted(versions)
    assert await version(ctx, others) == others.version


async def test_the_first_kept_field_of_a_brands_own(ctx: Context, give_card: GiveCard) -> None:
    """No other event tells of it; cards in no phone are nobody's news."""
    anna, other = await give_card(), await give_card()
    await apple(ctx, anna)
    program = await Program.get(id=anna.program_id)
    scope = Scope.of([program.account_id])
    for card in (anna, other):
        await change_card(ctx, scope, card.id, CardChange(fields={"visits": "3"}))
    told = [each.payload for each in await OutboxEvent.filter(kind="CardFieldsChanged")]
    assert told == [{"card_ids": [anna.id]}]


async def test_a_deleted_persons_pass_is_void(ctx: Context, give_card: GiveCard) -> None:
    anna = await give_card(name="Аннушка")
    held = await apple(ctx, anna)
    await delete_data(ctx, anna.customer_id)
    # Before any reaction has run.
    assert (await face_of(ctx, held)).voided
    assert await version(ctx, held) > held.version
    row = await WalletPass.get(id=held.id)
    assert row.voided_at is not None
    assert row.digest != held.digest


async def test_a_program_is_looked_at_in_batches(ctx: Context, give_card: GiveCard) -> None:
    """Killed between two of them, the next process goes on."""
    first = await give_card()
    program = await Program.get(id=first.program_id)
    await apple(ctx, first)
    owners = [await give_card() for _ in range(AT_ONCE)]
    for card in owners:
        await apple(ctx, card)
    await Program.filter(id=program.id).update(primary_color="#ABCDEF")
    before = {row.id: row.version for row in await WalletPass.all()}
    await passes_behind(program.id)
    assert await settle_programs(ctx) == AT_ONCE
    after = {row.id: row.version for row in await WalletPass.all()}
    assert sum(after[id_] > before[id_] for id_ in before) == AT_ONCE
    assert await settle_programs(ctx) == AT_ONCE
    assert await settle_programs(ctx) == 0
    assert all(row.version > before[row.id] for row in await WalletPass.all())


async def test_in_a_phone_and_out_of_it(ctx: Context, give_card: GiveCard) -> None:
    anna = await give_card()
    held = await apple(ctx, anna)
    assert not await uninstalled(ctx, held)
    assert [await installed(ctx, held) for _ in range(2)] == [True, False]
    device = await WalletDevice.create(name="d" * 64, apns_token=b"t", changed_at=ctx.clock())
    at = await WalletRegistration.create(device=device, held=held, registered_at=ctx.clock())
    assert not await uninstalled(ctx, held)
    await at.delete()
    assert [await uninstalled(ctx, held) for _ in range(2)] == [True, False]
    assert await installed(ctx, held)
    events = await OutboxEvent.all().order_by("id")
    assert [each.kind for each in events] == ["CardInstalled", "CardUninstalled", "CardInstalled"]
    told = events[0].payload
    assert (told["wallet"], told["card_id"]) == ("apple", anna.id)


def test_a_token_opens_its_own_pass_alone(ctx: Context) -> None:
    token = pass_token(ctx.vault, "serial")
    assert opens(ctx.vault, "serial", token)
    for wrong in ("", token[:-1], token.upper(), "жетон", pass_token(ctx.vault, "other")):
        assert not opens(ctx.vault, "serial", wrong)


async def test_after_a_backup_was_restored_every_phone_is_told(
    ctx: Context, give_card: GiveCard
) -> None:
    """It may show what came later: no version is given twice, and each shows what stands now."""
    anna, vera = await give_card(), await give_card()
    held = [await apple(ctx, card) for card in (anna, vera)]
    await notice(ctx, NoticedBy.MARK, None)
    await settle_programs(ctx)
    for each in held:
        row = await WalletPass.get(id=each.id)
        assert row.version > each.version
        assert row.digest == each.digest
