"""The number pool as those see it who draw from it, wait for it and fill it."""
