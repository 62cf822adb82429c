"""Offers, search and cities: words and buttons."""
