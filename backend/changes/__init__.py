"""The feed: what happened to an account's customers, cards and pools, in one order."""
