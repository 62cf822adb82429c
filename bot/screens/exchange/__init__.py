"""Cards from and to other wallets: words and buttons."""
