"""The brand's system says what stands on a card: balance, tier, fields of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from backend.cards.pocket.shown_otherwise import announce_shown_otherwise
from backend.cards.steer.balance_told import Stood, balance_changed
from backend.cards.steer.held_card import held_card
from backend.outbox.announce import announce
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.watch.audit import Change, note
from catalog.ledger_rules import rules_of
from catalog.tenant import Scope
from models.audit_entry import Verb
from models.card import Card
from models.program import ProcessorKind, Program
from models.refusal import Code, Refusal


@dataclass(frozen=True, slots=True)
class CardChange:
    """`named` says which of balance and tier are told; None and "" take them away. Of `fields` a
    value None takes the field away, and those that are not named stay."""

    named: frozenset[str] = frozenset()
    balance: Decimal | None = None
    tier: str = ""
    fields: Mapping[str, str | None] = field(default_factory=dict)


def check_kept(program: Program, named: frozenset[str]) -> None:
    """Refuses with balance_kept what the built-in ledger works out itself."""
    if program.processor != ProcessorKind.LEDGER:
        return
    rules = rules_of(program)
    tiers = rules is not None and rules.tiers is not None
    if "balance" in named or ("tier" in named and tiers):
        raise Refusal(Code.BALANCE_KEPT)


async def change_card(ctx: Context, scope: Scope, card_id: int, change: CardChange) -> Card:
    """The same again changes nothing but as of when a balance is known. Refuses with
    card_not_found and balance_kept."""
    async with transaction():
        card = await held_card(scope, card_id)
        assert card.program is not None
        check_kept(card.program, change.named)
        after = _after(ctx, card, change)
        differing = {name for name, value in after.items() if getattr(card, name) != value}
        told = balance_changed(card.program, Stood.of(card), Stood.of(card, after))
        if differing:
            await card.update_from_dict(after).save(update_fields=list(after))
        if told is not None:
            await announce(ctx.clock(), told)
        elif differing:
            await announce_shown_otherwise(ctx.clock(), [card.id])
        if changed := sorted(differing - {"balance_at"}):
            # What stands there is about a person: which of it was changed is not.
            noted = Change(after={"changed": changed})
            whose = card.program.account_id
            await note(ctx, Verb.CHANGE_CARD, "card", card.id, account_id=whose, change=noted)
    ctx.wake.set()
    return card


def _after(ctx: Context, card: Card, change: CardChange) -> dict[str, Any]:
    after: dict[str, Any] = {}
    if "balance" in change.named:
        known = change.balance is not None
        after |= {"balance": change.balance, "balance_at": ctx.clock() if known else None}
    if "tier" in change.named:
        after["tier"] = change.tier
    if change.fields:
        merged = {**card.own_fields, **change.fields}
        after["own_fields"] = {key: value for key, value in merged.items() if value is not None}
    return after
