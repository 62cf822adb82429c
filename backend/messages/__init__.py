"""Messages that partners' programs ask to be told to one person, or to a list of them."""
