"""What is said when something happens, and what the account's own system tells."""
