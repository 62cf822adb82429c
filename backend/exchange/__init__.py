"""Files of other wallets: read and written."""
