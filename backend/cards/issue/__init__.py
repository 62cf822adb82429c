"""From the application to the card: answers, consents, a number."""
