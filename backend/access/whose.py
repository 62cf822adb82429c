"""The account that an operator names by its key."""

from models.account import Account


async def account_called(key: str) -> Account | None:
    # of all: the operator names any account
    return await Account.get_or_none(key=key)
