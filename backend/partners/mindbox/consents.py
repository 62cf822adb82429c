"""What people agreed to be sent, as subscriptions and fields of a Mindbox customer."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from uuid import UUID

from backend.partners.member import Subscription
from backend.partners.mindbox.asking import Asking
from backend.partners.mindbox.brand_settings import BrandSettings
from backend.partners.mindbox.people import Known
from backend.partners.mindbox.settings import Settings
from backend.partners.mindbox.wire import bodies
from backend.partners.mindbox.wire.bodies import CustomerBody, SubscriptionBody
from backend.platform.failures import NeedsSettings


async def tell(
    asking: Asking, known: Known, subscriptions: Sequence[Subscription], key: UUID
) -> None:
    """All in one request: what is granted and what is withdrawn."""
    said = subscribed(asking.settings, subscriptions)
    if said.subscriptions or said.custom_fields:
        body = bodies.operation(replace(said, ids=known.ids), point_of_contact=asking.touchpoint)
        # Other agreements under the same key are another change.
        step = f"consents {bodies.written(body).decode()}"
        await asking.write(asking.operations.subscribe, body, key, step)


def subscribed(settings: Settings, subscriptions: Sequence[Subscription]) -> CustomerBody:
    """Raises NeedsSettings for a brand of which nobody said which of Mindbox's it is: an agreement
    to one brand never becomes one to another."""
    fields: dict[str, bodies.Value] = {}
    told: list[SubscriptionBody] = []
    for each in subscriptions:
        brand = settings.brands.get(each.brand)
        if brand is None:
            raise NeedsSettings(f"brands.{each.brand}: missing, expected its name in Mindbox")
        where = brand.channel(each.channel)
        if where is None:
            continue
        if where.custom_field:
            fields[where.custom_field] = "True" if each.granted else "False"
        else:
            told += _topics(brand, where.point_of_contact, granted=each.granted)
    return CustomerBody(custom_fields=fields, subscriptions=told)


def _topics(brand: BrandSettings, channel: str, *, granted: bool) -> Iterator[SubscriptionBody]:
    for topic in brand.topics or ("",):
        yield SubscriptionBody(
            brand=brand.name, point_of_contact=channel, topic=topic, is_subscribed=granted
        )
