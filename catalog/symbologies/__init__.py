"""What each barcode can carry, and its modules."""
