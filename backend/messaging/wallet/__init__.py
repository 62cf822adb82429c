"""The channel of cards in phones: what is told stands on the back of the card, and lights it up."""
