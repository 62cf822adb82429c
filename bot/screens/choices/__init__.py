"""Consents after the card is issued: words and buttons."""
