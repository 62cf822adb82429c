"""Cards from and to other wallets: one tap in, one screen out."""
