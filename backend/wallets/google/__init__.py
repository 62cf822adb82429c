"""Cards in Google's wallet: their classes and objects kept as they are, links, callbacks."""
