"""Two brands that have told what their wallets brought them, played with real rows.

The first: 303,000 pushes in two months in place of SMS at 1.50 ₽, 14,000 cards in place of plastic
at 10 ₽, a service at 25,000 ₽ a month. The second: one mailing to 6,000 people, of whom 90 bought.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from backend.analytics import count_events as counting
from backend.analytics.count_deliveries import count_deliveries
from backend.analytics.count_events import count_events
from backend.cascades.plan_next import plan_next
from backend.cascades.tell_states import tell_ended
from backend.cli.verbs.reaching.spending import show
from backend.platform.context import Context
from backend.platform.database import rows
from backend.spending.campaign_report import campaign_report
from backend.spending.spending import spending
from models.account import Account
from models.brand import Brand
from models.campaign import Campaign
from models.messaging_rules import MessagingRules
from models.program import Program
from tests.support.clock import START
from tests.support.factory.brands import shop

PEOPLE, MAILINGS, CARDS = 50_500, 6, 14_000
# A row for each of the first so many numbers.
NUMBERS = "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < {most})"
_CUSTOMERS = (
    NUMBERS
    + """
INSERT INTO customers (language, source, created_at) SELECT 'ru', '', $1 FROM t
"""
)
_MESSAGES = """
INSERT INTO messages (customer_id, brand_id, campaign_id, variant, purpose, kind, data, body,
    created_at)
SELECT c.id, p.brand_id, p.id, CASE WHEN c.id <= {told} THEN 0 ELSE -1 END, p.purpose, 'campaign',
    '{{}}', '', p.created_at
FROM campaigns p CROSS JOIN customers c WHERE p.id = $1 AND c.id <= {most} ORDER BY c.id
"""
_DELIVERED = """
INSERT INTO deliveries (message_id, channel, state, attempts, provider_id, reason, cost_kopecks,
    promo, created_at, changed_at)
SELECT id, 'telegram', 'delivered', 1, id, '', 0, TRUE, created_at, $2 FROM messages
WHERE campaign_id = $1 AND variant >= 0
"""
_CARDS = """
INSERT INTO cards (customer_id, program_id, brand_id, printed_number, barcode_value,
    barcode_format, origin, status, hidden, tier, source, own_fields, created_at)
SELECT id, {program}, {brand}, id, id, 'code128', 'issued', 'active', FALSE, '', '', '{{}}', $1
FROM customers WHERE id <= {most}
"""
_ISSUED = """
INSERT INTO outbox_events (kind, payload, at, counted, fed)
SELECT 'CardIssued', json_object('card_id', id, 'customer_id', customer_id, 'program_id',
    program_id, 'account_id', {account}, 'brand_id', brand_id, 'origin', origin), created_at,
    FALSE, FALSE
FROM cards
"""
_SALES = """
INSERT INTO sales (account_id, customer_id, card_id, source, external_id, number, at, amount,
    currency, store, status, told_at)
SELECT {account}, customer_id, id, 'receipts', id, '', $1, '{amount}', 'RUB', '', '', $1
FROM cards WHERE customer_id > {after} AND customer_id <= {up_to}
"""


@dataclass
class Wallet:
    ctx: Context
    account: Account
    program: Program
    brand: Brand

    async def campaign(self, at: datetime, *variants: str) -> Campaign:
        return await Campaign.create(
            brand=self.brand, plan={"variants": [{"name": name} for name in variants]},
            advertiser="x", inn="", state="done", created_at=at, started_at=at,
        )  # fmt: skip

    async def people(self, most: int) -> None:
        await rows(_CUSTOMERS.format(most=most), [START])

    async def told(self, campaign: Campaign, people: int, held_out: int = 0) -> None:
        both = people + held_out
        await rows(_MESSAGES.format(told=people, most=both), [campaign.id])
        await rows(_DELIVERED, [campaign.id, campaign.created_at + timedelta(minutes=3)])

    async def cards(self, most: int, at: datetime) -> None:
        ids = {"program": self.program.id, "brand": self.brand.id}
        await rows(_CARDS.format(most=most, **ids), [at])

    async def bought(self, at: datetime, after: int, up_to: int, amount: str = "950.00") -> None:
        ids = {"account": self.account.id, "after": after, "up_to": up_to}
        await rows(_SALES.format(amount=amount, **ids), [at])

    async def counted(self) -> None:
        """What the worker does; in larger pieces, as nobody else needs the database."""
        while await count_deliveries(plan_next, tell_ended, most=60_000):
            continue
        while await count_events():
            continue


@pytest.fixture
async def wallet(ctx: Context, database: str) -> Wallet:
    account, program, brand = await shop("lavka")
    await MessagingRules.create(account=account, sms_kopecks=150, card_kopecks=1000)
    return Wallet(ctx, account, program, brand)


def moments(first: date, howmany: int) -> Sequence[datetime]:
    """Ten days between them, at noon."""
    noon = datetime.combine(first, START.timetz())
    return [noon + timedelta(days=10 * n) for n in range(howmany)]


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_two_months_of_pushes_and_cards_spare_544_500_roubles(
    wallet: Wallet, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(counting, "BATCH", 7_000)
    await wallet.people(PEOPLE)
    for at in moments(date(2026, 10, 2), MAILINGS):
        await wallet.told(await wallet.campaign(at, "A"), PEOPLE)
    await wallet.cards(CARDS, datetime.combine(date(2026, 10, 20), START.timetz()))
    await rows(_ISSUED.format(account=wallet.account.id))
    await wallet.counted()
    days: Any = (date(2026, 10, 1), date(2026, 11, 30))
    found = await spending(wallet.account.id, *days, service_kopecks=2 * 25_000 * 100)
    assert (found.messages, found.cards, found.kopecks) == (303_000, 14_000, 0)
    assert found.sms_kopecks == 454_500_00
    assert found.saved_on_messages == 404_500_00
    assert found.plastic_kopecks == 140_000_00
    assert found.saved == 544_500_00
    await show(
        argparse.Namespace(account="lavka", since=days[0], until=days[1], service=50_000),
        wallet.ctx,
    )
    said = capsys.readouterr().out
    for amount in ("454500.00", "404500.00", "140000.00", "544500.00", "303000 messages"):
        assert amount in said
    elsewhere = await spending(wallet.account.id, days[0], days[0])
    assert (elsewhere.messages, elsewhere.saved) == (0, 0)


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_of_six_thousand_people_ninety_buy(wallet: Wallet) -> None:
    """And of those who were held out fewer: that is what the mailing did."""
    await wallet.people(7_000)
    (at,) = moments(date(2026, 11, 2), 1)
    campaign = await wallet.campaign(at, "A")
    await wallet.told(campaign, 6_000, held_out=600)
    await wallet.cards(7_000, at)
    # Before it, long after it, and of people whom it did not concern.
    await wallet.bought(at - timedelta(minutes=1), 100, 200)
    await wallet.bought(at + timedelta(days=1), 0, 90)
    await rows("UPDATE sales SET external_id = 'x' || external_id WHERE customer_id <= 1")
    await wallet.bought(at + timedelta(days=7), 300, 400)
    await wallet.bought(at + timedelta(days=2), 6_000, 6_003)
    await wallet.bought(at + timedelta(days=3), 6_700, 6_900)
    # One of them twice, and one gave back what they had bought.
    await wallet.bought(at + timedelta(days=4), 0, 1)
    await rows("UPDATE sales SET external_id = 'y' || external_id WHERE customer_id = 90")
    await wallet.bought(at + timedelta(days=5), 89, 90, "-950.00")
    found = await campaign_report(campaign, wallet.account.id, 7)
    (variant,) = found.variants
    assert (found.recipients, found.reached, found.buyers) == (6_000, 6_000, 90)
    assert (variant.purchases, variant.amount) == (91, Decimal("85500.00"))
    assert (found.held_out.recipients, found.held_out.buyers) == (600, 3)
    assert (found.held_out.reached, found.uplift) == (0, Decimal("1.0"))
    assert found.sms_kopecks == 9_000_00
