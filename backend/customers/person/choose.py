"""A customer's own choices: city and language."""

from backend.platform.database import transaction
from models.city import City
from models.customer import Customer


async def choose_city(customer: Customer, city_id: int | None) -> City | None:
    """None is «everywhere»; an unknown city changes nothing and gives the one that stands."""
    city = await City.get_or_none(id=city_id) if city_id is not None else None
    if city is None and city_id is not None:
        return await city_of(customer)
    async with transaction():
        await Customer.filter(id=customer.id).update(city_id=city_id)
    customer.city_id = city_id
    return city


async def city_of(customer: Customer) -> City | None:
    """As it was read with the customer, or else asked for."""
    if customer.city_id is None:
        return None
    held = customer.city
    if isinstance(held, City) and held.id == customer.city_id:
        return held
    return await City.get_or_none(id=customer.city_id)


async def choose_language(customer: Customer, language: str) -> None:
    """`ru` or `en`; anything else changes nothing."""
    if language not in {"ru", "en"}:
        return
    async with transaction():
        await Customer.filter(id=customer.id).update(language=language)
    customer.language = language
