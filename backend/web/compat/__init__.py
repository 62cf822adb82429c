"""Other wallets' interfaces: a partner's program that speaks one of them goes on doing so."""
