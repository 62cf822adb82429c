"""What a message may be made of: text, keyboards, files; and how Telegram refuses it."""
