"""«Ромашка» tries a template out on Анна, who has said that she wants to see it."""

from datetime import timedelta
from typing import Any

import pytest

from backend.brands.templates.try_template import MOST_IN_A_DAY, Trial, try_template
from backend.customers.choices.samples import (
    hear_samples,
    invitation,
    invites_of,
    stop_samples,
)
from backend.customers.my_data.delete_data import delete_data
from backend.customers.person.profile import seal_profile
from backend.messaging.action import ActionKind
from backend.messaging.channel import Handed, NoTurn, Turn
from backend.messaging.handover import Handover
from backend.platform.context import Context
from backend.reactions import reactions
from catalog.tenant import Scope
from models.account import Account
from models.card import Card
from models.customer import Customer
from models.message import Delivery, Message
from models.refusal import Code, Refusal
from models.template import MessageTemplate, SampleReader, TemplateVersion
from tests.support.clock import StoppedClock
from tests.support.factory.brands import make_account
from tests.support.factory.cards import issued_card
from tests.support.factory.customers import someone
from tests.support.outbox import run_due

CONTENT: dict[str, Any] = {
    "ru": {"text": "{name}, у вас {points} {points|балл|балла|баллов}", "button": "Карта"},
    "opens": {"card": True},
    "fallbacks": {"name": {"ru": "Друг"}, "points": {"ru": "0"}},
}
SAID: dict[str, Any] = {
    "name": "Чай",
    "purpose": "promo",
    "advertiser": "",
    "inn": "",
    "erid": "2Vtz",
}


class Heard:
    """A channel that notes what it was to say."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str, list[ActionKind | None]]] = []

    async def turn(self, handover: Handover) -> Turn:
        return NoTurn()

    async def send(self, handover: Handover) -> Handed:
        said = handover.said
        kinds = [each.action.kind if each.action else None for each in said.buttons()]
        self.heard.append((said.text(), said.picture(), kinds))
        return Handed("1")


@pytest.fixture(autouse=True)
def on_both(database: str) -> None:
    """Every test here runs on SQLite and on PostgreSQL."""


@pytest.fixture
async def heard() -> Heard:
    return Heard()


async def a_template(ctx: Context, account: Account, **more: Any) -> MessageTemplate:
    content = CONTENT | more
    row = await MessageTemplate.create(
        account=account, key="tea", content=content, created_at=ctx.clock(),
        changed_at=ctx.clock(), **SAID,
    )  # fmt: skip
    await TemplateVersion.create(
        template=row, version=1, said=SAID | {"content": content}, author="key:1",
        saved_at=ctx.clock(),
    )  # fmt: skip
    return row


async def anna_of(ctx: Context) -> tuple[Account, Customer, Card]:
    event = await issued_card(ctx, 1)
    anna = await Customer.get(id=event.customer_id)
    anna.profile = seal_profile(ctx, anna, {"given_name": "Анна"})
    await anna.save()
    await Card.filter(id=event.card_id).update(balance=21)
    account = await Account.get(id=event.account_id)
    return account, anna, await Card.get(id=event.card_id)


async def test_whoever_said_yes_reads_it_with_their_own_values(ctx: Context, heard: Heard) -> None:
    account, anna, card = await anna_of(ctx)
    row = await a_template(ctx, account, picture="0" * 64)
    scope = Scope.of([account.id])
    trial = Trial("telegram", customer_id=anna.id, base_url="https://k.example")
    with pytest.raises(Refusal) as refused:
        await try_template(ctx, scope, account.id, "tea", trial)
    assert refused.value.code is Code.READER_NOT_FOUND
    token = invitation(ctx, account.id).token
    for _ in range(2):
        assert (await hear_samples(ctx, anna, token)).id == account.id
    assert await SampleReader.all().count() == 1

    delivery = await try_template(ctx, scope, account.id, "tea", trial)
    # What was asked for is sent, whatever it says by then.
    await MessageTemplate.filter(id=row.id).update(content={}, version=2)
    await run_due(ctx, reactions({"telegram": heard}, ctx.clock))
    label = f"Реклама. {account.legal_name_ru}, ИНН {account.inn} · erid: 2Vtz"
    assert heard.heard == [
        (
            f"Анна, у вас 21 балл {label}",
            f"https://k.example/media/{'0' * 64}",
            [ActionKind.OPEN_CARD, ActionKind.STOP_SAMPLES],
        )
    ]
    await delivery.refresh_from_db()
    assert delivery.state.value == "delivered"
    message = await Message.get(id=delivery.message_id)
    assert "Анна" not in str(message.data)
    assert message.card_id is None, "it stands on the back of no card"
    assert card.id

    assert await stop_samples(ctx, anna.id, account.id)
    assert not await stop_samples(ctx, anna.id, account.id)
    with pytest.raises(Refusal):
        await try_template(ctx, scope, account.id, "tea", trial)


async def test_an_invitation_is_signed_and_ends(ctx: Context, clock: StoppedClock) -> None:
    account, anna, _ = await anna_of(ctx)
    made = invitation(ctx, account.id)
    assert len(f"t{made.token}") <= 64
    assert invites_of(ctx, made.token) == account.id
    head, ends, signature = made.token.split("-")
    later = f"{int(ends, 16) + 1:x}"
    forged = (
        "", "x", f"{head}-{ends}-{'0' * 32}", f"{account.id + 1:x}-{ends}-{signature}",
        f"{head}-{later}-{signature}",
    )  # fmt: skip
    for token in forged:
        with pytest.raises(Refusal) as refused:
            await hear_samples(ctx, anna, token)
        assert refused.value.code is Code.INVITATION_ENDED
    clock.now = made.expires_at - timedelta(seconds=1)
    assert invites_of(ctx, made.token) == account.id
    clock.now = made.expires_at
    with pytest.raises(Refusal):
        await hear_samples(ctx, anna, made.token)
    assert await SampleReader.all().count() == 0


async def test_nobody_else_is_reached_and_nobody_too_often(ctx: Context, heard: Heard) -> None:
    account, anna, _ = await anna_of(ctx)
    rival = await make_account("rival")
    await a_template(ctx, account)
    await a_template(ctx, rival)
    await hear_samples(ctx, anna, invitation(ctx, rival.id).token)
    stranger = await someone(ctx)
    scope = Scope.of([account.id])
    for trial in (
        Trial("telegram", customer_id=anna.id),
        Trial("telegram", customer_id=stranger.id),
        Trial("telegram", customer_id=10**9),
        Trial("telegram", phone="+79161234567"),
        Trial("telegram"),
    ):
        with pytest.raises(Refusal) as refused:
            await try_template(ctx, scope, account.id, "tea", trial)
        assert refused.value.code is Code.READER_NOT_FOUND
    await hear_samples(ctx, anna, invitation(ctx, account.id).token)
    trial = Trial("sms", customer_id=anna.id)
    for _ in range(MOST_IN_A_DAY):
        await try_template(ctx, scope, account.id, "tea", trial)
    with pytest.raises(Refusal) as refused:
        await try_template(ctx, scope, account.id, "tea", trial)
    assert refused.value.code is Code.TOO_MANY_TRIES
    await delete_data(ctx, anna.id)
    assert await SampleReader.all().count() == 0
    await run_due(ctx, reactions({"telegram": heard}, ctx.clock))
    assert heard.heard == []
    assert {each.state.value for each in await Delivery.all()} == {"stopped"}
    gone = await Customer.get(id=anna.id)
    await hear_samples(ctx, gone, invitation(ctx, account.id).token)
    assert await SampleReader.all().count() == 0
