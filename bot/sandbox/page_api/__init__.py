"""What the chat page asks for: people, chats, events, and everything that they can do."""
