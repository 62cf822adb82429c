"""Apple's signed files of cards, what signs them, and how devices are told of new ones."""
