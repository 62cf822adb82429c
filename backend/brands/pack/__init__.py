"""A brand pack as it goes out and comes in as one file: written here, read by catalog/pack."""
