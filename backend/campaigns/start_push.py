"""Start a promo send of one brand."""

from dataclasses import dataclass

from tortoise.exceptions import IntegrityError

from backend.campaigns.collect_push import count_people, push_data
from backend.messaging.wording import text_of
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.watch.audit import note
from backend.platform.watch.use_case_log import log_of
from backend.platform.words import LANGUAGES
from catalog.scope import brands_in_catalog
from models.audit_entry import Verb
from models.city import City
from models.message import Message
from models.push import Push

# Telegram takes 4096 characters; the label of the law needs some.
LONGEST_TEXT = 3500
LONGEST_ONCE = 64


class PushRefused(ValueError):
    """The text says what is wrong and what was expected."""


@dataclass(frozen=True, slots=True)
class PushOrder:
    """`brand` and `city` are keys. Advertiser and INN are the account's unless given. `once`:
    whoever orders again under the same key gets the push that there is."""

    brand: str
    text: str
    city: str = ""
    erid: str = ""
    advertiser: str = ""
    inn: str = ""
    once: str = ""


@dataclass(frozen=True, slots=True)
class PushPreview:
    """`recipients`: who allows it now; the gate asks again right before each send. `texts`: by
    language, as it will be read."""

    recipients: int
    texts: dict[str, str]


async def preview_push(ctx: Context, order: PushOrder) -> PushPreview:
    """What `start_push` would send and to how many. Writes nothing. Raises PushRefused."""
    push = await _ordered(ctx, order)
    sample = Message(kind="promo-push", data=push_data(push), body="")
    texts = {language: text_of(sample, language) for language in LANGUAGES}
    return PushPreview(await count_people(push), texts)


async def start_push(ctx: Context, order: PushOrder) -> Push:
    """The worker collects the recipients and sends. Raises PushRefused, also when `once` was
    used for another text or other people."""
    push = await _ordered(ctx, order)
    try:
        async with transaction():
            await push.save()
            await note(ctx, Verb.START_PUSH, "push", push.id)
    except IntegrityError:
        return await _started_before(push)
    log_of(ctx, __name__).info("a push is started", push=push.id, brand=order.brand)
    return push


async def _ordered(ctx: Context, order: PushOrder) -> Push:
    """The push, checked and not saved."""
    text = order.text.strip()
    if not text or len(text) > LONGEST_TEXT:
        raise PushRefused(f"the text has {len(text)} characters, expected 1 to {LONGEST_TEXT}")
    if len(order.once) > LONGEST_ONCE:
        raise PushRefused(
            f"the key of --once is too long, expected at most {LONGEST_ONCE} characters"
        )
    brand = (
        await brands_in_catalog().filter(key=order.brand).select_related("program__account").first()
    )
    if brand is None:
        raise PushRefused(f"no brand has the key {order.brand}")
    city = await City.get_or_none(key=order.city) if order.city else None
    if order.city and city is None:
        raise PushRefused(f"no city has the key {order.city}")
    account = brand.program.account
    return Push(
        brand_id=brand.id,
        city_id=city.id if city is not None else None,
        text=text,
        advertiser=order.advertiser or account.legal_name_ru,
        inn=order.inn or account.inn,
        erid=order.erid,
        once=order.once or None,
        created_at=ctx.clock(),
    )


async def ordered_before(order: PushOrder) -> bool:
    """Whether the operator's own key of this order was used."""
    # of all: the operator's own key
    return bool(order.once) and await Push.exists(once=order.once)


async def _started_before(push: Push) -> Push:
    # of all: the operator's own key
    before = await Push.get(once=push.once)
    same = ("brand_id", "city_id", "text", "advertiser", "inn", "erid")
    if any(getattr(before, name) != getattr(push, name) for name in same):
        raise PushRefused(
            f"--once {push.once} was used for push {before.id}, which is another one; "
            "expected a key of its own for each push"
        )
    return before
