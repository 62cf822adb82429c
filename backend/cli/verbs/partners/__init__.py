"""How partners' programs and systems ask, are asked and are told."""
