"""Cards in the wallets of phones: what is shown there, when it changes, and who is told."""
