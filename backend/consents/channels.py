"""The channels that an advertising consent can name, in the order in which they are shown."""

CHANNELS = ("telegram", "email", "sms", "wallet")
