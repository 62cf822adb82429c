"""Barcodes found in a picture, however it was taken."""
