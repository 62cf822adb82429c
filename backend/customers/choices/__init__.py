"""Consents that a person gives, changes and withdraws after a card is issued."""
