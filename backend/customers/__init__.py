"""Use cases about customers: who they are, contacts, consents, the data held about them."""
