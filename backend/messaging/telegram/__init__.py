"""Telegram as a channel, and the one gate through which every Bot API call goes."""
