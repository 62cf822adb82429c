"""The rules of an account's messages, also of one that has entered none."""

from catalog.scope import brands_in_catalog
from models.messaging_rules import MessagingRules


async def messaging_rules(account_id: int) -> MessagingRules:
    found = await MessagingRules.get_or_none(account_id=account_id)
    return found or MessagingRules(account_id=account_id)


async def messaging_rules_of_brand(brand_id: int) -> MessagingRules:
    brand = await brands_in_catalog().get(id=brand_id).select_related("program")
    return await messaging_rules(brand.program.account_id)
