"""What a schedule finds in pockets, and what is told of it by day."""
