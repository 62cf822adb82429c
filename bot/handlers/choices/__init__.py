"""Consents after the card is issued: one tap in, one screen out."""
