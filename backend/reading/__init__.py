"""What a stranger's file shows: read in a process of its own, within bounds."""
