"""Outgoing webhooks: what the feeds tell, signed and sent to whoever asked for it."""
