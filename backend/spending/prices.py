"""What things cost an account, in kopecks, as its rules of messages say."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from models.channel import ChannelName
from models.messaging_rules import MessagingRules


@dataclass(frozen=True, slots=True)
class Prices:
    """Of one SMS, one letter and one plastic card; 0: nobody said."""

    sms: int = 0
    email: int = 0
    card: int = 0

    @property
    def by_channel(self) -> Mapping[str, int]:
        return {ChannelName.SMS.value: self.sms, ChannelName.EMAIL.value: self.email}


async def prices_of(account_ids: Collection[int]) -> Mapping[int, Prices]:
    found = await MessagingRules.filter(account_id__in=sorted(account_ids) or [0])
    known = {
        each.account_id: Prices(each.sms_kopecks, each.email_kopecks, each.card_kopecks)
        for each in found
    }
    return {account_id: known.get(account_id, Prices()) for account_id in account_ids}
