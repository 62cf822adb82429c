"""The Telegram door: one tap in, one use case called, one screen out."""
