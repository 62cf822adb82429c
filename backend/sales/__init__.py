"""What was bought with cards, as shops and back offices tell it."""
