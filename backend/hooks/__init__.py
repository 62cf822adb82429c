"""What accounts' own systems say by themselves: a balance, an order, a card has changed there."""
