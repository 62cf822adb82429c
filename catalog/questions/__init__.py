"""What a program asks, and how what people type becomes an answer."""
