"""Every channel by which people are written to, in the order in which they are shown.

The names stand in consent documents, consent records and deliveries: they never change.
"""

from enum import StrEnum


class ChannelName(StrEnum):
    TELEGRAM = "telegram"
    EMAIL = "email"
    SMS = "sms"
    WALLET = "wallet"


# As plain texts, for what is written as JSON and hashed.
CHANNEL_NAMES = tuple(name.value for name in ChannelName)
