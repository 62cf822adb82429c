"""What a value may be, whatever it is the value of: read, and told where it is wrong."""
