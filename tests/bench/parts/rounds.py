"""What the loops of the product do in one round, by the name of the loop (`repeat`).

A loop that is not here stands in APART with its reason; a test reads the product's own names.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial

from backend.campaigns.audience import Audience
from backend.campaigns.begin_due import begin_due
from backend.campaigns.collect_campaign import BATCH
from backend.campaigns.plan import Plan
from backend.campaigns.send_campaigns import CampaignsOnTheirWay
from backend.cards.plastic.ask_again import ask_again
from backend.cards.pool.pool_level import pools_by_level, settle_levels
from backend.cascades.advance import advance
from backend.cascades.ask_gateway import give_up_asking
from backend.cascades.read_arrivals import report_arrived
from backend.connections.due import ready
from backend.consents.chain import extend_chain
from backend.consents.gate import gate_by
from backend.consents.sweep import extend_all_chains
from backend.jobs.registries.due import due_connections
from backend.jobs.turn import next_job
from backend.links.clicks import clicked
from backend.messages.cut_bulk import cut_some
from backend.messages.send_messages import Lane
from backend.messaging.channel import Channels, Handed, NoTurn, Turn
from backend.messaging.gated_channels import GatedChannels
from backend.messaging.handover import Handover
from backend.onec.has_folders import has_folders
from backend.outbox.backlog import counts
from backend.outbox.claim import claim
from backend.outbox.fan_out import fan_out
from backend.outbox.tidy import tidy
from backend.platform.context import Context
from backend.platform.settings import load_settings
from backend.reactions import reactions
from backend.sending.lane import Lane as SendingLane
from backend.triggers.by_the_day import announce_days
from backend.triggers.fire import fire_due
from backend.wallets.apple.devices import forget_void
from backend.wallets.behind import settle_programs
from backend.wallets.google.heard import forget_nonces
from backend.wallets.untold import untold
from backend.webhooks.due import ready as webhooks_ready
from backend.webhooks.plan import plan_some
from backend.worker.cards import BATCHES, FIRST
from backend.worker.cascades import by_channel
from backend.worker.facts import count_what_happened
from backend.worker.keep_private import due
from backend.worker.schedules import tell_feeds
from bot.intake.store import Inbox
from models.campaign import Campaign
from models.channel import ChannelName
from models.wallet_pass import WalletKind
from tests.bench.parts.people import SHOPS

Round = Callable[[], Awaitable[object]]
Rounds = dict[str, Round]
# What asks the database nothing while there is nothing to do.
APART = {
    "bounces": "reads a mailbox; the database is asked about the letters that are there",
}


class _Nobody:
    """A channel by which nothing leaves."""

    async def turn(self, _handover: Handover) -> Turn:
        return NoTurn()

    async def send(self, handover: Handover) -> Handed:
        raise AssertionError(f"there was nothing to send: {handover}")


def loops(ctx: Context) -> dict[str, Rounds]:
    """By the name of the loop, what it does; by the name of each part."""
    return {
        **_of_the_outbox(ctx),
        **_of_rows(ctx),
        **_of_messages(ctx),
        **_of_the_outside(ctx),
        **_of_campaigns(ctx),
    }


def rounds_of(ctx: Context) -> Rounds:
    every: Rounds = {}
    for loop, parts in loops(ctx).items():
        every |= {f"{loop}: {part}" if part else loop: each for part, each in parts.items()}
    return every


def _of_the_outbox(ctx: Context) -> dict[str, Rounds]:
    plan, old = reactions({}).plan(), ctx.clock() - timedelta(days=14)
    inbox = Inbox(ctx, 1)
    return {
        "relay": {
            "pass on": lambda: fan_out(ctx.clock(), plan),
            "claim": lambda: claim(ctx.clock()),
        },
        "count": {"": counts},
        "tidy": {"": lambda: tidy(old)},
        "facts": {"": count_what_happened},
        "seal": {"all chains": extend_all_chains, "one chain": lambda: extend_chain(1)},
        "feed": {"": tell_feeds},
        # Not by `repeat`: the bot's own.
        "inbox": {"who waits": lambda: inbox.lanes(100), "forget old": inbox.forget_old},
    }


def _of_rows(ctx: Context) -> dict[str, Rounds]:
    cards = {each.__name__: partial(each, ctx) for each in (*FIRST, *BATCHES, announce_days)}
    return {
        "cards": {name.replace("_", " "): each for name, each in cards.items()},
        "pools": {"settle": lambda: settle_levels(ctx.clock()), "levels": pools_by_level},
        "passes": {"": lambda: settle_programs(ctx)},
        "retention": dict(due(ctx, load_settings())),
        "jobs": {"": next_job},
        "apple_watch": {"": lambda: forget_void(ctx)},
        "google_nonces": {"": lambda: forget_nonces(ctx)},
    }


def _of_messages(ctx: Context) -> dict[str, Rounds]:
    post = GatedChannels({}, gate_by(ctx.clock))
    return {
        "bulks": {"": lambda: cut_some(ctx)},
        "messages": {
            "promo": Lane(ctx, post, promo=True).step,
            "service": Lane(ctx, post, promo=False).step,
        },
        "triggers": {
            "promo": lambda: fire_due(ctx, promo=True),
            "service": lambda: fire_due(ctx, promo=False),
        },
        "cascades": {"": lambda: advance(ctx, Plan().channels, clicked, by_channel)},
        "reports": {"": lambda: give_up_asking(ctx.clock())},
        "arrivals": {"": lambda: report_arrived(ctx)},
    }


def _of_the_outside(ctx: Context) -> dict[str, Rounds]:
    return {
        "webhooks": {"plan": lambda: plan_some(ctx.clock()), "ready": _ready(ctx, webhooks_ready)},
        "connections": {"": _ready(ctx, ready)},
        "plastic": {"": lambda: ask_again(ctx)},
        "exchange": {"": has_folders},
        "registries": {"": due_connections},
        "apple": {"": lambda: untold(ctx, WalletKind.APPLE, BATCH)},
        "google": {"": lambda: untold(ctx, WalletKind.GOOGLE, BATCH)},
    }


def _ready(ctx: Context, ask: Callable[[datetime], Awaitable[object]]) -> Round:
    return lambda: ask(ctx.clock())


def _of_campaigns(ctx: Context) -> dict[str, Rounds]:
    campaign = Campaign(brand_id=SHOPS, advertiser="", inn="", erid="")
    everybody = Audience(campaign, Plan(), ctx.clock())
    channels: Channels = {ChannelName.TELEGRAM: _Nobody()}
    ways = CampaignsOnTheirWay(ctx, channels, base_url="", promo_per_day=0)
    return {
        "begin": {"": lambda: begin_due(ctx)},
        "campaigns": {
            "look": ways.look,
            "who of all, ten of them": lambda: everybody.batch(0, Plan().channels, BATCH),
        },
        "lane": {
            "promo" if lane.promo else "service": partial(_expecting, lane)
            for lane in ways.sender.lanes
        },
    }


async def _expecting(lane: SendingLane) -> bool:
    """As if something that was put off had come due."""
    lane.picking.expect(due=True)
    return await lane.step()
