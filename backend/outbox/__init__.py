"""Announce an event in the transaction that made it true; deliver it later, once per reaction."""
