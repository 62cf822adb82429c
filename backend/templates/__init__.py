"""What brands write once and many people read: wordings with variables, by language and channel."""
