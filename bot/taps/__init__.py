"""Every tap: what a button carries, at most 64 bytes, with nothing kept on our side.

One module per area, named like the handlers and screens that it belongs to. The prefixes and the
order of the fields NEVER change: buttons in messages sent months ago carry them, and
tests/bot/taps_shipped.txt holds them. A new field goes to the end of a new prefix.
"""
