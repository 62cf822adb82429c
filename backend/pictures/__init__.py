"""What is drawn: symbols, cards, sheets, logos."""
