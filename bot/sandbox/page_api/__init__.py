"""What the chat page asks for: people, chats, events, and everything a person can do."""
