"""Draws the logos and offer pictures of a pack from art.yaml: flat shapes, pure Pillow."""
