"""Reads the barcodes of cards from photos, screenshots and PDF files that people send."""
