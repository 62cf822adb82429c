"""Cards as other wallets write them: readers and writers of exchange formats, no database."""
