"""Work on many: a file comes in, is worked through in batches, and every wrong line is told."""
