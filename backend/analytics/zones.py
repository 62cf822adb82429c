"""Whose day it is: that of the account, UTC where there is none."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo

from catalog.days import day_in
from models.account import Account


async def zones_of(account_ids: set[int]) -> Mapping[int, tzinfo]:
    # of all: the accounts of what is being counted
    found = await Account.filter(id__in=sorted(account_ids))
    return {account.id: ZoneInfo(account.timezone) for account in found}


def day_of(zones: Mapping[int, tzinfo], account_id: int, moment: datetime) -> date:
    return day_in(zones.get(account_id, UTC), moment)
