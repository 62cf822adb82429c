"""Cards as the wallets of phones show them, for whoever designs them."""
