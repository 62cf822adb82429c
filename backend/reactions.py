"""Event → reactions. Each is tried on its own, with its own retries.

A reaction is an async function of a context and what happened (backend/outbox/happened.py). It
may run twice (a process may die after the effect and before the tick), so what it writes
carries a key of its own. It ends in one of backend.platform.failures, or returns. What
`applies`, `among`, `coalesce` and `order` promise is told in backend/outbox/reaction.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from backend.brands.tell_webhook_paused import tell_webhook_paused
from backend.brands.templates.send_sample import send_sample
from backend.cards.passes.change_pass import among_passes, apply_pass
from backend.cards.plastic.tell_answered import tell_answered
from backend.cards.pocket.archive_external import archive_external, carrying_its_number
from backend.cards.pocket.reminders.damaged import look_again
from backend.cards.pocket.reminders.remind_expiry import remind_expiry
from backend.cards.pocket.reminders.tell_joined import tell_joined
from backend.cards.pocket.reminders.tell_news import tell_news
from backend.cards.pool.numbers_back import (
    stop_waiting_for,
    tell_numbers_back,
    waiting_for_it,
)
from backend.cards.pool.report_pool import report_empty, report_low
from backend.cards.steer.tell_owner import tell_owner
from backend.connections.mark import connected_people, mark, mark_left
from backend.connections.tell_request_refused import tell_request_refused
from backend.connections.tell_stopped import tell_stopped
from backend.consents.gate import gate_by
from backend.consents.seal_chain import seal_chain
from backend.customers.choices.tell_withdrawn import is_for_them, tell_withdrawn
from backend.customers.contacts.verify_send import (
    send_code,
    send_link,
    tell_lost,
    tell_refused,
    tell_verified,
)
from backend.customers.person.traits import BATCH
from backend.customers.person.traits_due import (
    is_not_assigned,
    look_at_people,
    whom_somebody_asks,
)
from backend.events.brands import BrandJoined, BrandsOpened, SampleAsked, WebhookPaused
from backend.events.cards import (
    CardBlocked,
    CardExpiryNeared,
    CardFieldsChanged,
    CardFoundDamaged,
    CardIssued,
    CardRemoved,
    CardReplaced,
    CardShareRevoked,
    CardUnblocked,
    ProfileRefreshed,
)
from backend.events.event import Event
from backend.events.every import EVENTS
from backend.events.numbers import (
    AssignmentClaimed,
    NumbersReturned,
    PlasticCanBeAdded,
    PoolRanEmpty,
    PoolRanLow,
)
from backend.events.partners import (
    BalanceChanged,
    CardRequestRefused,
    ConnectionStopped,
    PartnerCalled,
    ProductReturned,
    SaleRecorded,
)
from backend.events.people import (
    CodeAsked,
    ConsentAnswered,
    ConsentWithdrawn,
    ContactLost,
    ContactRefused,
    ContactVerified,
    CustomerDeleted,
    LinkAsked,
)
from backend.events.points import (
    PointsAccrued,
    PointsCorrected,
    PointsExpired,
    PointsHeld,
    PointsReleased,
    PointsReversed,
    PointsSpent,
    TierChanged,
)
from backend.hooks.take_in import take_in
from backend.ledger.settle_tier import settle_tier, with_tiers
from backend.ledger.welcome import give_welcome, is_new_card, welcomed
from backend.messaging.channel import Channels
from backend.messaging.gated_channels import GatedChannels
from backend.messaging.take_back import take_back
from backend.messaging.welcome import is_welcome, welcome
from backend.outbox.reaction import BatchReaction, Reaction, Rules
from backend.platform.clock import Clock, utc_now
from backend.triggers.heard_balance import heard_balance, with_balance_triggers
from backend.triggers.heard_card import (
    heard_tier,
    watch_new_card,
    with_tier_triggers,
    with_unused_triggers,
)
from backend.triggers.heard_order import order_of_sale, with_order_triggers
from backend.triggers.stock import product_returned, with_stock_triggers
from backend.wallets.heard import (
    BATCH as SETTLED,
)
from backend.wallets.heard import (
    having_passes,
    in_wallets,
    settle_cards,
    settle_named,
    settle_people,
)


@dataclass(frozen=True, slots=True)
class Book:
    """The reactions by event; names are stored in outbox rows, so they never change."""

    pages: Mapping[type[Event], Mapping[str, Rules]]
    # What the reactions send with; campaigns go the same way.
    post: GatedChannels | None = None

    def plan(self) -> dict[str, Mapping[str, Rules]]:
        """The reactions of every event this version knows, none for most."""
        return {kind: self.pages.get(event, {}) for kind, event in EVENTS.items()}

    def find(self, kind: str, name: str) -> Rules | None:
        event = EVENTS.get(kind)
        return self.pages.get(event, {}).get(name) if event else None

    def most(self) -> dict[str, int]:
        """By name, how many deliveries a reaction takes at a time."""
        return {name: rules.most for page in self.pages.values() for name, rules in page.items()}

    def coalesced(self) -> set[str]:
        """Names of the reactions of which rows of one key become one."""
        pages = self.pages.values()
        return {n for page in pages for n, rules in page.items() if rules.coalesce is not None}


# An account's own system is told of the person.
TOLD = BatchReaction(mark, upto=200, among=connected_people)
# What the card's passes in phones show.
PASSES = BatchReaction(settle_cards, upto=SETTLED, among=in_wallets)
# The same of all that a person has: their name stands on each.
PASSES_OF_PERSON = BatchReaction(settle_people, upto=SETTLED, among=having_passes)
# What accounts may ask of the person when they say who is meant.
TRAITS = BatchReaction(look_at_people, upto=BATCH, among=whom_somebody_asks)


def reactions(channels: Channels, clock: Clock = utc_now) -> Book:
    """`channels` may be empty in a process that relays but does not run reactions."""
    post = GatedChannels(channels, gate_by(clock))
    seal = Reaction(seal_chain, coalesce=of_account)
    return Book(
        {
            CardIssued: _of_new_cards(post, seal),
            **_of_cards_that_change(),
            **_of_steered_cards(post),
            **_of_connections(post),
            CardShareRevoked: {"take_back": Reaction(partial(take_back, post))},
            CardExpiryNeared: {"remind": Reaction(partial(remind_expiry, post))},
            BrandJoined: {"tell_joined": Reaction(partial(tell_joined, post), order=of_card)},
            BrandsOpened: {"tell_news": Reaction(partial(tell_news, post), order=of_customer)},
            CardFoundDamaged: {"look_again": Reaction(look_again)},
            **_of_numbers(post),
            ConsentAnswered: {"seal": seal, "partner": TOLD, "traits": TRAITS},
            ConsentWithdrawn: {
                "seal": seal,
                "partner": TOLD,
                "traits": TRAITS,
                "tell": Reaction(partial(tell_withdrawn, post), applies=is_for_them),
            },
            **_of_contacts(post),
            PartnerCalled: {"take_in": Reaction(take_in, coalesce=of_what_was_said)},
            **_of_accounts(post),
        },
        post,
    )


def _of_numbers(post: GatedChannels) -> Mapping[type[Event], Mapping[str, Rules]]:
    return {
        PlasticCanBeAdded: {"tell": Reaction(partial(tell_answered, post))},
        NumbersReturned: {"tell_numbers": Reaction(partial(tell_numbers_back, post))},
        PoolRanLow: {"report": Reaction(report_low)},
        PoolRanEmpty: {"report": Reaction(report_empty)},
    }


def _of_accounts(post: GatedChannels) -> Mapping[type[Event], Mapping[str, Rules]]:
    return {
        SampleAsked: {"send_sample": Reaction(partial(send_sample, post))},
        WebhookPaused: {"tell_owner": Reaction(partial(tell_webhook_paused, post))},
    }


def _of_new_cards(post: GatedChannels, seal: Rules) -> Mapping[str, Rules]:
    return {
        "welcome": Reaction(partial(welcome, post), applies=is_welcome),
        "seal": seal,
        "archive_external": BatchReaction(archive_external, upto=100, among=carrying_its_number),
        "stop_waiting": BatchReaction(stop_waiting_for, upto=200, among=waiting_for_it),
        "partner": TOLD,
        "traits": replace(TRAITS, applies=is_not_assigned),
        "passes": replace(PASSES_OF_PERSON, applies=is_not_assigned),
        "points": Reaction(give_welcome, applies=is_new_card, among=welcomed),
        "unused_trigger": Reaction(watch_new_card, among=with_unused_triggers),
    }


def _of_contacts(post: GatedChannels) -> Mapping[type[Event], Mapping[str, Rules]]:
    return {
        CodeAsked: {"send_code": Reaction(partial(send_code, post))},
        LinkAsked: {"send_link": Reaction(partial(send_link, post))},
        ContactVerified: {
            "tell": Reaction(partial(tell_verified, post), order=of_customer),
            "partner": TOLD,
        },
        ContactRefused: {"tell": Reaction(partial(tell_refused, post), order=of_customer)},
        ContactLost: {
            "tell": Reaction(partial(tell_lost, post), order=of_customer),
            "partner": TOLD,
        },
    }


def _of_connections(post: GatedChannels) -> Mapping[type[Event], Mapping[str, Rules]]:
    return {
        CustomerDeleted: {"partner": Reaction(mark_left), "passes": PASSES_OF_PERSON},
        SaleRecorded: {
            "order_trigger": Reaction(order_of_sale, among=with_order_triggers, order=of_orders)
        },
        ProductReturned: {
            "stock_trigger": Reaction(product_returned, among=with_stock_triggers, order=of_product)
        },
        ConnectionStopped: {"tell_owner": Reaction(partial(tell_stopped, post))},
        CardRequestRefused: {
            "tell": Reaction(partial(tell_request_refused, post), order=of_customer)
        },
    }


def _of_cards_that_change() -> Mapping[type[Event], Mapping[str, Rules]]:
    tier = Reaction(settle_tier, among=with_tiers, coalesce=of_tier)
    balance = Reaction(heard_balance, among=with_balance_triggers, order=of_balance)
    heard = Reaction(heard_tier, among=with_tier_triggers, order=of_tiers)
    made: dict[type[Event], Mapping[str, Rules]] = {
        event: {"balance_trigger": balance, "passes": PASSES}
        for event in (PointsHeld, PointsReleased, PointsExpired, PointsCorrected)
    }
    for event in (PointsAccrued, PointsSpent, PointsReversed):
        made[event] = {"tier": tier, "balance_trigger": balance, "passes": PASSES}
    made[BalanceChanged] = {"balance_trigger": balance, "tier_trigger": heard, "passes": PASSES}
    made[TierChanged] = {"tier_trigger": heard, "passes": PASSES}
    made[CardRemoved] = {"traits": TRAITS, "passes": PASSES}
    made[ProfileRefreshed] = {"traits": TRAITS, "passes": PASSES_OF_PERSON}
    named = BatchReaction(settle_named, upto=SETTLED)
    made[CardFieldsChanged] = {"passes": named}
    apply = Reaction(apply_pass, among=among_passes)
    made[AssignmentClaimed] = {"apply_pass": apply, "traits": TRAITS, "passes": PASSES_OF_PERSON}
    return made


def _of_steered_cards(post: GatedChannels) -> Mapping[type[Event], Mapping[str, Rules]]:
    page: Mapping[str, Rules] = {
        "passes": PASSES,
        "tell": Reaction(partial(tell_owner, post), order=of_card),
    }
    return {CardBlocked: page, CardUnblocked: page, CardReplaced: {**page, "partner": TOLD}}


def of_account(event: Any) -> str:
    return f"account:{event.account_id}"


def of_what_was_said(event: Any) -> str:
    return f"said:{event.connection_id}:{event.kind}:{event.subject}"


def of_card(event: Any) -> str:
    return f"of-card:{event.card_id}"


def of_tier(event: Any) -> str:
    return f"tier:{event.card_id}"


def of_balance(event: Any) -> str:
    return f"balance:{event.card_id}"


def of_tiers(event: Any) -> str:
    return f"tiers:{event.card_id}"


def of_orders(event: Any) -> str:
    return f"orders:{event.card_id}"


def of_product(event: Any) -> str:
    return f"product:{event.product_id}"


def of_customer(event: Any) -> str:
    return f"customer:{event.customer_id}"
