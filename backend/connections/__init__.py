"""Accounts' own systems: how they are reached, and what they are told of people and cards."""
