"""Start a promo send of one brand."""

from dataclasses import dataclass

from backend.platform.context import Context
from backend.platform.database import transaction
from catalog.scope import brands_in_catalog
from models.city import City
from models.push import Push

# Telegram takes 4096 characters; the label of the law needs some.
LONGEST_TEXT = 3500


class PushRefused(ValueError):
    """The text says what is wrong and what was expected."""


@dataclass(frozen=True, slots=True)
class PushOrder:
    """`brand` and `city` are keys. Advertiser and INN are the account's unless given."""

    brand: str
    text: str
    city: str = ""
    erid: str = ""
    advertiser: str = ""
    inn: str = ""


async def start_push(ctx: Context, order: PushOrder) -> Push:
    """The worker collects the recipients and sends. Raises PushRefused."""
    text = order.text.strip()
    if not text or len(text) > LONGEST_TEXT:
        raise PushRefused(f"the text has {len(text)} characters, expected 1 to {LONGEST_TEXT}")
    brand = (
        await brands_in_catalog().filter(key=order.brand).select_related("program__account").first()
    )
    if brand is None:
        raise PushRefused(f"no brand has the key {order.brand}")
    city = await City.get_or_none(key=order.city) if order.city else None
    if order.city and city is None:
        raise PushRefused(f"no city has the key {order.city}")
    account = brand.program.account
    async with transaction():
        return await Push.create(
            brand_id=brand.id,
            city_id=city.id if city is not None else None,
            text=text,
            advertiser=order.advertiser or account.legal_name_ru,
            inn=order.inn or account.inn,
            erid=order.erid,
            created_at=ctx.clock(),
        )
