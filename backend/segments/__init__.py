"""Who is meant: conditions on people and their cards, kept as a tree and never as a statement."""
