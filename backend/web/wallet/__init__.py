"""What wallets of phones ask for by themselves, and where they say what became of a card."""
