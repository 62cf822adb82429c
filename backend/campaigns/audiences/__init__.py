"""What accounts keep to say who is meant: segments, lists of cards, attributes of people."""
