"""Tortoise backends without the traps: safe under cancellation, BEGIN IMMEDIATE on SQLite."""
