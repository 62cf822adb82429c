"""All cards of a person out to a file, and cards of other wallets in."""
