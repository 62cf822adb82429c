"""A local Bot API server with a chat page, to run and test without Telegram."""
