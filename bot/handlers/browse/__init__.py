"""Offers, search and cities: one tap in, one screen out."""
