"""A trigger as the sender knows it."""

import hashlib
from collections import OrderedDict

import orjson

from backend.cascades.cascade import Cascade
from backend.links.keep import LinkedSource
from backend.platform.context import Context
from backend.sending.rules import caps_of, hours_of
from backend.sending.voice import NO_CAPS, Variant, Voice, names_of, ready
from backend.templates.template_said import Law
from catalog.messaging_rules import messaging_rules
from models.message_purpose import MessagePurpose
from models.trigger import Trigger

# Wordings that are kept ready.
MOST_READY = 500


class TriggerVoices:
    """Of one process. `of_all`: see CampaignVoices."""

    def __init__(self, ctx: Context, base_url: str, of_all: int) -> None:
        self._ctx, self._base_url, self._of_all = ctx, base_url, of_all
        self._variants: OrderedDict[tuple[int, bytes], Variant] = OrderedDict()

    async def find(self, trigger_id: int) -> Voice | None:
        """None for one that is switched off: what waits is stopped."""
        # of all: a trigger whose messages are in hand
        found = Trigger.filter(id=trigger_id, is_on=True)
        trigger = await found.select_related("brand__program__account").first()
        if trigger is None:
            return None
        account = trigger.brand.program.account
        rules = await messaging_rules(account.id)
        promo = trigger.purpose is MessagePurpose.PROMO
        return Voice(
            f"trigger {trigger.id}",
            trigger.brand_id,
            [await self._variant(trigger, number) for number in range(len(trigger.wordings))],
            account.timezone,
            hours_of(rules) if trigger.quiet and promo else None,
            caps_of(rules, self._of_all) if trigger.capped and promo else NO_CAPS,
            self._base_url,
            self._ctx,
            Cascade.read({"stale_minutes": trigger.stale_minutes}).stale,
            names_of(trigger.brand),
        )

    async def _variant(self, trigger: Trigger, number: int) -> Variant:
        kept = trigger.wordings[number]
        # One that was said to nobody yet may still be changed.
        key = (trigger.id, hashlib.sha256(orjson.dumps([number, kept])).digest())
        if key not in self._variants:
            law = Law(kept["advertiser"], kept["inn"], kept["erid"])
            self._variants[key] = await ready(
                self._ctx,
                kept["content"],
                law if trigger.purpose is MessagePurpose.PROMO else None,
                LinkedSource(trigger.brand_id, f"trigger:{trigger.id}", trigger.name, number),
                [each["channel"] for each in trigger.cascade],
            )
            if len(self._variants) > MOST_READY:
                self._variants.popitem(last=False)
        return self._variants[key]
