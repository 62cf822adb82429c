"""What an account's brands say again and again: entered, looked at, tried out."""
