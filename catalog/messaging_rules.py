"""The rules of an account's messages, also of one that has entered none."""

from models.messaging_rules import MessagingRules


async def messaging_rules(account_id: int) -> MessagingRules:
    found = await MessagingRules.get_or_none(account_id=account_id)
    return found or MessagingRules(account_id=account_id)
