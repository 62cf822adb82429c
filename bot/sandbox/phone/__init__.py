"""A phone beside the chat: a card for its wallet is shown as the phone would, front and back."""
