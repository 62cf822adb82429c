"""What an operator keeps right: schema, copies, keys, consents, what failed."""
