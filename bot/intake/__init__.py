"""From Telegram to the handlers: every update is stored before it is acknowledged."""
